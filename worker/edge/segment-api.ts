// Segment's HTTP API: its SDKs and RudderStack's are pointed here as they are. An SDK sends a whole batch again where the
// answer says that something failed, and drops it where the answer says that it was wrong: so a message that is wrong has a
// verdict of its own in an answer that says success.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { findOwner } from "../directory/resolve.ts";
import { sourceOf } from "../directory/sources.ts";
import type { Environment } from "../domain/facts.ts";
import { agentOf, hintsOf, isBot } from "../platform/agent.ts";
import { readBody } from "../platform/body.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7Of } from "../platform/id.ts";
import { placeOf } from "../platform/place.ts";
import { isTree } from "../protocol/flat.ts";
import { limits } from "../protocol/limits.ts";
import { SegmentBatch, type SegmentVerdict } from "../protocol/segment.schema.ts";
import { type AccessError, accessOf, accessStatus, type Sender } from "./access.ts";
import { type Envelope, type Meaning, type MessageType, type Understood, understand } from "./segment.ts";
import { type Taken, type Told, tellByServer } from "./tell.ts";
import { tellTyped } from "./typed.ts";

type Verdict = z.infer<typeof SegmentVerdict>;
type Context = { Bindings: EdgeEnv };

/** What each address takes: one message of a kind, or many of any. In a page they have one letter. */
const single: Readonly<Record<string, MessageType>> = {
	track: "track",
	page: "page",
	screen: "screen",
	identify: "identify",
	alias: "alias",
	group: "group",
	t: "track",
	p: "page",
	s: "screen",
	i: "identify",
	a: "alias",
	g: "group",
};
const many = ["batch", "b", "import"];

export const segmentRoutes = new Hono<Context>()
	/** What analytics-next asks first, where it is told no settings: where to send. */
	.get("/v1/projects/:key/settings", (context) => {
		const { protocol, host, pathname } = new URL(context.req.url);
		const [prefix] = pathname.split("/projects/", 1);
		const apiKey = context.req.param("key");
		const segment = { apiKey, apiHost: host + prefix, protocol: protocol.slice(0, -1) };
		const settings = { integrations: { "Segment.io": segment }, metrics: { sampleRate: 0 } };
		return context.json(settings, 200, { ...open, "cache-control": "public, max-age=300" });
	})
	/** How the SDK itself is doing, which nobody here asks. */
	.post("/v1/m", (context) => context.json({ success: true }, 200, open));
for (const [call, type] of Object.entries(single)) offer(call, type);
for (const call of many) offer(call, undefined);

function offer(call: string, type: MessageType | undefined): void {
	segmentRoutes.post(`/v1/${call}`, (context) => take(context.req.raw, context.env, type));
	// The key travels as a header, for which every browser asks first.
	segmentRoutes.options(`/v1/${call}`, () => new Response(null, { status: 204, headers: preflight }));
}

async function take(request: Request, env: EdgeEnv, type: MessageType | undefined): Promise<Response> {
	const body = await readBody(request, limits.serverBody);
	if (body.is === "refused") return refuse(body.code, body.code === "body-too-large" ? 413 : 400);
	if (!isTree(body.value)) return refuse("body-malformed", 400);
	const { writeKey } = body.value;
	const access = await accessOf(request, env, typeof writeKey === "string" ? writeKey : undefined);
	if (access.is === "refused") return refuse(access.code, accessStatus[access.code]);
	const { sender } = access;
	if (sender.is === "server" && !sender.scopes.includes("events")) return refuse("scope-missing", 403);
	const batch = type ? { batch: [body.value] } : SegmentBatch.safeParse(body.value).data;
	if (!batch) return refuse("body-malformed", 400);
	const envelope = envelopeOf(request, type, batch, sender);
	const understood = batch.batch.map((message) => understand(message, envelope));
	const isRefused = sender.is === "anyone" && sender.isPage && refusalOf(request);
	if (isRefused) return answer(understood.map((one) => droppedAs(one, isRefused)));
	const people = new Set(understood.map(nameOf));
	if (people.size > limits.peoplePerRequest) return refuse("too-many-people", 413);
	const taken = await tell(request, env, sender, understood);
	if (!taken) return refuse("too-many-requests", 429);
	const verdicts = understood.map((one, i) => verdictOf(one, taken[i]));
	if (verdicts.some(({ verdict }) => verdict === "retry")) return busy(verdicts);
	return answer(verdicts);
}

/** A page's browser says that it is none, or that it is not to be watched: the strictest wins. */
function refusalOf({ headers }: Request): "bot" | "no-consent" | undefined {
	if (isBot(headers.get("user-agent"))) return "bot";
	return headers.get("sec-gpc") === "1" ? "no-consent" : undefined;
}

