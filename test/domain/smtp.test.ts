// Messages over SMTP, to a real server: what arrives is what was written, and nothing is said in the clear that should not.

import { connect as connectPlain, createServer, type Server as NetServer, type Socket } from "node:net";
import { Readable, Writable } from "node:stream";
import { connect as connectTls } from "node:tls";
import fc from "fast-check";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { addressOf, type Message, writeMessage } from "../../worker/automation/message.ts";
import { deliver, type Server, SmtpError, type Wire } from "../../worker/automation/smtp.ts";

const message: Message = {
	id: "01a2020c-d52d-7d34-8e69-4f1a5d8e3b70",
	from: { name: "Zielony Kąt", address: "sklep@example.com" },
	to: { address: "ewa@example.com" },
	subject: "Potwierdź swój adres, proszę: to ważne, bo inaczej nie wyślemy Ci niczego więcej",
	text: "Dzień dobry,\n.kropka na początku\n..i dwie\n\nŻegnaj\n",
	html: "<p>Dzień dobry</p>",
	headers: {
		"List-Unsubscribe": "<https://edge.example/u/x>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	},
};

interface Got {
	readonly from: string;
	readonly to: string;
	readonly raw: string;
	readonly isSecure: boolean;
	readonly user: string | undefined;
}

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

async function start(options: SMTPServerOptions): Promise<{ port: number; got: Got[] }> {
	const got: Got[] = [];
	const server = new SMTPServer({
		logger: false,
		onAuth: ({ username, password }, _session, done) =>
			done(password === "hasło" ? null : new Error("no"), { user: username }),
		onData: (stream, session, done) => {
			const chunks: Buffer[] = [];
			stream.on("data", (chunk: Buffer) => chunks.push(chunk));
			stream.on("end", () => {
				const { mailFrom, rcptTo } = session.envelope;
				got.push({
					from: mailFrom ? mailFrom.address : "",
					to: rcptTo.map(({ address }) => address).join(),
					raw: Buffer.concat(chunks).toString("latin1"),
					isSecure: session.secure,
					user: session.user,
				});
				done();
			});
		},
		...options,
	});
	server.on("error", () => undefined);
	const port = await listening(server.server as NetServer, (listen) => server.listen(0, "127.0.0.1", listen));
	closing.push(() => server.close());
	return { port, got };
}

function listening(server: NetServer, listen: (ready: () => void) => void): Promise<number> {
	return new Promise((resolve) => {
		listen(() => {
			const address = server.address();
			resolve(typeof address === "object" && address ? address.port : 0);
		});
	});
}

/** A server that says these lines, one after each that it hears. */
async function scripted(lines: readonly string[]): Promise<{ port: number; heard: string[] }> {
	const heard: string[] = [];
	const server = createServer((socket) => {
		const left = [...lines];
		socket.on("error", () => undefined);
		socket.write(left.shift() ?? "");
		socket.on("data", (chunk) => {
			heard.push(chunk.toString());
			const next = left.shift();
			if (next === undefined) socket.end();
			else socket.write(next);
		});
	});
	const port = await listening(server, (ready) => server.listen(0, "127.0.0.1", ready));
	closing.push(() => server.close());
	return { port, heard };
}

function wireOf(socket: Socket): Wire {
	socket.on("error", () => undefined);
	return {
		readable: Readable.toWeb(socket) as ReadableStream<Uint8Array>,
		writable: Writable.toWeb(socket),
		startTls: () => wireOf(connectTls({ socket, rejectUnauthorized: false })),
		close: async () => {
			socket.destroy();
		},
	};
}

async function send(port: number, server: Server, of: Message = message, withinMs = 5_000): Promise<void> {
	const target = { host: "127.0.0.1", port };
	const socket =
		server.security === "tls" ? connectTls({ ...target, rejectUnauthorized: false }) : connectPlain(target);
	const envelope = { from: of.from.address, to: of.to.address, message: writeMessage(of, 0) };
	await deliver(wireOf(socket), server, envelope, "edge.example", withinMs);
}

const failure = (sending: Promise<void>) =>
	sending.then(
		() => undefined,
		(error: unknown) => (error instanceof SmtpError ? [error.message, error.isFinal] : error),
	);

/** The bodies of a message, decoded. */
function bodiesOf(raw: string): string[] {
	return Array.from(raw.matchAll(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]*?)(?:\r\n--|\r\n$)/g), ([, body = ""]) =>
		Buffer.from(body, "base64").toString("utf8"),
	);
}

