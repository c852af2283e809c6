// The authenticated API as OpenAPI 3.1, made of the very schemas that read its bodies.

import * as z from "zod/mini";
import { Acted, ActsBody } from "../protocol/act.schema.ts";
import * as schemas from "../protocol/admin.schema.ts";
import * as cards from "../protocol/card.schema.ts";
import { ConditionSchema, Tree } from "../protocol/condition.schema.ts";
import {
	ExportBody,
	ImportPlanBody,
	ImportRows,
	Imports,
	ImportView,
	RowBody,
	RowMended,
} from "../protocol/import.schema.ts";
import { SecretKeyBody, SecretKeyMade, SecretKeys } from "../protocol/key.schema.ts";
import * as person from "../protocol/person.schema.ts";
import { ExperienceReport, ProductReport, ReportQuery } from "../protocol/report.schema.ts";
import { Definitions, SiteSettings } from "../protocol/site.schema.ts";
import { catalogueComponents, catalogueOperations, catalogueQueries } from "./openapi-catalogue.ts";
import { edgeComponents, edgePaths, edgeSchemes } from "./openapi-edge.ts";

const { RawCondition, ...bodies } = schemas;
const { CardQuery, LedgerQuery, LookupQuery, TimelineQuery, ...views } = person;
const queries = {
	CardQuery,
	LedgerQuery,
	LookupQuery,
	ReportQuery,
	TimelineQuery,
	...catalogueQueries,
} as const;
const components = {
	...bodies,
	...cards,
	...catalogueComponents,
	...views,
	Acted,
	ActsBody,
	Condition: Tree,
	Definitions,
	SecretKeyBody,
	SecretKeyMade,
	SecretKeys,
	ExportBody,
	ImportPlanBody,
	ImportRows,
	Imports,
	ImportView,
	RowBody,
	RowMended,
	ExperienceReport,
	ProductReport,
	SiteSettings,
	...edgeComponents,
} satisfies Record<string, z.ZodMiniType>;
type Component = keyof typeof components;

export interface Operation {
	readonly method: "get" | "put" | "post" | "patch" | "delete";
	/** As OpenAPI spells it, under /api. */
	readonly path: string;
	readonly summary: string;
	readonly body?: Component;
	/** The body is a file as it stands. */
	readonly takesFile?: true;
	/** What may follow the path. */
	readonly query?: keyof typeof queries | readonly string[];
	/** What it answers where all is well; any object where absent. */
	readonly answer?: Component;
	/** The answer is a file of one of these types. */
	readonly gives?: readonly string[];
	readonly refusals: readonly (keyof typeof refusals)[];
}

const refusals = {
	"400": "The site's id is malformed.",
	"401": "The operator's token is missing or wrong.",
	"404": "There is no such site, segment, rule, programme, person, import, row, key, feed or product.",
	"409": "The import or the feed is at work, or past that.",
	"413": "The file is larger than one may be.",
	"422": "The body is refused: what is wrong with it, and where.",
	"500": "A fault on our side, with the id under which the log has it.",
	"503": "The database does not answer: come again.",
} as const;