function envelopeOf(
	request: Request,
	type: MessageType | undefined,
	batch: Omit<z.infer<typeof SegmentBatch>, "batch">,
	sender: Sender,
): Envelope {
	return {
		type,
		receivedAt: Date.now(),
		sentAt: batch.sentAt ?? undefined,
		context: batch.context ?? {},
		environment: sender.is === "anyone" && sender.isPage ? pageEnvironment(request) : {},
	};
}

function pageEnvironment(request: Request): Environment {
	const { continent, regionCode, ...place } = placeOf(request);
	return { ...agentOf(request.headers.get("user-agent") ?? "", hintsOf(request.headers)), ...place };
}

/** In the order of the messages, with holes where there was nothing to tell; nothing where the caller has to slow down. */
async function tell(
	request: Request,
	env: EdgeEnv,
	sender: Sender,
	understood: readonly Understood[],
): Promise<readonly (Taken | undefined)[] | undefined> {
	const places: number[] = [];
	const meanings: Meaning[] = [];
	for (const [i, one] of understood.entries()) {
		if (one.is === "dropped") continue;
		places.push(i);
		meanings.push(one.meaning);
	}
	const { site } = sender;
	const taken =
		sender.is === "server"
			? await tellByServer(env, site, await Promise.all(meanings.map((one) => byServer(env, site, one))))
			: await tellTyped(env, request, site, await Promise.all(meanings.map((one) => byAnyone(site, one))));
	if (!taken) return undefined;
	const all: (Taken | undefined)[] = understood.map(() => undefined);
	for (const [n, i] of places.entries()) all[i] = taken[n];
	return all;
}

async function byServer(env: EdgeEnv, site: string, meaning: Meaning): Promise<Told> {
	const { anonymousId, previousId, identifiers } = meaning;
	const previous = previousId === undefined ? undefined : await formerly(env, site, previousId);
	return {
		identifiers: [
			...identifiers,
			...(previous ? [previous] : []),
			...(anonymousId === undefined ? [] : [{ kind: "anonymous", value: anonymousId } as const]),
		],
		event: { ...meaning.event, id: await idOf(`${site}\nserver`, meaning) },
	};
}

/** What is aliased is either: an SDK does not say whether it was a user's id or an anonymous one. */
async function formerly(env: EdgeEnv, site: string, value: string) {
	const user = { kind: "user", value } as const;
	return (await findOwner(env, site, user)) ? user : ({ kind: "anonymous", value } as const);
}

async function byAnyone(site: string, meaning: Meaning) {
	const { anonymousId, identifiers } = meaning;
	const [strongest] = identifiers;
	const called = anonymousId === undefined ? strongest : ({ kind: "anonymous", value: anonymousId } as const);
	if (!called) throw new Error("a message about nobody was understood");
	return {
		source: sourceOf(called),
		identifiers,
		event: { ...meaning.event, id: await idOf(`${site}\ntyped`, meaning) },
	};
}

/** A message without an id of its own is another one each time that it comes. */
function idOf(space: string, { messageId, event }: Meaning): Promise<string> {
	return uuidv7Of(`${space}\n${messageId ?? crypto.randomUUID()}`, event.at);
}

function nameOf(one: Understood): string {
	if (one.is === "dropped") return "";
	const { anonymousId, identifiers } = one.meaning;
	return JSON.stringify([anonymousId, identifiers]);
}

function verdictOf(one: Understood, taken: Taken | undefined): Verdict {
	if (one.is === "dropped") return { messageId: one.messageId, verdict: "dropped", why: one.why };
	const { messageId = null, without } = one.meaning;
	const { verdict = "retry", ...rest } = taken?.verdict ?? {};
	return {
		messageId,
		verdict,
		...("why" in rest && rest.why !== undefined ? { why: rest.why } : {}),
		...(without.length > 0 && { without: [...without] }),
	};
}

function droppedAs(one: Understood, why: string): Verdict {
	const messageId = one.is === "dropped" ? one.messageId : (one.meaning.messageId ?? null);
	return { messageId, verdict: "dropped", why };
}

/** Any page may ask; what is answered says nothing of anybody. */
const open = { "access-control-allow-origin": "*", "cache-control": "no-store" };
const preflight = {
	"access-control-allow-origin": "*",
	"access-control-allow-methods": "POST",
	"access-control-allow-headers": "authorization, content-type, x-retry-count",
	"access-control-max-age": "86400",
};
/** Seconds. */
const comeAgain = { "retry-after": "5" };

function answer(verdicts: readonly Verdict[]): Response {
	return Response.json({ success: true, verdicts }, { headers: open });
}

/** What was taken is told so, and is a duplicate when all of it comes again. */
function busy(verdicts: readonly Verdict[]): Response {
	return Response.json({ error: "busy", verdicts }, { status: 503, headers: { ...open, ...comeAgain } });
}

type SegmentError = AccessError | "body-too-large" | "body-too-deep" | "body-malformed" | "too-many-people";

function refuse(error: SegmentError, status: number): Response {
	return Response.json({ error }, { status, headers: { ...open, ...(status === 429 ? comeAgain : {}) } });
}
