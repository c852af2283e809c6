// Files in conversations: what may come, how it leaves, and that it goes with whose it is.

import { beforeEach, describe, expect, it } from "vitest";
import { chatLimits } from "../../worker/protocol/chat.schema.ts";
import { answer, logOf, say, write } from "./talking.ts";
import { ask, Browser, call, env, freshWorld, partsOf, publish, settled, shop, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { chat: {}, origins: [shop] } });
});

async function shopper(of = key): Promise<Browser> {
	const browser = new Browser(of);
	await browser.view("/cennik", "");
	return browser;
}

const bytes = (...head: number[]) => new Uint8Array([...head, ...new Array<number>(64).fill(0x20)]);
const text = (said: string) => new TextEncoder().encode(said);
const png = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

interface Place {
	readonly file: string;
	readonly upload: string;
	readonly path: string;
}

async function place(browser: Browser, name = "zdjęcie.png", size = png.length): Promise<Place> {
	const { acks } = await say(browser, [{ is: "upload", name, bytes: size }]);
	const [ack] = acks;
	if (ack?.is !== "ok" || !ack.upload || !ack.file) throw new Error(JSON.stringify(ack));
	const upload = new URL(ack.upload).pathname;
	return { file: ack.file, upload, path: upload.split("/").slice(0, -1).join("/") };
}

const put = (path: string, body: Uint8Array, headers: Record<string, string> = {}) =>
	ask(path, { method: "POST", body, headers: { origin: shop, "content-type": "text/plain", ...headers } });
const statusOf = async (answered: Promise<Response>) => (await answered).status;
const stored = async () => (await env.FILES.list()).objects.map(({ key: name }) => name);