const operations: readonly Operation[] = [
	{
		method: "get",
		path: "/openapi.json",
		summary: "This document.",
		refusals: [],
	},
	{
		method: "put",
		path: "/sites/{site}/settings",
		summary: "Puts a site's settings in place. They hold from the next publication on.",
		body: "SiteSettings",
		answer: "Done",
		refusals: ["422"],
	},
	{
		method: "put",
		path: "/sites/{site}/definitions",
		summary: "Puts all drafts of a site in place of those that were there.",
		body: "Definitions",
		answer: "Done",
		refusals: ["422"],
	},
	{
		method: "post",
		path: "/sites/{site}/publish",
		summary: "Publishes the drafts as they stand.",
		answer: "Published",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/filling",
		summary: "How far the last publication has come to the people who were there before it.",
		answer: "Filling",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/keys",
		summary:
			"The public key for the script tag, and the mark that keeps the site's own staff out of its figures.",
		answer: "Keys",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/secret-keys",
		summary: "The secret keys of the site's servers, those that were revoked among them.",
		answer: "SecretKeys",
		refusals: [],
	},
	{
		method: "post",
		path: "/sites/{site}/secret-keys",
		summary: "Makes a secret key, which is shown this once.",
		body: "SecretKeyBody",
		answer: "SecretKeyMade",
		refusals: ["422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/secret-keys/{key}",
		summary: "Revokes a secret key: within seconds nobody takes it any more.",
		answer: "Done",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/acts",
		summary:
			"Tags people by hand, puts them on a list, gives or takes points, lets them join a programme or spend on a reward, writes down a consent, an owner, a funnel stage, a social profile or a note.",
		body: "ActsBody",
		answer: "Acted",
		refusals: ["422"],
	},
	{
		method: "post",
		path: "/sites/{site}/people/{person}/link",
		summary:
			"A person's own link to a page of the site. Whoever comes by it is shown what the card's tags, score and segments choose, and nothing personal.",
		body: "PersonalLinkBody",
		answer: "PersonalLink",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/people/{person}/confirmation",
		summary:
			"Asks a person by message whether the address on their card is theirs. Three times a day at most.",
		body: "ConfirmationBody",
		answer: "Done",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/people/{person}/unsubscribing",
		summary:
			"The path, under the address of the edge, of a page where the person takes a consent back; for List-Unsubscribe too (RFC 8058).",
		body: "UnsubscribingBody",
		answer: "Unsubscribing",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/conflicts",
		summary:
			"Identifiers of one person that are another's, for somebody to settle: by a merge, or by keeping them apart.",
		answer: "Conflicts",
		refusals: [],
	},
	{
		method: "post",
		path: "/sites/{site}/people/conflicts",
		summary: "Keeps two people apart: nothing more is asked about them.",
		body: "SettleBody",
		answer: "Done",
		refusals: ["422"],
	},
	{
		method: "post",
		path: "/sites/{site}/people/{person}/merge",
		summary:
			"Merges a card into another, with the evidence; as a preview the evidence alone. No rule fires, and it can be undone.",
		body: "MergeBody",
		answer: "CardMerged",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/people/{person}/unmerge",
		summary: "Undoes the merge of a card: each part returns with what it caused since, acts by hand stay.",
		answer: "Done",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/people/{person}/untie",
		summary: "Takes off a card what a browser tied to it by typing one of its identifiers.",
		body: "UntieBody",
		answer: "Done",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/people",
		summary:
			"People by an identifier, by a tag, or by a part of their name or address: how many, and a page of them, the youngest first.",
		query: "LookupQuery",
		answer: "People",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/{person}",
		summary: "The card: every fact of a person, their memberships as their cell has them, and their ledgers.",
		query: "CardQuery",
		answer: "Card",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/{person}/timeline",
		summary:
			"What the person did and what we did towards them, the latest first, each with what rules made of it. Up to seconds behind.",
		query: "TimelineQuery",
		answer: "Timeline",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/{person}/ledger",
		summary: "Every point of the score or of a programme, with its rule and its event, the latest first.",
		query: "LedgerQuery",
		answer: "Ledger",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/{person}/activity",
		summary: "How much the person did in each of the last 52 weeks.",
		answer: "Activity",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/{person}/export",
		summary: "Everything that is stored of a person, in every store, as it stands there.",
		answer: "Export",
		refusals: ["404"],
	},
	{
		method: "delete",
		path: "/sites/{site}/people/{person}",
		summary:
			"Erases a person everywhere, for good. Nothing of theirs can be read from then on; asked again, it says how far it has come.",
		answer: "Erasure",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/people/{person}/erasure",
		summary: "How far the erasure of a person has come.",
		answer: "Erasure",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/pools",
		summary:
			"The coupon pools: how many codes each ever had, how many are left, and whether it is time for more.",
		answer: "Pools",
		refusals: [],
	},
	{
		method: "post",
		path: "/sites/{site}/pools/{pool}/codes",
		summary: "Puts codes into a pool, which begins with its first; those that it had are left as they are.",
		body: "CodesBody",
		answer: "CodesAdded",
		refusals: ["422"],
	},
	{
		method: "get",
		path: "/sites/{site}/reports/experiences",
		summary:
			"Of each experience, revision and variant how often it was offered, shown and answered to, and the orders that belong to it or that it assisted; an order belongs to one, so these and the rest come to all orders.",
		query: "ReportQuery",
		answer: "ExperienceReport",
		refusals: ["422"],
	},
	{
		method: "get",
		path: "/sites/{site}/reports/products",
		summary: "Products that were clicked in experiences: how often, and what was then paid for them.",
		query: "ReportQuery",
		answer: "ProductReport",
		refusals: ["422"],
	},
	{
		method: "post",
		path: "/sites/{site}/conditions/check",
		summary: "What a condition says, as a sentence, and what in it was surely not meant.",
		body: "CheckBody",
		answer: "Checked",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/conditions/people",
		summary: "Who meets a condition: how many, and a page of them, the youngest first. Up to seconds behind.",
		body: "PeopleBody",
		answer: "People",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/explain",
		summary:
			"Why a person meets a condition, is in a segment, has a tag or so many points, or what a page would show them and why, as their cell knows it now.",
		body: "ExplainBody",
		answer: "ExplainAnswer",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/segments/{segment}/preview",
		summary: "Who would come into a segment and who would go if its condition were this, and why.",
		body: "PreviewBody",
		answer: "Preview",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/past",
		summary: "What is being applied to the recorded past, and how far it has come.",
		answer: "PastProgress",
		refusals: [],
	},
	{
		method: "post",
		path: "/sites/{site}/past/preview",
		summary:
			"What would come of applying a rule or a scale to the recorded past, a page of people at a time.",
		body: "PastPreviewBody",
		answer: "PastPreview",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/past/apply",
		summary:
			"Applies a published rule or scale to the recorded past of all who are here now. Whatever was applied before is not doubled.",
		body: "PastBody",
		answer: "Done",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/imports",
		summary:
			"Takes in a table of people, in any usual delimiter and encoding; answers with what its columns are taken for.",
		takesFile: true,
		query: ["name"],
		answer: "ImportView",
		refusals: ["404", "413", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/imports",
		summary: "The imports, the latest first.",
		query: ["after"],
		answer: "Imports",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/imports/{import}",
		summary: "An import: its columns with samples, how far it has come, and what it did or would do.",
		answer: "ImportView",
		refusals: ["404"],
	},
	{
		method: "put",
		path: "/sites/{site}/imports/{import}/plan",
		summary:
			"How the file is read, what its columns are, what everybody in it gets, and whether rules react.",
		body: "ImportPlanBody",
		answer: "ImportView",
		refusals: ["404", "409", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/imports/{import}/rehearsal",
		summary: "Finds out what would happen. Nothing is written.",
		answer: "ImportView",
		refusals: ["404", "409", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/imports/{import}/run",
		summary: "Brings the people in. However often it is interrupted, each is brought in once.",
		answer: "ImportView",
		refusals: ["404", "409", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/imports/{import}/undo",
		summary: "Takes everything back that an import said, and all that came of it.",
		answer: "ImportView",
		refusals: ["404", "409"],
	},
	{
		method: "get",
		path: "/sites/{site}/imports/{import}/rows",
		summary: "Rows that failed, and identifiers that are somebody else's, each with its line and why.",
		query: ["after"],
		answer: "ImportRows",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/imports/{import}/rows.csv",
		summary: "Rows that failed, as a table to put right and import.",
		gives: ["text/csv"],
		refusals: ["404"],
	},
	{
		method: "patch",
		path: "/sites/{site}/imports/{import}/rows/{line}",
		summary: "Puts a row that failed right, and takes it in.",
		body: "RowBody",
		answer: "RowMended",
		refusals: ["404", "409", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/export",
		summary:
			"People, or what happened to them, as a table without formulas or as JSON by the line. Up to seconds behind.",
		body: "ExportBody",
		gives: ["text/csv", "application/x-ndjson"],
		refusals: ["404", "422"],
	},
];

const refTo = (name: string): string => `#/components/schemas/${name}`;
const file = { schema: { type: "string", format: "binary" } } as const;
const json = (name: Component) => ({ "application/json": { schema: { $ref: refTo(name) } } });

let described: object | undefined;

export function describeApi(): object {
	described ??= {
		openapi: "3.1.0",
		info: {
			title: "Witaj",
			version: "1",
			description: "Sites, what their marketers define, and their people.",
		},
		servers: [{ url: "/api" }],
		security: [{ operator: [] }],
		paths: { ...pathsOf(), ...edgePaths },
		components: {
			securitySchemes: { operator: { type: "http", scheme: "bearer" }, ...edgeSchemes },
			schemas: schemasOf(),
		},
	};
	return described;
}

function pathsOf(): Record<string, Record<string, object>> {
	const paths: Record<string, Record<string, object>> = {};
	for (const operation of [...operations, ...catalogueOperations]) {
		const { method, path, summary, body, takesFile, query, answer, gives, refusals: own } = operation;
		const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
		const always = names.includes("site") ? (["400", "401", "500", "503"] as const) : (["401"] as const);
		const responses = Object.fromEntries(
			[...always, ...own]
				.sort()
				.map((code) => [code, { description: refusals[code], content: json("Complaint") }]),
		);
		const said = answer ? json(answer) : { "application/json": { schema: { type: "object" } } };
		const ok = gives ? Object.fromEntries(gives.map((type) => [type, file])) : said;
		const parameters = [...names.map(parameter), ...parametersOf(query)];
		const own_ = paths[path] ?? {};
		paths[path] = own_;
		own_[method] = {
			summary,
			...(parameters.length > 0 && { parameters }),
			...(body && { requestBody: { required: true, content: json(body) } }),
			...(takesFile && { requestBody: { required: true, content: { "text/csv": file } } }),
			responses: { "200": { description: "Done.", content: ok }, ...responses },
		};
	}
	return paths;
}

function parameter(name: string): object {
	return { name, in: "path", required: true, schema: { type: "string", pattern: "^[a-z0-9-]{1,64}$" } };
}

/** Each member of the schema is a parameter of its own; so is each name. */
function parametersOf(query: Operation["query"]): readonly object[] {
	if (query === undefined) return [];
	if (typeof query !== "string")
		return query.map((name) => ({ name, in: "query", required: false, schema: { type: "string" } }));
	const { properties = {} } = z.toJSONSchema(queries[query], { io: "input", unrepresentable: "any" });
	return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

/** Read by hand, before anything could recurse into it: its shape is another schema's. */
const conditions: ReadonlySet<unknown> = new Set([ConditionSchema, RawCondition]);

function schemasOf(): Record<string, object> {
	const registry = z.registry<{ id: string }>();
	for (const [id, schema] of Object.entries(components)) registry.add(schema, { id });
	const { schemas: made } = z.toJSONSchema(registry, {
		uri: refTo,
		io: "input",
		unrepresentable: "any",
		override: ({ zodSchema, jsonSchema }) => {
			if (conditions.has(zodSchema)) jsonSchema.$ref = refTo("Condition");
		},
	});
	return Object.fromEntries(
		Object.entries(made).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
	);
}