const login = { user: "sklep", password: "hasło" };

describe("a message arrives as it was written", () => {
	test.each([
		["raised to TLS, with a login", { security: "starttls", ...login }, {}, true],
		["in TLS from the start", { security: "tls", ...login }, { secure: true }, true],
		[
			"with the older way to log in",
			{ security: "tls", ...login },
			{ secure: true, authMethods: ["LOGIN"] },
			true,
		],
		[
			"to a relay beside us",
			{ security: "none" },
			{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] },
			false,
		],
	] as const)("%s", async (_name, server, options, isSecure) => {
		const { port, got } = await start(options as SMTPServerOptions);
		await send(port, server);
		const [one] = got;
		expect(one).toMatchObject({ from: "sklep@example.com", to: "ewa@example.com", isSecure });
		expect(one?.user).toBe("user" in server ? "sklep" : undefined);
		expect(bodiesOf(one?.raw ?? "")).toEqual([message.text.replaceAll("\n", "\r\n"), message.html]);
		expect(one?.raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	});

	test("dots that begin a line are neither lost nor doubled", async () => {
		const { port, got } = await start({ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"] });
		const raw = "Subject: a\r\n\r\n.\r\n..\r\n.a\r\nend.\r\n";
		const wire = wireOf(connectPlain({ host: "127.0.0.1", port }));
		const envelope = { from: "a@example.com", to: "b@example.com", message: raw };
		await deliver(wire, { security: "none" }, envelope, "edge.example", 5_000);
		expect(got[0]?.raw).toBe(raw);
	});
});

test("a message that is wanted no more when it is about to be said is not said", async () => {
	const { port, heard } = await scripted(["220 a\r\n", "250 a\r\n", "250 a\r\n", "250 a\r\n", "221 a\r\n"]);
	const asked: number[] = [];
	const isWanted = () => asked.push(heard.length) === 0;
	const envelope = {
		from: "a@example.com",
		to: "b@example.com",
		message: "Subject: a\r\n\r\nTajne",
		isWanted,
	};
	const wire = wireOf(connectPlain({ host: "127.0.0.1", port }));
	await deliver(wire, { security: "none" }, envelope, "edge.example", 5_000);
	expect(asked).toEqual([3]);
	expect(heard.slice(0, 3).join("")).toMatch(/^EHLO .*MAIL FROM:.*RCPT TO:/s);
	expect(heard.join("")).not.toMatch(/DATA|Tajne/);
});

describe("what goes wrong", () => {
	test("a server without STARTTLS is told nothing: somebody in between may have taken the offer out", async () => {
		const { port, heard } = await scripted(["220 hi\r\n", "250-hi\r\n250 AUTH PLAIN\r\n"]);
		expect(await failure(send(port, { security: "starttls", ...login }))).toEqual([
			"starttls: unsafe",
			false,
		]);
		expect(heard).toEqual(["EHLO edge.example\r\n"]);
	});

	test("what is slipped in before TLS begins is not the server's", async () => {
		const { port, heard } = await scripted([
			"220 hi\r\n",
			"250-hi\r\n250 STARTTLS\r\n",
			"220 go\r\n250 AUTH PLAIN\r\n",
		]);
		expect(await failure(send(port, { security: "starttls", ...login }))).toEqual([
			"starttls: unsafe",
			false,
		]);
		expect(heard.length).toBe(2);
	});

	test("a password is not said in the clear, whatever the settings are", async () => {
		const { port, heard } = await scripted(["220 hi\r\n", "250-hi\r\n250 AUTH PLAIN\r\n"]);
		expect(await failure(send(port, { security: "none", ...login }))).toEqual(["login: unsafe", false]);
		expect(heard).toEqual(["EHLO edge.example\r\n"]);
	});

	test("a wrong password is a matter of settings: the message waits", async () => {
		const { port } = await start({ secure: true });
		const wrong = { security: "tls", user: "sklep", password: "no" } as const;
		expect(await failure(send(port, wrong))).toEqual(["login: 535", false]);
	});

	test.each([
		["for now", 451, false],
		["for good", 550, true],
	])(
		"a mailbox that is refused %s is so, and no address is in the error",
		async (_name, responseCode, isFinal) => {
			const { port } = await start({
				authOptional: true,
				disabledCommands: ["STARTTLS", "AUTH"],
				onRcptTo: ({ address }, _session, done) => done(Object.assign(new Error(address), { responseCode })),
			});
			expect(await failure(send(port, { security: "none" }))).toEqual([
				`recipient: ${responseCode}`,
				isFinal,
			]);
		},
	);

	test("a server that hangs up, falls silent, or talks without end", async () => {
		const hangsUp = await scripted(["220 hi\r\n"]);
		expect(await failure(send(hangsUp.port, { security: "none" }))).toEqual(["hello: closed", false]);
		const silent = await scripted([""]);
		const waiting = send(silent.port, { security: "none" }, message, 50);
		expect(await failure(waiting)).toEqual(["conversation: late", false]);
		const endless = await scripted(["x".repeat(20_000)]);
		expect(await failure(send(endless.port, { security: "none" }))).toEqual(["greeting: malformed", false]);
	});
});

describe("a header", () => {
	const headersOf = (change: Partial<Message>) =>
		writeMessage({ ...message, ...change }, 0).split("\r\n\r\n")[0] ?? "";

	test("is in ASCII, in lines of at most 78, and says what was written", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (subject) => {
				const lines = headersOf({ subject }).split("\r\n");
				for (const line of lines) expect(line).toMatch(/^[ -~]{0,78}$/);
				const words = /^Subject: (.*(?:\n .*)*)$/m.exec(lines.join("\n"))?.[1] ?? "";
				const read = words
					.split("\n ")
					.map((word) => {
						const encoded = /^=\?UTF-8\?B\?(.*)\?=$/.exec(word)?.[1];
						return encoded === undefined ? word : Buffer.from(encoded, "base64").toString("utf8");
					})
					.join("");
				expect(read).toBe(subject.toWellFormed().replace(/\p{Cc}+/gu, " "));
			}),
		);
	});

	test("is ended by nothing that stands in it", () => {
		const evil = "a\r\nBcc: everybody@example.com\r\n\r\nbody";
		const names = (text: string) => text.split("\r\n").map((line) => line.split(":")[0]);
		expect(names(headersOf({ subject: evil }))).not.toContain("Bcc");
		expect(names(headersOf({ from: { name: evil, address: "a@example.com" } }))).not.toContain("Bcc");
		for (const change of [
			{ headers: { "X-A": evil } },
			{ headers: { "X\r\nBcc": "a" } },
			{ id: evil },
			{ to: { address: `a@example.com>\r\nRCPT TO:<b@example.com` } },
			{ from: { address: evil } },
		])
			expect(() => headersOf(change)).toThrow();
	});
});

test.each([
	["ewa@example.com", "ewa@example.com"],
	["Ewa.Nowak+shop@Example.COM", "Ewa.Nowak+shop@example.com"],
	["ewa@żółw.pl", "ewa@xn--w-uga1v8h.pl"],
	["ewa", undefined],
	["@example.com", undefined],
	["żółw@example.com", undefined],
	["a b@example.com", undefined],
	["a@example.com\r\nRCPT TO:<b@example.com>", undefined],
	["a@b@example.com", undefined],
	["<a>@example.com", undefined],
	["a@[127.0.0.1]", undefined],
])("the address %j is %j to a mail server", (text, expected) => {
	expect(addressOf(text)).toBe(expected);
});
