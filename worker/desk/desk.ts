// A site's live chat: the sockets of its visitors and agents, and the logs of their conversations. One object for each site. A
// frame is one transaction of load, decide, append, tell the outbox; what comes of it is sent in the same turn, and leaves
// behind the output gate: what anybody sees is durable. Sockets hibernate: an idle one costs nothing, and its pings wake
// nobody.
//
// One object does some hundreds of messages a second, which is about 10,000 open chats: a visitor who talks writes a message
// in half a minute, and each is told to a handful of sockets. Beyond that the conversations split, and not the agents: each
// conversation's log moves into a desk of its own shard (site and the first digits of the conversation's id, as the directory's),
// to which its visitor's sockets go, and this object stays the agents' inbox, which the shards tell of rows that changed. Nothing in
// a log refers to another one, and agents' commands name their conversation, so that no frame would change.

import { DurableObject } from "cloudflare:workers";
import { overSmtp } from "../automation/over-smtp.ts";
import { senderOf } from "../automation/sender.ts";
import { Mails } from "../cell/mails.ts";
import type { Attachment, Author, Event } from "../domain/conversation/event.ts";
import { forVisitor } from "../domain/conversation/event.ts";
import { isWithin, opensAt } from "../domain/conversation/office.ts";
import type { Circumstances } from "../domain/conversation/reception.ts";
import type { Conversation } from "../domain/conversation/state.ts";
import { type Theme, themeOf } from "../domain/theme.ts";
import { Delivery } from "../outbox/delivery.ts";
import { Outbox } from "../outbox/outbox.ts";
import { Wake } from "../outbox/wake.ts";
import type { DeskEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { logFault } from "../platform/log.ts";
import { siteOf } from "../platform/name.ts";
import { Rate } from "../platform/rate.ts";
import { sqlOf } from "../platform/sql.ts";
import { vanish } from "../platform/vanish.ts";
import { AgentFrame, chatLimits, VisitorFrame } from "../protocol/chat.schema.ts";
import type {
	AgentAnswer,
	AgentCommand,
	DeskFigures,
	LogView,
	Office,
	Span,
	VisitorAnswer,
	VisitorCommand,
	VisitorDown,
} from "../protocol/chat.ts";
import type { Offer } from "../protocol/experience.ts";
import type { SiteSettings } from "../protocol/site.ts";
import { answerOf } from "./answering.ts";
import { type Agent, type Caller, type Colleague, whoHeader } from "./call.ts";
import { Errands } from "./errands.ts";
import { Files, kindOf } from "./files.ts";
import { DeskReceiver, type Told } from "./receiver.ts";
import { type AgentSocket, Room, type VisitorSocket } from "./room.ts";
import { rowOf } from "./row.ts";
import { DeskStore } from "./store.ts";
import { type Ground, type Turn, type Turned, turn } from "./talk.ts";
import { type TranscriptLetter, writeTranscript } from "./transcript.ts";
import { sayingIn, wordsFor } from "./words.ts";

const defaultRetentionMs = 365 * 86_400_000;
/** Settings are asked for again after so long, where somebody is there. */
const settingsMs = 10_000;
/** An agent's socket is closed after that, and opened anew by whoever may: a role that was taken away ends here too. */
const agentSocketMs = 30 * 60_000;
/** A socket that has not pinged for so long is dead, whatever the platform thinks. */
const deadMs = 120_000;
const mostListed = 500;
const mostOpen = 20;
const sliceOfDue = 100;
/** Who comes and goes is told together; and what rows say, no oftener than that. */
const gatherMs = { visitors: 250, rows: 100 };
/** Close codes: see chat.schema.ts. */
const codes = { malformed: 4400, expired: 4401, refused: 4403, flood: 4429 } as const;

export class Desk extends DurableObject<DeskEnv> {
	readonly #store: DeskStore;
	readonly #outbox: Outbox;
	readonly #errands: Errands;
	readonly #mails: Mails<TranscriptLetter>;
	readonly #files: Files;
	readonly #room: Room;
	readonly #wake: Wake;
	readonly #ground: Ground;
	readonly #commands = new Rate(chatLimits.burst, chatLimits.perMinute);
	readonly #frames = new Rate(60, 600);
	#settings: SiteSettings | undefined;
	#settingsAt = 0;
	#site: string | undefined;
	/** Visitors whose sockets changed, as agents are still to be told. */
	readonly #moved = new Set<string>();
	#told: ReturnType<typeof setTimeout> | undefined;
	/** Conversations whose rows agents are still to be told. */
	readonly #changed = new Set<string>();
	#tellsRows: ReturnType<typeof setTimeout> | undefined;
	#toldRowsAt = 0;
	#isOpen: boolean | undefined;
	#look: { readonly tokens: string; readonly theme: Theme } | undefined;

	constructor(state: DurableObjectState, env: DeskEnv) {
		super(state, env);
		this.#store = new DeskStore(sqlOf(state.storage));
		this.#store.migrate();
		this.#site = this.#store.meta("site");
		const settings = this.#store.meta("settings");
		this.#settings = settings === undefined ? undefined : (JSON.parse(settings) ?? undefined);
		this.#outbox = new Outbox(this.#store);
		this.#errands = new Errands(
			this.#store,
			env,
			() => this.#name(),
			async (id, asked) => {
				const answer = await answerOf(this.#store, env, this.#name(), id, asked);
				if (answer) this.#turn({ conversation: asked.conversation, commands: [answer], by: { who: "site" } });
			},
		);
		this.#files = new Files(this.#store);
		this.#mails = new Mails<TranscriptLetter>(this.#store, {
			sender: () => senderOf(env, overSmtp),
			write: async (letter, id, sender) => writeTranscript(letter, id, sender),
			detached: (work) => state.waitUntil(work.finally(() => this.#wake.wind())),
		});
		this.#ground = {
			store: this.#store,
			outbox: this.#outbox,
			errands: this.#errands,
			files: this.#files,
			site: () => this.#name(),
			retentionMs: () => this.#settings?.chat?.retentionMs ?? defaultRetentionMs,
			circumstances: (conversation, caller) => this.#circumstances(conversation, caller),
			agentBy: (agent) => this.#agentBy(agent),
			isHere: (conversation) => this.#room.visitorsIn(conversation).length > 0,
		};
		const delivery = new Delivery(this.#outbox, new DeskReceiver(this.#store, env, () => this.#name()));
		this.#wake = new Wake(state, {
			outbox: this.#outbox,
			delivery,
			walks: [this.#errands, this.#mails],
			deliver: () => delivery.deliver(),
			dueAt: (wall) => Math.max(this.#store.nextDue(), wall),
		});
		this.#room = new Room(state.getWebSockets());
		state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
	}

	/** A socket, forwarded by whoever knows who it is. */
	override async fetch(request: Request): Promise<Response> {
		const who: Caller | Agent = JSON.parse(decodeURIComponent(request.headers.get(whoHeader) ?? "null"));
		await this.#open(who.site);
		const url = new URL(request.url);
		const asked = {
			conversation: url.searchParams.get("conversation") ?? undefined,
			after: Number(url.searchParams.get("after") ?? "0") || 0,
		};
		const { 0: client, 1: server } = new WebSocketPair();
		if ("whose" in who) this.#admit(server, who, asked);
		else this.#seat(server, who);
		const protocol =
			request.headers.get("sec-websocket-protocol") === null
				? {}
				: { "sec-websocket-protocol": "witaj-chat" };
		return new Response(null, { status: 101, webSocket: client, headers: protocol });
	}

	override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
		const attached = this.#room.of(socket);
		if (!attached) return;
		try {
			const frame = typeof message === "string" && message.length <= chatLimits.frame ? message : undefined;
			if (attached.is === "visitor") this.#hearVisitor(socket, attached, frame);
			else this.#hearAgent(socket, attached, frame);
		} catch (error) {
			logFault("desk", error);
			// What was not acknowledged is sent again, to a desk that has read its store anew.
			this.#hangUp(socket, 1011);
		}
		this.#refreshSettings();
	}

	override async webSocketClose(socket: WebSocket): Promise<void> {
		this.#leave(socket);
		this.#hangUp(socket, 1000);
	}

	override async webSocketError(socket: WebSocket): Promise<void> {
		this.#leave(socket);
	}

	override async alarm(): Promise<void> {
		await this.#wake.ring(() => this.#lookAtDue());
	}

	/** Commands without a socket, and what there is to see: the same as a socket's first frame. */
	async converse(
		caller: Caller,
		asked: { readonly conversation?: string; readonly after?: number },
		commands: readonly VisitorCommand[],
		page?: VisitorSocket["page"] & { readonly language?: string },
	): Promise<VisitorAnswer | "refused"> {
		await this.#open(caller.site);
		if (!this.#mayCall(caller)) return "refused";
		const conversation = this.#conversationOf(caller);
		const turned = this.#turn({
			conversation,
			commands,
			by: { who: "visitor" },
			caller,
			...(page && { page: { url: page.url, language: page.language ?? null } }),
		});
		return { ...this.#welcome(turned.conversation ?? conversation, asked), acks: turned.acks };
	}

	async look(conversation: string, after: number): Promise<LogView | undefined> {
		const state = this.#store.state(conversation);
		return state && { ...this.#span(conversation, state, after), conversation: rowOf(conversation, state) };
	}

	/** An agent's commands without a socket. `offers`: of pop-ups that are pushed, by command. */
	async answer(
		agent: Agent,
		conversation: string,
		commands: readonly AgentCommand[],
		after: number,
		offers: Readonly<Record<string, Offer>> = {},
	): Promise<AgentAnswer | undefined> {
		await this.#open(agent.site);
		this.#meet(agent);
		if (!this.#store.state(conversation)) return undefined;
		const by: Author = { who: "agent", agent: agent.agent, name: agent.name };
		const { acks } = this.#turn({ conversation, commands, by, offers });
		const state = this.#store.state(conversation);
		return state && { ...this.#span(conversation, state, after), acks };
	}

	/** Begins a conversation with whoever has a page open; nothing where nobody has. Again, it is the same one. */
	async invite(agent: Agent, id: string, visitor: string, text: string): Promise<string | undefined> {
		await this.#open(agent.site);
		this.#meet(agent);
		const [, present] = this.#room.visitorsBy(visitor)[0] ?? [];
		if (!present) return undefined;
		const { caller, page, language } = present;
		const by: Author = { who: "agent", agent: agent.agent, name: agent.name };
		const known = this.#conversationOf(caller);
		const seen = known === undefined ? 0 : (this.#store.state(known)?.seq ?? 0);
		const turned = this.#turn({
			conversation: known,
			commands: [{ id, is: "send", text, seen }],
			by,
			caller,
			...(page && { page: { url: page.url, language } }),
		});
		return turned.conversation;
	}

	/** The transcript, to whom an agent says. */
	async mail(conversation: string, to: string): Promise<boolean> {
		const state = this.#store.state(conversation);
		if (!state) return false;
		this.#transact(() => this.#post(conversation, state, uuidv7(Date.now()), to));
		return true;
	}

	/** A file of an agent's. */
	async attach(
		conversation: string,
		name: string,
		bytes: ArrayBuffer,
	): Promise<Attachment | "file-refused" | undefined> {
		if (!this.#store.state(conversation)) return undefined;
		const place = this.#files.open(conversation, name, Date.now());
		return place ? this.store(place.id, place.secret, bytes) : "file-refused";
	}

	/** The bytes of a file for which there is a place. */
	async store(id: string, secret: string, bytes: ArrayBuffer): Promise<Attachment | "file-refused"> {
		const now = Date.now();
		const type = kindOf(new Uint8Array(bytes, 0, Math.min(16, bytes.byteLength)));
		if (
			!type ||
			bytes.byteLength > chatLimits.attachmentBytes ||
			!this.#files.isOpen(id, secret, bytes.byteLength, now)
		)
			return "file-refused";
		await this.env.FILES.put(this.#key(id), bytes);
		const file = this.#files.close(id, type, bytes.byteLength);
		// Meanwhile its conversation may have gone.
		if (!file) await this.env.FILES.delete(this.#key(id));
		return file ?? "file-refused";
	}

	/** Whoever names its conversation gets it out of that one alone. */
	async file(
		id: string,
		conversation?: string,
	): Promise<{ readonly file: Attachment; readonly bytes: ReadableStream } | undefined> {
		const file = this.#files.find(id, conversation);
		const stored = file && (await this.env.FILES.get(this.#key(id)));
		return file && stored ? { file, bytes: stored.body } : undefined;
	}

	/** Forgets all that is of one of these. Again, it changes nothing. */
	async erase(
		people: readonly string[],
		parts: readonly string[],
		visitors: readonly string[],
	): Promise<void> {
		if (this.#site === undefined) return;
		this.#remove(this.#store.concerning(people, parts, visitors));
		for (const [socket, { caller }] of this.#room.visitors()) {
			const { person, part, visitor } = caller.whose;
			if (!people.includes(person) && !parts.includes(part) && !visitors.includes(visitor)) continue;
			this.#room.toVisitor(socket, { is: "bye", why: "erased" });
			this.#hangUp(socket, codes.expired);
		}
	}

	/** The end of its site: its files first, for afterwards nobody knows of them. */
	async vanish(): Promise<void> {
		const prefix = this.#site === undefined ? undefined : this.#key("");
		while (prefix !== undefined) {
			const { objects } = await this.env.FILES.list({ prefix });
			if (objects.length === 0) break;
			await this.env.FILES.delete(objects.map(({ key }) => key));
		}
		return vanish(this.ctx);
	}

	/** How it stands with the desk now. */
	async now(): Promise<DeskFigures["now"]> {
		const now = Date.now();
		const states = this.#store.alive(mostListed).flatMap((id) => this.#store.state(id) ?? []);
		const waits = states.flatMap(({ waitingSince }) => (waitingSince === null ? [] : [now - waitingSince]));
		return {
			open: this.#store.countAlive(),
			waiting: waits.length,
			longestWaitMs: waits.length > 0 ? Math.max(...waits) : null,
			visitors: this.#room.seen().length,
			agents: this.#room.present().map((one) => ({ ...one, open: openOf(states, one.agent) })),
		};
	}

	/** What the sockets of a conversation last said of where they are. */
	async whereabouts(conversation: string) {
		const state = this.#store.state(conversation);
		const home = this.#store.home(conversation);
		if (!state || !home) return undefined;
		const { whose, language } = state;
		return { whose, cell: home.cell, language, live: this.#room.pageIn(conversation) ?? null };
	}

	#admit(
		socket: WebSocket,
		caller: Caller,
		asked: { readonly conversation: string | undefined; readonly after: number },
	): void {
		const { visitor } = caller.whose;
		const why = !this.#mayCall(caller)
			? "refused"
			: this.#room.visitorsBy(visitor).filter(([one]) => this.#lives(one)).length >= chatLimits.sockets
				? "flood"
				: undefined;
		if (why) {
			socket.accept();
			if (why === "flood")
				socket.send(JSON.stringify({ is: "bye", why: "too-many-sockets" } satisfies VisitorDown));
			socket.close(codes[why]);
			return;
		}
		const conversation = this.#conversationOf(caller);
		this.ctx.acceptWebSocket(socket);
		const now = Date.now();
		this.#room.put(socket, {
			is: "visitor",
			caller,
			since: now,
			conversation: conversation ?? null,
			page: null,
			language: null,
			got: 0,
		});
		// Whoever proved more than before takes their conversation along.
		if (conversation !== undefined)
			this.#turn({ conversation, commands: [], by: { who: "visitor" }, caller });
		// In the turn of the accept: nothing can come between what is said here and what is sent from here on.
		this.#room.toVisitor(socket, this.#welcome(conversation, asked));
		this.#moving(visitor);
	}

	#seat(socket: WebSocket, agent: Agent): void {
		this.ctx.acceptWebSocket(socket);
		this.#meet(agent);
		const { agent: id, name } = agent;
		const until = Date.now() + agentSocketMs;
		this.#room.put(socket, { is: "agent", agent: id, name, isAway: false, open: [], until });
		const present = this.#room.present();
		this.#room.toAgent(socket, {
			is: "welcome",
			me: present.find((one) => one.agent === id) ?? { agent: id, name, isAway: false },
			agents: present,
			conversations: this.#store.alive(mostListed).flatMap((one) => {
				const state = this.#store.state(one);
				return state ? [rowOf(one, state)] : [];
			}),
			left: Math.max(0, this.#store.countAlive() - mostListed),
			visitors: this.#room.seen(),
			canned: this.#settings?.chat?.canned ?? [],
		});
		this.#room.toAgents({ is: "agents", agents: present });
		this.#tellOffice();
	}

	#hearVisitor(socket: WebSocket, attached: VisitorSocket, text: string | undefined): void {
		const { caller } = attached;
		if (!this.#frames.allows(`visitor ${caller.whose.visitor}`, Date.now())) {
			this.#room.toVisitor(socket, { is: "bye", why: "flood" });
			this.#hangUp(socket, codes.flood);
			return;
		}
		const frame = parsed(text, VisitorFrame);
		if (!frame) {
			this.#room.toVisitor(socket, { is: "bye", why: "malformed" });
			this.#hangUp(socket, codes.malformed);
			return;
		}
		const { conversation } = attached;
		switch (frame.is) {
			case "do": {
				const { page, language } = attached;
				const mine = conversation ?? this.#conversationOf(caller);
				this.#turn(
					{
						conversation: mine,
						commands: frame.commands,
						by: { who: "visitor" },
						caller,
						...(page && { page: { url: page.url, language } }),
					},
					socket,
				);
				return;
			}
			case "typing": {
				if (conversation === null) return;
				const by: Author = { who: "visitor" };
				this.#room.toAll(this.#agentsOn(conversation), { is: "typing", conversation, by });
				return;
			}
			case "got":
				if (conversation === null || frame.upTo <= attached.got) return;
				this.#room.put(socket, { ...attached, got: frame.upTo });
				this.#room.toAll(this.#agentsOn(conversation), {
					is: "got",
					conversation,
					by: "visitor",
					upTo: frame.upTo,
				});
				return;
			case "here": {
				const { url, title = null, visible, language = null } = frame;
				this.#room.put(socket, { ...attached, page: { url, title, visible, at: Date.now() }, language });
				this.#moving(caller.whose.visitor);
				return;
			}
			case "older": {
				if (conversation === null) return;
				const older = this.#older(conversation, frame.before);
				const events = older.events.flatMap((event) => forVisitor(event) ?? []);
				this.#room.toVisitor(socket, { ...older, events });
			}
		}
	}

	#hearAgent(socket: WebSocket, attached: AgentSocket, text: string | undefined): void {
		if (Date.now() > attached.until) {
			this.#room.toAgent(socket, { is: "bye", why: "signed-out" });
			this.#hangUp(socket, codes.expired);
			return;
		}
		const frame = parsed(text, AgentFrame);
		if (!frame) {
			this.#room.toAgent(socket, { is: "bye", why: "malformed" });
			this.#hangUp(socket, codes.malformed);
			return;
		}
		const { agent, name } = attached;
		const by: Author = { who: "agent", agent, name };
		switch (frame.is) {
			case "do": {
				const { conversation, commands } = frame;
				if (this.#store.state(conversation)) {
					this.#turn({ conversation, commands, by }, socket);
					return;
				}
				const acks = commands.map(({ id }) => ({ id, is: "refused", why: "conversation-unknown" }) as const);
				this.#room.toAgent(socket, { is: "acks", conversation, acks });
				return;
			}
			case "open": {
				const { conversation, after } = frame;
				const state = this.#store.state(conversation);
				if (!state) {
					this.#room.toAgent(socket, { is: "gone", conversations: [conversation] });
					return;
				}
				const open = [...attached.open.filter((one) => one !== conversation), conversation].slice(-mostOpen);
				this.#room.put(socket, { ...attached, open });
				this.#room.toAgent(socket, {
					is: "news",
					conversation,
					...this.#span(conversation, state, after),
				});
				return;
			}
			case "older": {
				const { conversation, before } = frame;
				this.#room.toAgent(socket, { ...this.#older(conversation, before), conversation });
				return;
			}
			case "shut": {
				const open = attached.open.filter((one) => one !== frame.conversation);
				this.#room.put(socket, { ...attached, open });
				return;
			}
			case "typing": {
				const { conversation } = frame;
				const others = this.#agentsOn(conversation).filter(([, one]) => one.agent !== agent);
				this.#room.toAll(this.#room.visitorsIn(conversation), { is: "typing", by });
				this.#room.toAll(others, { is: "typing", conversation, by });
				return;
			}
			case "presence":
				this.#room.put(socket, { ...attached, isAway: frame.isAway });
				this.#room.toAgents({ is: "agents", agents: this.#room.present() });
				this.#tellOffice();
				return;
		}
	}

	/** One transaction; and what came of it to all whom it concerns, each in one frame. */
	#turn(asked: Omit<Turn, "now" | "allows">, from?: WebSocket): Turned {
		const now = Date.now();
		const { caller, by } = asked;
		const visitor = caller?.whose.visitor ?? "";
		const allows = () => by.who !== "visitor" || this.#commands.allows(visitor, now);
		const turned = this.#transact(() => {
			const done = turn(this.#ground, { ...asked, now, allows });
			const { conversation, state, mails } = done;
			const to = caller?.email;
			if (conversation !== undefined && state && to)
				for (const id of mails) this.#post(conversation, state, id, to);
			return done;
		});
		this.#tell(turned, caller, from);
		for (const event of turned.events)
			if (event.is === "pushed") this.#show(turned.conversation ?? "", event, asked.offers?.[event.id]);
		return turned;
	}

	#tell(turned: Turned, caller: Caller | undefined, from: WebSocket | undefined): void {
		const { conversation, after, state, events, acks } = turned;
		const asker = from && this.#room.of(from);
		if (conversation === undefined || !state || events.length === 0) {
			if (!from || acks.length === 0) return;
			if (asker?.is === "visitor") this.#room.toVisitor(from, { is: "acks", acks });
			else this.#room.toAgent(from, { is: "acks", conversation: conversation ?? "", acks });
			return;
		}
		if (after === 0 && caller) this.#join(conversation, caller);
		const upTo = state.seq;
		const seen = events.flatMap((event) => forVisitor(event) ?? []);
		const forVisitors = { is: "news", conversation, after, upTo, events: seen } as const;
		const forAgents = { is: "news", conversation, after, upTo, events } as const;
		const others = (sockets: readonly (readonly [WebSocket, VisitorSocket | AgentSocket])[]) =>
			sockets.filter(([socket]) => socket !== from);
		this.#room.toAll(others(this.#room.visitorsIn(conversation)), forVisitors);
		this.#room.toAll(others(this.#agentsOn(conversation)), forAgents);
		if (from && asker?.is === "visitor") this.#room.toVisitor(from, { ...forVisitors, acks });
		if (from && asker?.is === "agent") {
			const hasOpen = asker.open.includes(conversation);
			if (hasOpen) this.#room.toAgent(from, { ...forAgents, acks });
			else this.#room.toAgent(from, { is: "acks", conversation, acks });
		}
		this.#changed.add(conversation);
		this.#tellRows();
	}

	/** The conversation that has begun is that of all sockets of whoever began it. */
	#join(conversation: string, { whose }: Caller): void {
		for (const [socket, one] of this.#room.visitors()) {
			const { part, person, proof } = one.caller.whose;
			const isTheirs =
				part === whose.part ||
				(proof === "verified" && whose.proof === "verified" && person === whose.person);
			if (isTheirs && one.conversation === null) this.#room.put(socket, { ...one, conversation });
		}
		this.#moving(whose.visitor);
	}

	/** In each page that is open and to be seen, or in all where none is. */
	#show(
		conversation: string,
		{ seq, what }: Extract<Event, { is: "pushed" }>,
		offer: Offer | undefined,
	): void {
		const sockets = this.#room.visitorsIn(conversation);
		const visible = sockets.filter(([, { page }]) => page?.visible);
		this.#room.toAll(visible.length > 0 ? visible : sockets, {
			is: "show",
			seq,
			what,
			...(offer && { offer }),
		});
	}

	/**
	 * The one that a visitor may see: what this browser began between two identities, and what a person who is verified began
	 * elsewhere, verified too.
	 */
	#conversationOf({ whose }: Caller): string | undefined {
		return this.#store.conversationsOf(whose).find((id) => {
			const of = this.#store.state(id)?.whose;
			return (
				of &&
				(of.part === whose.part ||
					(whose.proof === "verified" && of.proof === "verified" && of.person === whose.person))
			);
		});
	}

	#welcome(
		conversation: string | undefined,
		asked: { readonly conversation?: string | undefined; readonly after?: number },
	): Extract<VisitorDown, { is: "welcome" }> {
		const state = conversation === undefined ? undefined : this.#store.state(conversation);
		const office = this.#office();
		const theme = this.#theme();
		if (conversation === undefined || !state)
			return { is: "welcome", conversation: null, office, theme, got: {}, after: 0, upTo: 0, events: [] };
		const known = asked.conversation === conversation ? (asked.after ?? 0) : 0;
		const span = this.#span(conversation, state, known);
		const got = Math.max(0, ...this.#room.visitorsIn(conversation).map(([, one]) => one.got));
		const events = span.events.flatMap((event) => forVisitor(event) ?? []);
		// An agent's desk is told of each event as it is written.
		const seen = { visitor: got, agent: state.seq };
		return { is: "welcome", conversation, office, theme, got: seen, ...span, events };
	}

	/** The site's look: to find colours that can be read takes its time. */
	#theme(): Theme {
		const tokens = JSON.stringify(this.#settings?.theme ?? {});
		if (this.#look?.tokens !== tokens) this.#look = { tokens, theme: themeOf(JSON.parse(tokens)) };
		return this.#look.theme;
	}

	/** All above `after`; of whoever has nothing, or missed too much, or believes too much, the latest. */
	#span(conversation: string, { seq }: Conversation, after: number): Span {
		const { eventsPerPage, eventsMissed } = chatLimits;
		const from = after > 0 && after <= seq && seq - after <= eventsMissed ? after : undefined;
		const oldest = from ?? Math.max(0, seq - eventsPerPage);
		const events = this.#store.eventsAfter(conversation, oldest, eventsMissed);
		const hasOlder = from === undefined && oldest > 0;
		return { after: oldest, upTo: seq, ...(hasOlder && { hasOlder }), events };
	}

	#older(conversation: string, before: number) {
		const events = this.#store.eventsBefore(conversation, before, chatLimits.eventsPerPage);
		const after = (events[0]?.seq ?? 1) - 1;
		return { is: "older", before, after, hasOlder: after > 0, events } as const;
	}

	#agentsOn(conversation: string) {
		return this.#room.agents().filter(([, { open }]) => open.includes(conversation));
	}

	#office(): Office {
		const now = Date.now();
		const { chat, timeZone = "Europe/Warsaw" } = this.#settings ?? {};
		const agents = this.#room.present().filter(({ isAway }) => !isAway);
		const within = isWithin(chat?.hours, timeZone, now);
		const opens = within ? undefined : opensAt(chat?.hours, timeZone, now);
		return {
			isOpen: within && agents.length > 0,
			...(opens !== undefined && { opensAt: opens }),
			asks: chat?.asks ?? [],
			agents: agents.map(({ name }) => name),
		};
	}

	/** To all visitors, where it opened or closed. */
	#tellOffice(): void {
		const office = this.#office();
		if (office.isOpen === this.#isOpen) return;
		this.#isOpen = office.isOpen;
		this.#room.toAll(this.#room.visitors(), { is: "office", office });
	}

	#circumstances({ language, agent }: Conversation, { segments }: Caller): Circumstances {
		const chat = this.#settings?.chat ?? {};
		const greeting = sayingIn(chat.greeting, language);
		const offline = sayingIn(chat.offline, language);
		const words = wordsFor(language);
		// To look through what is open costs more than all else: only where somebody is to be found for it.
		const isRouted = chat.routes !== undefined && chat.routes.length > 0 && agent === null;
		const alive = isRouted ? this.#store.alive(mostListed) : [];
		const states = alive.flatMap((id) => this.#store.state(id) ?? []);
		return {
			isOpen: this.#office().isOpen,
			present: this.#room
				.present()
				.filter(({ isAway }) => !isAway)
				.map(({ agent, name }) => ({ agent, name, open: openOf(states, agent) })),
			routes: chat.routes ?? [],
			segments,
			...(greeting !== undefined && { greeting }),
			...(offline !== undefined && { offline }),
			answers: chat.answers ?? false,
			...(chat.asksAddress && {
				address: {
					ask: sayingIn(chat.askAddress, language) ?? words.askAddress,
					again: words.askAgain,
					thank: sayingIn(chat.thankAddress, language) ?? words.thankAddress,
				},
			}),
		};
	}

	#mayCall({ origin }: Caller): boolean {
		const { chat, origins = [] } = this.#settings ?? {};
		return chat !== undefined && (origins.length === 0 || origins.includes(origin ?? ""));
	}

	#post(conversation: string, state: Conversation, id: string, to: string): void {
		const { name = this.#name(), timeZone = "Europe/Warsaw" } = this.#settings ?? {};
		const events = this.#store.eventsAfter(conversation, 0, 5_000);
		const { language } = state;
		this.#mails.append({ id, person: conversation, letter: { to, site: name, language, timeZone, events } });
	}

	/** Whoever ever sat at this desk can be given a conversation. */
	#meet({ agent, name }: Agent): void {
		const known: Readonly<Record<string, string>> = JSON.parse(this.#store.meta("agents") ?? "{}");
		if (known[agent] !== name) this.#store.setMeta("agents", JSON.stringify({ ...known, [agent]: name }));
	}

	#agentBy(agent: string): Colleague | undefined {
		const known: Readonly<Record<string, string>> = JSON.parse(this.#store.meta("agents") ?? "{}");
		const name = Object.hasOwn(known, agent) ? known[agent] : undefined;
		return name === undefined ? undefined : { agent, name };
	}

	#moving(visitor: string): void {
		if (this.#room.agents().length === 0) return;
		this.#moved.add(visitor);
		this.#told ??= setTimeout(() => {
			this.#told = undefined;
			const moved = [...this.#moved];
			this.#moved.clear();
			const visitors = this.#room.seen().filter((one) => moved.includes(one.visitor));
			const here = new Set(visitors.map((one) => one.visitor));
			this.#room.toAgents({ is: "visitors", visitors, left: moved.filter((one) => !here.has(one)) });
		}, gatherMs.visitors);
	}

	/** At once where it was quiet; else those that changed meanwhile together, as they are then. */
	#tellRows(): void {
		if (this.#tellsRows !== undefined) return;
		const wait = this.#toldRowsAt + gatherMs.rows - Date.now();
		if (wait > 0) {
			this.#tellsRows = setTimeout(() => {
				this.#tellsRows = undefined;
				this.#tellRows();
			}, wait);
			return;
		}
		this.#toldRowsAt = Date.now();
		const rows = [...this.#changed].flatMap((id) => {
			const state = this.#store.state(id);
			return state ? [rowOf(id, state)] : [];
		});
		this.#changed.clear();
		if (rows.length > 0) this.#room.toAgents({ is: "rows", rows });
	}

	#leave(socket: WebSocket): void {
		const gone = this.#room.remove(socket);
		if (gone?.is === "visitor") this.#moving(gone.caller.whose.visitor);
		if (gone?.is !== "agent") return;
		this.#room.toAgents({ is: "agents", agents: this.#room.present() });
		this.#tellOffice();
	}

	#hangUp(socket: WebSocket, code: number): void {
		this.#leave(socket);
		try {
			socket.close(code);
		} catch {
			// It is closed already.
		}
	}

	/** A dead one is closed, and makes room. */
	#lives(socket: WebSocket): boolean {
		const pinged = this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
		const one = this.#room.of(socket);
		const since = one?.is === "visitor" ? Math.max(one.since, one.page?.at ?? 0) : 0;
		if (Math.max(pinged, since) > Date.now() - deadMs) return true;
		this.#hangUp(socket, 1001);
		return false;
	}

	/** What woke up, and what is kept no longer. */
	#lookAtDue(): void {
		const now = Date.now();
		const expired: string[] = [];
		for (const id of this.#store.due(now, sliceOfDue)) {
			const state = this.#store.state(id);
			if (!state) continue;
			const endsAt = state.lastAt + this.#ground.retentionMs();
			if (endsAt <= now) expired.push(id);
			else if (state.snoozedUntil !== null && state.snoozedUntil <= now)
				this.#turn({
					conversation: id,
					commands: [{ id: uuidv7(now), is: "reopen", seen: state.seq }],
					by: { who: "site" },
				});
			const after = this.#store.state(id);
			if (endsAt > now && after) this.#store.setDue(id, after.snoozedUntil ?? endsAt);
		}
		this.#remove(expired);
	}

	/** Here at once, and in D1 by the outbox: after whatever may still be on its way there. */
	#remove(conversations: readonly string[]): void {
		if (conversations.length === 0) return;
		this.#transact(() => {
			const files = conversations.flatMap((id) => this.#store.remove(id));
			this.#outbox.erase([], conversations);
			for (const part of conversations)
				this.#outbox.append("d1", "log", JSON.stringify({ part } satisfies Told));
			const keys = files.map((id) => this.#key(id));
			if (keys.length > 0) this.#errands.add(uuidv7(Date.now()), "", { is: "unfile", files: keys });
		});
		for (const [socket, one] of this.#room.visitors())
			if (one.conversation !== null && conversations.includes(one.conversation))
				this.#room.put(socket, { ...one, conversation: null });
		this.#room.toAgents({ is: "gone", conversations });
	}

	/** All or nothing, in memory too; and then what came of it is seen to. */
	#transact<T>(work: () => T): T {
		try {
			return this.#store.sql.transaction(work);
		} catch (error) {
			this.#store.distrust();
			this.#outbox.resume();
			this.#errands.resume();
			this.#mails.resume();
			throw error;
		} finally {
			this.#wake.wind();
		}
	}

	/** Nothing is served before it is known how the site wants it. */
	async #open(site: string): Promise<void> {
		if (this.#site === undefined) {
			this.#store.setMeta("site", site);
			this.#site = site;
		}
		if (Date.now() > this.#settingsAt + settingsMs) await this.#readSettings();
	}

	async #readSettings(): Promise<void> {
		try {
			// Nothing of a site that is closed: nobody chats there.
			const settings: SiteSettings | undefined = await siteOf(this.env, this.#name()).settings();
			this.#settingsAt = Date.now();
			const text = JSON.stringify(settings ?? null);
			if (text !== JSON.stringify(this.#settings ?? null)) this.#store.setMeta("settings", text);
			this.#settings = settings;
			if (!settings?.chat) this.#sendAway();
		} catch (error) {
			// With those of before, if there are any, all goes on.
			logFault("desk settings", error);
		}
	}

	/** There is no chat any more. */
	#sendAway(): void {
		for (const [socket] of this.#room.visitors()) this.#hangUp(socket, codes.refused);
	}

	#refreshSettings(): void {
		if (Date.now() <= this.#settingsAt + settingsMs) return;
		this.#settingsAt = Date.now();
		this.ctx.waitUntil(this.#readSettings());
	}

	#key(file: string): string {
		return `${this.#name()}/${file}`;
	}

	#name(): string {
		if (this.#site === undefined) throw new Error("a desk is a site's");
		return this.#site;
	}
}

function openOf(states: readonly Conversation[], agent: string): number {
	return states.filter((state) => state.agent?.agent === agent && state.status === "open").length;
}

interface Schema<T> {
	safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function parsed<T>(text: string | undefined, schema: Schema<T>): T | undefined {
	if (text === undefined) return undefined;
	try {
		const frame = schema.safeParse(JSON.parse(text));
		return frame.success ? frame.data : undefined;
	} catch {
		// No JSON: the platform's only way to say so.
		return undefined;
	}
}
