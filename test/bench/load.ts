// Pages that speak to the edge over sockets that stay open, as light as Node allows: the server is what is measured.

import { Agent, request } from "node:http";
import { chromeAgent } from "../support/client.ts";

export interface Answer {
	readonly status: number;
	readonly body: string;
}

/** A socket that nobody needed for so long is not used again: the server may be just about to close it. */
const idleMs = 1_000;

export class Pages {
	readonly #agent: Agent;
	readonly #headers: Readonly<Record<string, string>>;

	constructor(sockets: number, headers: Readonly<Record<string, string>> = {}) {
		this.#agent = new Agent({ keepAlive: true, maxSockets: sockets, scheduling: "fifo", timeout: idleMs });
		this.#headers = {
			"content-type": "text/plain",
			"user-agent": chromeAgent,
			origin: "https://shop.example",
			...headers,
		};
	}

	post(url: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const length = Buffer.byteLength(body);
			const sent = request(
				url,
				{
					method: "POST",
					agent: this.#agent,
					headers: { ...this.#headers, "content-length": length, ...headers },
				},
				(response) => {
					const chunks: Buffer[] = [];
					response.on("data", (chunk: Buffer) => chunks.push(chunk));
					response.on("end", () =>
						resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
					);
					response.on("error", reject);
				},
			);
			sent.on("error", reject);
			sent.end(body);
		});
	}

	close(): void {
		this.#agent.destroy();
	}
}

/** Runs the work for 0, 1, … count - 1, so many at a time. */
export async function inParallel(
	count: number,
	lanes: number,
	work: (n: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	const lane = async () => {
		while (next < count) await work(next++);
	};
	await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
}
