// The client's side of SMTP (RFC 5321) over any wire that can be read, written and raised to TLS. Written by hand: the one
// package for Workers sends credentials in the clear where a server hides STARTTLS, takes line ends in headers, and spins
// when the server hangs up. Errors name the step and the server's code, and never what was said: that holds addresses.

export interface Wire {
	readonly readable: ReadableStream<Uint8Array>;
	readonly writable: WritableStream<Uint8Array>;
	startTls(): Wire;
	close(): Promise<void>;
}

/** `tls` from the first byte, `starttls` before anything else is said, or `none` for a relay on the same machine. */
export interface Server {
	readonly security: "tls" | "starttls" | "none";
	readonly user?: string;
	readonly password?: string;
}

export interface Envelope {
	readonly from: string;
	readonly to: string;
	/** With its lines ending in CRLF. */
	readonly message: string;
	/** Asked when everything but the message itself is said; it is not said where this is false. */
	readonly isWanted?: () => boolean | Promise<boolean>;
}

/** `isFinal`: sent again as it is, it will be refused again. */
export class SmtpError extends Error {
	override readonly name = "SmtpError";
	readonly isFinal: boolean;

	constructor(step: string, code: number | "closed" | "late" | "malformed" | "unsafe") {
		super(`${step}: ${code}`);
		this.isFinal = typeof code === "number" && code >= 500 && !notTheMessage.has(step);
	}
}

/** Refused there, it is the server's settings or ours that are wrong: they get mended, and the message waits. */
const notTheMessage: ReadonlySet<string> = new Set(["greeting", "hello", "starttls", "login"]);
const encoder = new TextEncoder();
/** Of one answer. */
const mostCharacters = 8_192;

/** Delivers one message. `me` is the name that we give; the wire is closed in any case. */
export async function deliver(
	wire: Wire,
	server: Server,
	envelope: Envelope,
	me: string,
	withinMs: number,
): Promise<void> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const talk = new Talk(wire);
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new SmtpError("conversation", "late")), withinMs);
	});
	const work = converse(talk, server, envelope, me);
	// Where it is late, nobody waits for what becomes of it any more.
	work.catch(() => undefined);
	try {
		await Promise.race([work, late]);
	} finally {
		if (timer !== undefined) clearTimeout(timer);
		await talk.close();
	}
}

async function converse(talk: Talk, server: Server, envelope: Envelope, me: string): Promise<void> {
	await talk.expect("greeting", 2);
	let offers = await hello(talk, me);
	if (server.security === "starttls") {
		// A server that does not offer it may be somebody in between who took the offer out.
		if (!offers.has("STARTTLS")) throw new SmtpError("starttls", "unsafe");
		await talk.say("starttls", "STARTTLS", 2);
		talk.raise();
		offers = await hello(talk, me);
	}
	if (server.user !== undefined) await logIn(talk, server, offers.get("AUTH") ?? "");
	await talk.say("sender", `MAIL FROM:<${envelope.from}>`, 2);
	await talk.say("recipient", `RCPT TO:<${envelope.to}>`, 2);
	if ((await envelope.isWanted?.()) !== false) {
		await talk.say("data", "DATA", 3);
		// Ends on a line of its own, and a dot that begins a line is doubled.
		const stuffed = envelope.message.replace(/^\./gm, "..");
		await talk.say("message", `${stuffed}${stuffed.endsWith("\r\n") ? "" : "\r\n"}.`, 2);
	}
	await talk.write("QUIT\r\n").catch(() => undefined);
}

/** What the server offers, by keyword. */
async function hello(talk: Talk, me: string): Promise<ReadonlyMap<string, string>> {
	const lines = await talk.say("hello", `EHLO ${me}`, 2);
	return new Map(
		lines.slice(1).map((line) => {
			const [keyword = "", ...more] = line.split(" ");
			return [keyword.toUpperCase(), more.join(" ").toUpperCase()];
		}),
	);
}

async function logIn(
	talk: Talk,
	{ user = "", password = "", security }: Server,
	methods: string,
): Promise<void> {
	// What is said in the clear, whoever stands in between hears.
	if (security === "none") throw new SmtpError("login", "unsafe");
	if (/\bPLAIN\b/.test(methods)) {
		await talk.say("login", `AUTH PLAIN ${base64(`\0${user}\0${password}`)}`, 2);
	} else if (/\bLOGIN\b/.test(methods)) {
		await talk.say("login", "AUTH LOGIN", 3);
		await talk.say("login", base64(user), 3);
		await talk.say("login", base64(password), 2);
	} else throw new SmtpError("login", "unsafe");
}

/** What is said, line by line, and what is answered. */
class Talk {
	#wire: Wire;
	#reader: ReadableStreamDefaultReader<Uint8Array>;
	#writer: WritableStreamDefaultWriter<Uint8Array>;
	#unread = "";

	constructor(wire: Wire) {
		this.#wire = wire;
		this.#reader = wire.readable.getReader();
		this.#writer = wire.writable.getWriter();
	}

	/** Goes on in secret. What came in the clear before that, after the server agreed, is not the server's. */
	raise(): void {
		if (this.#unread !== "") throw new SmtpError("starttls", "unsafe");
		this.#reader.releaseLock();
		this.#writer.releaseLock();
		this.#wire = this.#wire.startTls();
		this.#reader = this.#wire.readable.getReader();
		this.#writer = this.#wire.writable.getWriter();
	}

	/** The lines of the answer without their code, which is to begin with `kind`. */
	async say(step: string, line: string, kind: 2 | 3): Promise<readonly string[]> {
		await this.write(`${line}\r\n`);
		return this.expect(step, kind);
	}

	async write(text: string): Promise<void> {
		await this.#writer.write(encoder.encode(text));
	}

	async expect(step: string, kind: 2 | 3): Promise<readonly string[]> {
		const lines: string[] = [];
		for (;;) {
			const [, code, more, text = ""] = /^(\d{3})([ -]?)(.*)$/.exec(await this.#line(step)) ?? [];
			if (code === undefined) throw new SmtpError(step, "malformed");
			lines.push(text);
			if (more === "-") continue;
			if (!code.startsWith(String(kind))) throw new SmtpError(step, Number(code));
			return lines;
		}
	}

	async close(): Promise<void> {
		// Whatever becomes of the wire now, the message's fate is known.
		await this.#wire.close().catch(() => undefined);
	}

	async #line(step: string): Promise<string> {
		for (;;) {
			const end = this.#unread.indexOf("\n");
			if (end >= 0) {
				const line = this.#unread.slice(0, end).replace(/\r$/, "");
				this.#unread = this.#unread.slice(end + 1);
				return line;
			}
			if (this.#unread.length > mostCharacters) throw new SmtpError(step, "malformed");
			const { value, done } = await this.#reader.read();
			if (done) throw new SmtpError(step, "closed");
			// Answers are ASCII where it matters; a letter that is cut in two is in words that nobody reads.
			this.#unread += String.fromCharCode(...value);
		}
	}
}

function base64(text: string): string {
	return btoa(String.fromCharCode(...encoder.encode(text)));
}
