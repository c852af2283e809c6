// A host page at one origin, and at another an edge that serves the built widget and misbehaves as it is told.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CollectRequest, CollectResponse } from "../../worker/protocol/collect.ts";
import type { Offer } from "../../worker/protocol/experience.ts";
import type { PublicSettings } from "../../worker/protocol/settings.ts";
import { bundle } from "./widget.ts";

export type Mood = "well" | "down" | "hanging" | "500" | "html" | "garbage" | "wrong-shapes" | "refusing";

export interface Stub {
	readonly page: string;
	readonly edge: string;
	/** Bodies of `/v1/collect` in the order in which they came, and the very text of each. */
	readonly received: CollectRequest[];
	readonly texts: string[];
	/** Message ids seen so far, over all requests: a second time is a duplicate. */
	readonly seen: Map<string, string>;
	mood: Mood;
	show: (body: CollectRequest) => readonly Offer[];
	/** What a request that is well is answered. */
	answer: (sent: CollectRequest) => CollectResponse;
	/** What has become so in the visit, told with every answer that decides nothing. */
	news: (body: CollectRequest) => CollectResponse["news"];
	/** Whether claims are granted. */
	grants: boolean;
	/** Of the site, as the script is told it. */
	consent: "ask" | "not-needed";
	collect: PublicSettings["collect"];
	/** Whether the tag says that the site drives its own page views. */
	own: boolean;
	/** Delays every answer, until it resolves. */
	gate: Promise<void>;
	/** Further markup for the head of the page at this path. */
	head: (path: string) => string;
	/** Further markup for its body, under its heading. */
	body: (path: string) => string;
	/** What pages have told the site itself, at `/told?…`. */
	readonly told: string[];
	/** Lets a page that asks the site for `/signal` go on. */
	signal: Promise<void>;
	stop(): Promise<void>;
}

const wrongShapes = JSON.stringify({
	token: 7,
	verdicts: [null, 3, { verdict: {} }],
	show: [
		null,
		7,
		{},
		{ experience: "x", content: { blocks: [{ kind: "button", link: "javascript:alert(1)" }] } },
	],
	grants: [null],
});

const html = (title: string, head: string, body: string) => `<!doctype html>
<html lang="pl"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="/page.css"><link rel="icon" href="/icon.svg">${head}</head>
<body><h1>${title}</h1>${body}<p>Kosiarki, sekatory i nożyce.</p>
<a id="next" href="/next">Dalej</a> <button id="button" type="button">Przycisk</button>
<div id="long"></div></body></html>`;

