// The demo shop: a plain website that knows Witaj only by one script tag.
// `node test/shop/serve.ts` serves it on PORT, with the tag of SITE at EDGE.

import { createServer, type IncomingMessage, type Server } from "node:http";
import { createOrders } from "./orders.ts";
import { type Answer, type Ask, answer, answerFailure, type Shop } from "./routes.ts";

export type ShopOptions = {
	/** 0 takes any free port. */
	port: number;
	/** Where Witaj is, such as `http://localhost:8787`. */
	edge: string;
	/** The site's public key; without one, pages carry no tag. */
	site: string;
	/** A strict Content-Security-Policy on every page, whatever the query `csp` says. */
	csp?: boolean;
};

export type RunningShop = { url: string; close(): Promise<void> };

const maxBody = 32_768;

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > maxBody) return undefined;
		chunks.push(chunk);
	}
	return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

/** The visitor's own name of the host counts: tests open the shop as localhost, 127.0.0.1 and shop.localhost. */
function readUrl(request: IncomingMessage): URL | undefined {
	const host = request.headers.host ?? "";
	if (!/^[\w.-]+(:\d{1,5})?$/.test(host) || !request.url?.startsWith("/")) return undefined;
	return URL.parse(`http://${host}${request.url}`) ?? undefined;
}

async function handle(request: IncomingMessage, shop: Shop): Promise<Answer> {
	const url = readUrl(request);
	if (!url) return { status: 400, headers: {}, body: "" };
	const { method = "GET" } = request;
	const form = method === "POST" ? await readForm(request) : new URLSearchParams();
	if (!form) return { status: 413, headers: { Connection: "close" }, body: "" };
	const ask: Ask = { method, url, cookie: request.headers.cookie, form };
	try {
		return answer(ask, shop);
	} catch (error) {
		return answerFailure(ask, shop, error);
	}
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", () => {
			const address = server.address();
			resolve(typeof address === "object" && address ? address.port : port);
		});
	});
}

export async function startShop(options: ShopOptions): Promise<RunningShop> {
	const { origin } = new URL(options.edge);
	const shop: Shop = {
		edge: origin,
		site: options.site,
		isStrict: options.csp === true,
		orders: createOrders(),
	};
	const server = createServer((request, response) => {
		handle(request, shop).then(
			({ status, headers, body }) => {
				response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
				response.end(request.method === "HEAD" ? undefined : body);
			},
			// The visitor hung up while we read.
			() => response.destroy(),
		);
	});
	const port = await listen(server, options.port);
	return {
		url: `http://localhost:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

if (import.meta.main) {
	const { PORT = "8788", EDGE = "http://localhost:8787", SITE = "" } = process.env;
	const { url } = await startShop({ port: Number(PORT), edge: EDGE, site: SITE });
	console.log(`${url}${SITE ? "" : " (no SITE, so no tag)"}`);
}
