// What stands in the frame beside the editor: draws what it is given by the very chunk that visitors get. Nothing leaves it:
// what the widget would tell the edge ends here.

import type { Offer } from "../../../protocol/experience.ts";

/** Where the built chunk is: put in by build.ts. */
declare const __WIDGET__: string;

/** As much as the widget asks of whoever loads it (widget/host.ts). */
interface Stage {
	readonly show: (offers: readonly Offer[], host: unknown) => void;
	readonly leave: () => void;
}

/** The editor says what to draw. */
export interface Shown {
	readonly offer: Offer;
	readonly isDark: boolean;
	/** As a visitor sees it come, and not merely changed. */
	readonly isOpening: boolean;
}
/** And is told what was pointed at: the place of a block among those of its step. */
export type Told = { readonly ready: true } | { readonly chosen: number };

const tell = (told: Told) => parent.postMessage(told, location.origin);
const stage: Stage = await import(__WIDGET__);
let turn = 0;

const hostFor = () => {
	const began = Date.now();
	const newEvent = (name: string, props = {}) => ({ id: `${++turn}`, name, at: Date.now(), props });
	const view = {
		event: newEvent("Page Viewed"),
		page: { url: location.href, referrer: undefined, title: document.title },
		undecided: false,
	};
	return {
		newEvent,
		note: () => {},
		ask: async ({ events = [], claims = [] }: Record<string, readonly { readonly id: string }[]> = {}) => ({
			verdicts: events.map(({ id }) => ({ id, verdict: "ok" })),
			show: [],
			grants: [...events, ...claims].map(({ id }) => ({ id, granted: true })),
		}),
		heard: [],
		say: () => {},
		view: () => view,
		presentMs: () => Date.now() - began,
		depth: () => 100,
		consent: () => "granted",
	};
};

// What opens here must not take the focus from what is being written beside it: who is inert gets none.
const { showModal } = HTMLDialogElement.prototype;
HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
	this.inert = true;
	showModal.call(this);
	this.inert = false;
};
HTMLElement.prototype.focus = () => {};

// Nor may what stands within the page move what a visitor reads there, so that it would wait until that is out of sight:
// here nobody reads, and all of it is as good as below the window.
const slot = document.querySelector("[data-witaj]");
if (slot) slot.getBoundingClientRect = () => new DOMRect(0, innerHeight);

/** What is only drawn anew does not come in once more. */
function settle(frames: number): void {
	for (const { shadowRoot } of [...document.documentElement.children, ...(slot?.shadowRoot?.children ?? [])])
		for (const animation of shadowRoot?.getAnimations() ?? []) animation.finish();
	if (frames > 0) requestAnimationFrame(() => settle(frames - 1));
}

addEventListener("message", ({ source, origin, data }: MessageEvent<Shown>) => {
	if (source !== parent || origin !== location.origin) return;
	document.documentElement.toggleAttribute("data-dark", data.isDark);
	stage.leave();
	stage.show([data.offer], hostFor());
	if (!data.isOpening) settle(30);
});

// Before the widget's own root keeps it to itself.
addEventListener(
	"click",
	(event) => {
		const way = event.composedPath();
		const body = way.findIndex(
			(one) => one instanceof Element && one.matches("section.body, section.banner"),
		);
		const block = way[body - 1];
		const chosen =
			block instanceof Element ? Array.from(block.parentElement?.children ?? []).indexOf(block) : -1;
		const leads = way.some((one) => one instanceof HTMLAnchorElement);
		// A link would lead the frame away.
		if (leads) event.preventDefault();
		if (chosen >= 0) tell({ chosen });
	},
	{ capture: true },
);
tell({ ready: true });
