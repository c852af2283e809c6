// Messages, from the Worker as it is built to a real mail server: sent once, and again only where nobody took them.

import type { Server as NetServer } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Definitions } from "../../worker/protocol/site.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, messageId, pageView, publish, send } from "../support/client.ts";
import { startEdge } from "../support/edge.ts";
import { until } from "../support/faulty-edge.ts";
import type { Edge } from "../support/runtime.ts";

const shop = "https://shop.example";
const site = "mailed";

let server: SMTPServer;
let edge: Edge;
let key: string;
const got: string[] = [];
/** What the server says first to messages for an address: the Worker's cells send at once. */
let refusals: Record<string, number> = {};

beforeAll(async () => {
	server = new SMTPServer({
		logger: false,
		authOptional: true,
		disabledCommands: ["STARTTLS", "AUTH"],
		onRcptTo: ({ address }, _session, done) => {
			const { [address]: responseCode, ...others } = refusals;
			refusals = others;
			done(responseCode === undefined ? null : Object.assign(new Error("not now"), { responseCode }));
		},
		onData: (stream, _session, done) => {
			const chunks: Buffer[] = [];
			stream.on("data", (chunk: Buffer) => chunks.push(chunk));
			stream.on("end", () => {
				got.push(Buffer.concat(chunks).toString("latin1"));
				done();
			});
		},
	});
	const port = await new Promise<number>((resolve) => {
		server.listen(0, "127.0.0.1", () => {
			const address = (server.server as NetServer).address();
			resolve(typeof address === "object" && address ? address.port : 0);
		});
	});
	const from = { name: "Witaj", address: "witaj@operator.example" };
	const smtp = { host: "127.0.0.1", port, security: "none", from };
	edge = await startEdge({ port: 0, bindings: { SMTP: JSON.stringify(smtp) } });
	const drafts: Definitions = { ...definitions, segments: [], experiences: definitions.experiences };
	const experiences = drafts.experiences.map(({ segment: _segment, ...rest }) => rest);
	({ key } = await publish(edge.url, site, { ...settings, origins: [shop] }, { ...drafts, experiences }));
});
afterAll(async () => {
	await edge.stop();
	await new Promise<void>((resolve) => server.close(() => resolve()));
});
beforeEach(() => {
	got.length = 0;
	refusals = {};
});

async function submit(email: string): Promise<void> {
	const consent = { "consent.newsletter": "v1", "wording.newsletter": "Zgadzam się." };
	const props = { experience: "blog-newsletter", revision: 1, email, ...consent };
	const now = Date.now();
	const body = pageView(key, `${shop}/blog/`);
	const form = { id: messageId(now), name: "Form Submitted", at: now, props };
	await answered(await send(edge.url, { ...body, events: [...body.events, form] }));
}

/** The plain text of a message. */
function textOf(raw: string): string {
	const body = /text\/plain[\s\S]*?base64\r\n\r\n([A-Za-z0-9+/=\r\n]*?)\r\n--/.exec(raw)?.[1] ?? "";
	return Buffer.from(body, "base64").toString("utf8");
}

const message = async () =>
	(
		await until(
			async () => got,
			({ length }) => length > 0,
		)
	)[0] ?? "";

test("the message that asks for a confirmation arrives, with a link that confirms", async () => {
	await submit("ala@example.com");
	const raw = await message();
	expect(raw).toContain("To: <ala@example.com>\r\n");
	expect(raw).toContain("Auto-Submitted: auto-generated\r\n");
	// The operator's address, and the site's name.
	expect(raw).toMatch(/^From: =\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=\r\n <witaj@operator\.example>\r$/m);
	const link = /http:\S+\/c\/\S+/.exec(textOf(raw))?.[0] ?? "";
	expect((await fetch(link)).status).toBe(200);
	const answer = await fetch(link, { method: "POST", redirect: "manual" });
	expect(answer.status).toBe(303);
	expect(answer.headers.get("location")).toMatch(new RegExp(`^${shop}/blog/\\?wc=l1\\.`));
});

test("a message that is refused for now comes later, once and under its own id", async () => {
	refusals = { "ola@example.com": 451 };
	await submit("ola@example.com");
	const raw = await message();
	expect(raw).toContain("To: <ola@example.com>\r\n");
	await submit("ula@example.com");
	await until(
		async () => got,
		({ length }) => length > 1,
	);
	const ids = got.map((one) => /^Message-ID: (\S+)/m.exec(one)?.[1]);
	expect(ids).toHaveLength(2);
	expect(new Set(ids).size).toBe(2);
});

test("a message that is refused for good is not sent again, and holds up no other", async () => {
	refusals = { "ela@example.com": 550 };
	await submit("ela@example.com");
	await submit("iga@example.com");
	expect(await message()).toContain("To: <iga@example.com>\r\n");
});
