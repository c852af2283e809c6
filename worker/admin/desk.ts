// The live chat's routes: an agent's socket, what the desk does where there is none, and what is asked of transcripts. The
// wire is described in protocol/chat.schema.ts.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { Standings } from "../cell/call.ts";
import { chatFiguresBy, noChats } from "../data/chat-figures.ts";
import { databaseOf } from "../data/database.ts";
import { storyOf } from "../data/history.ts";
import { decisionsOf } from "../data/people.ts";
import { conversationsOf } from "../data/transcripts.ts";
import { type Agent, encodeWho, whoHeader } from "../desk/call.ts";
import { fileHeaders } from "../desk/files.ts";
import { cartNow } from "../domain/cart.ts";
import { read } from "../domain/person.ts";
import { cellOf, deskOf } from "../platform/name.ts";
import {
	AgentPost,
	type BesideView,
	ConversationId,
	ConversationsQuery,
	chatLimits,
	type DeskFigures,
	InviteBody,
	LogQuery,
	MailBody,
} from "../protocol/chat.schema.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { answerers, shownFigures } from "./chat-report.ts";
import { about, acts, isOwnOrigin, reads } from "./policy.ts";
import { pushedBy } from "./pushed.ts";
import { type Answer, asked, parse, parseQuery } from "./request.ts";
import { whoAmong } from "./who.ts";

const conversationUnknown: Answer = { error: "conversation-unknown" };
const days = 30;
const dayMs = 86_400_000;
const pathLength = 20;

