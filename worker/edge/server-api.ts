// What a site's own server tells and asks, with a secret key: people, what happened to them, their orders, acts. Nothing of
// it is for a page.

import { Hono } from "hono/tiny";
import * as z from "zod/mini";
import type { Acted } from "../cell/acts.ts";
import { findOwner } from "../directory/resolve.ts";
import { type Identifier, identifierKinds, normalise, type Owner } from "../domain/contact.ts";
import type { Scalar, Value } from "../domain/event.ts";
import { orderNames } from "../domain/order.ts";
import { readBody } from "../platform/body.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7Of } from "../platform/id.ts";
import { cellOf } from "../platform/name.ts";
import type { Scope } from "../protocol/key.ts";
import { limits } from "../protocol/limits.ts";
import * as schema from "../protocol/server.schema.ts";
import { type AccessError, accessStatus, serverOf } from "./access.ts";
import { type Taken, type Told, tellByServer } from "./tell.ts";
import { attributesOf, identifiersIn } from "./traits.ts";

type Verdict = z.infer<typeof schema.ToldVerdict>;
type Context = { Bindings: EdgeEnv };
type Named = Readonly<z.infer<typeof schema.Identifiers>>;

export const serverRoutes = new Hono<Context>()
	.post("/v1/people", ({ req, env }) =>
		serve(req.raw, env, "people", schema.PeopleTold, (site, { people }) =>
			tellEach(env, site, people, schema.ToldPerson, ({ attributes }) => ({
				name: "Identified",
				attributes,
			})),
		),
	)
	.post("/v1/events", ({ req, env }) =>
		serve(req.raw, env, "events", schema.EventsTold, (site, { events }) =>
			tellEach(env, site, events, schema.ToldEvent, ({ name, props }) => ({ name, props })),
		),
	)
	.post("/v1/orders", ({ req, env }) =>
		serve(req.raw, env, "events", schema.OrdersTold, (site, { orders }) =>
			tellEach(env, site, orders, schema.ToldOrder, ({ status, order_id, props }) => ({
				name: orderNames[status],
				props: { ...props, order_id },
			})),
		),
	)
	.post("/v1/acts", ({ req, env }) =>
		serve(req.raw, env, "people", schema.ActsTold, async (site, { acts }) =>
			told(await Promise.all(acts.map((item) => actOn(env, site, item)))),
		),
	)
	/** Read and kept by whoever has the catalogue. */
	.post("/v1/products", ({ req, env }) =>
		serve(req.raw, env, "products", z.unknown(), async (site, said) => {
			const { status, answer } = await env.CONTENT.tellProducts(site, said);
			return Response.json(answer, { status, headers });
		}),
	)
	/** Asked by POST, for what stands in an address is written into logs. */
	.post("/v1/people/read", ({ req, env }) =>
		serve(req.raw, env, "people", schema.PersonAsked, async (site, { identifiers }) => {
			const owner = await ownerOf(env, site, identifiers);
			const basics = owner && (await cellOf(env, site, owner.cell).basics(owner.person));
			return basics ? Response.json(basics, { headers }) : refuse("person-unknown", 404);
		}),
	);

async function serve<T>(
	request: Request,
	env: EdgeEnv,
	scope: Scope,
	body: z.ZodMiniType<T>,
	answer: (site: string, asked: T) => Promise<Response>,
): Promise<Response> {
	const access = await serverOf(request, env, scope);
	if (access.is === "refused") return refuse(access.code, accessStatus[access.code]);
	const sent = await readBody(request, limits.serverBody);
	if (sent.is === "refused") return refuse(sent.code, sent.code === "body-too-large" ? 413 : 400);
	const parsed = body.safeParse(sent.value);
	return parsed.success ? answer(access.sender.site, parsed.data) : refuse("malformed", 422);
}

interface Item {
	readonly id: string;
	readonly identifiers: Named;
	readonly at?: number;
}
interface Happening {
	readonly name: string;
	readonly props?: Readonly<Record<string, Scalar>> | undefined;
	readonly attributes?: Readonly<Record<string, Value>>;
}

async function tellEach<T extends Item>(
	env: EdgeEnv,
	site: string,
	items: readonly unknown[],
	item: z.ZodMiniType<T>,
	happeningOf: (item: T) => Happening,
): Promise<Response> {
	const now = Date.now();
	const read = items.map((one) => readItem(one, item));
	const tellings = await Promise.all(
		read.map(async (one): Promise<readonly Sent[]> => {
			if (!("item" in one)) return [];
			const { name, props = {}, attributes = {} } = happeningOf(one.item);
			const at = Math.min(one.item.at ?? now, now);
			const id = await uuidv7Of(`${site}\nserver\n${name}\n${one.item.id}`, at);
			const { values, without } = attributesOf(attributes);
			const identifiers = [...one.identifiers, ...identifiersIn(values)];
			return [
				{ item: one.item.id, identifiers, event: { id, name, at, props, attributes: values }, without },
			];
		}),
	);
	const sent = tellings.flat();
	const taken = await tellByServer(env, site, sent);
	const verdicts = sent.map((one, i) => verdictOf(one, taken[i])).values();
	return told(read.map((one) => ("item" in one ? (verdicts.next().value ?? busy(one.item.id)) : one)));
}

