// A site's live chat: the sockets of its visitors and agents, and the logs of their conversations. One object for each site. A
// frame is one transaction of load, decide, append, tell the outbox; what comes of it is sent in the same turn, and leaves
// behind the output gate: what anybody sees is durable. Sockets hibernate: an idle one costs nothing, and its pings wake
// nobody. What wakes a desk by itself is its alarm: when a conversation ends or is due, and, where visitors are there, at the
// minute at which office hours begin or end. Here is only what is asked of a desk from outside; who does it stands beside it.
//
// One object does some hundreds of messages a second, which is about 10,000 open chats of a message in half a minute. Beyond
// that the conversations split, and not the agents: each log moves into a desk of its own shard (site and the first digits of
// the conversation's id, as the directory's), to which its visitor's sockets go, and this object stays the agents' inbox, which
// the shards tell of rows that changed. Nothing in a log refers to another one, and agents' commands name their conversation,
// so that no frame would change.

import { DurableObject } from "cloudflare:workers";
import { overSmtp } from "../automation/over-smtp.ts";
import { senderOf } from "../automation/sender.ts";
import { Mails, type ShownMail } from "../cell/mails.ts";
import type { Attachment } from "../domain/conversation/event.ts";
import { Delivery } from "../outbox/delivery.ts";
import { Outbox } from "../outbox/outbox.ts";
import { Wake } from "../outbox/wake.ts";
import type { DeskEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { sqlOf } from "../platform/sql.ts";
import { vanish } from "../platform/vanish.ts";
import type {
	AgentAnswer,
	AgentCommand,
	DeskFigures,
	LogView,
	VisitorAnswer,
	VisitorCommand,
} from "../protocol/chat.ts";
import type { Offer } from "../protocol/experience.ts";
import { Agents } from "./agents.ts";
import { answerOf } from "./answering.ts";
import { type Agent, type Caller, type Whereabouts, whoHeader } from "./call.ts";
import { Conversations } from "./conversations.ts";
import { Door, type Known } from "./door.ts";
import { Errands } from "./errands.ts";
import { Files } from "./files.ts";
import { Hearing } from "./hearing.ts";
import { Logs } from "./logs.ts";
import { News } from "./news.ts";
import { DeskReceiver } from "./receiver.ts";
import { Reception } from "./reception.ts";
import { type PageOfPost, Requests } from "./requests.ts";
import { Room } from "./room.ts";
import { Settings } from "./settings.ts";
import { DeskStore } from "./store.ts";
import { type TranscriptLetter, writeTranscript } from "./transcript.ts";

export class Desk extends DurableObject<DeskEnv> {
	readonly #store: DeskStore;
	readonly #settings: Settings;
	readonly #files: Files;
	readonly #mails: Mails<TranscriptLetter>;
	readonly #reception: Reception;
	readonly #conversations: Conversations;
	readonly #door: Door;
	readonly #hearing: Hearing;
	readonly #requests: Requests;
	readonly #wake: Wake;

	constructor(state: DurableObjectState, env: DeskEnv) {
		super(state, env);
		const store = new DeskStore(sqlOf(state.storage));
		store.migrate();
		const settings = new Settings(store, env, () => this.#settle());
		const site = () => settings.site;
		const outbox = new Outbox(store);
		const errands = new Errands(store, env, site, async (id, asked) => {
			const { conversation } = asked;
			const answer = await answerOf(store, env, site(), id, asked);
			if (answer) this.#conversations.turn({ conversation, commands: [answer], by: { who: "site" } });
		});
		const wind = () => this.#wake.wind();
		const mails = new Mails<TranscriptLetter>(store, {
			sender: () => senderOf(env, overSmtp),
			write: async (letter, id, sender) => writeTranscript(letter, id, sender),
			detached: (work) => state.waitUntil(work.finally(wind)),
		});
		const files = new Files(store, env.FILES, site);
		const room = new Room(state.getWebSockets());
		const logs = new Logs(store);
		const news = new News(room, logs);
		const agents = new Agents(store);
		const reception = new Reception(store, settings, room, logs);
		const ground = {
			...{ store, outbox, errands, files, site },
			retentionMs: () => settings.retentionMs,
			circumstances: reception.circumstances.bind(reception),
			agentBy: agents.by.bind(agents),
			isHere: (conversation: string) => room.visitorsIn(conversation).length > 0,
		};
		const conversations = new Conversations({ ground, settings, mails, news, wind });
		const to = { store, settings, room, logs, news, agents, reception, conversations };
		const door = new Door(state, to);
		const delivery = new Delivery(outbox, new DeskReceiver(store, env, site));
		this.#wake = new Wake(state, {
			outbox,
			delivery,
			walks: [errands, mails],
			deliver: () => delivery.deliver(),
			dueAt: (wall) => Math.max(Math.min(store.nextDue(), reception.turnsAt()), wall),
		});
		this.#store = store;
		this.#settings = settings;
		this.#files = files;
		this.#mails = mails;
		this.#reception = reception;
		this.#conversations = conversations;
		this.#door = door;
		this.#hearing = new Hearing({ ...to, door });
		this.#requests = new Requests({ ...to, door });
		state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
	}

	/** A socket, forwarded by whoever knows who it is. */
	override async fetch(request: Request): Promise<Response> {
		const who: Caller | Agent = JSON.parse(decodeURIComponent(request.headers.get(whoHeader) ?? "null"));
		await this.#settings.open(who.site);
		const { searchParams } = new URL(request.url);
		const after = Number(searchParams.get("after")) || 0;
		const known = { conversation: searchParams.get("conversation") ?? undefined, after };
		const { 0: client, 1: server } = new WebSocketPair();
		if ("whose" in who) this.#door.admit(server, who, known);
		else this.#door.seat(server, who);
		this.#wake.wind();
		const isNamed = request.headers.has("sec-websocket-protocol");
		const headers = isNamed ? { "sec-websocket-protocol": "witaj-chat" } : {};
		return new Response(null, { status: 101, webSocket: client, headers });
	}

	override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
		try {
			this.#hearing.hear(socket, message);
		} catch (error) {
			logFault("desk", error);
			// What was not acknowledged is sent again, to a desk that has read its store anew.
			this.#door.hangUp(socket, 1011);
		}
		const reading = this.#settings.refresh();
		if (reading) this.ctx.waitUntil(reading);
	}

	override async webSocketClose(socket: WebSocket): Promise<void> {
		this.#door.hangUp(socket, 1000);
	}

	override async webSocketError(socket: WebSocket): Promise<void> {
		this.#door.leave(socket);
	}

	override async alarm(): Promise<void> {
		await this.#wake.ring(() => {
			this.#reception.tell();
			this.#conversations.lookAtDue();
		});
	}

	/** Commands without a socket, and what there is to see: the same as a socket's first frame. */
	async converse(
		caller: Caller,
		known: Known,
		commands: readonly VisitorCommand[],
		page?: PageOfPost,
	): Promise<VisitorAnswer | "refused"> {
		return this.#requests.converse(caller, known, commands, page);
	}

	async look(conversation: string, after: number): Promise<LogView | undefined> {
		return this.#requests.look(conversation, after);
	}

	/** An agent's commands without a socket. `offers`: of pop-ups that are pushed, by command. */
	async answer(
		agent: Agent,
		conversation: string,
		commands: readonly AgentCommand[],
		after: number,
		offers: Readonly<Record<string, Offer>> = {},
	): Promise<AgentAnswer | undefined> {
		return this.#requests.answer(agent, conversation, commands, after, offers);
	}

	/** Begins a conversation with whoever has a page open; nothing where nobody has. Again, it is the same one. */
	async invite(agent: Agent, id: string, visitor: string, text: string): Promise<string | undefined> {
		return this.#requests.invite(agent, id, visitor, text);
	}

	/** The transcript, to whom an agent says. */
	async mail(conversation: string, to: string): Promise<boolean> {
		return this.#conversations.mail(conversation, to);
	}

	/** Transcripts that a developer's machine kept, the newest first. */
	async shownMails(): Promise<readonly ShownMail[]> {
		return this.#mails.shown();
	}

	/** A file of an agent's. */
	async attach(
		conversation: string,
		name: string,
		bytes: ArrayBuffer,
	): Promise<Attachment | "file-refused" | undefined> {
		if (!this.#store.state(conversation)) return undefined;
		const place = this.#files.open(conversation, name, Date.now());
		return place ? this.#files.put(place.id, place.secret, bytes) : "file-refused";
	}

	/** The bytes of a file for which there is a place. */
	async store(id: string, secret: string, bytes: ArrayBuffer): Promise<Attachment | "file-refused"> {
		return this.#files.put(id, secret, bytes);
	}

	/** Whoever names its conversation gets it out of that one alone. */
	async file(
		id: string,
		conversation?: string,
	): Promise<{ readonly file: Attachment; readonly bytes: ReadableStream } | undefined> {
		return this.#files.read(id, conversation);
	}

	/** Forgets all that is of one of these. Again, it changes nothing. */
	async erase(
		people: readonly string[],
		parts: readonly string[],
		visitors: readonly string[],
	): Promise<void> {
		if (!this.#settings.isOpened) return;
		this.#conversations.remove(this.#store.concerning(people, parts, visitors));
		this.#door.forget(
			({ whose: { person, part, visitor } }) =>
				people.includes(person) || parts.includes(part) || visitors.includes(visitor),
		);
	}

	/** The site was published anew, or closed: what visitors are to know of it they know at once. */
	async published(): Promise<void> {
		if (this.#settings.isOpened) await this.#settings.read();
	}

	/** The end of its site: its files first, for afterwards nobody knows of them. */
	async vanish(): Promise<void> {
		if (this.#settings.isOpened) await this.#files.clear();
		return vanish(this.ctx);
	}

	/** How it stands with the desk now. */
	async now(): Promise<DeskFigures["now"]> {
		return this.#reception.figures();
	}

	/** Whose a conversation is, and where they are. */
	async whereabouts(conversation: string): Promise<Whereabouts | undefined> {
		return this.#requests.whereabouts(conversation);
	}

	/** The same of everybody with a line to this desk, or of one of them. */
	async visitors(only?: string): Promise<readonly Whereabouts[]> {
		return this.#requests.visitors(only);
	}

	/** Settings were read: who may stay, and what those are told. */
	#settle(): void {
		if (!this.#settings.chat) this.#door.sendAway();
		this.#reception.tell();
		this.#wake.wind();
	}
}
