// What lies over the page: a shadow root of our own in the browser's top layer, above any page and touching none of it.
// The usual dialog is here; other surfaces stand on the same stage.

import type { ComponentChildren, JSX } from "preact";
import type { Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Host } from "../host.ts";
import { tell } from "../tell.ts";
import type { Setting } from "./blocks.tsx";
import { render } from "./draw.ts";
import { Steps } from "./steps.tsx";
import { sheetsOf } from "./theme.ts";
import { wordsIn } from "./words.ts";

type Closing = "button" | "escape" | "outside";
/** Called once, however it was closed; by nobody where it went without a trace. */
type OnClosed = (by?: Closing) => void;

/** Opens in a moment. Returns what closes it without a trace. */
export type Open = (offer: Offer, host: Host, onClosed: OnClosed) => () => void;

export interface Scene extends Pick<Setting, "offer" | "host" | "words"> {
	readonly root: ShadowRoot;
	readonly close: (by: Closing) => void;
}

export interface Act {
	/** Besides the usual style sheet. */
	readonly css?: string;
	readonly draw: (scene: Scene) => JSX.Element;
	/** On the page, but not yet to be seen. */
	readonly enter: (root: ShadowRoot) => void;
}

/** What happens in here is not the page's: its shortcuts and focus traps would answer to our keys. */
const ownEvents = ["keydown", "keyup", "keypress", "click", "pointerdown", "mousedown", "focusin", "input"];
const fadeMs = 140;

/** An element for the page with a root that is ours alone. */
export function newRoot(name: string, { theme, surface }: Offer, css = ""): ShadowRoot {
	const root = document.createElement(name).attachShadow({ mode: "open" });
	root.adoptedStyleSheets = sheetsOf(theme, css, surface.kind === "inline");
	for (const kind of ownEvents) root.addEventListener(kind, (event) => event.stopPropagation());
	return root;
}

/** What cannot be drawn is `gone`. */
export function drawIn(root: ShadowRoot, drawn: JSX.Element, gone: () => void): void {
	render(drawn, root, gone);
}

export function raise(offer: Offer, host: Host, onClosed: OnClosed, { css, draw, enter }: Act): () => void {
	const { experience, revision, language } = offer;
	const root = newRoot("witaj-popup", offer, css);
	let isOpen = true;

	const remove = () => {
		// Gives the focus back to where it was.
		root.querySelector("dialog")?.close();
		render(null, root);
		root.host.remove();
	};
	const end = (by?: Closing) => {
		if (!isOpen) return false;
		isOpen = false;
		onClosed(by);
		return true;
	};
	const vanish = () => {
		if (end()) remove();
	};
	const close = (by: Closing) => {
		if (!end(by)) return;
		host.note(host.newEvent("Experience Closed", { experience, revision, by }));
		tell(host, "closed", { experience, revision, by });
		root.firstElementChild?.animate({ opacity: 0 }, fadeMs).finished.then(remove, remove);
	};

	drawIn(root, draw({ offer, host, words: wordsIn(language), root, close }), vanish);
	// In a task of its own: to open and to focus has the browser lay the page out there and then.
	setTimeout(
		guard(() => {
			if (!isOpen) return;
			document.documentElement.append(root.host);
			enter(root);
			tell(host, "shown", { experience, revision });
		}),
	);
	return vanish;
}

/** What is shown, and the button that closes it. */
export function Card({ root, close, ...setting }: Scene): JSX.Element {
	return (
		<>
			<button
				class="close"
				type="button"
				aria-label={setting.words.close}
				onClick={guard(() => close("button"))}
			>
				<svg viewBox="0 0 20 20" aria-hidden="true">
					<path d="M5 5l10 10M15 5L5 15" />
				</svg>
			</button>
			<Steps {...setting} close={() => close("button")} />
		</>
	);
}

/** Keeps the focus, and darkens the page behind it. */
export function Dialog({ children, ...scene }: Scene & { children?: ComponentChildren }): JSX.Element {
	const { offer, root, close } = scene;
	let pressedOutside = false;
	return (
		<dialog
			class={offer.surface.kind}
			aria-modal="true"
			aria-label={offer.content.label}
			lang={offer.language}
			onCancel={guard((event: Event) => {
				event.preventDefault();
				close("escape");
			})}
			// A browser may close it without asking, when Escape or a back gesture is pressed twice.
			onClose={guard(() => close("escape"))}
			// Both: a selection dragged out of the card ends outside, too.
			onPointerDown={guard((event: Event) => {
				pressedOutside = event.target === event.currentTarget;
			})}
			onClick={guard((event: Event) => {
				if (pressedOutside && event.target === event.currentTarget) close("outside");
			})}
			onKeyDown={guard((event: KeyboardEvent) => {
				if (event.key === "Tab") keepFocus(event, root);
			})}
		>
			{children}
			<div class="card" tabIndex={-1}>
				<Card {...scene} />
			</div>
		</dialog>
	);
}

export function enterDialog(root: ShadowRoot): void {
	const card = root.querySelector<HTMLElement>(".card");
	// To open and to focus has the browser lay out there and then what is to be seen: the card by itself. What is on it
	// follows in the browser's own time, before any of it is painted.
	card?.classList.add("bare");
	root.querySelector("dialog")?.showModal();
	// Not by the `autofocus` attribute: in another origin's frame a browser refuses it, and says so in the console.
	card?.focus();
	card?.classList.remove("bare");
}

export const openDialog: Open = (offer, host, onClosed) =>
	raise(offer, host, onClosed, { draw: (scene) => <Dialog {...scene} />, enter: enterDialog });

/** Tab goes round within; without this it would leave for the browser's own bar. */
function keepFocus(event: KeyboardEvent, root: ShadowRoot): void {
	const stops = [
		...root.querySelectorAll<HTMLElement>(":is(button,input,select,textarea):enabled,a[href],[tabindex='0']"),
	].filter((stop) => stop.tabIndex >= 0 && stop.getClientRects().length);
	const first = stops[0];
	const last = stops.at(-1);
	const now = root.activeElement;
	const outside = !stops.some((stop) => stop === now);
	if (event.shiftKey ? now === first || outside : now === last) {
		event.preventDefault();
		(event.shiftKey ? last : first)?.focus();
	}
}