export async function startStub(): Promise<Stub> {
	const { loader, placeholder, prefix, chunks } = await bundle();
	const pages = await listen(servePage, "127.0.0.1");
	const edges = await listen(serveEdge, "localhost");
	const stub: Stub = {
		page: `http://127.0.0.1:${portOf(pages)}`,
		edge: `http://localhost:${portOf(edges)}`,
		received: [],
		texts: [],
		seen: new Map(),
		mood: "well",
		show: () => [],
		answer,
		news: () => undefined,
		grants: true,
		consent: "not-needed",
		collect: undefined,
		own: false,
		gate: Promise.resolve(),
		head: () => "",
		body: () => "",
		told: [],
		signal: Promise.resolve(),
		stop: async () => {
			for (const server of [pages, edges]) {
				server.closeAllConnections();
				server.close();
				await once(server, "close");
			}
		},
	};
	return stub;

	/** The query says how the page is built: `consent`, `csp`, `plain` (without the tag), `early` (calls before it). */
	async function servePage(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? "/", stub.page);
		if (url.pathname === "/told") stub.told.push(decodeURIComponent(url.search.slice(1)));
		if (url.pathname === "/signal") await stub.signal;
		if (url.pathname === "/told" || url.pathname === "/signal") {
			response.end();
			return;
		}
		if (url.pathname === "/page.css") {
			response.setHeader("content-type", "text/css");
			response.end(
				"#long, #far { height: 4000px } .place { min-height: 240px } .small { height: 40px; overflow: hidden }",
			);
			return;
		}
		if (url.pathname === "/icon.svg") {
			response.setHeader("content-type", "image/svg+xml");
			response.end(picture);
			return;
		}
		const consent = url.searchParams.get("consent");
		const tag = url.searchParams.has("plain")
			? ""
			: `<script async src="${stub.edge}/w.js"${consent ? ` data-consent="${consent}"` : ""}${stub.own ? ' data-pages="own"' : ""}></script>`;
		const early = url.searchParams.get("early");
		const queue = `<script>window.witaj=function(){(witaj.q=witaj.q||[]).push(arguments)};witaj(${early})</script>`;
		if (url.searchParams.has("csp")) {
			response.setHeader(
				"content-security-policy",
				`default-src 'none'; style-src 'self'; script-src ${stub.edge}; connect-src ${stub.edge}; ` +
					`img-src 'self' ${stub.edge}; frame-src ${stub.edge}; require-trusted-types-for 'script'; trusted-types 'none'`,
			);
		}
		response.setHeader("content-type", "text/html; charset=utf-8");
		response.end(
			html(
				`Strona ${url.pathname}`,
				(early ? queue : "") + tag + stub.head(url.pathname),
				stub.body(url.pathname),
			),
		);
	}

	async function serveEdge(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = request.url ?? "/";
		response.setHeader("access-control-allow-origin", "*");
		if (path === `/w/${prefix}sandbox`) {
			// As the file of headers beside the chunks has it.
			response.setHeader("content-type", "text/html");
			response.setHeader(
				"content-security-policy",
				"sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
			);
			response.end(chunks[`${prefix}sandbox.html`]);
		} else if (path === "/w.js" || path.startsWith("/w/")) {
			const inlined: PublicSettings = {
				site: "demo",
				edge: stub.edge,
				chunks: `/w/${prefix}`,
				...(stub.consent === "ask" && { asks: true }),
				...(stub.collect && { collect: stub.collect, also: ["collector"] }),
			};
			const script =
				path === "/w.js" ? loader.replace(placeholder, () => JSON.stringify(inlined)) : chunks[path.slice(3)];
			response.setHeader("content-type", "text/javascript");
			response.end(script);
		} else if (path === "/picture.svg") {
			response.setHeader("content-type", "image/svg+xml");
			response.end(picture);
		} else if (request.method === "POST" && path === "/v1/collect") {
			await collect(request, response);
		} else {
			response.statusCode = 404;
			response.end();
		}
	}

	async function collect(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let text = "";
		try {
			for await (const chunk of request) text += chunk;
		} catch {
			// A page that goes may take back what it was sending.
			return;
		}
		stub.texts.push(text);
		const sent: CollectRequest = JSON.parse(text);
		stub.received.push(sent);
		await stub.gate;
		if (stub.mood === "hanging") return;
		if (stub.mood === "down") {
			request.socket.destroy();
			return;
		}
		const answers: Record<Exclude<Mood, "hanging" | "down">, () => [number, string]> = {
			well: () => [200, JSON.stringify(stub.answer(sent))],
			"500": () => [500, JSON.stringify({ error: "5f3b" })],
			html: () => [200, "<!doctype html><title>Wi-Fi</title>"],
			garbage: () => [200, '{"verdicts": [{"id'],
			"wrong-shapes": () => [200, wrongShapes],
			refusing: () => [403, JSON.stringify({ error: "origin-refused" })],
		};
		const [status, out] = answers[stub.mood]();
		response.writeHead(status, { "content-type": "application/json" });
		response.end(out);
	}

	function answer(sent: CollectRequest): CollectResponse {
		const news = sent.decide ? undefined : stub.news(sent);
		const granted = sent.consent === "granted";
		const token = sent.token ?? `token-${stub.received.filter((one) => !one.token).length}`;
		return {
			...(granted && !sent.token ? { token } : {}),
			verdicts: sent.events.map(({ id }) => {
				if (!granted) return { id, verdict: "dropped", why: "no-consent" };
				const first = !stub.seen.has(id);
				if (first) stub.seen.set(id, token);
				return { id, verdict: first ? "ok" : "duplicate" };
			}),
			show: sent.decide ? stub.show(sent) : [],
			grants: (sent.claims ?? []).map(({ id }) => ({ id, granted: stub.grants })),
			...(news && { news }),
		};
	}
}

async function listen(
	serve: (request: IncomingMessage, response: ServerResponse) => void,
	host: string,
): Promise<Server> {
	const server = createServer(serve).listen(0, host);
	await once(server, "listening");
	return server;
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 864 400"><defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#d9efe2"/><stop offset="1" stop-color="#8fc7a4"/></linearGradient></defs><rect width="864" height="400" fill="url(#s)"/><circle cx="690" cy="110" r="52" fill="#fff6d8"/><path d="M0 300q216-90 432-30t432-20v150H0z" fill="#3f8f61"/><path d="M0 345q216-60 432-10t432-25v90H0z" fill="#2c6e49"/></svg>`;
