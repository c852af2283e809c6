// The kinds of what a site defines, each definition with its kind and id, and all of them together as they are published.

import type {
	Definitions,
	Experience,
	Group,
	InterestTag,
	Programme,
	ScoreRule,
	Segment,
	SiteAttention,
	StaticList,
	TagRule,
} from "./definition.ts";

export interface Bodies<E extends Experience = Experience> {
	readonly "tag-rule": TagRule;
	readonly "score-rule": ScoreRule;
	readonly programme: Programme;
	readonly "interest-tag": InterestTag;
	readonly list: StaticList;
	readonly segment: Segment;
	readonly experience: E;
	readonly group: Group;
	readonly attention: SiteAttention;
}
export type Kind = keyof Bodies;

/** Which definition: ids are of their kind. */
export interface Ref {
	readonly kind: Kind;
	readonly id: string;
}
export type Definition<E extends Experience = Experience> = {
	readonly [K in Kind]: { readonly kind: K; readonly id: string; readonly body: Bodies<E>[K] };
}[Kind];

/** Of which a site has one, by this id. */
export const only = "attention" satisfies Kind;

/** Where each kind stands among the definitions. */
export const members = {
	"tag-rule": "tagRules",
	"score-rule": "scoreRules",
	programme: "programmes",
	"interest-tag": "interestTags",
	list: "lists",
	segment: "segments",
	experience: "experiences",
	group: "groups",
} as const satisfies Record<Exclude<Kind, typeof only>, keyof Definitions>;

export const kinds = [...(Object.keys(members) as readonly (keyof typeof members)[]), only] as const;

export function isKind(text: string): text is Kind {
	return text === only || Object.hasOwn(members, text);
}

/** Names a definition in one text. */
export function keyOf({ kind, id }: Ref): string {
	return `${kind}/${id}`;
}

/** Each by itself. */
export function eachOf<E extends Experience>(definitions: Definitions<E>): readonly Definition<E>[] {
	const named = Object.entries(members).flatMap(([kind, member]) =>
		(definitions[member] ?? []).map((body) => ({ kind, id: body.id, body })),
	) as readonly Definition<E>[];
	const { attention } = definitions;
	return attention ? [...named, { kind: only, id: only, body: attention }] : named;
}

/** All together. */
export function allOf<E extends Experience>(each: readonly Definition<E>[]): Definitions<E> {
	const of = <K extends Kind>(kind: K): Bodies<E>[K][] =>
		each.filter((one) => one.kind === kind).map(({ body }) => body as Bodies<E>[K]);
	const [attention] = of(only);
	return {
		tagRules: of("tag-rule"),
		scoreRules: of("score-rule"),
		programmes: of("programme"),
		interestTags: of("interest-tag"),
		lists: of("list"),
		segments: of("segment"),
		experiences: of("experience"),
		groups: of("group"),
		...(attention && { attention }),
	};
}
