// POST /v1/collect: what a page sends and what it is told. Everything here needs no state: size, shape, key, consent,
// bots, token. Then one call to the visitor's cell.

import { waitUntil } from "cloudflare:workers";
import { type CollectAnswer, type CollectCall, collectIn } from "../cell/call.ts";
import { pretend } from "../demo/persona.ts";
import { eventNames } from "../domain/event.ts";
import type { Environment } from "../domain/facts.ts";
import { completed } from "../domain/geography/address.ts";
import { vouchedFor } from "../domain/introduction.ts";
import { agentOf, hintsOf, isBot } from "../platform/agent.ts";
import { readBody } from "../platform/body.ts";
import { callerOf } from "../platform/caller.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { keyringOf } from "../platform/key.ts";
import { logFault } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";
import { placeOf } from "../platform/place.ts";
import { cellForNewcomer } from "../platform/region.ts";
import { isStaffMark, signToken, siteOfKey, type VisitorToken, verifyToken } from "../platform/token.ts";
import { CollectRequest, type Envelope, sortClaims, sortEvents } from "../protocol/collect.schema.ts";
import type {
	CollectErrorCode,
	CollectEvent,
	CollectResponse,
	DropReason,
	Grant,
	Page,
	Verdict,
} from "../protocol/collect.ts";
import type { Offer } from "../protocol/experience.ts";
import { limits } from "../protocol/limits.ts";
import { cookieToken, isOwnOrigin, removedCookie, tokenCookie } from "./carrier.ts";
import { filled } from "./filled.ts";
import { preview, previewIn } from "./preview.ts";
import { type Proven, proven } from "./proof.ts";
import { recognise } from "./recognise.ts";

const statusOf: Record<CollectErrorCode, number> = {
	"body-too-large": 413,
	"body-malformed": 400,
	"body-too-deep": 400,
	"site-unknown": 404,
	"origin-refused": 403,
	"too-many-requests": 429,
};

export async function collect(request: Request, env: EdgeEnv): Promise<Response> {
	const body = await readBody(request, limits.collectBody);
	if (body.is === "refused") return refuse(body.code);
	const parsed = CollectRequest.safeParse(body.value);
	if (!parsed.success) return refuse("body-malformed");
	const envelope = parsed.data;
	const site = await siteOfKey(keyringOf(env.SITE_KEYS), envelope.site);
	if (site === undefined) return refuse("site-unknown");
	const visit = await meet(request, env, site, envelope);
	if (visit.is === "answered") return respond(visit.response, visit.cookie);
	return converse(request, env, site, envelope, visit.token);
}

type Meeting =
	| { readonly is: "answered"; readonly response: CollectResponse; readonly cookie?: string }
	| { readonly is: "met"; readonly token: VisitorToken | undefined };

/** Who calls, and whether anything about them may be written. */
async function meet(request: Request, env: EdgeEnv, site: string, envelope: Envelope): Promise<Meeting> {
	if (isBot(request.headers.get("user-agent"))) return { is: "answered", response: dropAll(envelope, "bot") };
	const keyring = keyringOf(env.TOKEN_KEYS);
	const carried = envelope.token ?? (isOwnOrigin(request) ? cookieToken(request) : undefined);
	const token = carried === undefined ? undefined : await verifyToken(keyring, site, carried);
	// Global Privacy Control is a refusal that no banner overrides: the strictest wins.
	const consent = request.headers.get("sec-gpc") === "1" ? "denied" : envelope.consent;
	if (consent === "granted") {
		const { staff, page } = envelope;
		if (staff === undefined) return { is: "met", token };
		if (await isStaffMark(keyring, site, staff)) return lookOn(request, env, site, envelope, "staff");
		const seen = await previewIn(env, site, staff);
		if (seen === undefined) return { is: "met", token };
		const show = envelope.decide ? await preview(env, site, seen, page) : [];
		return {
			is: "answered",
			response: { ...dropAll(envelope, "staff"), grants: grantAll(envelope), show },
		};
	}
	if (consent === "denied" && token) await cellOf(env, site, token.cell).forget(token.visitor);
	const meeting = await lookOn(request, env, site, envelope, "no-consent");
	return carried === undefined || meeting.is !== "answered"
		? meeting
		: { ...meeting, cookie: removedCookie() };
}

