// The outbox of an object: what it has decided and others must learn, written in the transaction of the deed. A line is JSON
// and names the `part` that it tells of; what else it says is between whoever writes and whoever delivers it.
//
// After a restart, and where a delivery failed, a line is in doubt: it counts as waiting until D1 was asked whether it
// has it. So what D1 has costs no write here, and nothing is told twice.

import { type Kind, type Line, type Sink, type Sized, Slots, type Stored } from "./slots.ts";

/**
 * An outage may have needed many slots at once: of those that are free, no more are kept than a busy drain takes. A cell
 * that was asleep needs the newest alone, and would read all others at each awakening.
 */
const mostFree = { awake: 500, awakened: 0 };

type Numbered = Pick<Sized, "seq">;

export class Outbox {
	readonly #store: Stored;
	readonly #slots: Slots;
	/** What waits for D1, in the order of `seq`; known without asking, so that a page view need not look. */
	#queue: Sized[] = [];
	/** Numbers in the queue of which it is not known whether D1 has them. */
	#doubtful: Set<number> = new Set();
	/** Whether D1 has answered since, so that it is known which slots are free. */
	#hasHeard = false;
	#dead = 0;

	constructor(store: Stored) {
		this.#store = store;
		this.#slots = new Slots(store);
		this.resume();
	}

	/** Goes on from what the store holds: at the start, and when a transaction failed and memory is ahead of it. */
	resume(): void {
		this.#queue = this.#slots.resume();
		this.#doubtful = numbersOf(this.#queue);
		this.#hasHeard = false;
		this.#dead = Number(this.#store.sql.all("SELECT count(*) AS n FROM dead")[0]?.n);
	}

	/** Lines for D1, those in doubt among them. */
	get waiting(): number {
		return this.#queue.length;
	}

	/** Lines that were set aside. */
	get dead(): number {
		return this.#dead;
	}

	/** Whether it is certain that one of those lines waits. */
	get isSure(): boolean {
		return this.#queue.length > this.#doubtful.size;
	}

	append(sink: Sink, kind: Kind, payload: string): void {
		// A cell that sleeps between page views never hears of a free slot before it writes. Its lines share one: else each
		// would take a new one, and to take back what one browser has told would cost a row for each of its page views.
		this.#queue.push(...this.#slots.put(sink, kind, payload, !this.#hasHeard));
	}

	/** Lines for D1 that are told together and take one slot, however many they are. */
	appendTogether(kind: Kind, payloads: readonly string[]): void {
		if (payloads.length > 0) this.#queue.push(...this.#slots.putTogether("d1", kind, payloads));
	}

