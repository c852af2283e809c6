// Files in conversations: what may come, where it is, and how it leaves. The bytes are in R2, under the site and a name that
// nobody can guess; which conversation they are of, the desk knows. They are served as something to be kept, never to be looked at in
// place: not by us, not on the site's own zone.

import type { Attachment } from "../domain/conversation/event.ts";
import { chatLimits } from "../protocol/chat.schema.ts";
import type { DeskStore } from "./store.ts";

type Kind = Attachment["type"];

/** A place for an upload is open for so long. */
const openMs = 10 * 60_000;

const beginnings: readonly (readonly [Kind, number, readonly number[]])[] = [
	["image/png", 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
	["image/jpeg", 0, [0xff, 0xd8, 0xff]],
	["image/gif", 0, [0x47, 0x49, 0x46, 0x38]],
	["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
	["application/pdf", 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** What it is by its first bytes, whatever it was called; nothing for what nobody may send. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
	return beginnings.find(([, from, magic]) => magic.every((byte, i) => bytes[from + i] === byte))?.[0];
}

export class Files {
	readonly #store: DeskStore;
	readonly #bucket: R2Bucket;
	readonly #site: () => string;

	constructor(store: DeskStore, bucket: R2Bucket, site: () => string) {
		this.#store = store;
		this.#bucket = bucket;
		this.#site = site;
	}

	/** Under which the bytes are. */
	keyOf(id: string): string {
		return `${this.#site()}/${id}`;
	}

	/** A place for one file of a conversation; nothing where it has as many as it may. */
	open(
		conversation: string,
		name: string,
		now: number,
	): { readonly id: string; readonly secret: string } | undefined {
		const { sql } = this.#store;
		sql.all(
			"DELETE FROM files WHERE conversation = ? AND secret IS NOT NULL AND at < ?",
			conversation,
			now - openMs,
		);
		const count = sql.all("SELECT count(*) AS n FROM files WHERE conversation = ?", conversation)[0]?.n;
		if (Number(count) >= chatLimits.filesPerConversation) return undefined;
		const [id, secret] = [chance(), chance()];
		sql.all(
			"INSERT INTO files (id, conversation, at, secret, body) VALUES (?, ?, ?, ?, ?)",
			id,
			conversation,
			now,
			secret,
			JSON.stringify({ name: plainName(name) }),
		);
		return { id, secret };
	}

	/** The bytes of a file for which there is a place. */
	async put(id: string, secret: string, bytes: ArrayBuffer): Promise<Attachment | "file-refused"> {
		const type = kindOf(new Uint8Array(bytes, 0, Math.min(16, bytes.byteLength)));
		const length = bytes.byteLength;
		if (!type || length > chatLimits.attachmentBytes || !this.#isOpen(id, secret, length, Date.now()))
			return "file-refused";
		await this.#bucket.put(this.keyOf(id), bytes);
		const file = this.#close(id, type, length);
		// Meanwhile its conversation may have gone.
		if (!file) await this.#bucket.delete(this.keyOf(id));
		return file ?? "file-refused";
	}

	/** Of a conversation, or of any, with its bytes. */
	async read(
		id: string,
		conversation?: string,
	): Promise<{ readonly file: Attachment; readonly bytes: ReadableStream } | undefined> {
		const file = this.find(id, conversation);
		const stored = file && (await this.#bucket.get(this.keyOf(id)));
		return file && stored ? { file, bytes: stored.body } : undefined;
	}

	/** All of the site's. */
	async clear(): Promise<void> {
		for (;;) {
			const { objects } = await this.#bucket.list({ prefix: this.keyOf("") });
			if (objects.length === 0) return;
			await this.#bucket.delete(objects.map(({ key }) => key));
		}
	}

	/** Of a conversation, or of any; nothing where its bytes have not come. */
	find(id: string, conversation?: string): Attachment | undefined {
		const query =
			"SELECT body FROM files WHERE id = ?1 AND secret IS NULL AND (?2 IS NULL OR conversation = ?2)";
		const row = this.#store.sql.all(query, id, conversation ?? null)[0];
		return row && JSON.parse(String(row.body));
	}

	/** Whether so many bytes may be put there now. */
	#isOpen(id: string, secret: string, bytes: number, now: number): boolean {
		const query = `SELECT (SELECT sum(other.body ->> '$.bytes') FROM files other
			WHERE other.conversation = files.conversation AND other.secret IS NULL) AS bytes
			FROM files WHERE id = ? AND secret = ? AND at >= ?`;
		const [place] = this.#store.sql.all(query, id, secret, now - openMs);
		return place !== undefined && Number(place.bytes) + bytes <= chatLimits.fileBytesPerConversation;
	}

	/** The bytes have come. */
	#close(id: string, type: Kind, bytes: number): Attachment | undefined {
		const row = this.#store.sql.all("SELECT body FROM files WHERE id = ? AND secret IS NOT NULL", id)[0];
		if (!row) return undefined;
		const file: Attachment = { id, name: JSON.parse(String(row.body)).name, type, bytes };
		this.#store.sql.all("UPDATE files SET secret = NULL, body = ? WHERE id = ?", JSON.stringify(file), id);
		return file;
	}
}

/** 128 bits in hex. */
function chance(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
		byte.toString(16).padStart(2, "0"),
	).join("");
}

/** A name that can stand in a header and on a disk: no path, nothing that turns the reading round. */
function plainName(name: string): string {
	const plain = name.replace(/[\p{C}/\\:*?"<>|]/gu, "_").slice(-100);
	return plain.replace(/^\.+/, "") || "file";
}

export const fileHeaders = (file: Pick<Attachment, "name" | "type">) => ({
	"content-type": file.type,
	"content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
	"content-security-policy": "default-src 'none'; sandbox",
	"x-content-type-options": "nosniff",
	"cross-origin-resource-policy": "cross-origin",
	"access-control-allow-origin": "*",
	"referrer-policy": "no-referrer",
	"cache-control": "private, max-age=3600",
});
