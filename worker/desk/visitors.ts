// What the edge forwards: visitors' sockets and posts, whose token it has verified, and files. Who they are and what they may
// see, their cell says, once for each socket.

import { WorkerEntrypoint } from "cloudflare:workers";
import { readBody } from "../platform/body.ts";
import type { DeskEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { cellOf, deskOf } from "../platform/name.ts";
import type { VisitorToken } from "../platform/token.ts";
import { chatLimits, FileId, VisitorPost } from "../protocol/chat.schema.ts";
import { Id } from "../protocol/id.schema.ts";
import { type Caller, encodeWho, whoHeader } from "./call.ts";
import { fileHeaders } from "./files.ts";

/** What the edge says of whom it forwards; JSON in `chatHeader`. Without a visitor the token was none of ours. */
export interface Forwarded extends Partial<VisitorToken> {
	readonly site: string;
	readonly edge: string;
}
export const chatHeader = "x-witaj-chat";

export class Visitors extends WorkerEntrypoint<DeskEnv> {
	override async fetch(request: Request): Promise<Response> {
		try {
			const [, site = "", file = "", secret] =
				/\/v1\/chat\/file\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(new URL(request.url).pathname) ?? [];
			if (file !== "") return await this.#file(request, site, file, secret);
			return await this.#chat(request, JSON.parse(request.headers.get(chatHeader) ?? "null"));
		} catch (error) {
			return answer({ error: "fault", id: logFault("chat", error) }, 500);
		}
	}

	/** For whoever publishes or closes a site: its desk asks for what is new. */
	async published(site: string): Promise<void> {
		await deskOf(this.env, site).published();
	}

	/** All that is of one of these, for whoever erases them. */
	async erase(
		site: string,
		ids: {
			readonly people: readonly string[];
			readonly parts: readonly string[];
			readonly visitors: readonly string[];
		},
	): Promise<void> {
		await deskOf(this.env, site).erase(ids.people, ids.parts, ids.visitors);
	}

	async #chat(request: Request, forwarded: Forwarded | null): Promise<Response> {
		if (!forwarded) return answer({ error: "not-found" }, 404);
		const isSocket = request.headers.get("upgrade")?.toLowerCase() === "websocket";
		const caller = await this.#callerOf(request, forwarded);
		if (!caller) return isSocket ? closed(4401) : answer({ error: "token-refused" }, 401);
		const desk = deskOf(this.env, caller.site);
		if (isSocket) {
			const headers = new Headers(request.headers);
			headers.set(whoHeader, encodeWho(caller));
			return desk.fetch(new Request(request.url, { headers }));
		}
		const body = await readBody(request, { bytes: chatLimits.frame, depth: 6 });
		const post = body.is === "read" ? VisitorPost.safeParse(body.value) : undefined;
		if (!post?.success) return answer({ error: "body-malformed" }, 400);
		const { conversation, after, commands, here } = post.data;
		const page = here && { ...here, title: here.title ?? null, at: Date.now() };
		const asked = { ...(conversation && { conversation }), ...(after !== undefined && { after }) };
		const said = await desk.converse(caller, asked, commands, page);
		return said === "refused" ? answer({ error: "origin-refused" }, 403) : answer(said, 200);
	}

	async #callerOf(request: Request, { site, cell, visitor, edge }: Forwarded): Promise<Caller | undefined> {
		if (cell === undefined || visitor === undefined) return undefined;
		const self = await cellOf(this.env, site, cell).about(visitor);
		if (!self) return undefined;
		const { part, proof, segments, card } = self;
		const isProven = proof === "verified";
		const said = (name: string) => {
			const value = card.attributes.find((one) => one.name === name)?.value;
			return isProven && typeof value === "string" ? value : null;
		};
		return {
			site,
			cell,
			whose: { person: card.person, part, visitor, proof },
			segments: segments.slice(0, 100),
			name: said("name") ?? said("firstName"),
			email: said("email"),
			origin: request.headers.get("origin"),
			edge,
		};
	}

	async #file(request: Request, site: string, file: string, secret: string | undefined): Promise<Response> {
		if (!Id.safeParse(site).success || !FileId.safeParse(file).success)
			return answer({ error: "not-found" }, 404);
		const desk = deskOf(this.env, site);
		if (secret === undefined) {
			const found = request.method === "GET" ? await desk.file(file) : undefined;
			if (!found) return answer({ error: "not-found" }, 404);
			return new Response(found.bytes, { headers: fileHeaders(found.file) });
		}
		const length = Number(request.headers.get("content-length") ?? Number.NaN);
		if (request.method !== "POST" || !(length > 0 && length <= chatLimits.attachmentBytes))
			return answer({ error: "body-too-large" }, 413);
		const stored = await desk.store(file, secret, await request.arrayBuffer());
		return stored === "file-refused" ? answer({ error: stored }, 422) : answer(stored, 200);
	}
}

function answer(body: object, status: number): Response {
	return Response.json(body, {
		status,
		headers: {
			"access-control-allow-origin": "*",
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
		},
	});
}

/** Browsers tell a page why a socket was closed, and nothing of one that was never opened. */
function closed(code: number): Response {
	const { 0: client, 1: server } = new WebSocketPair();
	server.accept();
	server.close(code);
	return new Response(null, {
		status: 101,
		webSocket: client,
		headers: { "sec-websocket-protocol": "witaj-chat" },
	});
}
