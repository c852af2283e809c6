// How somebody who looks elsewhere is told that an answer has come: a sound, and a count in the title of the page.

import { guard } from "../guard.ts";

const blinkMs = 1_000;

let context: AudioContext | undefined;

/**
 * Two short notes, made here: there is no file to load. On a page that nobody has touched a browser plays nothing, and
 * complains.
 */
export const ring = guard(async (): Promise<void> => {
	if (!navigator.userActivation?.hasBeenActive) return;
	context ??= new AudioContext();
	if (context.state !== "running") await context.resume();
	const start = context.currentTime;
	for (const [at, pitch] of [
		[0, 660],
		[0.12, 880],
	] as const) {
		const tone = context.createOscillator();
		const loudness = context.createGain();
		tone.frequency.value = pitch;
		loudness.gain.setValueAtTime(0, start + at);
		loudness.gain.linearRampToValueAtTime(0.12, start + at + 0.02);
		loudness.gain.exponentialRampToValueAtTime(0.001, start + at + 0.3);
		tone.connect(loudness).connect(context.destination);
		tone.start(start + at);
		tone.stop(start + at + 0.32);
	}
});

let timer: ReturnType<typeof setInterval> | undefined;
/** The page's own title, and ours that stands there in its place. */
let own: string | undefined;
let ours: string | undefined;

/** Blinks the count while the page is not looked at; 0 gives the page its title back. What the page itself writes stays. */
export function blink(count: number): void {
	clearInterval(timer);
	timer = undefined;
	restore();
	if (count === 0 || !document.hidden) return;
	timer = setInterval(
		guard(() => {
			if (!document.hidden) return blink(0);
			if (restore()) return;
			own = document.title;
			ours = `(${count}) ${own}`;
			document.title = ours;
		}),
		blinkMs,
	);
}

/** Whether ours stood there. */
function restore(): boolean {
	const stood = ours !== undefined && document.title === ours;
	if (stood && own !== undefined) document.title = own;
	own = ours = undefined;
	return stood;
}
