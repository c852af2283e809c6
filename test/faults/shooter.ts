// Sends what no page of ours would send, and insists on what every answer must be: never a 5xx, and a typed reason where
// something is refused.

import { connect } from "node:net";
import { expect } from "vitest";
import { CollectErrorCode } from "../../worker/protocol/collect.schema.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import { chromeAgent } from "../support/client.ts";
import { shop } from "./hostile.ts";

type Body = string | Uint8Array<ArrayBuffer>;

export class Shooter {
	readonly #edge: string;
	bodies = 0;

	constructor(edge: string) {
		this.#edge = edge;
	}

	async shoot(body: Body, headers: Record<string, string> = {}, method = "POST") {
		this.bodies++;
		const response = await fetch(`${this.#edge}/v1/collect`, {
			method,
			headers: { "content-type": "text/plain", "user-agent": chromeAgent, origin: shop, ...headers },
			...(method === "GET" || method === "HEAD" ? {} : { body }),
		});
		const text = await response.text();
		expect({ sound: response.status < 500, body, text }).toEqual({ sound: true, body, text });
		return { status: response.status, text };
	}

	/** The reason for which the whole body is refused. */
	async refused(body: Body, headers?: Record<string, string>): Promise<string> {
		const { status, text } = await this.shoot(body, headers);
		expect({ body, accepted: status === 200 }).toEqual({ body, accepted: false });
		return CollectErrorCode.parse((JSON.parse(text) as { error: unknown }).error);
	}

	async taken(body: unknown): Promise<CollectResponse> {
		const { status, text } = await this.shoot(JSON.stringify(body));
		expect({ body, status, text }).toMatchObject({ status: 200 });
		return JSON.parse(text) as CollectResponse;
	}

	/** A request as written, after its first headers; the whole answer, or nothing where the connection was just closed. */
	raw(rest: string): Promise<string> {
		this.bodies++;
		const { hostname, port } = new URL(this.#edge);
		const head = `POST /v1/collect HTTP/1.1\r\nhost: ${hostname}\r\nuser-agent: ${chromeAgent}\r\nconnection: close\r\n`;
		return new Promise((resolve) => {
			let received = "";
			const socket = connect({ host: hostname, port: Number(port) });
			socket.on("data", (chunk) => {
				received += chunk.toString();
			});
			socket.on("error", () => {});
			socket.on("close", () => resolve(received));
			socket.write(head + rest);
		});
	}
}
