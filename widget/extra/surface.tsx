// Surfaces over the page other than the usual dialog, and the tab that stands in place of any of them. What does not
// interrupt is a region: it takes no focus and keeps none, and the page goes on around it.

import type { JSX } from "preact";
import type { Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import { beside, inView } from "../ui/spotlight.ts";
import {
	Card,
	Dialog,
	drawIn,
	enterDialog,
	newRoot,
	type Open,
	openDialog,
	raise,
	type Scene,
} from "../ui/stage.tsx";
import css from "../ui/surface.css";

/** So late, a screen reader knows of the element and hears what is put into it. */
const announceMs = 150;

export const open: Open = (offer, host, onClosed) => {
	const { before, after } = offer.content.teaser ?? {};
	let vanish: (() => void) | undefined;
	const tab = before || after ? newTab(offer, () => raiseIt()) : undefined;
	const raiseIt = () => {
		tab?.say();
		vanish = openSurface(offer, host, (by) => {
			onClosed(by);
			if (by && after) tab?.say(after);
		});
	};
	if (before) tab?.say(before);
	else raiseIt();
	return () => {
		vanish?.();
		tab?.remove();
	};
};

/** Says nothing, and is not to be seen, until it is given words. Stays itself: to it the focus comes back. */
function newTab(offer: Offer, onClick: () => void): { say(words?: string): void; remove(): void } {
	const root = newRoot("witaj-teaser", offer, css);
	const remove = () => root.host.remove();
	const say = (words?: string) =>
		drawIn(
			root,
			<button
				class={`tab ${offer.content.teaser?.at}`}
				type="button"
				popover="manual"
				lang={offer.language}
				aria-haspopup="dialog"
				hidden={!words}
				onClick={guard(onClick)}
			>
				{words}
			</button>,
			remove,
		);
	say();
	document.documentElement.append(root.host);
	toTop(root);
	return { say, remove };
}

const openSurface: Open = (offer, host, onClosed) => {
	const { surface, content } = offer;
	const on = (draw: (scene: Scene) => JSX.Element, enter: (root: ShadowRoot) => void) =>
		raise(offer, host, onClosed, { css, draw, enter });
	const region = (look: string) =>
		on(
			(scene) => <Region {...scene} look={look} />,
			(root) => enterRegion(root, content.label),
		);
	if (surface.kind === "full") return on((scene) => <Dialog {...scene} />, enterDialog);
	if (surface.kind === "bar") return region(`bar ${surface.at}`);
	if (surface.kind === "corner") return region(`corner ${surface.at}`);
	if (surface.kind !== "spotlight") return openDialog(offer, host, onClosed);
	const target = inView(surface.beside);
	if (!target) return region("corner bottom-end");
	return on(
		(scene) => (
			<Dialog {...scene}>
				<div class="hole" />
			</Dialog>
		),
		(root) => {
			enterDialog(root);
			beside(target, root);
		},
	);
};

function Region({ look, ...scene }: Scene & { look: string }): JSX.Element {
	const { offer, root } = scene;
	let cameFrom: EventTarget | null = null;
	const close: Scene["close"] = (by) => {
		const back = root.activeElement && cameFrom;
		scene.close(by);
		if (back instanceof HTMLElement) back.focus({ preventScroll: true });
	};
	return (
		<section
			class={`card ${look}`}
			popover="manual"
			aria-label={offer.content.label}
			lang={offer.language}
			onFocusIn={guard(({ relatedTarget }: FocusEvent) => {
				if (relatedTarget instanceof Node && !root.contains(relatedTarget)) cameFrom = relatedTarget;
			})}
			onKeyDown={guard((event: KeyboardEvent) => {
				if (event.key === "Escape") close("escape");
			})}
		>
			<Card {...scene} close={close} />
			<span class="unseen announced" role="status" />
		</section>
	);
}

function enterRegion(root: ShadowRoot, label: string): void {
	toTop(root);
	setTimeout(
		guard(() => {
			const status = root.querySelector(".announced");
			if (status) status.textContent = label;
		}),
		announceMs,
	);
}

/** An older browser has but the highest z-index for it. */
function toTop(root: ShadowRoot): void {
	root.querySelector<HTMLElement>("[popover]")?.showPopover?.();
}
