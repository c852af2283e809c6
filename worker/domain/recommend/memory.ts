// What a recommender remembers: the latest sessions of a shop, each with the products that were looked at in it, and of
// each product the sessions in which it was. It learns a click at a time, and its size is bounded: the oldest session
// gives its place to a new one. There is nothing to train, and nothing else to keep.

/** At most `sessions * itemsPerSession` clicks are remembered, and no more products than these. */
export interface Bounds {
	readonly sessions: number;
	/** Different products of one session: the latest stay. At most 255. */
	readonly itemsPerSession: number;
	/** Sessions in which a product is looked for: the latest. */
	readonly sessionsPerItem: number;
}

export const bounds: Bounds = { sessions: 50_000, itemsPerSession: 20, sessionsPerItem: 500 };

/**
 * Sessions are numbered as they begin; number `n` stands in place `n % bounds.sessions`, and so is remembered while it is
 * among the latest. Items are numbered as they are met, and a number is given again once no session has its item.
 */
export interface Memory {
	readonly bounds: Bounds;
	readonly names: string[];
	readonly numbers: Map<string, number>;
	readonly free: number[];
	/** How many sessions ever began. */
	begun: number;
	/** Sessions that may still go on, by the visit's id. */
	readonly open: Map<string, number>;
	/** Of each place: its items in the order in which they were looked at last, and how many there are. */
	readonly items: Int32Array;
	readonly lengths: Uint8Array;
	/** Of each item: numbers of sessions in which it is, the latest last. */
	readonly sessions: number[][];
	/** Of each item: in how many remembered sessions it is. */
	readonly popularity: number[];
	/** Numbers of sessions that changed, for whoever keeps them and empties it; none where nobody does. */
	changed: Set<number> | undefined;
}

export function newMemory(own: Bounds = bounds): Memory {
	return {
		bounds: own,
		names: [],
		numbers: new Map(),
		free: [],
		begun: 0,
		open: new Map(),
		items: new Int32Array(own.sessions * own.itemsPerSession),
		lengths: new Uint8Array(own.sessions),
		sessions: [],
		popularity: [],
		changed: undefined,
	};
}

/**
 * A product was looked at during a visit. Again within the same visit it moves to the end of it. Says whether it is new in
 * the visit.
 */
export function learn(memory: Memory, visit: string, product: string): boolean {
	const session = sessionOf(memory, visit);
	const item = numberOf(memory, product);
	const { items, lengths, sessions, popularity, changed } = memory;
	changed?.add(session);
	const { itemsPerSession, sessionsPerItem } = memory.bounds;
	const place = placeOf(memory, session);
	const from = place * itemsPerSession;
	const length = lengths[place] ?? 0;
	const known = items.subarray(from, from + length).indexOf(item);
	if (known >= 0) {
		items.copyWithin(from + known, from + known + 1, from + length);
		items[from + length - 1] = item;
		return false;
	}
	if (length === itemsPerSession) {
		unlist(memory, items[from] ?? 0, session);
		items.copyWithin(from, from + 1, from + length);
		items[from + length - 1] = item;
	} else {
		items[from + length] = item;
		lengths[place] = length + 1;
	}
	popularity[item] = (popularity[item] ?? 0) + 1;
	const listed = sessions[item] ?? [];
	listed.push(session);
	// Half as many again before it is cut, so that it is seldom cut.
	if (listed.length > sessionsPerItem * 1.5) listed.splice(0, listed.length - sessionsPerItem);
	sessions[item] = listed;
	return true;
}

/** The visit is over: what comes under its name from here on is another. */
export function close(memory: Memory, visit: string): void {
	memory.open.delete(visit);
}

/** Numbers of the items of a session, in the order in which they were looked at last. */
export function itemsOf(memory: Memory, session: number): Int32Array {
	if (session < 0 || session >= memory.begun || isForgotten(memory, session)) return noItems;
	const place = placeOf(memory, session);
	const from = place * memory.bounds.itemsPerSession;
	return memory.items.subarray(from, from + (memory.lengths[place] ?? 0));
}

/** The products of a session, by name. */
export function productsOf(memory: Memory, session: number): readonly string[] {
	return [...itemsOf(memory, session)].map((item) => memory.names[item] ?? "");
}

/**
 * Begins the next session with these products, as they were kept; of a session that had none an empty one, so that numbers
 * stay as they were. `begun` is set first where a memory is restored from its middle.
 */
export function restore(memory: Memory, products: readonly string[]): void {
	const visit = "restored";
	sessionOf(memory, visit);
	for (const product of products) learn(memory, visit, product);
	close(memory, visit);
}

const noItems = new Int32Array();

/** The number of the visit's session; none where it is not remembered. */
export function sessionNumber(memory: Memory, visit: string): number | undefined {
	const session = memory.open.get(visit);
	return session === undefined || isForgotten(memory, session) ? undefined : session;
}

export function isForgotten({ begun, bounds: { sessions } }: Memory, session: number): boolean {
	return session < begun - sessions;
}

export function placeOf({ bounds: { sessions } }: Memory, session: number): number {
	return session % sessions;
}

function numberOf(memory: Memory, product: string): number {
	const { names, numbers, free, sessions, popularity } = memory;
	const known = numbers.get(product);
	if (known !== undefined) return known;
	const number = free.pop() ?? names.length;
	names[number] = product;
	numbers.set(product, number);
	sessions[number] = [];
	popularity[number] = 0;
	return number;
}

function sessionOf(memory: Memory, visit: string): number {
	const known = sessionNumber(memory, visit);
	if (known !== undefined) return known;
	const session = memory.begun++;
	const { open, lengths, items, bounds: own } = memory;
	const place = placeOf(memory, session);
	const from = place * own.itemsPerSession;
	// Whose place it was is forgotten.
	for (const item of items.subarray(from, from + (lengths[place] ?? 0)))
		unlist(memory, item, session - own.sessions);
	lengths[place] = 0;
	open.set(visit, session);
	for (const [oldest, number] of open) {
		if (!isForgotten(memory, number)) break;
		open.delete(oldest);
	}
	return session;
}

function unlist({ names, numbers, free, sessions, popularity }: Memory, item: number, session: number): void {
	const left = (popularity[item] ?? 1) - 1;
	popularity[item] = left;
	const listed = sessions[item] ?? [];
	const at = listed.indexOf(session);
	if (at >= 0) listed.splice(at, 1);
	if (left > 0) return;
	numbers.delete(names[item] ?? "");
	free.push(item);
}