/** `without` are attributes that we do not hold, or that only our own ledgers say. */
interface Sent extends Told {
	readonly item: string;
	readonly without: readonly string[];
}

type Read<T> = { readonly item: T; readonly identifiers: readonly Identifier[] } | Verdict;

/** The item with its names as they are compared, or its verdict where it is none. */
function readItem<T extends { readonly identifiers: Named }>(sent: unknown, item: z.ZodMiniType<T>): Read<T> {
	const parsed = item.safeParse(sent);
	if (!parsed.success) {
		const at = parsed.error.issues[0]?.path.join(".") ?? "";
		return { id: idIn(sent), verdict: "dropped", why: "malformed", ...(at && { at }) };
	}
	const identifiers = identifiersOf(parsed.data.identifiers);
	return "kind" in identifiers
		? { id: idIn(sent), verdict: "dropped", why: "malformed", at: `identifiers.${identifiers.kind}` }
		: { item: parsed.data, identifiers };
}

/** The strongest first, or which of them is none. */
function identifiersOf(named: Named): readonly Identifier[] | { readonly kind: string } {
	const identifiers: Identifier[] = [];
	for (const kind of identifierKinds) {
		const text = named[kind];
		const identifier = text === undefined ? undefined : normalise(kind, text);
		if (text !== undefined && !identifier) return { kind };
		if (identifier) identifiers.push(identifier);
	}
	return identifiers;
}

function idIn(sent: unknown): string | null {
	const parsed = z.object({ id: z.string().check(z.maxLength(limits.text)) }).safeParse(sent);
	return parsed.success ? parsed.data.id : null;
}

function verdictOf({ item, without }: Sent, taken: Taken | undefined): Verdict {
	if (!taken) return busy(item);
	const { verdict, person, conflicts } = taken;
	return {
		id: item,
		verdict: verdict.verdict,
		...("why" in verdict ? { why: verdict.why } : {}),
		...(person === undefined ? {} : { person }),
		...(without.length > 0 && { without: [...without] }),
		...(conflicts ? { conflicts: conflicts.map(({ kind }) => kind) } : {}),
	};
}

function busy(id: string): Verdict {
	return { id, verdict: "retry" };
}

async function actOn(env: EdgeEnv, site: string, sent: unknown): Promise<Verdict> {
	const read = readItem(sent, schema.ToldAct);
	if (!("item" in read)) return read;
	const { id, act } = read.item;
	const owner = await ownerOf(env, site, read.item.identifiers);
	if (!owner) return { id, verdict: "dropped", why: "person-unknown" };
	const { person, cell } = owner;
	const [acted] = await cellOf(env, site, cell).act({ site, cell, id, act, people: [person] });
	return acted ? actedOf(id, acted) : busy(id);
}

function actedOf(id: string, acted: Acted): Verdict {
	const { person } = acted;
	switch (acted.is) {
		case "done":
			return { id, verdict: "ok", person, ...(acted.coupon === undefined ? {} : { coupon: acted.coupon }) };
		case "duplicate":
			return { id, verdict: "duplicate", person };
		case "refused":
			return { id, verdict: "dropped", why: acted.why, person };
	}
}

/** Who has the strongest name that anybody has; nobody is made for being asked about. */
async function ownerOf(env: EdgeEnv, site: string, named: Named): Promise<Owner | undefined> {
	const identifiers = identifiersOf(named);
	if ("kind" in identifiers) return undefined;
	for (const identifier of identifiers) {
		const owner = await findOwner(env, site, identifier);
		if (owner) return owner;
	}
	return undefined;
}

const headers = { "cache-control": "no-store" };

/** 503 where something is to be sent again: what was taken is a duplicate then. */
function told(verdicts: readonly Verdict[]): Response {
	const isBusy = verdicts.some(({ verdict }) => verdict === "retry");
	return Response.json({ verdicts }, { status: isBusy ? 503 : 200, headers });
}

type ServerError =
	| AccessError
	| "body-too-large"
	| "body-too-deep"
	| "body-malformed"
	| "malformed"
	| "person-unknown";

function refuse(error: ServerError, status: number): Response {
	return Response.json({ error }, { status, headers });
}