	/** Of these parts, those of which D1 may not have heard everything. */
	untoldOf(parts: readonly string[]): ReadonlySet<string> {
		const untold = new Set<string>();
		if (this.#queue.length === 0) return untold;
		const waiting = numbersOf(this.#queue);
		for (const { seq, payload } of this.#slots.mentioning(parts).flat())
			if (waiting.has(seq)) untold.add(JSON.parse(payload).part);
		return untold;
	}

	/** What these parts told that D1 is certain not to have. */
	untold(parts: readonly string[]): readonly string[] {
		if (this.#queue.length === 0) return [];
		const waiting = numbersOf(this.#queue);
		return this.#slots
			.mentioning(parts)
			.flat()
			.filter((line) => waiting.has(line.seq) && !this.isDoubtful(line))
			.map(({ payload }) => payload)
			.filter((payload) => parts.includes(JSON.parse(payload).part));
	}

	/**
	 * Takes back all that these parts told D1, and tells `payload` in its place, in one write where that can be: what
	 * waits, what D1 has and nothing has overwritten yet, and what was set aside.
	 */
	replace(parts: readonly string[], kind: Kind, payload: string): void {
		const isTheirs = (line: Line) => parts.includes(JSON.parse(line.payload).part);
		const slots = this.#slots.mentioning(parts).filter((lines) => lines.some(isTheirs));
		for (const lines of slots.slice(1)) this.#strike(lines, isTheirs);
		if (slots[0]) this.#strike(slots[0], isTheirs, payload);
		else this.append("d1", kind, payload);
		this.#exhume(parts);
	}

	/**
	 * Takes back all that these parts told, as `replace` does, and answers with what of it D1 may not have: for whoever
	 * writes these parts from here on, and tells it with numbers above `lastSeq`.
	 */
	withdraw(parts: readonly string[]): readonly string[] {
		const isTheirs = (line: Line) => parts.includes(JSON.parse(line.payload).part);
		const waiting = numbersOf(this.#queue);
		const taken: Line[] = [];
		for (const lines of this.#slots.mentioning(parts)) {
			if (!lines.some(isTheirs)) continue;
			taken.push(...lines.filter((line) => waiting.has(line.seq) && isTheirs(line)));
			this.#strike(lines, isTheirs);
		}
		return [...taken, ...this.#exhume(parts)].sort((a, b) => a.seq - b.seq).map(({ payload }) => payload);
	}

	/** Takes what was set aside of these parts. */
	#exhume(parts: readonly string[]): readonly Pick<Line, "seq" | "payload">[] {
		if (this.#dead === 0) return [];
		const gone = `DELETE FROM dead WHERE sink = 'd1'
			AND json_extract(payload, '$.part') IN (SELECT value FROM json_each(?)) RETURNING seq, payload`;
		const rows = this.#store.sql.all(gone, JSON.stringify(parts));
		this.#dead -= rows.length;
		return rows.map(({ seq, payload }) => ({ seq: Number(seq), payload: String(payload) }));
	}

	get lastSeq(): number {
		return this.#slots.lastSeq;
	}

	/** What of the outbox tells of these, whether it waits or nothing has overwritten it yet. */
	mentioning(people: readonly string[], parts: readonly string[]): readonly object[] {
		const all = this.#slots
			.mentioning([...people, ...parts])
			.flat()
			.map(({ payload }) => JSON.parse(payload));
		return all.filter(({ person, part }) => people.includes(person) || parts.includes(part));
	}

	/**
	 * Takes back all that was to be told of these, and tells nothing in its place; `cleared`: what another's line tells,
	 * without what it says of them.
	 */
	erase(
		people: readonly string[],
		parts: readonly string[],
		cleared: (payload: string) => string = (payload) => payload,
	): void {
		const isTheirs = ({ payload }: Line) => {
			const { person, part } = JSON.parse(payload);
			return people.includes(person) || parts.includes(part);
		};
		const clear = (line: Line): Line => ({ ...line, payload: cleared(line.payload) });
		for (const lines of this.#slots.mentioning([...people, ...parts]))
			this.#strike(lines.map(clear), isTheirs);
		const gone = `DELETE FROM dead WHERE json_extract(payload, '$.person') IN (SELECT value FROM json_each(?1))
			OR json_extract(payload, '$.part') IN (SELECT value FROM json_each(?2)) RETURNING seq`;
		this.#dead -= this.#store.sql.all(gone, JSON.stringify(people), JSON.stringify(parts)).length;
		if (this.#dead === 0) return;
		const naming = `SELECT seq, payload FROM dead
			WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(payload, value) > 0)`;
		for (const { seq, payload } of this.#store.sql.all(naming, JSON.stringify([...people, ...parts])))
			this.#store.sql.all("UPDATE dead SET payload = ? WHERE seq = ?", cleared(String(payload)), Number(seq));
	}

	/**
	 * The oldest lines for D1, at most `most` and about so many characters of payload, but at least one. No other is read:
	 * where much waits, that would be done again for each batch.
	 */
	oldest(most: number, characters: number): readonly Line[] {
		let sum = 0;
		const places = this.#queue.slice(0, most).filter(({ length }, i) => {
			sum += length;
			return i === 0 || sum <= characters;
		});
		const wanted = numbersOf(places);
		return this.#slots
			.read(new Set(places.map(({ slot }) => slot)))
			.filter(({ seq }) => wanted.has(seq))
			.sort((a, b) => a.seq - b.seq);
	}

	isDoubtful({ seq }: Numbered): boolean {
		return this.#doubtful.has(seq);
	}

	/** What became of these is not known: D1 is to be asked before they are sent again. */
	doubt(lines: readonly Numbered[]): void {
		const doubted = numbersOf(lines);
		for (const { seq } of this.#queue) if (doubted.has(seq)) this.#doubtful.add(seq);
	}

	/** D1 was asked about these, and has those of them. What it has not is certain to wait. */
	settle(asked: readonly Numbered[], taken: readonly Numbered[]): void {
		for (const { seq } of asked) this.#doubtful.delete(seq);
		this.delivered(taken);
	}

	/** D1 has these: that costs no write, but where more slots are free than are of use. */
	delivered(lines: readonly Numbered[]): void {
		this.#release(numbersOf(lines));
		this.#slots.trim(this.#hasHeard ? mostFree.awake : mostFree.awakened);
		this.#hasHeard = true;
	}

	/** D1 has had this number: none up to it is used again, also where this object was restored from an earlier day. */
	skip(seq: number): void {
		this.#slots.skip(seq);
	}

	/** One more failed attempt; after `limit` the line steps aside, so that it does not hold up the others. */
	failed({ slot, seq, payload, attempts }: Line, error: string, limit: number): "kept" | "dead" {
		// Meanwhile it may have been taken back, and its slot be another's.
		if (!this.#queue.some((place) => place.seq === seq)) return "kept";
		if (attempts + 1 < limit) {
			this.#store.sql.all("UPDATE outbox SET attempts = attempts + 1 WHERE slot = ?", slot);
			return "kept";
		}
		const query = `INSERT INTO dead (seq, sink, kind, payload, error)
			SELECT ?, sink, kind, ?, ? FROM outbox WHERE slot = ?`;
		this.#store.sql.all(query, seq, payload, error, slot);
		this.#dead++;
		this.#strike(this.#slots.read(new Set([slot])), (line) => line.seq === seq);
		return "dead";
	}

	/** Removes lines of a slot, physically, and puts another in their place. */
	#strike(lines: readonly Line[], isStruck: (line: Line) => boolean, another?: string): void {
		const kept = lines.filter((line) => !isStruck(line));
		const slot = lines[0]?.slot ?? 0;
		const place = this.#slots.keep(slot, kept, another);
		if (another !== undefined) this.#queue.push(place);
		this.#release(numbersOf(lines.filter(isStruck)));
	}

	/** These wait no more; a slot in which nothing else waits is free. */
	#release(gone: ReadonlySet<number>): void {
		const slots = new Set<number>();
		const left: Sized[] = [];
		for (const place of this.#queue) {
			if (gone.has(place.seq)) slots.add(place.slot);
			else left.push(place);
		}
		if (slots.size === 0) return;
		this.#queue = left;
		for (const seq of gone) this.#doubtful.delete(seq);
		for (const { slot } of left) slots.delete(slot);
		for (const slot of slots) this.#slots.release(slot);
	}
}

function numbersOf(lines: readonly Numbered[]): Set<number> {
	return new Set(lines.map(({ seq }) => seq));
}