export const deskRoutes = new Hono<AdminHono>()
	.get("/:site/desk", reads("agent"), async (context) => {
		const { req, env } = context;
		if (req.header("upgrade")?.toLowerCase() !== "websocket")
			return context.json({ error: "socket-needed" } satisfies Answer, 426);
		// A browser opens a socket to anywhere, with our cookie: of pages of ours alone it is heard.
		if (context.get("actor").is !== "operator" && !isOwnOrigin(req.raw))
			return context.json({ error: "origin-refused" } satisfies Answer, 403);
		const agent = await agentOf(context);
		const headers = new Headers({ upgrade: "websocket", [whoHeader]: encodeWho(agent) });
		const { webSocket } = await deskOf(env, agent.site).fetch("https://desk/", { headers });
		return new Response(null, { status: 101, webSocket });
	})
	.get("/:site/desk/figures", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const until = Date.now();
		const span = [until - days * dayMs, until] as const;
		const [now, [total = noChats], agents] = await Promise.all([
			deskOf(env, site).now(),
			asked(chatFiguresBy(databaseOf(env, site), site, "span", [span])),
			answerers(env, site, span),
		]);
		const { conversations, answered, firstAnswerMs, rated, rating } = shownFigures(total);
		return context.json({
			now,
			days,
			conversations,
			answered,
			firstAnswerMs,
			ratings: { count: rated, average: rating, stars: [...total.stars] },
			agents: agents.map((one) => ({
				agent: one.agent,
				name: one.name,
				conversations: one.conversations,
				firstAnswerMs: one.firstAnswerMs.median,
				stars: one.rating,
			})),
		} satisfies z.infer<typeof DeskFigures>);
	})
	.get("/:site/conversations", reads("agent"), async (context) => {
		const site = context.req.param("site");
		const query = parseQuery(context.req.query(), ConversationsQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const { q, ...rest } = query.value;
		const text = q === undefined ? {} : { text: q };
		const found = await asked(conversationsOf(databaseOf(context.env, site), site, { ...rest, ...text }));
		return context.json(found);
	})
	.post("/:site/conversations", acts("agent", "conversation.begun"), async (context) => {
		const parsed = await parse(context.req.raw, InviteBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { id, visitor, text } = parsed.value;
		const agent = await agentOf(context);
		const conversation = await deskOf(context.env, agent.site).invite(agent, id, visitor, text);
		if (conversation === undefined) return context.json({ error: "not-here" } satisfies Answer, 404);
		about(context, { conversation });
		return context.json({ conversation });
	})
	.get("/:site/conversations/:conversation", reads("agent"), async (context) => {
		const { site, conversation } = context.req.param();
		const query = parseQuery(context.req.query(), LogQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		if (!isConversation(conversation)) return context.json(conversationUnknown, 404);
		const log = await deskOf(context.env, site).look(conversation, query.value.after);
		return log ? context.json(log) : context.json(conversationUnknown, 404);
	})
	.post("/:site/conversations/:conversation", acts("agent", "conversation.acted-on"), async (context) => {
		const { conversation } = context.req.param();
		const parsed = await parse(context.req.raw, AgentPost);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		if (!isConversation(conversation)) return context.json(conversationUnknown, 404);
		const agent = await agentOf(context);
		const { commands, after } = parsed.value;
		const offers = await pushedBy(context.env, agent.site, conversation, commands);
		const answer = await deskOf(context.env, agent.site).answer(agent, conversation, commands, after, offers);
		return answer ? context.json(answer) : context.json(conversationUnknown, 404);
	})
	.get("/:site/conversations/:conversation/beside", reads("agent"), async (context) => {
		const { site, conversation } = context.req.param();
		const beside = isConversation(conversation) ? await besideOf(context, site, conversation) : undefined;
		return beside ? context.json(beside) : context.json(conversationUnknown, 404);
	})
	.post(
		"/:site/conversations/:conversation/files",
		acts("agent", "conversation.file-added"),
		async (context) => {
			const { site, conversation } = context.req.param();
			const length = Number(context.req.header("content-length") ?? Number.NaN);
			if (!(length > 0 && length <= chatLimits.attachmentBytes))
				return context.json({ error: "body-too-large" } satisfies Answer, 413);
			const name = (context.req.query("name") ?? "file").slice(0, 200);
			const bytes = await context.req.arrayBuffer();
			const file = isConversation(conversation)
				? await deskOf(context.env, site).attach(conversation, name, bytes)
				: undefined;
			if (file === undefined) return context.json(conversationUnknown, 404);
			return file === "file-refused"
				? context.json({ error: file } satisfies Answer, 422)
				: context.json(file);
		},
	)
	.get("/:site/conversations/:conversation/files/:file", reads("agent"), async (context) => {
		const { site, conversation, file } = context.req.param();
		const found = isConversation(conversation)
			? await deskOf(context.env, site).file(file, conversation)
			: undefined;
		if (!found) return context.json({ error: "not-found" } satisfies Answer, 404);
		return new Response(found.bytes, { headers: fileHeaders(found.file) });
	})
	.post("/:site/conversations/:conversation/mail", acts("agent", "conversation.mailed"), async (context) => {
		const { site, conversation } = context.req.param();
		const parsed = await parse(context.req.raw, MailBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const isSent =
			isConversation(conversation) && (await deskOf(context.env, site).mail(conversation, parsed.value.to));
		return isSent ? context.json({ ok: true }) : context.json(conversationUnknown, 404);
	});

const isConversation = (text: string) => ConversationId.safeParse(text).success;

/** Whoever asks, as visitors are told. */
async function agentOf(context: AdminContext): Promise<Agent> {
	const site = context.req.param("site") ?? "";
	const actor = context.get("actor");
	if (actor.is !== "account") return { site, agent: "operator", name: "Operator" };
	const { account } = actor.session;
	const { name } = (await whoAmong(context.env, [account]))(account);
	return { site, agent: account, name: name ?? "" };
}

async function besideOf(
	context: AdminContext,
	site: string,
	conversation: string,
): Promise<z.infer<typeof BesideView> | undefined> {
	const { env } = context;
	const where = await deskOf(env, site).whereabouts(conversation);
	if (!where) return undefined;
	const { whose, cell, live } = where;
	const db = databaseOf(env, site);
	const now = Date.now();
	const [standings, card, story, shown] = await Promise.all([
		// The types of a stub make lists of the pairs in what it answers.
		cellOf(env, site, cell).standings([whose.person]) as Promise<Standings | undefined>,
		cellOf(env, site, cell).card(whose.person),
		asked(storyOf(db, site, whose.person, now)),
		asked(decisionsOf(db, site, whose.person, now)),
	]);
	const facts = standings?.people[0] && read(standings.people[0].standing.person);
	const cart = facts && cartNow(facts.cart, facts.orders ?? {});
	const said = (name: string) => {
		const value = card?.attributes.find((one) => one.name === name)?.value;
		return value === undefined ? null : String(value);
	};
	const text = (value: unknown) => (typeof value === "string" ? value : null);
	return {
		person: whose.person,
		identity: card?.identity ?? "anonymous",
		proof: whose.proof,
		name: said("name") ?? said("firstName") ?? said("email"),
		score: card?.score ?? 0,
		tags: Object.fromEntries((card?.tags ?? []).map(({ tag, count }) => [tag, count])),
		segments: (card?.segments ?? []).map(({ id }) => id),
		live,
		path: story
			.filter(({ name }) => name === "Page Viewed")
			.slice(0, pathLength)
			.map(({ at, props }) => ({ at, path: text(props.path) ?? "", title: text(props.title) })),
		cart: cart ? { value: cart.hundredths / 100, items: cart.items, products: [...cart.products] } : null,
		shown: shown.map(({ at, experience }) => ({ at, experience })),
	};
}
