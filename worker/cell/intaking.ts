// What takes in the lines of a cell: the rows of people in D1 (see data/intake.ts and telling.ts).

import { databaseOf } from "../data/database.ts";
import { type Taken, takeIn, takenOf } from "../data/intake.ts";
import type { Receiver } from "../outbox/delivery.ts";
import type { Line } from "../outbox/slots.ts";
import type { Env } from "../platform/env.ts";
import type { History, People } from "./people.ts";
import { intakeOf, isTaken, type OwnRows, read, type Sender } from "./telling.ts";

export class Intaking implements Receiver {
	readonly #people: People;
	readonly #env: Env;
	readonly #sender: () => Sender;
	/** Forgets what has lapsed of those whose old events still wait; says whether anything had. */
	readonly #lapse: (histories: readonly History[]) => boolean;
	/** What D1 has said of erasures, as far as that still holds. */
	#erasures: Omit<Taken, "parts"> | undefined;
	/** Whether anybody of the site was erased, as was believed before D1 was asked anew. */
	#hadErased: boolean | undefined;
	#own: OwnRows = new WeakMap();

	constructor(
		people: People,
		env: Env,
		sender: () => Sender,
		lapse: (histories: readonly History[]) => boolean,
	) {
		this.#people = people;
		this.#env = env;
		this.#sender = sender;
		this.#lapse = lapse;
	}

	get isKnown(): boolean {
		return this.#erasures !== undefined;
	}

	/** D1 knows of the site's first erasure, of which the batch did not. */
	get hasTurned(): boolean {
		return this.#hadErased === false && this.#erasures?.hasErased === true;
	}

	distrust(): void {
		this.#hadErased = this.#erasures?.hasErased;
		this.#erasures = undefined;
		this.#own = new WeakMap();
	}

	async ask(lines: readonly Line[]) {
		const { site, cell } = this.#sender();
		const told = lines.map(read);
		const parts = new Set(told.map(({ history }) => history.part));
		const answer = await takenOf(databaseOf(this.#env, site), site, cell, [...parts]);
		this.#erasures = { watermark: answer.watermark, hasErased: answer.hasErased };
		return {
			taken: told.filter((one) => isTaken(one, answer)).map(({ line }) => line),
			had: [answer.watermark, ...answer.parts.values()],
		};
	}

	lapse(lines: readonly Line[]): boolean {
		return this.#lapse(lines.map((line) => read(line).history));
	}

	async take(lines: readonly Line[]): Promise<void> {
		const erasures = this.#known();
		const { intake, own } = intakeOf(this.#sender(), erasures, lines.map(read), this.#people, this.#own);
		await takeIn(this.#database(), intake);
		// With the last of their parts that D1 knew of, an erasure takes people along who have another.
		if (intake.erased.length > 0) this.#own = new WeakMap();
		else for (const [segments, said] of own) this.#own.set(segments, said);
		this.#erasures = { ...erasures, watermark: intake.watermark.to ?? intake.watermark.from };
	}

	/** The watermark is moved to where it stands. */
	async touch(): Promise<void> {
		const { intake } = intakeOf(this.#sender(), this.#known(), [], this.#people, this.#own);
		const { from } = intake.watermark;
		await takeIn(this.#database(), { ...intake, watermark: { from, to: from } });
	}

	#known(): Omit<Taken, "parts"> {
		if (!this.#erasures) throw new Error("D1 was not asked how it stands");
		return this.#erasures;
	}

	#database(): D1Database {
		return databaseOf(this.#env, this.#sender().site);
	}
}
