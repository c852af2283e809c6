// What differs between two values of JSON, field by field: of two revisions of a definition. A screen gives it words.

/** A step into an object, or to a place in a list; of a list whose members have ids, to the member with this id. */
export type Step = string | number | { readonly id: string };

/** One field: `before` is missing where it was added, `after` where it was taken away; `moved` where a member stands elsewhere. */
export interface Change {
	readonly at: readonly Step[];
	readonly before?: unknown;
	readonly after?: unknown;
	readonly moved?: { readonly from: number; readonly to: number };
}

/** Whether two values say the same, in whatever order their members were written. */
export function isSame(one: unknown, other: unknown): boolean {
	if (one === other) return true;
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((member, n) => isSame(member, other[n]));
	if (!isObject(one) || !isObject(other)) return false;
	const keys = Object.keys(one);
	return (
		keys.length === Object.keys(other).length &&
		keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
	);
}

/**
 * The least that was changed: objects are compared member by member, lists of things with ids by their ids, other lists
 * of objects along what stayed in them, and lists of plain values as one. A place is that in the list after, of what was
 * taken away that before.
 */
export function difference(before: unknown, after: unknown): readonly Change[] {
	return [...changes(before, after, [])];
}

function* changes(before: unknown, after: unknown, at: readonly Step[]): Generator<Change> {
	if (isSame(before, after)) return;
	if (isObject(before) && isObject(after)) yield* ofMembers(before, after, at);
	else if (hasIds(before) && hasIds(after)) yield* byId(before, after, at);
	else if (isOfObjects(before) && isOfObjects(after)) yield* byPlace(before, after, at);
	else if (before === undefined) yield { at, after };
	else if (after === undefined) yield { at, before };
	else yield { at, before, after };
}

type Members = Readonly<Record<string, unknown>>;

function* ofMembers(before: Members, after: Members, at: readonly Step[]): Generator<Change> {
	for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
		yield* changes(before[key], after[key], [...at, key]);
}

function* byPlace(
	before: readonly unknown[],
	after: readonly unknown[],
	at: readonly Step[],
): Generator<Change> {
	let [from, to] = [0, 0];
	for (const [n, m] of [...stayed(before, after), [before.length, after.length] as const]) {
		// Between two that stayed, the first is taken for the first.
		while (from < n && to < m) yield* changes(before[from++], after[to], [...at, to++]);
		while (from < n) yield { at: [...at, from], before: before[from++] };
		while (to < m) yield { at: [...at, to], after: after[to++] };
		[from, to] = [n + 1, m + 1];
	}
}

/** The longest common subsequence, by the textbook's table: lists in definitions are short. Pairs of places, ascending. */
function stayed(
	before: readonly unknown[],
	after: readonly unknown[],
): readonly (readonly [number, number])[] {
	const rows = before.map((one) => after.map((other) => isSame(one, other)));
	const longest = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
	const at = (n: number, m: number) => longest[n]?.[m] ?? 0;
	for (let n = before.length - 1; n >= 0; n--)
		for (let m = after.length - 1; m >= 0; m--) {
			const row = longest[n];
			if (row) row[m] = rows[n]?.[m] ? at(n + 1, m + 1) + 1 : Math.max(at(n + 1, m), at(n, m + 1));
		}
	const pairs: [number, number][] = [];
	let [n, m] = [0, 0];
	while (n < before.length && m < after.length) {
		if (rows[n]?.[m]) pairs.push([n++, m++]);
		else if (at(n + 1, m) >= at(n, m + 1)) n++;
		else m++;
	}
	return pairs;
}

type WithId = Members & { readonly id: string };

function* byId(before: readonly WithId[], after: readonly WithId[], at: readonly Step[]): Generator<Change> {
	const [from, to] = [placed(before), placed(after)];
	const stay = (list: readonly WithId[], other: ReadonlyMap<string, unknown>) =>
		list.filter(({ id }) => other.has(id)).map(({ id }) => id);
	const order = stay(after, from);
	for (const [n, id] of stay(before, to).entries()) {
		const [one, other] = [from.get(id), to.get(id)];
		const here = [...at, { id }];
		if (one && other && order[n] !== id) yield { at: here, moved: { from: one.n, to: other.n } };
		yield* changes(one?.member, other?.member, here);
	}
	for (const [id, { member }] of from) if (!to.has(id)) yield { at: [...at, { id }], before: member };
	for (const [id, { member }] of to) if (!from.has(id)) yield { at: [...at, { id }], after: member };
}

function placed(list: readonly WithId[]) {
	return new Map(list.map((member, n) => [member.id, { member, n }]));
}

function hasIds(value: unknown): value is readonly WithId[] {
	return (
		Array.isArray(value) &&
		value.length > 0 &&
		value.every((member) => isObject(member) && typeof member.id === "string") &&
		new Set(value.map(({ id }: WithId) => id)).size === value.length
	);
}

function isOfObjects(value: unknown): value is readonly object[] {
	return Array.isArray(value) && value.some(isObject);
}

function isObject(value: unknown): value is Members {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
