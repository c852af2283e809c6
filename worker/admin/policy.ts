// The one place that decides who may do what through the API, and writes down what they did. Each route declares its policy
// where it is mounted, as the first of its handlers:
//
//	.get("/:site/things", reads("analyst"), …)                     asks, and leaves nothing behind
//	.post("/:site/things/:thing", acts("owner", "thing.made"), …)  does, and leaves one row in the audit log
//	.post("/:site/end", acts("owner", "site.ended", { isConfirmed: true }), …)  asks for fresh proof besides
//
// The role is the least that may, at the site of the path, and the operator may too. Of routes without a site: "anyone" needs
// no account, "someone" is whoever signed in or the operator, "account" whoever signed in, "confirmed" whoever proved just
// now who they are, "founder" an owner of any site or the operator. An act's name stands in protocol/audit.schema.ts. The row
// says which ids stood in the path; a handler adds to it by `about(context, { … })`, and says `nothingDone(context)` where it
// only looked. A route without a policy answers nobody, and fails a test.

import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { matchedRoutes } from "hono/route";
import { findTargetHandler } from "hono/utils/handler";
import { addEntry, type Entry } from "../data/audit.ts";
import { accountsIn, databaseOf } from "../data/database.ts";
import { standingOf } from "../data/removal.ts";
import { own } from "../domain/keyed.ts";
import { mayAs, type Role } from "../domain/role.ts";
import { digestOf } from "../platform/digest.ts";
import { uuidv7 } from "../platform/id.ts";
import { logFault } from "../platform/log.ts";
import type { Act } from "../protocol/audit.ts";
import { Id } from "../protocol/id.schema.ts";
import { type Actor, type AdminContext, actorOf } from "./actor.ts";
import { type Answer, asked } from "./request.ts";

export type Needed = "anyone" | "someone" | "account" | "confirmed" | "founder" | "operator" | Role;

/** What could take an account away is open for so long after whoever is signed in has proven who they are. */
export const confirmedMs = 15 * 60_000;

export interface Policy {
	readonly needs: Needed;
	/** What the log calls it. Absent for what only asks. */
	readonly act?: Act;
	/** Beside the role, whoever is signed in has to have proven just now who they are. */
	readonly isConfirmed?: true;
}

// biome-ignore lint/complexity/noBannedTypes: whatever a router holds
const policies = new WeakMap<Function, Policy>();

// biome-ignore lint/complexity/noBannedTypes: whatever a router holds
export function policyOf(handler: Function): Policy | undefined {
	return policies.get(handler) ?? policies.get(findTargetHandler(handler as MiddlewareHandler));
}

export function reads(needs: Needed): MiddlewareHandler {
	return guard({ needs });
}

export function acts(needs: Needed, act: Act, more: Pick<Policy, "isConfirmed"> = {}): MiddlewareHandler {
	return guard({ needs, act, ...more });
}

/** Refuses whatever would be answered by a route without a policy. Stands before all routes. */
export const onlyDeclared: MiddlewareHandler = async (context, next) => {
	const first = matchedRoutes(context).find(({ method }) => method !== "ALL");
	if (!first || policyOf(first.handler)) return next();
	const id = logFault(first.path, new Error("the route declares no policy"));
	return context.json({ error: "fault", id } satisfies Answer, 500);
};

/** Whether a page of ours sent it. Browsers name the origin with whatever is no plain look, and when a socket is opened. */
export function isOwnOrigin(request: Request): boolean {
	return request.headers.get("origin") === new URL(request.url).origin;
}

interface Noted {
	about: Entry["about"];
	account?: string;
	site?: string;
	isNothing?: true;
}
const notes = new WeakMap<Request, Noted>();

function noted(context: Context): Noted {
	const known = notes.get(context.req.raw);
	if (!known) throw new Error("the route has no policy");
	return known;
}

/** Ids and numbers that the act was about. What could be personal or secret is refused: it would stand there for good. */
export function about(context: Context, more: Entry["about"]): void {
	const note = noted(context);
	note.about = { ...note.about, ...safe(more) };
}

/** It was looked at and not done: a preview, or what was so already. */
export function nothingDone(context: Context): void {
	noted(context).isNothing = true;
}

/** Whose act it was, where nobody was signed in before it. */
export function doneBy(context: Context, account: string): void {
	noted(context).account = account;
}

/** At which site, where the path names none. */
export function doneAt(context: Context, site: string): void {
	noted(context).site = site;
}

