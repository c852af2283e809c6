// A way to the edge that loses answers: what is sent arrives, and whoever sent it never hears so.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface LossyWay {
	readonly url: string;
	/** Answers that were lost. */
	readonly lost: () => number;
	close(): Promise<void>;
}

/** Loses the answers to every first, third … request. */
export async function startLossyWay(edge: string): Promise<LossyWay> {
	let requests = 0;
	let lost = 0;
	const server = createServer(async (request, response) => {
		const isLost = requests++ % 2 === 0;
		const answer = await fetch(edge + request.url, {
			method: request.method ?? "GET",
			headers: headersOf(request),
			...(request.method === "POST" ? { body: await buffer(request) } : {}),
		});
		const text = await answer.text();
		if (isLost) {
			lost++;
			request.socket.destroy();
			return;
		}
		response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		lost: () => lost,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
	const own = ["authorization", "content-type", "content-encoding", "user-agent"];
	return Object.fromEntries(own.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}
