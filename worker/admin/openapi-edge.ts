// What the Worker that visitors reach answers, as OpenAPI: described here, where its size is nobody's wait. Made of the
// very schemas that it reads by.

import * as z from "zod/mini";
import { ProductsKept, ProductsTold } from "../protocol/catalogue.schema.ts";
import {
	CollectErrorCode,
	CollectEvent,
	CollectRequest,
	Grant,
	Verdict,
} from "../protocol/collect.schema.ts";
import { SegmentAnswer, SegmentBatch, SegmentMessage } from "../protocol/segment.schema.ts";
import * as server from "../protocol/server.schema.ts";

const CollectAnswer = z.object({
	/** To be kept and sent again. */
	token: z.exactOptional(z.string()),
	verdicts: z.array(Verdict),
	/** Experiences for this page. */
	show: z.array(z.looseObject({ experience: z.string() })),
	grants: z.array(Grant),
});
const EdgeError = z.strictObject({ error: z.string() });

export const edgeComponents = {
	CollectAnswer,
	CollectErrorCode,
	CollectEvent,
	CollectRequest,
	EdgeError,
	ProductsKept,
	ProductsTold,
	SegmentAnswer,
	SegmentBatch,
	SegmentMessage,
	...server,
};
type Component = keyof typeof edgeComponents;

/** Segment's SDKs send the key as the user's name, without a password. */
export const edgeSchemes = {
	publicKey: { type: "http", scheme: "basic", description: "The key of the script tag, as the user's name." },
	secretKey: { type: "http", scheme: "bearer", description: "A secret key, or the same as Basic." },
};
type Scheme = keyof typeof edgeSchemes;

const refusals = {
	"400": "The body is none: malformed, or nested too deep.",
	"401": "There is no key, or nobody made it, or it was revoked.",
	"403":
		"The key is not for this: what only a server may do, another scope, another origin, a secret key in a page.",
	"404": "There is no such site or person.",
	"413": "The body is too large, or tells of too many people.",
	"422": "The body is not what is expected here. What is wrong with one item, its verdict says.",
	"429": "Too many requests: come again later.",
	"500": "A fault on our side, with the id under which the log has it.",
	"503": "Something was not taken: send all of it again, for what was taken is a duplicate then.",
} as const;
type Refusal = keyof typeof refusals;

interface Operation {
	readonly path: string;
	readonly summary: string;
	readonly body: Component;
	readonly answer: Component;
	readonly by: readonly Scheme[];
	readonly refusals: readonly Refusal[];
}

const ofSegment = ["400", "401", "403", "413", "429", "503"] as const;
const ofServer = [...ofSegment, "422"] as const;
const either: readonly Scheme[] = ["publicKey", "secretKey"];

const segment = (path: string, summary: string): Operation => ({
	path,
	summary,
	body: path === "/v1/batch" ? "SegmentBatch" : "SegmentMessage",
	answer: "SegmentAnswer",
	by: either,
	refusals: ofSegment,
});
const told = (path: string, summary: string, body: Component): Operation => ({
	path,
	summary,
	body,
	answer: "ToldAnswer",
	by: ["secretKey"],
	refusals: ofServer,
});

const operations: readonly Operation[] = [
	{
		path: "/v1/collect",
		summary: "What a page sends, as text/plain: each of `events` is a CollectEvent.",
		body: "CollectRequest",
		answer: "CollectAnswer",
		by: [],
		refusals: ["400", "403", "404", "413", "429"],
	},
	segment("/v1/track", "Segment's track; also /v1/t."),
	segment("/v1/page", "Segment's page, here Page Viewed; also /v1/p."),
	segment("/v1/screen", "Segment's screen, here Screen Viewed; also /v1/s."),
	segment("/v1/identify", "Segment's identify, here Identified with attributes; also /v1/i."),
	segment("/v1/group", "Segment's group: the person's company; also /v1/g."),
	segment("/v1/alias", "Segment's alias: another name of one person; also /v1/a."),
	segment(
		"/v1/batch",
		"Segment's batch: each of `batch` is a SegmentMessage; also /v1/b and /v1/import. May come packed by gzip.",
	),
	told(
		"/v1/people",
		"Makes or changes people: each of `people` is a ToldPerson. Scope people.",
		"PeopleTold",
	),
	told("/v1/events", "Tells what happened: each of `events` is a ToldEvent. Scope events.", "EventsTold"),
	told("/v1/orders", "Tells of orders: each of `orders` is a ToldOrder. Scope events.", "OrdersTold"),
	told("/v1/acts", "Tags, lists, points and rewards: each of `acts` is a ToldAct. Scope people.", "ActsTold"),
	{
		path: "/v1/products",
		summary: "What the shop sells: products, what changed of some, and which are removed. Scope products.",
		body: "ProductsTold",
		answer: "ProductsKept",
		by: ["secretKey"],
		refusals: ofServer,
	},
	{
		path: "/v1/people/read",
		summary: "Who somebody is, what they have and which segments they are in, as of now. Scope people.",
		body: "PersonAsked",
		answer: "PersonAnswer",
		by: ["secretKey"],
		refusals: [...ofServer, "404"],
	},
];

const json = (name: Component) => ({
	"application/json": { schema: { $ref: `#/components/schemas/${name}` } },
});

/** Of another server than the authenticated API: the one that the script tag names. */
const servers = [{ url: "https://{worker}", variables: { worker: { default: "YOUR-WORKER" } } }];

const text = (most: number) => ({ type: "string", maxLength: most });
const asked = (name: string, description: string, schema: object, required = false) => {
	return { name, in: "query", description, required, schema };
};

const framePath = {
	servers,
	get: {
		summary: "A recommendation frame as plain HTML, for pages and messages without script",
		security: [],
		parameters: [
			asked("site", "The key of the script tag.", text(200), true),
			asked("frame", "The id of the experience.", text(64), true),
			asked("product", "The id of the product that it goes with.", text(100)),
			asked("language", "As in `pl` or `en-GB`.", text(35)),
			asked(
				"link",
				"What a personal link has as `wl`: shows what is for this person's segments.",
				text(1_000),
			),
		],
		responses: {
			"200": {
				description: "The page. Without a link it may be kept for five minutes.",
				content: { "text/html": {} },
			},
			"204": { description: "There is nothing to show." },
			"404": { description: refusals["404"], content: json("EdgeError") },
			"429": { description: refusals["429"], content: json("EdgeError") },
		},
	},
};

export const edgePaths: Readonly<Record<string, object>> = Object.fromEntries([
	["/v1/frame", framePath],
	...operations.map(({ path, summary, body, answer, by, refusals: own }) => {
		const refused = [...own, "500" as const]
			.sort()
			.map((code) => [code, { description: refusals[code], content: json("EdgeError") }]);
		const post = {
			summary,
			security: by.map((scheme) => ({ [scheme]: [] })),
			requestBody: { required: true, content: json(body) },
			responses: { "200": { description: "Done.", content: json(answer) }, ...Object.fromEntries(refused) },
		};
		return [path, { servers, post }];
	}),
]);
