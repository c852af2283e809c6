// The page's `dataLayer`, as Google's tags left it and as they go on with it.

import { guard } from "../guard.ts";

type Layer = unknown[];

/**
 * Hands on what was pushed before us, and from now on what is pushed after. What others made of `push` before us is
 * called as it was, with what it answers; whoever wraps it after us, as Google's own script does, wraps ours.
 */
export function follow(listen: (pushed: unknown) => void): void {
	const page = window as unknown as { dataLayer?: unknown };
	page.dataLayer ??= [];
	const layer = page.dataLayer as Layer;
	if (!Array.isArray(layer)) return;
	const heard = guard(listen);
	for (const pushed of layer) heard(pushed);
	const { push } = layer;
	layer.push = function (this: Layer, ...pushed) {
		const answer = Reflect.apply(push, this, pushed);
		for (const one of pushed) heard(one);
		return answer;
	};
}