describe("a file", () => {
	it.each([
		["image/png", png],
		["image/jpeg", bytes(0xff, 0xd8, 0xff, 0xe0)],
		["image/gif", text("GIF89a and more")],
		["image/webp", text("RIFF1234WEBPVP8 ")],
		["application/pdf", text("%PDF-1.7 and more")],
	])("is what its first bytes say, whatever it is called: %s", async (type, body) => {
		const browser = await shopper();
		const { file, upload, path } = await place(browser, "faktura.exe", body.length);
		const sent = await put(upload, body);
		expect(await sent.json()).toEqual({ id: file, name: "faktura.exe", type, bytes: body.length });
		const { acks } = await say(browser, [{ is: "send", text: "", attachments: [file] }]);
		expect(acks).toMatchObject([{ is: "ok" }]);
		const got = await ask(path);
		expect(new Uint8Array(await got.arrayBuffer())).toEqual(body);
		expect(got.headers.get("content-type")).toBe(type);
	});

	it("leaves as something to be kept and never to be looked at in place, with no cookie, and under a name that nobody guesses", async () => {
		const browser = await shopper();
		const { upload, path, file } = await place(
			browser,
			'../../"><script>alert(1)</script>\u202Egnp.html\r\nx: y',
		);
		await put(upload, png);
		const got = await ask(path, { headers: { cookie: `_w=${browser.token}` } });
		const { headers } = got;
		expect(got.status).toBe(200);
		expect(headers.get("content-disposition")).toMatch(
			/^attachment; filename\*=UTF-8''[A-Za-z0-9%._()'!-]+$/,
		);
		expect(headers.get("content-disposition")).not.toMatch(/%2F|%5C|%22|%3C|%E2%80%AE|%0D/i);
		expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
		expect(headers.get("x-content-type-options")).toBe("nosniff");
		expect(headers.get("set-cookie")).toBeNull();
		expect(file).toMatch(/^[0-9a-f]{32}$/);
	});

	it("that is neither a picture nor a PDF is refused, and not kept", async () => {
		const browser = await shopper();
		for (const body of [
			text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
			text("<!doctype html><script>alert(1)</script>"),
			text("MZ\u0090 an executable"),
			text("PK\u0003\u0004 an archive"),
			text(" %PDF-1.7"),
			text("RIFF1234WAVE"),
		]) {
			const { upload, path } = await place(browser, "obraz.png");
			expect(await statusOf(put(upload, body))).toBe(422);
			expect(await statusOf(ask(path))).toBe(404);
		}
		expect(await stored()).toEqual([]);
	});

	it("is refused where those of the conversation are large enough together", async () => {
		const browser = await shopper();
		const large = new Uint8Array(chatLimits.attachmentBytes);
		large.set(png);
		const most = chatLimits.fileBytesPerConversation / chatLimits.attachmentBytes;
		for (let n = 1; n <= most; n++)
			expect(await statusOf(put((await place(browser)).upload, large))).toBe(200);
		expect(await statusOf(put((await place(browser)).upload, png))).toBe(422);
		expect(await stored()).toHaveLength(most);
	});

	it("that is too large, or one too many, is refused", async () => {
		const browser = await shopper();
		const { upload } = await place(browser);
		const large = new Uint8Array(chatLimits.attachmentBytes + 1);
		large.set(png);
		expect(await statusOf(put(upload, large))).toBe(413);
		expect(await statusOf(put(upload, new Uint8Array()))).toBe(413);
		const { conversation } = await write(browser, "x");
		const posted = (body: Uint8Array) =>
			ask(`/api/sites/${site}/conversations/${conversation}/files?name=a.png`, {
				method: "POST",
				body,
				headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
			});
		for (let n = 1; n < chatLimits.filesPerConversation; n++) expect(await statusOf(posted(png))).toBe(200);
		expect(await statusOf(posted(png))).toBe(422);
		expect((await say(browser, [{ is: "upload", name: "a", bytes: 9 }])).acks).toMatchObject([
			{ is: "refused", why: "too-many-files" },
		]);
	});

	it("comes once, to its own place, by whoever asked for it", async () => {
		const browser = await shopper();
		const { upload, path, file } = await place(browser);
		const wrong = `${path}/${"0".repeat(32)}`;
		expect(await statusOf(put(wrong, png))).toBe(422);
		expect(await statusOf(put(upload.replace(`/${site}/`, "/other/"), png))).toBe(422);
		// Nothing is attached before it has come.
		const early = await say(browser, [{ is: "send", text: "", attachments: [file] }]);
		expect(early.acks).toMatchObject([{ is: "refused", why: "file-unknown" }]);
		expect(await statusOf(put(upload, png))).toBe(200);
		expect(await statusOf(put(upload, text("%PDF-1.7 instead of it")))).toBe(422);
		// Nor to a conversation of somebody else.
		const other = await shopper();
		await write(other, "x");
		const foreign = await say(other, [{ is: "send", text: "", attachments: [file] }]);
		expect(foreign.acks).toMatchObject([{ is: "refused", why: "file-unknown" }]);
		for (const nowhere of ["0".repeat(32), "x", "..%2f..%2f", file.slice(1)])
			expect(await statusOf(ask(`/v1/chat/file/${site}/${nowhere}`))).toBe(404);
		expect(await statusOf(ask(path.replace(`/${site}/`, "/other/")))).toBe(404);
	});

	it("of an agent's reaches the visitor as theirs does", async () => {
		const browser = await shopper();
		const { conversation } = await write(browser, "Macie instrukcję?");
		const posted = await ask(`/api/sites/${site}/conversations/${conversation}/files?name=instrukcja.pdf`, {
			method: "POST",
			body: text("%PDF-1.7 instrukcja"),
			headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
		});
		const { id } = await posted.json<{ id: string }>();
		expect(await answer(conversation, [{ is: "send", text: "Proszę", attachments: [id] }])).toMatchObject([
			{ is: "ok" },
		]);
		const { events } = await say(browser, []);
		expect(events.at(-1)).toMatchObject({
			attachments: [{ id, name: "instrukcja.pdf", type: "application/pdf" }],
		});
		expect(await statusOf(ask(`/v1/chat/file/${site}/${id}`))).toBe(200);
	});

	it("goes with whoever is forgotten, and with whoever revokes consent", async () => {
		const [erased, revoking, staying] = [await shopper(), await shopper(), await shopper()];
		for (const one of [erased, revoking, staying]) {
			const { upload, file } = await place(one);
			await put(upload, png);
			const { conversation } = await say(one, [{ is: "send", text: "", attachments: [file] }]);
			expect(await logOf(conversation)).not.toEqual([]);
		}
		await settled();
		expect(await stored()).toHaveLength(3);
		const gone = await call("DELETE", `${site}/people/${partsOf(erased.token).visitor}`);
		expect(gone.ok).toBe(true);
		await revoking.send([], "/", { consent: "denied" });
		await settled();
		await expect.poll(stored).toHaveLength(1);
		const { events } = await say(staying, []);
		expect(events.some((event) => event.is === "sent" && event.attachments)).toBe(true);
	});
});
