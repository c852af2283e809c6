// A light on an element of the page: a hole in the veil, and the card beside it, wherever the element goes.

import { guard } from "../guard.ts";

/** Pixels: around the element, between it and the card, and from there to the window's edge. */
const [around, between, margin] = [8, 20, 16];

/** The element, where it is to be seen. */
export function inView(selector: string): Element | undefined {
	const found = document.querySelector(selector) ?? undefined;
	const {
		width = 0,
		height = 0,
		top = 0,
		bottom = 0,
		left = 0,
		right = 0,
	} = found?.getBoundingClientRect() ?? {};
	return width && height && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
		? found
		: undefined;
}

/** Until the root is taken off the page. */
export function beside(target: Element, root: ShadowRoot): void {
	const card = root.querySelector<HTMLElement>(".card");
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(":host{}");
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	const [rule] = sheet.cssRules;
	if (!card || !(rule instanceof CSSStyleRule)) return;
	const place = () => {
		const box = target.getBoundingClientRect();
		const places = {
			x: box.left - around,
			y: box.top - around,
			w: box.width + 2 * around,
			h: box.height + 2 * around,
			...besideOf(box, card.offsetWidth, card.offsetHeight),
		};
		for (const [name, at] of Object.entries(places)) rule.style.setProperty(`--${name}`, `${at}px`);
		// On a phone the card is a sheet, at whichever end the element is not.
		card.classList.toggle("up", box.top + box.height / 2 > innerHeight * 0.55);
	};
	const ended = new AbortController();
	let asked = 0;
	const follow = guard(() => {
		cancelAnimationFrame(asked);
		asked = requestAnimationFrame(() => (root.host.isConnected ? place() : end()));
	});
	const watch = new ResizeObserver(follow);
	const end = () => {
		ended.abort();
		watch.disconnect();
	};
	for (const kind of ["scroll", "resize"]) {
		addEventListener(kind, follow, { capture: true, passive: true, signal: ended.signal });
	}
	for (const one of [target, card, document.documentElement]) watch.observe(one);
	place();
}

/** Below where there is room, else above, to the right, to the left; else at the window's lower edge. */
function besideOf(box: DOMRect, width: number, height: number): { left: number; top: number } {
	const within = (at: number, size: number, room: number) =>
		Math.max(margin, Math.min(at, room - size - margin));
	const left = within(box.left + (box.width - width) / 2, width, innerWidth);
	const top = within(box.top + (box.height - height) / 2, height, innerHeight);
	const [needsHeight, needsWidth] = [height + between + margin, width + between + margin];
	if (innerHeight - box.bottom >= needsHeight) return { left, top: box.bottom + between };
	if (box.top >= needsHeight) return { left, top: box.top - between - height };
	if (innerWidth - box.right >= needsWidth) return { left: box.right + between, top };
	if (box.left >= needsWidth) return { left: box.left - between - width, top };
	return { left, top: innerHeight - height - margin };
}
