// Draws JSX: what we use of Preact, at a quarter of its weight. Components are functions, with hooks (hooks.ts). What is drawn
// again keeps its elements where type and key are the same in the same place: the members of a list never change places.
// Nothing is ever read as HTML.

import type { ComponentChild, ComponentChildren, VNode } from "preact";

type Props = Record<string, unknown>;
type Component = (props: never) => ComponentChildren;

/** Something that is drawn: an element or text, which have `dom`; a component, a fragment, or nothing, which have none. */
export interface Drawn {
	readonly type: unknown;
	readonly key: unknown;
	readonly within: Drawn | undefined;
	readonly dom: Element | ShadowRoot | Text | undefined;
	props: Props;
	kids: Drawn[];
	/** What a component keeps, in the order in which it calls its hooks; of an element, what it listens to. */
	readonly kept: unknown[];
	/** Done when it has been drawn; each may leave what undoes it. */
	readonly tasks: Set<{ task: (() => unknown) | undefined; undo?: unknown }>;
	isStale?: boolean;
	isGone?: boolean;
}

/** The component that is being drawn, and how many of its hooks it has called so far. */
export const now = { drawn: undefined as unknown as Drawn, hook: 0 };
const roots = new WeakMap<Element | ShadowRoot, Drawn>();
const complaints = new WeakMap<Drawn, () => unknown>();
let due: Drawn[] = [];

export function h(type: unknown, given: Props | null, ...children: ComponentChild[]): VNode {
	const { key, ...props } = given ?? {};
	return { type, key, props: children.length ? { ...props, children } : props } as unknown as VNode;
}

export const Fragment = ({ children }: { children?: ComponentChildren }): ComponentChildren => children;

/** Null takes away what was drawn. `onError`: what is drawn there threw, now or later. */
export function render(
	node: ComponentChild,
	into: Element | ShadowRoot,
	onError: () => unknown = () => {},
): void {
	const root = roots.get(into) ?? placeOf("root", undefined, undefined, into);
	roots.set(into, root);
	complaints.set(root, onError);
	attempt(root, () => {
		root.kids = drawEach([node], root);
		arrange(root);
	});
}

/** Draws a component anew, in a moment: once, however often it is asked for till then. */
export function redraw(drawn: Drawn): void {
	if (drawn.isStale) return;
	drawn.isStale = true;
	queueMicrotask(() => {
		drawn.isStale = false;
		if (drawn.isGone) return;
		attempt(drawn, () => {
			fill(drawn);
			let host = drawn;
			while (!host.dom && host.within) host = host.within;
			arrange(host);
		});
	});
}

function attempt(drawn: Drawn, task: () => void): void {
	try {
		task();
		const done = due;
		due = [];
		for (const one of done) {
			for (const effect of one.tasks) {
				const { task: act } = effect;
				if (!act || one.isGone) continue;
				effect.task = undefined;
				undo(effect);
				effect.undo = act();
			}
		}
	} catch {
		due = [];
		let root = drawn;
		while (root.within) root = root.within;
		complaints.get(root)?.();
	}
}

function undo(effect: { undo?: unknown }): void {
	if (typeof effect.undo === "function") effect.undo();
}

function placeOf(type: unknown, key: unknown, within: Drawn | undefined, dom: Drawn["dom"]): Drawn {
	return { type, key, within, dom, props: {}, kids: [], kept: [], tasks: new Set() };
}

function drawEach(children: ComponentChildren, within: Drawn): Drawn[] {
	const all = Array.isArray(children) ? children : [children];
	within.kids.slice(all.length).forEach(remove);
	return all.map((child, index) => draw(child, within, within.kids[index]));
}

function draw(child: ComponentChildren, within: Drawn, before: Drawn | undefined): Drawn {
	const { type, key, props } = nodeOf(child);
	let drawn = before;
	if (!drawn || drawn.type !== type || drawn.key !== key) {
		if (drawn) remove(drawn);
		drawn = placeOf(type, key, within, elementOf(type, within));
	}
	const old = drawn.props;
	drawn.props = props;
	if (drawn.dom instanceof Text) drawn.dom.data = `${props.text}`;
	else fill(drawn);
	// After what is within it: a choice that a select has is among its options by then.
	if (drawn.dom instanceof Element) {
		for (const name of Object.keys({ ...old, ...props })) {
			if (old[name] !== props[name]) set(drawn, drawn.dom, name, props[name]);
		}
		arrange(drawn);
	}
	return drawn;
}

function nodeOf(child: ComponentChildren): { type: unknown; key?: unknown; props: Props } {
	if (Array.isArray(child)) return { type: Fragment, props: { children: child } };
	if (child == null || typeof child === "boolean") return { type: undefined, props: {} };
	return typeof child === "object"
		? (child as VNode & { props: Props })
		: { type: Text, props: { text: child } };
}

function elementOf(type: unknown, within: Drawn): Drawn["dom"] {
	if (type === Text) return new Text();
	if (typeof type !== "string") return undefined;
	let host = within;
	while (!host.dom && host.within) host = host.within;
	const { namespaceURI } = host.dom as Element;
	return type === "svg" || /svg$/.test(`${namespaceURI}`)
		? document.createElementNS("http://www.w3.org/2000/svg", type)
		: document.createElement(type);
}

function fill(drawn: Drawn): void {
	let { children } = drawn.props as { children?: ComponentChildren };
	if (typeof drawn.type === "function" && drawn.type !== Text) {
		now.drawn = drawn;
		now.hook = 0;
		children = (drawn.type as Component)(drawn.props as never);
		due.push(drawn);
	}
	drawn.kids = drawEach(children ?? [], drawn);
}

function set(drawn: Drawn, dom: Element, name: string, value: unknown): void {
	if (name === "children") return;
	if (name === "ref") (value as { current: unknown }).current = dom;
	else if (name.startsWith("on")) {
		// Once: the handler is looked up when it happens.
		if (drawn.kept.includes(name)) return;
		drawn.kept.push(name);
		dom.addEventListener(name.slice(2).toLowerCase(), (event) =>
			(drawn.props[name] as ((event: Event) => unknown) | undefined)?.(event),
		);
	} else if (/^(default|selected|value$)/.test(name)) Object.assign(dom, { [name]: value ?? "" });
	else if (value == null || (value === false && !name.startsWith("aria-"))) dom.removeAttribute(name);
	else dom.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : `${value}`);
}

/** Puts what is within an element there, in its order, and touches nothing that is in its place. */
function arrange(host: Drawn): void {
	const parent = host.dom as Element;
	let next = parent.firstChild;
	for (const dom of elementsIn(host.kids)) {
		if (dom === next) next = next.nextSibling;
		else parent.insertBefore(dom, next);
	}
}

function elementsIn(kids: readonly Drawn[]): Node[] {
	return kids.flatMap(({ dom, kids: within }) => dom ?? elementsIn(within));
}

function remove(drawn: Drawn): void {
	drawn.isGone = true;
	drawn.tasks.forEach(undo);
	drawn.kids.forEach(remove);
	(drawn.dom as Element | undefined)?.remove();
}
