// Whoever talks, without sockets: a visitor's posts, and an agent's; what of it lasts is the same.

import { runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import type { ShownMail } from "../../worker/cell/mails.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { deskOf } from "../../worker/platform/name.ts";
import type {
	Ack,
	AgentAnswer,
	AgentCommand,
	LogEvent,
	VisitorAnswer,
	VisitorCommand,
} from "../../worker/protocol/chat.ts";
import { type Browser, call, edge, env, shop, site } from "./world.ts";

type Said<Command> = Command extends unknown ? Omit<Command, "id" | "seen"> : never;
const withId = <Command extends object>(command: Command) => ({ id: uuidv7(Date.now()), ...command });

/** What a visitor does, in one request. */
export async function say(
	browser: Browser,
	commands: readonly Said<VisitorCommand>[],
	at = "/cennik",
	language = "pl-PL",
): Promise<VisitorAnswer> {
	const response = await exports.default.fetch(`${edge}/v1/chat`, {
		method: "POST",
		headers: { origin: shop, "content-type": "text/plain" },
		body: JSON.stringify({
			site: browser.key,
			token: browser.token,
			here: { url: shop + at, language, visible: true },
			commands: commands.map(withId),
		}),
	});
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response.json<VisitorAnswer>();
}

export const write = (browser: Browser, text: string, at?: string, language?: string) =>
	say(browser, [{ is: "send", text }], at, language);

/** What the operator does as an agent, having seen all. */
export async function answer(
	conversation: string | null,
	commands: readonly Said<AgentCommand>[],
): Promise<readonly Ack[]> {
	const seen = (await logOf(conversation)).at(-1)?.seq ?? 0;
	const body = { after: seen, commands: commands.map((one) => ({ ...withId(one), seen })) };
	const response = await call("POST", `${site}/conversations/${conversation}`, body);
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return (await response.json<AgentAnswer>()).acks;
}

/** All that agents see. */
export async function logOf(conversation: string | null): Promise<readonly LogEvent[]> {
	return (await deskOf(env, site).look(conversation ?? "", 0))?.events ?? [];
}

/** What the site said by itself, in its order: why, and what. */
export async function saidBy(conversation: string | null): Promise<readonly (readonly [string, string])[]> {
	return (await logOf(conversation)).flatMap((event) =>
		event.is === "sent" && event.by.who === "site" ? [[event.flow ?? "", event.text] as const] : [],
	);
}

/** Transcripts that left. */
export function transcripts(): Promise<readonly ShownMail[]> {
	const query = "SELECT letter FROM mails WHERE due_at IS NULL AND letter IS NOT NULL ORDER BY made_at";
	return runInDurableObject(deskOf(env, site), (_desk, { storage }) =>
		storage.sql
			.exec<{ letter: string }>(query)
			.toArray()
			.map(({ letter }) => JSON.parse(letter) as ShownMail),
	);
}

/** An agent at their desk; closed, they are gone. */
export async function seat(): Promise<WebSocket> {
	const headers = { upgrade: "websocket", authorization: `Bearer ${env.ADMIN_TOKEN}` };
	const { webSocket } = await exports.default.fetch(`${edge}/api/sites/${site}/desk`, { headers });
	if (!webSocket) throw new Error("no seat");
	const welcomed = new Promise<void>((go) => {
		webSocket.addEventListener("message", () => go(), { once: true });
	});
	webSocket.accept();
	await welcomed;
	return webSocket;
}