/** Answers someone of whom nothing is written: by the page and the browser alone. */
async function lookOn(
	request: Request,
	env: EdgeEnv,
	site: string,
	envelope: Envelope,
	why: DropReason,
): Promise<Meeting> {
	const response = { ...dropAll(envelope, why), grants: why === "staff" ? grantAll(envelope) : [] };
	if (!envelope.decide) return { is: "answered", response };
	const cell = cellForNewcomer(env, placeOf(request), Math.random());
	const answer = await ask(env, { ...callOf(request, env, site, cell, envelope), who: { is: "nobody" } });
	if (answer.is !== "answered") return { is: "answered", response };
	return { is: "answered", response: { ...response, show: await filled(env, site, answer) } };
}

async function converse(
	request: Request,
	env: EdgeEnv,
	site: string,
	envelope: Envelope,
	token: VisitorToken | undefined,
): Promise<Response> {
	const { good, verdicts } = sortEvents(envelope.events);
	const sent: Sent = { request, env, site, envelope };
	const known = envelope.proof && (await proven(env, site, envelope.proof, token?.visitor));
	const served = known ? await serveProven(sent, token, good, known) : await serve(sent, token, good);
	if (served.is === "refused") return refuse(served.code);
	const { visitor, answer } = served;
	const { grants, news } = answer;
	const show = await filled(env, site, answer);
	const empty = answer.show.filter(
		({ claim, experience }) => claim && !show.some((offer) => offer.experience === experience),
	);
	if (empty.length > 0)
		waitUntil(withdraw(sent, visitor, empty).catch((error) => logFault("withdraw", error)));
	const response = {
		verdicts: inOrder(verdicts, answer.verdicts),
		show,
		grants,
		...(news && { news }),
	};
	if (visitor.visitor === token?.visitor && visitor.cell === token.cell) return respond(response);
	const issued = await signToken(keyringOf(env.TOKEN_KEYS), site, visitor);
	return isOwnOrigin(request)
		? respond(response, tokenCookie(issued))
		: respond({ ...response, token: issued });
}

/** Tells the cell of offers that were granted, and for which there was nothing to fill them with. */
function withdraw(sent: Sent, visitor: VisitorToken, offers: readonly Offer[]): Promise<Served> {
	const at = sent.envelope.sentAt;
	const events = offers.map(({ experience, revision, claim = "" }) => ({
		id: uuidv7(at),
		name: eventNames.experienceMissed,
		at,
		props: { experience, revision, claim, why: "empty" },
	}));
	return serve({ ...sent, envelope: { ...sent.envelope, decide: false, claims: [] } }, visitor, events);
}

interface Sent {
	readonly request: Request;
	readonly env: EdgeEnv;
	readonly site: string;
	readonly envelope: Envelope;
}

type Served =
	| {
			readonly is: "served";
			/** Who the browser is from here on. */
			readonly visitor: VisitorToken;
			readonly answer: Extract<CollectAnswer, { is: "answered" }>;
			/** What the page sends is of a visitor who was erased. */
			readonly isErased: boolean;
	  }
	| { readonly is: "refused"; readonly code: CollectErrorCode };

/** One call to the visitor's cell, or to that of a new one where nobody is known by the token. */
async function serve(
	{ request, env, site, envelope }: Sent,
	token: VisitorToken | undefined,
	events: readonly CollectEvent[],
): Promise<Served> {
	let visitor = token;
	let answer: CollectAnswer | undefined;
	let isErased = false;
	if (visitor) {
		const call = callOf(request, env, site, visitor.cell, envelope);
		answer = await ask(env, { ...call, events, who: { is: "known", visitor: visitor.visitor } });
	}
	if (!visitor || !answer || answer.is === "unknown-visitor") {
		if (!(await env.NEWCOMERS.limit({ key: callerOf(request) })).success)
			return { is: "refused", code: "too-many-requests" };
		const cell = cellForNewcomer(env, placeOf(request), Math.random());
		visitor = { cell, visitor: uuidv7(Date.now()) };
		const call = callOf(request, env, site, cell, envelope);
		// What the page did under a token that was erased is the erased visitor's.
		isErased = answer?.is === "unknown-visitor" && answer.was === "erased";
		const who = { is: "new", visitor: visitor.visitor, ...replacing(isErased) } as const;
		answer = await ask(env, { ...call, events: isErased ? [] : events, who });
		if (isErased && answer.is === "answered") answer = { ...answer, verdicts: dropped(events, "erased") };
	}
	if (answer.is === "refused") return answer;
	if (answer.is === "unknown-visitor") throw new Error("a cell did not take a new visitor");
	if (answer.moved !== undefined) visitor = { ...visitor, cell: answer.moved };
	return { is: "served", visitor, answer, isErased };
}

