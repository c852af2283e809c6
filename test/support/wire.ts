// A WebSocket client that can vanish: no close frame, no goodbye, the connection is gone. Platforms' own clients are too polite
// for that. Text frames alone, as RFC 6455 has them.

import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Duplex } from "node:stream";

export interface WireEvents {
	readonly text: (text: string) => void;
	/** With the code that the other side gave, if it gave any. */
	readonly gone: (code: number | undefined) => void;
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export class Wire {
	readonly #socket: Duplex;
	readonly #events: WireEvents;
	#rest: Buffer;
	#code: number | undefined;
	#isGone = false;

	static open(url: string, headers: Readonly<Record<string, string>>, events: WireEvents): Promise<Wire> {
		return new Promise((resolve, reject) => {
			const asked = request(url.replace(/^ws/, "http"), {
				agent: false,
				headers: {
					connection: "Upgrade",
					upgrade: "websocket",
					"sec-websocket-version": "13",
					"sec-websocket-key": randomBytes(16).toString("base64"),
					...headers,
				},
			});
			asked.on("upgrade", (_answer, socket, head) => resolve(new Wire(socket, head, events)));
			asked.on("response", (answer) => {
				answer.resume();
				reject(new Error(`no socket: ${answer.statusCode}`));
			});
			asked.on("error", reject);
			asked.end();
		});
	}

	private constructor(socket: Duplex, head: Buffer, events: WireEvents) {
		this.#socket = socket;
		this.#events = events;
		this.#rest = head;
		socket.on("data", (chunk: Buffer) => this.#take(chunk));
		socket.on("error", () => this.#leave());
		socket.on("close", () => this.#leave());
		// Whoever opened it gets to hold it before it says anything.
		setImmediate(() => this.#take(Buffer.alloc(0)));
	}

	send(text: string): void {
		if (!this.#isGone) this.#write(opcodes.text, Buffer.from(text));
	}

	/** Nothing that comes from here on is heard, and nobody is told. */
	vanish(): void {
		this.#socket.destroy();
		this.#leave();
	}

	#leave(): void {
		if (this.#isGone) return;
		this.#isGone = true;
		this.#events.gone(this.#code);
	}

	#take(chunk: Buffer): void {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		while (!this.#isGone) {
			if (this.#rest.length < 2) return;
			const [first = 0, second = 0] = this.#rest;
			let length = second & 127;
			let from = 2;
			if (length === 126) {
				if (this.#rest.length < 4) return;
				length = this.#rest.readUInt16BE(2);
				from = 4;
			} else if (length === 127) {
				if (this.#rest.length < 10) return;
				length = Number(this.#rest.readBigUInt64BE(2));
				from = 10;
			}
			if (this.#rest.length < from + length) return;
			const payload = this.#rest.subarray(from, from + length);
			this.#rest = this.#rest.subarray(from + length);
			const opcode = first & 15;
			if (opcode === opcodes.text) this.#events.text(payload.toString());
			else if (opcode === opcodes.ping) this.#write(opcodes.pong, payload);
			else if (opcode === opcodes.close) {
				this.#code = payload.length >= 2 ? payload.readUInt16BE(0) : undefined;
				this.vanish();
			}
		}
	}

	#write(opcode: number, payload: Buffer): void {
		const mask = randomBytes(4);
		const head =
			payload.length < 126
				? Buffer.from([128 | opcode, 128 | payload.length])
				: payload.length < 65_536
					? Buffer.from([128 | opcode, 128 | 126, payload.length >> 8, payload.length & 255])
					: undefined;
		if (!head) throw new Error("no frame of ours is so long");
		const masked = Buffer.from(payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)));
		this.#socket.write(Buffer.concat([head, mask, masked]));
	}
}
