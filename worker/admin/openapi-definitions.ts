// The part of the API's description that the builders ask: settings, definitions, their revisions, and publishing.

import { Builder } from "../protocol/builder.schema.ts";
import * as schemas from "../protocol/definition.schema.ts";
import { SettingsBody } from "../protocol/site.schema.ts";
import type { Operation } from "./openapi.ts";

const { bodies: _, VersionQuery, SettingsQuery, ListQuery, DifferenceQuery, ...shapes } = schemas;
export const definitionComponents = { ...shapes, Builder, SettingsBody };
export const definitionQueries = { VersionQuery, SettingsQuery, ListQuery, DifferenceQuery };

const conflict = "Conflict";
const one = "/sites/{site}/definitions/{kind}/{id}";

export const definitionOperations: readonly Operation[] = [
	{
		method: "get",
		path: "/fields",
		summary:
			"The language of conditions, of which a builder is made: every field with its words in Polish and English, its operators, and what they take.",
		answer: "Builder",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/settings",
		summary:
			"A site's settings, as they are to be and as they are live, without the key of the site's own login.",
		answer: "KeptSettings",
		refusals: ["404"],
	},
	{
		method: "put",
		path: "/sites/{site}/settings",
		summary:
			"Puts a site's settings in place. They hold from the next publication on. A login without a key keeps the one that it has.",
		body: "SettingsBody",
		query: "SettingsQuery",
		answer: "KeptSettings",
		conflict: "SettingsConflict",
		refusals: ["409", "422"],
	},
	{
		method: "put",
		path: "/sites/{site}/definitions",
		summary:
			"Puts all drafts of a site in place of those that were there, for scripts. What is archived stays where it is not among them.",
		body: "Definitions",
		answer: "Done",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/definitions",
		summary: "Everything that a site defines: each with its draft, what of it is live, and who changed it.",
		query: "ListQuery",
		answer: "KeptList",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/definitions/{kind}",
		summary: "All definitions of a kind.",
		query: "ListQuery",
		answer: "KeptList",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/definitions/{kind}",
		summary: "Makes a definition, as a draft. Its id is made of its name.",
		body: "DefinitionBody",
		answer: "KeptOne",
		conflict,
		refusals: ["404", "409", "422"],
	},
	{
		method: "get",
		path: one,
		summary: "A definition with its draft, what of it is live, and where it is used.",
		answer: "KeptOne",
		refusals: ["404"],
	},
	{
		method: "put",
		path: one,
		summary:
			"Another draft for a definition, by whoever has seen the version before. Problems name another definition where that could not be without what goes.",
		body: "DefinitionBody",
		query: "VersionQuery",
		answer: "KeptOne",
		conflict,
		refusals: ["404", "409", "422"],
	},
	{
		method: "delete",
		path: one,
		summary:
			"Deletes a definition that nothing else needs. What of it is live stays so until that is published; for 90 days it can be brought back.",
		query: "VersionQuery",
		answer: "KeptOne",
		conflict,
		refusals: ["404", "409", "422"],
	},
	{
		method: "get",
		path: `${one}/revisions`,
		summary: "What became of a definition, the latest first: its last 50 versions.",
		answer: "Revisions",
		refusals: ["404"],
	},
	{
		method: "get",
		path: `${one}/revisions/{version}`,
		summary: "A definition as it was.",
		answer: "Revision",
		refusals: ["404"],
	},
	{
		method: "get",
		path: `${one}/difference`,
		summary:
			"What differs between two versions, field by field; between what is live and the draft where none is named.",
		query: "DifferenceQuery",
		answer: "Difference",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: `${one}/rollback`,
		summary: "Makes an earlier version the draft again, of what was deleted too.",
		body: "RollbackBody",
		answer: "KeptOne",
		conflict,
		refusals: ["404", "409", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/uses",
		summary: "Every mention of one definition by another.",
		answer: "Uses",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/publish",
		summary:
			"Publishes some drafts, each in the version that was seen, or all where there is no body. Refused where more would have to go live than was named.",
		body: "PublishBody",
		answer: "Published",
		conflict,
		refusals: ["404", "409", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/publish/preview",
		summary: "What would go live with these, or with all: what they cannot be without as well.",
		body: "PublishPreviewBody",
		answer: "PublishPreview",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/publication",
		summary: "Which publication is the last, how many cells wait for it, and what publishing would change.",
		answer: "Publication",
		refusals: ["404"],
	},
	...(
		[
			["pause", "Takes an experience off the site within seconds, and publishes nothing else."],
			["resume", "Shows a paused experience again, as it was published last."],
			["archive", "Puts an experience away: off the site, and out of the drafts."],
			["restore", "Takes an experience out of the archive: paused where it was live, else as a draft."],
		] as const
	).map(
		([act, summary]): Operation => ({
			method: "post",
			path: `/sites/{site}/experiences/{experience}/${act}`,
			summary,
			answer: "KeptOne",
			conflict,
			refusals: ["404", "409", "422"],
		}),
	),
];
