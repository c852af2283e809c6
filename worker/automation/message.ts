// An e-mail message as it goes over the wire (RFC 5322, MIME): both bodies in base64, so that no line is too long, no dot
// begins one and no letter is lost on the way. What stands in a header can end none.

/** `id` is the message's for good: a message sent twice is one to the mailbox that gets it. */
export interface Message {
	readonly id: string;
	readonly from: Mailbox;
	readonly to: Mailbox;
	readonly subject: string;
	readonly text: string;
	readonly html?: string;
	/** By name, such as `List-Unsubscribe`. In ASCII. */
	readonly headers?: Readonly<Record<string, string>>;
}

export interface Mailbox {
	readonly name?: string;
	readonly address: string;
}

const encoder = new TextEncoder();
/** A line with encoded words has 76 characters at most (RFC 2047): the header's name, the frame of 12, and four for three. */
const bytesPerWord = 39;
const lineOfBase64 = 76;

/** The whole message, each line ending in CRLF. `at` is epoch ms. */
export function writeMessage(message: Message, at: number): string {
	const { id, from, to, subject, text, html, headers = {} } = message;
	const domain = addressOf(from.address)?.split("@")[1] ?? "localhost";
	const lines = [
		`From: ${mailbox(from)}`,
		`To: ${mailbox(to)}`,
		`Subject: ${unstructured(subject)}`,
		`Date: ${new Date(at).toUTCString().replace("GMT", "+0000")}`,
		`Message-ID: <${ascii(id)}@${domain}>`,
		"MIME-Version: 1.0",
		...Object.entries(headers).map(([name, value]) => `${nameOf(name)}: ${ascii(value)}`),
	];
	if (html === undefined) return [...lines, ...part("text/plain", text), ""].join("\r\n");
	// What base64 cannot hold.
	const boundary = `=_${ascii(id)}`;
	return [
		...lines,
		`Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
		"",
		`--${boundary}`,
		...part("text/plain", text),
		`--${boundary}`,
		...part("text/html", html),
		`--${boundary}--`,
		"",
	].join("\r\n");
}

/** An address as a mail server takes it: in ASCII, its domain in punycode; nothing for what is none or needs more. */
export function addressOf(text: string): string | undefined {
	const [local = "", domain = "", ...more] = text.split("@");
	if (more.length > 0 || domain === "") return undefined;
	if (!/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/.test(local) || /[\s/:@?#\\[\]]/.test(domain))
		return undefined;
	const host = URL.parse(`http://${domain}`)?.hostname;
	return host && /^[a-z0-9.-]{1,253}$/.test(host) ? `${local}@${host}` : undefined;
}

function part(type: string, body: string): readonly string[] {
	const encoded = base64Of(encoder.encode(body.replace(/\r\n|\r|\n/g, "\r\n")));
	return [
		`Content-Type: ${type}; charset=utf-8`,
		"Content-Transfer-Encoding: base64",
		"",
		...(encoded.match(new RegExp(`.{1,${lineOfBase64}}`, "g")) ?? [""]),
	];
}

function mailbox({ name, address }: Mailbox): string {
	const plain = addressOf(address);
	if (plain === undefined) throw new Error("an address that no mail server takes");
	if (name === undefined || name.trim() === "") return `<${plain}>`;
	const isSimple = /^[A-Za-z0-9 ]{1,60}$/.test(name);
	return `${isSimple ? `"${name}"` : encodedWords(name)}\r\n <${plain}>`;
}

function unstructured(text: string): string {
	return /^[ -~]{0,60}$/.test(text) && !text.includes("=?") ? text : encodedWords(text);
}

/** RFC 2047: each word holds whole letters, and each stands on a line of its own. */
function encodedWords(text: string): string {
	const words: number[][] = [[]];
	for (const letter of text.replace(/\p{Cc}+/gu, " ")) {
		const bytes = encoder.encode(letter);
		if ((words.at(-1)?.length ?? 0) + bytes.length > bytesPerWord) words.push([]);
		words.at(-1)?.push(...bytes);
	}
	return words.map((word) => `=?UTF-8?B?${base64Of(Uint8Array.from(word))}?=`).join("\r\n ");
}

function base64Of(bytes: Uint8Array): string {
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary);
}

function ascii(text: string): string {
	if (!/^[ -~]+$/.test(text)) throw new Error("a header holds what it may not");
	return text;
}

function nameOf(name: string): string {
	if (!/^[A-Za-z-]+$/.test(name)) throw new Error("a header has no such name");
	return name;
}
