// An experience as it is edited: one structure in one or two languages. What is added, moved or taken away in one is so in
// the other, as long as both are built alike. Pure.

import type { Block } from "../../../../protocol/experience.ts";
import type { Experience } from "../../../../protocol/site.ts";

export type Draft = Omit<Experience, "id" | "revision">;
export const languages = ["pl", "en"] as const;
export type Language = (typeof languages)[number];
/** Through objects and lists. */
export type Path = readonly (string | number)[];

export function valueAt(root: unknown, path: Path): unknown {
	return path.reduce<unknown>(
		(value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
		root,
	);
}

/** With another value there, or without it where that is undefined. What it touches is new, the rest is shared. */
export function withValue<T>(root: T, path: Path, value: unknown): T {
	const [step, ...rest] = path;
	if (step === undefined) return value as T;
	const inner = rest.length > 0 ? withValue(valueAt(root, [step]) ?? {}, rest, value) : value;
	if (Array.isArray(root)) {
		return (inner === undefined ? root.toSpliced(Number(step), 1) : root.with(Number(step), inner)) as T;
	}
	const { [step]: _, ...others } = root as Record<string | number, unknown>;
	return (inner === undefined ? others : { ...(root as object), [step]: inner }) as T;
}

export const languagesOf = (draft: Draft): readonly Language[] =>
	languages.filter((language) => draft.content[language] !== undefined);

/** Lists of blocks, by their way within a content: the first step, the others, and what thanks for a form. */
export const firstList: Path = ["blocks"];
export function listsOf(draft: Draft, language: Language): readonly Path[] {
	const content = draft.content[language];
	if (!content) return [];
	const steps: Path[] = [firstList, ...Object.keys(content.steps ?? {}).map((id) => ["steps", id, "blocks"])];
	return steps.flatMap((list) => [
		list,
		...blocksIn(draft, language, list).flatMap((block, index) =>
			block.kind === "form" && block.thanks ? [[...list, index, "thanks"]] : [],
		),
	]);
}

export function blocksIn(draft: Draft, language: Language, list: Path): readonly Block[] {
	const found = valueAt(draft.content[language], list);
	return Array.isArray(found) ? (found as readonly Block[]) : [];
}

/** Whether every language has the same blocks in the same places. */
export function areAlike(draft: Draft): boolean {
	const [one, ...others] = languagesOf(draft).map((language) =>
		JSON.stringify(
			listsOf(draft, language).map((list) => [list, blocksIn(draft, language, list).map(({ kind }) => kind)]),
		),
	);
	return others.every((other) => other === one);
}

/** Those whose structure an edit of one changes. */
function together(draft: Draft, language: Language): readonly Language[] {
	return areAlike(draft) ? languagesOf(draft) : [language];
}

function changeLists(
	draft: Draft,
	language: Language,
	change: (content: unknown, language: Language) => unknown,
): Draft {
	const content = { ...draft.content };
	for (const one of together(draft, language)) {
		content[one] = change(draft.content[one], one) as NonNullable<Draft["content"]["pl"]>;
	}
	return { ...draft, content };
}

const listIn = (content: unknown, list: Path) => (valueAt(content, list) ?? []) as readonly Block[];

/** `begin`: the new block, in each language's words. */
export function insertBlock(
	draft: Draft,
	language: Language,
	list: Path,
	index: number,
	begin: (language: Language) => Block,
): Draft {
	return changeLists(draft, language, (content, one) =>
		withValue(content, list, listIn(content, list).toSpliced(index, 0, begin(one))),
	);
}

/** The last block of a list stays: a step without any is none. */
export function removeBlock(draft: Draft, language: Language, at: Path): Draft {
	const list = at.slice(0, -1);
	if (blocksIn(draft, language, list).length < 2) return draft;
	return changeLists(draft, language, (content) => withValue(content, at, undefined));
}

export function copyBlock(draft: Draft, language: Language, at: Path): Draft {
	const list = at.slice(0, -1);
	const index = Number(at.at(-1));
	return changeLists(draft, language, (content) => {
		const blocks = listIn(content, list);
		const block = blocks[index];
		return block ? withValue(content, list, blocks.toSpliced(index + 1, 0, block)) : content;
	});
}

/** Whether a block of this kind may stand in the list: nothing is asked in what thanks for an answer. */
export const mayStandIn = (kind: Block["kind"], list: Path): boolean =>
	list.at(-1) !== "thanks" || (kind !== "form" && kind !== "wheel");

/** Puts the block at `from` before what stands at `index` of a list, of its own or another. */
export function moveBlock(draft: Draft, language: Language, from: Path, list: Path, index: number): Draft {
	const source = from.slice(0, -1);
	const block = valueAt(draft.content[language], from) as Block | undefined;
	const isSame = source.join() === list.join();
	const isWithin = list.length > from.length && from.every((step, level) => list[level] === step);
	if (!block || isWithin || !mayStandIn(block.kind, list)) return draft;
	if (!isSame && blocksIn(draft, language, source).length < 2) return draft;
	return changeLists(draft, language, (content) => {
		const moved = valueAt(content, from);
		// A mark keeps every place what it was until the last moment.
		const gap = {};
		const marked = withValue(content, from, gap);
		const put = withValue(marked, list, listIn(marked, list).toSpliced(index, 0, moved as Block));
		return withoutGap(put, gap);
	});
}

function withoutGap(value: unknown, gap: object): unknown {
	if (Array.isArray(value)) return value.filter((one) => one !== gap).map((one) => withoutGap(one, gap));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutGap(one, gap)]));
}

