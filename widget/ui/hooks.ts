// State in components that are plain functions, as Preact's hooks have it. An effect runs when all has been drawn, before the
// browser paints.

import { now, redraw } from "./draw.ts";

type Task = () => (() => unknown) | undefined;

function kept<Kept>(first: () => Kept): Kept {
	const { kept } = now.drawn;
	const at = now.hook++;
	if (at === kept.length) kept.push(first());
	return kept[at] as Kept;
}

export function useState<State>(first: State): [State, (next: State) => void];
export function useState<State>(): [State | undefined, (next: State | undefined) => void];
export function useState<State>(first?: State): [State | undefined, (next: State | undefined) => void] {
	const { drawn } = now;
	const state = kept(() => ({ now: first }));
	return [
		state.now,
		(next) => {
			if (next === state.now) return;
			state.now = next;
			redraw(drawn);
		},
	];
}

export function useRef<Value>(first: Value): { current: Value };
export function useRef<Value>(first: null): { current: Value | null };
export function useRef<Value>(first: Value): { current: Value } {
	return kept(() => ({ current: first }));
}

/** Again when one of `deps` is another; each time where there are none. What it returns undoes it. */
export function useEffect(task: Task, deps?: readonly unknown[]): void {
	const effect = kept(() => ({ deps: undefined as typeof deps, task: undefined as Task | undefined }));
	now.drawn.tasks.add(effect);
	if (effect.deps && deps?.every((one, index) => one === effect.deps?.[index])) return;
	effect.deps = deps;
	effect.task = task;
}