/**
 * Of a browser that proves whose it is: what it sends is the card's. It is a visitor first, whom its cell would serve at
 * all: from this origin, and not too often. What came before a reset is still of whoever was there before, for a page that
 * is reset forgets what it could prove.
 */
async function serveProven(
	sent: Sent,
	token: VisitorToken | undefined,
	events: readonly CollectEvent[],
	known: Proven,
): Promise<Served> {
	const { env, site, envelope } = sent;
	const from = events.findLastIndex(({ name }) => name === eventNames.reset) + 1;
	const first = { ...sent, envelope: { ...envelope, decide: false, claims: [] } };
	const before = await serve(first, token, events.slice(0, from));
	if (before.is === "refused") return before;
	const next = await recognise(env, site, before.visitor, known);
	const isLogin = envelope.proof?.kind === "jwt";
	const theirs = events.slice(from).map((event) => (isLogin ? vouchedFor(event, known.identifiers) : event));
	const after = await serve(sent, next, before.isErased ? [] : theirs);
	if (after.is === "refused") return after;
	const own = before.isErased ? dropped(theirs, "erased") : after.answer.verdicts;
	const verdicts = [...before.answer.verdicts, ...own];
	return { ...after, answer: { ...after.answer, verdicts } };
}

/** One call to the cell; once more, with a new stub, where the platform says that this may help. */
async function ask(env: EdgeEnv, call: CollectCall): Promise<CollectAnswer> {
	const once = () => collectIn(cellOf(env, call.site, call.cell), call);
	try {
		return await once();
	} catch (error) {
		const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
		if (!retryable || overloaded) throw error;
		return once();
	}
}

function callOf(
	request: Request,
	env: EdgeEnv,
	site: string,
	cell: string,
	envelope: Envelope,
): Omit<CollectCall, "who"> {
	const { page, decide, sentAt, claims } = envelope;
	return {
		site,
		cell,
		origin: request.headers.get("origin") ?? undefined,
		environment: environmentOf(request, env, page),
		page,
		decide,
		sentAt,
		events: [],
		claims: sortClaims(claims),
		edge: request.url.slice(0, request.url.lastIndexOf("/v1/collect")),
	};
}

function environmentOf(request: Request, env: EdgeEnv, page: Page): Environment {
	const spoken = page.language ?? request.headers.get("accept-language") ?? "";
	const language = /^[a-z]{2,3}/i.exec(spoken)?.[0].toLowerCase();
	const { continent, regionCode, ...seen } = placeOf(request);
	const pretended = env.LOCAL === "1" ? pretend(page.url) : {};
	return {
		...agentOf(request.headers.get("user-agent") ?? "", hintsOf(request.headers)),
		...(language ? { language } : {}),
		// A persona's city comes with its own region and coordinates, not with those of the machine.
		...(pretended.city ? completed(pretended) : seen),
		...pretended,
	};
}

function dropAll({ events }: Envelope, why: DropReason): CollectResponse {
	const { good, verdicts } = sortEvents(events);
	return { verdicts: inOrder(verdicts, dropped(good, why)), show: [], grants: [] };
}

const replacing = (isErased: boolean) => (isErased ? ({ replaces: "erased" } as const) : {});

function dropped(events: readonly CollectEvent[], why: DropReason): readonly Verdict[] {
	return events.map(({ id }) => ({ id, verdict: "dropped", why }));
}

/** Staff may try whatever they are offered: of them nothing is counted, so nothing is capped. */
function grantAll({ claims }: Envelope): readonly Grant[] {
	return sortClaims(claims).map(({ id }) => ({ id, granted: true }));
}

/** The verdicts of the bad and of the good, in the order in which the events were sent. */
function inOrder(bad: readonly (Verdict | undefined)[], good: readonly Verdict[]): readonly Verdict[] {
	const rest = good.values();
	return bad.flatMap((verdict) => verdict ?? rest.next().value ?? []);
}

function respond(response: CollectResponse, cookie?: string): Response {
	const answer = new Response(JSON.stringify(response), { headers: open });
	if (cookie) answer.headers.set("set-cookie", cookie);
	return answer;
}

function refuse(code: CollectErrorCode): Response {
	return Response.json({ error: code }, { status: statusOf[code], headers: open });
}

/** Any page may ask; no cookie of ours goes to a foreign one. Made once: from an object they would be, for each page view. */
const open = new Headers({
	"access-control-allow-origin": "*",
	"cache-control": "no-store",
	"content-type": "application/json",
});
