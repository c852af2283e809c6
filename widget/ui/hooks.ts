// State in components that are plain functions: the part of Preact's hooks that we use, at a third of their weight, on
// nothing but Preact's public interface. An effect runs when its component has been drawn, before the browser paints.

import { Component, type ComponentChildren, Fragment, options } from "preact";

type Task = () => (() => unknown) | undefined;

interface Effect {
	deps: readonly unknown[] | undefined;
	task: Task | undefined;
	undo?: ReturnType<Task>;
}

/** The component that is being drawn, and how many of its hooks it has called so far: always the same, in one order. */
let drawn: Drawn;
let at = 0;

abstract class Drawn extends Component<object> {
	readonly kept: unknown[] = [];
	readonly effects = new Set<Effect>();
	abstract draw(props: object): ComponentChildren;
	override render(props: object): ComponentChildren {
		drawn = this;
		at = 0;
		return this.draw(props);
	}
	override componentDidMount(): void {
		for (const effect of this.effects) {
			const { task } = effect;
			if (!task) continue;
			effect.task = undefined;
			effect.undo?.();
			effect.undo = task();
		}
	}
	override componentDidUpdate(): void {
		this.componentDidMount();
	}
	override componentWillUnmount(): void {
		for (const { undo } of this.effects) undo?.();
	}
}

type Draw = Drawn["draw"];
const classes = new Map<unknown, unknown>();

function classOf(draw: Draw): unknown {
	if (!classes.has(draw)) {
		classes.set(
			draw,
			class extends Drawn {
				override draw(props: object): ComponentChildren {
					return draw(props);
				}
			},
		);
	}
	return classes.get(draw);
}

options.vnode = (node) => {
	const { type } = node;
	if (typeof type === "function" && type !== Fragment && !type.prototype?.render) {
		node.type = classOf(type as Draw) as typeof type;
	}
};

function kept<Kept>(first: () => Kept): Kept {
	const { kept } = drawn;
	if (at === kept.length) kept.push(first());
	return kept[at++] as Kept;
}

export function useState<State>(first: State): [State, (next: State) => void];
export function useState<State>(): [State | undefined, (next: State | undefined) => void];
export function useState<State>(first?: State): [State | undefined, (next: State | undefined) => void] {
	const component = drawn;
	const state = kept(() => ({ now: first }));
	return [
		state.now,
		(next) => {
			if (next === state.now) return;
			state.now = next;
			component.setState({});
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
	const effect = kept((): Effect => ({ deps: undefined, task: undefined }));
	drawn.effects.add(effect);
	if (effect.deps && deps?.every((one, index) => one === effect.deps?.[index])) return;
	effect.deps = deps;
	effect.task = task;
}