/** A new value in one language; `all`: in the others too, where they said the same as this one. */
export function setIn(draft: Draft, language: Language, at: Path, value: unknown, all: boolean): Draft {
	const before = JSON.stringify(valueAt(draft.content[language], at));
	const content = { ...draft.content };
	for (const one of languagesOf(draft)) {
		const own = draft.content[one];
		const isSame = JSON.stringify(valueAt(own, at)) === before;
		if (own && (one === language || (all && isSame))) content[one] = withValue(own, at, value);
	}
	return { ...draft, content };
}

/** A second language begins as a copy of the first: what is still to be translated is told by `untranslated`. */
export function addLanguage(draft: Draft, language: Language): Draft {
	const [first] = languagesOf(draft);
	const content = first && draft.content[first];
	return content ? { ...draft, content: { ...draft.content, [language]: content } } : draft;
}

export function dropLanguage(draft: Draft, language: Language): Draft {
	if (languagesOf(draft).length < 2) return draft;
	return withValue(draft, ["content", language], undefined);
}

/** A step of its own: a button or a form is to lead there. Answers with its id. */
export function addStep(
	draft: Draft,
	language: Language,
	begin: (language: Language) => Block,
): { readonly draft: Draft; readonly id: string } {
	const taken = new Set(languages.flatMap((one) => Object.keys(draft.content[one]?.steps ?? {})));
	let n = 2;
	while (taken.has(`step-${n}`)) n++;
	const id = `step-${n}`;
	return {
		id,
		draft: changeLists(draft, language, (content, one) =>
			withValue(content, ["steps", id], { blocks: [begin(one)] }),
		),
	};
}

export function removeStep(draft: Draft, language: Language, id: string): Draft {
	return changeLists(draft, language, (content) => {
		const left = withValue(content, ["steps", id], undefined);
		const steps = valueAt(left, ["steps"]);
		return steps && Object.keys(steps).length === 0 ? withValue(left, ["steps"], undefined) : left;
	});
}

const textual = /^(text|label|hint|submit|quote|ended|spin|wording|title|before|after|least|most|alt)$/;

/** Ways within a content at which two languages say the same words: somebody is still to translate them. */
export function untranslated(draft: Draft): readonly Path[] {
	const { pl, en } = draft.content;
	if (!pl || !en || !areAlike(draft)) return [];
	const found: Path[] = [];
	const walk = (one: unknown, other: unknown, at: Path): void => {
		if (typeof one === "string") {
			if (one === other && textual.test(String(at.at(-1))) && /\p{L}{3}/u.test(one)) found.push(at);
		} else if (typeof one === "object" && one !== null)
			for (const [name, value] of Object.entries(one))
				walk(value, valueAt(other, [name]), [...at, Array.isArray(one) ? Number(name) : name]);
	};
	walk(pl, en, []);
	return found;
}
