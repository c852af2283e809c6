// Keeps what opens below its button within the window, wherever the words of a language leave the button.

const marginPx = 8;

/** A ref. */
export function keepWithin(opened: HTMLElement | null): void {
	if (!opened) return;
	const { left, right } = opened.getBoundingClientRect();
	const tooFar = right + marginPx - document.documentElement.clientWidth;
	const shift = left < marginPx ? marginPx - left : -Math.max(0, Math.min(tooFar, left - marginPx));
	if (shift !== 0) opened.style.translate = `${shift}px`;
}
