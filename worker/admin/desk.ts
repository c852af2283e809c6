// The live chat's routes: an agent's socket, what the desk does where there is none, and what is asked of transcripts. The
// wire is described in protocol/chat.schema.ts.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { chatFiguresBy, noChats } from "../data/chat-figures.ts";
import { databaseOf } from "../data/database.ts";
import { conversationsOf } from "../data/transcripts.ts";
import { type Agent, encodeWho, whoHeader } from "../desk/call.ts";
import { fileHeaders } from "../desk/files.ts";
import { deskOf } from "../platform/name.ts";
import {
	AgentPost,
	ConversationId,
	ConversationsQuery,
	chatLimits,
	type DeskFigures,
	InviteBody,
	LogQuery,
	MailBody,
	type VisitorsView,
} from "../protocol/chat.schema.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { besideOf, visitorsOf } from "./beside.ts";
import { answerers, shownFigures } from "./chat-report.ts";
import { about, acts, isOwnOrigin, reads } from "./policy.ts";
import { pushedBy } from "./pushed.ts";
import { type Answer, asked, parse, parseQuery } from "./request.ts";
import { whoAmong } from "./who.ts";

const conversationUnknown: Answer = { error: "conversation-unknown" };
const days = 30;
const dayMs = 86_400_000;

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
	.get("/:site/desk/visitors", reads("agent"), async ({ env, req, json }) => {
		const site = req.param("site");
		const visitors = await visitorsOf(env, site, await deskOf(env, site).visitors());
		return json({ visitors } satisfies z.infer<typeof VisitorsView>);
	})
	.get("/:site/desk/visitors/:visitor", reads("agent"), async (context) => {
		const { site, visitor } = context.req.param();
		const [where] = await deskOf(context.env, site).visitors(visitor);
		return where
			? context.json(await besideOf(context.env, site, where))
			: context.json({ error: "not-here" } satisfies Answer, 404);
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
		const where = isConversation(conversation)
			? await deskOf(context.env, site).whereabouts(conversation)
			: undefined;
		return where
			? context.json(await besideOf(context.env, site, where))
			: context.json(conversationUnknown, 404);
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
