// A D1 that fails to order: not at all, before the call, or after D1 has committed and only the answer is lost.

import { randomOf } from "../chance.ts";
import { type Figures, type Plan, sound } from "./plan.ts";

/** One for the isolate, which all its objects share. */
let plan: Plan = sound;
let random = randomOf(sound.seed);
const figures = { calls: 0, failedBefore: 0, failedAfter: 0 };

export function order(next: Plan): void {
	plan = next;
	random = randomOf(next.seed);
}

export function figuresSoFar(): Figures {
	return figures;
}

interface Bound {
	readonly statement: D1PreparedStatement;
	readonly values: readonly unknown[];
}

/** Just as much of D1 as the cells and the desk use. */
export function faulty(db: D1Database): D1Database {
	const known = new WeakMap<object, Bound>();
	const wrap = (bound: Bound): D1PreparedStatement => {
		const { statement, values } = bound;
		const face = {
			bind: (...given: unknown[]) => wrap({ statement: statement.bind(...given), values: given }),
			all: () => attempt("question", values, () => statement.all()),
			first: (column: string) => attempt("question", values, () => statement.first(column)),
		};
		known.set(face, bound);
		return face as unknown as D1PreparedStatement;
	};
	const face = {
		prepare: (query: string) => wrap({ statement: db.prepare(query), values: [] }),
		batch: (faces: readonly D1PreparedStatement[]) => {
			const bound = faces.flatMap((one) => known.get(one) ?? []);
			return attempt(
				"batch",
				bound.flatMap(({ values }) => values),
				() => db.batch(bound.map(({ statement }) => statement)),
			);
		},
	};
	return face as unknown as D1Database;
}

async function attempt<T>(
	kind: "question" | "batch",
	values: readonly unknown[],
	call: () => Promise<T>,
): Promise<T> {
	figures.calls++;
	const { down, poison } = plan;
	const { before, after } = plan.batchesOnly && kind === "question" ? sound : plan;
	const lot = random();
	if (down || lot < before) {
		figures.failedBefore++;
		throw new Error("D1_ERROR: Network connection lost.");
	}
	if (poison !== undefined && values.some((value) => String(value).includes(poison))) {
		throw new Error("D1_ERROR: string or blob too big: SQLITE_TOOBIG");
	}
	const answer = await call();
	if (lot < before + after) {
		figures.failedAfter++;
		throw new Error("D1_ERROR: Network connection lost.");
	}
	return answer;
}
