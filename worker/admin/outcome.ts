// What becomes of an act on one definition, and how it is answered.

import type * as z from "zod/mini";
import { type Changes, change, type Held } from "../data/definitions.ts";
import type { Kept } from "../domain/kept.ts";
import { type Kind, keyOf, type Ref } from "../domain/kinds.ts";
import { type UseBy, usesAmong } from "../domain/uses.ts";
import type { AdminEnv } from "../platform/env.ts";
import type { Conflict, KeptOne } from "../protocol/definition.schema.ts";
import { Id } from "../protocol/id.schema.ts";
import { draftsWithArchived, type KeptDefinition, keptView, useViews, whoOf } from "./kept.ts";
import { type Answer, asked, siteUnknown } from "./request.ts";

export type Refused =
	| { readonly is: "refused"; readonly status: 404 | 409 | 422; readonly answer: Answer }
	/** Somebody or something is in the way. */
	| {
			readonly is: "conflict";
			readonly error: string;
			readonly current?: KeptDefinition;
			readonly uses?: readonly UseBy[];
			readonly more?: readonly Ref[];
			readonly all: readonly Kept[];
	  };
export type Outcome =
	| Refused
	| {
			readonly is: "kept";
			readonly kept: KeptDefinition;
			readonly all: readonly Kept[];
			/** It was so already. */
			readonly isSame?: boolean;
	  };

export const definitionUnknown = refused(404, { error: "definition-unknown" });

export function refused(status: 404 | 409 | 422, answer: Answer): Refused {
	return { is: "refused", status, answer };
}

export function find(all: readonly Kept[], ref: Ref): KeptDefinition | undefined {
	return all.find((one) => keyOf(one as Ref) === keyOf(ref)) as KeptDefinition | undefined;
}

/** By whoever had not seen this one. */
export function changedMeanwhile(
	current: KeptDefinition,
	version: number,
	all: readonly Kept[],
): Refused | undefined {
	return current.version === version
		? undefined
		: { is: "conflict", error: "changed-meanwhile", current, all };
}

/** An act on one definition of a site that is there: stored where it is another from then on. */
export function act(
	env: AdminEnv,
	site: string,
	decide: (held: Held) => Promise<Refused | { readonly is: "kept"; readonly kept: Kept }>,
): Promise<Outcome> {
	return asked(
		change<Outcome>(env, site, async (held) => {
			const none: Changes = { definitions: [] };
			const { definitions: all, settings } = held;
			if (!settings) return { changes: none, answer: refused(404, siteUnknown) };
			const decided = await decide(held);
			if (decided.is !== "kept") return { changes: none, answer: decided };
			const kept = decided.kept as KeptDefinition;
			if (all.includes(kept)) return { changes: none, answer: { is: "kept", kept, all, isSame: true } };
			const others = all.filter((one) => keyOf(one as Ref) !== keyOf(kept));
			return { changes: { definitions: [kept] }, answer: { is: "kept", kept, all: [...others, kept] } };
		}),
	);
}

/** A definition as it is now, with where it is used; or why it is not. */
export async function answer(env: AdminEnv, outcome: Outcome): Promise<Response> {
	switch (outcome.is) {
		case "refused":
			return Response.json(outcome.answer, { status: outcome.status });
		case "conflict": {
			const { error, current, uses, more, all } = outcome;
			const said: z.infer<typeof Conflict> = {
				error,
				...(current && { current: keptView(current, await whoOf(env, [current])) }),
				...(uses && { uses: useViews(uses, all) }),
				...(more && { more: [...more] }),
			};
			return Response.json(said, { status: 409 });
		}
		case "kept": {
			const { kept, all } = outcome;
			const uses = usesAmong(draftsWithArchived(all)).filter(({ of }) => keyOf(of) === keyOf(kept));
			return Response.json({
				definition: keptView(kept, await whoOf(env, [kept])),
				uses: useViews(uses, all),
			} satisfies z.infer<typeof KeptOne>);
		}
	}
}

/** Whether a definition of this kind can be called so. */
export function isIdOf(kind: Kind, id: string): boolean {
	return kind === "attention" ? id === kind : Id.safeParse(id).success;
}
