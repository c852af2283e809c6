// The file of a feed: taken in as it comes, unpacked where it is packed, and read again as often as it takes. No more of
// it than a chunk is in memory.

import { encodingOf, newTally, tally } from "../../domain/import/encoding.ts";

const chunkBytes = 1_024 * 1_024;
/** What is packed goes into the unpacker in pieces so small that what comes out of one is no burden, whatever it is. */
const packedBytes = 4_096;
/** What unfolds to more than so many times its size, and that in earnest, is no feed: those unfold to some 30 times. */
const mostUnfolded = 200;
const earnestBytes = 5_000_000;

/** What is packed would unfold without an end. */
export class PackageBomb extends Error {}

export class FeedFile {
	readonly #sql: SqlStorage;

	constructor(sql: SqlStorage) {
		this.#sql = sql;
		sql.exec("CREATE TABLE IF NOT EXISTS feed_chunks (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
	}

	forget(): void {
		this.#sql.exec("DELETE FROM feed_chunks");
	}

	/** In place of what was there. `told` hears how many bytes there are, and ends it by answering false. */
	async take(body: ReadableStream<Uint8Array>, told: (bytes: number) => boolean): Promise<boolean> {
		this.forget();
		let chunk = new Uint8Array(chunkBytes);
		let filled = 0;
		let bytes = 0;
		let n = 0;
		for await (const piece of unpacked(body)) {
			bytes += piece.length;
			if (!told(bytes)) return false;
			for (let from = 0; from < piece.length; ) {
				const some = piece.subarray(from, from + chunkBytes - filled);
				chunk.set(some, filled);
				filled += some.length;
				from += some.length;
				if (filled < chunkBytes) continue;
				this.#put(n++, chunk);
				chunk = new Uint8Array(chunkBytes);
				filled = 0;
			}
		}
		if (filled > 0) this.#put(n, chunk.subarray(0, filled));
		return true;
	}

	/** The text of it, piece by piece. */
	*texts(): Generator<string, void> {
		let decoder: TextDecoder | undefined;
		for (let n = 0; ; n++) {
			const query = "SELECT bytes FROM feed_chunks WHERE n = ?";
			const [row] = this.#sql.exec<{ bytes: ArrayBuffer }>(query, n).toArray();
			if (!row) break;
			decoder ??= decoderOf(new Uint8Array(row.bytes));
			yield decoder.decode(row.bytes, { stream: true });
		}
		yield decoder?.decode() ?? "";
	}

	#put(n: number, bytes: Uint8Array): void {
		this.#sql.exec("INSERT INTO feed_chunks (n, bytes) VALUES (?, ?)", n, bytes);
	}
}

/** As the feed itself says it is written, else as it looks by its beginning. */
export function decoderOf(beginning: Uint8Array): TextDecoder {
	const start = new TextDecoder("latin1").decode(beginning.subarray(0, 200));
	const [, said] =
		/^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start) ?? [];
	try {
		if (said !== undefined) return new TextDecoder(said);
	} catch {
		// Nobody knows that encoding: the bytes have to tell.
	}
	const counted = newTally();
	tally(counted, beginning);
	return new TextDecoder(encodingOf(counted));
}

/** Without gzip around it. Throws `PackageBomb`, and whatever the platform throws of a package that is broken. */
export async function* unpacked(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
	const reader = body.getReader();
	try {
		const first = await reader.read();
		if (first.done) return;
		const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b;
		if (isPacked) yield* unpack(first.value, reader);
		else {
			yield first.value;
			for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
		}
	} finally {
		await reader.cancel().catch(() => undefined);
	}
}

async function* unpack(
	first: Uint8Array,
	rest: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
	let packed = first;
	let taken = 0;
	let unfolded = 0;
	const source = new ReadableStream<Uint8Array>({
		async pull(controller) {
			while (packed.length === 0) {
				const next = await rest.read();
				if (next.done) return controller.close();
				packed = next.value;
			}
			controller.enqueue(packed.slice(0, packedBytes));
			taken += Math.min(packed.length, packedBytes);
			packed = packed.subarray(packedBytes);
		},
	});
	for await (const piece of source.pipeThrough(new DecompressionStream("gzip"))) {
		unfolded += piece.length;
		if (unfolded > earnestBytes && unfolded > taken * mostUnfolded) throw new PackageBomb();
		yield piece;
	}
}