function guard(policy: Policy): MiddlewareHandler {
	const middleware: MiddlewareHandler = async (context, next) => {
		const actor = await actorOf(context);
		const { site, ...ids } = context.req.param() as Readonly<Record<string, string>>;
		const refusal = refuse(context, policy, actor, site) ?? (await refuseClosed(context, policy, site));
		if (refusal) return refusal;
		context.set("actor", actor);
		notes.set(context.req.raw, { about: safe(ids) });
		await next();
		const headers = context.res.headers;
		if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
		headers.set("x-content-type-options", "nosniff");
		headers.set("cross-origin-resource-policy", "same-origin");
		if (policy.act) await writeDown(context, policy.act, actor, site);
		return undefined;
	};
	policies.set(middleware, policy);
	return middleware;
}

/** What to answer whoever may not; nothing where they may. Of sites where they are nobody, nobody learns a thing. */
function refuse(
	context: AdminContext,
	{ needs, isConfirmed }: Policy,
	actor: Actor | undefined,
	site: string | undefined,
): Response | undefined {
	const answer = (status: 400 | 401 | 403, error: string) => context.json({ error } satisfies Answer, status);
	if (!actor) return answer(401, "unauthorised");
	const isSafe = ["GET", "HEAD"].includes(context.req.method);
	if (actor.is === "nobody" && needs !== "anyone") return answer(401, "unauthorised");
	if (actor.is !== "operator" && !isSafe && !isOwnOrigin(context.req.raw))
		return answer(403, "origin-refused");
	if (needs === "anyone" || needs === "someone") return undefined;
	if (needs === "operator") return actor.is === "operator" ? undefined : answer(403, "operator-needed");
	const session = actor.is === "account" ? actor.session : undefined;
	const isProven = session && Date.now() < session.confirmedAt + confirmedMs;
	if (needs === "account" || needs === "confirmed") {
		if (!session) return answer(403, "account-needed");
		return needs === "account" || isProven ? undefined : answer(403, "confirmation-needed");
	}
	if (needs === "founder") {
		const isFounder = !session || Object.values(session.sites).includes("owner");
		return isFounder ? undefined : answer(403, "role-refused");
	}
	if (site === undefined) throw new Error("a role is one at a site, and the path names none");
	if (!session) return Id.safeParse(site).success ? undefined : answer(400, "site-malformed");
	const role = session && own(session.sites, site);
	if (!role) return answer(403, "site-refused");
	if (!mayAs(role, needs)) return answer(403, "role-refused");
	return isConfirmed && !isProven ? answer(403, "confirmation-needed") : undefined;
}

/** Where a site is to go, and nobody is to be misled into working on it: what may be done all the same. */
const doneToClosed: ReadonlySet<Act> = new Set<Act>([
	"people.exported",
	"person.erased",
	"person.exported",
	"site.closed",
	"site.kept",
]);

/** A site that is to go is only read; one that is gone is never called so again, for its keys are still about. */
async function refuseClosed(
	context: AdminContext,
	{ act }: Policy,
	site: string | undefined,
): Promise<Response | undefined> {
	if (site === undefined || act === undefined || doneToClosed.has(act)) return undefined;
	const standing = await asked(standingOf(databaseOf(context.env, site), site));
	return standing === "open" ? undefined : context.json({ error: `site-${standing}` } satisfies Answer, 409);
}

/** What was refused was no act. What broke off may be half of one. */
async function writeDown(
	context: AdminContext,
	act: Act,
	actor: Actor | undefined,
	site: string | undefined,
): Promise<void> {
	const { status } = context.res;
	const note = noted(context);
	if (note.isNothing || (status >= 400 && status < 500)) return;
	const at = Date.now();
	const entry: Entry = {
		id: uuidv7(at),
		at,
		site: note.site ?? site ?? null,
		account: note.account ?? (actor?.is === "account" ? actor.session.account : null),
		act,
		about: note.about,
		outcome: status < 400 ? "done" : "failed",
	};
	for (let attempt = 1; ; attempt++) {
		try {
			return await addEntry(accountsIn(context.env), entry);
		} catch (error) {
			if (attempt === attempts) throw new HTTPException(503, { cause: error });
		}
	}
}

/** D1 retries no write by itself, and one that fails says little of the next. */
const attempts = 3;

function safe(about: Entry["about"]): Entry["about"] {
	const members: Record<string, string | number> = {};
	for (const [name, value] of Object.entries(about)) {
		if (typeof value === "number") members[name] = value;
		else if (isPerson.has(name)) members[name] = digestOf("person", value);
		else if (/^[\w.-]{1,100}$/.test(value)) members[name] = value;
	}
	return members;
}

/** Members that name a person: kept as a digest, so that an erased one is nowhere. */
const isPerson: ReadonlySet<string> = new Set(["person", "into", "other"]);
