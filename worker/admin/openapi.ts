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
import { ExperienceReport, FrameReport, ProductReport, ReportQuery } from "../protocol/report.schema.ts";
import { Definitions } from "../protocol/site.schema.ts";
import { SuggestionsQuery } from "../protocol/suggestion.schema.ts";
import { accountComponents, accountOperations, accountQueries } from "./openapi-accounts.ts";
import { catalogueComponents, catalogueOperations, catalogueQueries } from "./openapi-catalogue.ts";
import { definitionComponents, definitionOperations, definitionQueries } from "./openapi-definitions.ts";
import { deskComponents, deskOperations, deskQueries } from "./openapi-desk.ts";
import { edgeComponents, edgePaths, edgeSchemes } from "./openapi-edge.ts";
import { figureComponents, figureOperations, figureQueries } from "./openapi-figures.ts";
import { peopleComponents, peopleOperations } from "./openapi-people.ts";
import { previewComponents, previewOperations } from "./openapi-previews.ts";
import { siteComponents, siteOperations, siteQueries } from "./openapi-sites.ts";
import { operations } from "./operations.ts";

const { RawCondition, ...bodies } = schemas;
const { CardQuery, LedgerQuery, LookupQuery, TimelineQuery, ...views } = person;
const queries = {
	CardQuery,
	LedgerQuery,
	LookupQuery,
	ReportQuery,
	SuggestionsQuery,
	TimelineQuery,
	...accountQueries,
	...catalogueQueries,
	...definitionQueries,
	...deskQueries,
	...figureQueries,
	...siteQueries,
} as const;
const components = {
	...bodies,
	...accountComponents,
	...cards,
	...catalogueComponents,
	...definitionComponents,
	...deskComponents,
	...views,
	...figureComponents,
	...peopleComponents,
	...previewComponents,
	...siteComponents,
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
	FrameReport,
	ProductReport,
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
	/** What it answers with 409, where that is more than a complaint. */
	readonly conflict?: Component;
	readonly refusals: readonly (keyof typeof refusals)[];
}

const refusals = {
	"400": "The site's id is malformed.",
	"401": "Nobody is signed in, or the operator's token is wrong.",
	"403": "Whoever asks may not, or the request comes from a page that is not ours.",
	"404":
		"There is no such site, definition, version, person, import, row, key, feed, product, question, view, job, member, session or link.",
	"409":
		"Somebody was there before, something is in the way, it was done already or is past that, or nobody would own the site.",
	"413": "The file is larger than one may be.",
	"422": "The body is refused: what is wrong with it, and where.",
	"429": "Too many guesses: `retry-after` says when to come again.",
	"500": "A fault on our side, with the id under which the log has it.",
	"503": "The database does not answer: come again.",
} as const;

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
		security: [{ session: [] }, { operator: [] }],
		paths: { ...pathsOf(), ...edgePaths },
		components: {
			securitySchemes: {
				session: { type: "apiKey", in: "cookie", name: "__Host-session" },
				operator: { type: "http", scheme: "bearer" },
				...edgeSchemes,
			},
			schemas: schemasOf(),
		},
	};
	return described;
}

const all = [
	...operations,
	...accountOperations,
	...definitionOperations,
	...deskOperations,
	...figureOperations,
	...peopleOperations,
	...catalogueOperations,
	...previewOperations,
	...siteOperations,
];

function pathsOf(): Record<string, Record<string, object>> {
	const paths: Record<string, Record<string, object>> = {};
	for (const operation of all) {
		const {
			method,
			path,
			summary,
			body,
			takesFile,
			query,
			answer,
			gives,
			conflict,
			refusals: own,
		} = operation;
		const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
		const always = names.includes("site")
			? (["400", "401", "403", "500", "503"] as const)
			: (["401", "403", "500", "503"] as const);
		const responses = Object.fromEntries(
			[...always, ...own].sort().map((code) => [
				code,
				{
					description: refusals[code],
					content: json(code === "409" && conflict ? conflict : "Complaint"),
				},
			]),
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
