// The live chat's wire: what visitors' and agents' sockets, the HTTP fallback and the admin's routes take in. What comes out
// is in chat.ts.
//
// ## Visitors: GET <edge>/v1/chat (a WebSocket), POST <edge>/v1/chat (where there is none)
// The socket is opened at `<edge>/v1/chat?site=<key>&conversation=<id>&after=<seq>`, with the subprotocols `witaj-chat` and,
// where no cookie carries it, the visitor's token: `new WebSocket(url, ["witaj-chat", token])`. The token never stands in an
// address. `conversation` and `after` are what the page has already (leave both out where it has nothing). The first frame
// back is `welcome`, with whatever came after that. A browser gets its token from /v1/collect before it may chat.
//
// Everything that lasts is a command with an id that the client made (a UUIDv7). Keep a command until its id was
// acknowledged (`acks`), and send all that are not again **in one frame** after a reconnect: it is never done twice.
// A refusal (`refused`, with `why`) is final for that id, but for `why: "flood"`: wait, and send again.
//
// `welcome` and `news` tell `after` and `upTo`: they hold all that one may see of the numbers above `after` and up to `upTo`.
// Events of numbers that are not there are not for these eyes. Where `after` is not the `upTo` that one has, something is
// missing: open the socket anew with what one has. What has a number that one has already is to be ignored.
//
// "ping" is answered with "pong" without waking anything. No answer within some seconds: the link is dead, whatever the
// browser thinks; close it and open another, with jitter and a growing pause (a deploy closes all sockets at once).
// Closed with 4400 (what was sent is no frame), 4401 (token), 4403 (origin, or the site has no chat) or 4429 (flood, more than
// 4 sockets): an own bug, or wait for a minute; all others: try again. 401, 403, 404 and 429 of a POST likewise.
//
// `welcome` (and an agent's first `news` of a conversation) may begin later than was asked (`hasOlder`, its `after` is not
// one's own): then what one has is dropped, and what is older is asked for with `older`, `before` the lowest number that one
// was told of (`after` + 1): a page of it may be empty for these eyes, and have older ones behind it.
//
// ## Agents: GET /api/sites/:site/desk (a WebSocket), same origin, by the session's cookie, role agent and above.
// Closed with 4401 after half an hour at the latest: open it anew, the session is then looked at again.
// First frame `welcome`. Of conversations that are open in a tab (`open`) all events come; of all others changes of their row.
//
// ## The admin's routes (role agent, unless it is said otherwise), all under /api/sites/:site
// GET  /conversations?state=&agent=&q=&before=&limit=   ConversationsQuery -> ConversationsView (D1; `q` searches transcripts)
// POST /conversations                                    InviteBody -> InviteView (a conversation that an agent begins)
// GET  /conversations/:conversation?after=&limit=        LogQuery -> LogView (the desk; whole, agents' eyes)
// POST /conversations/:conversation                      AgentPost -> AgentAnswer (commands where there is no socket)
// GET  /conversations/:conversation/beside               BesideView (asked of the visitor's cell: page, cart, segments, score, why)
// POST /conversations/:conversation/files?name=          raw body -> FileView (then `send` with `attachments: [id]`)
// POST /conversations/:conversation/mail                 MailBody -> {} (the transcript, by mail)
// GET  /desk/figures                                     DeskFigures (analyst): load, waiting, first answer, ratings
// Canned replies, hours, routes: the site's settings, member `chat` (chat-settings.schema.ts); agents get the canned replies in
// `welcome`.

import * as z from "zod/mini";
import { MessageId } from "./collect.schema.ts";
import { Id } from "./id.schema.ts";

export const chatLimits = {
	/** One frame, in characters; a POST's body in bytes. */
	frame: 65_536,
	commandsPerFrame: 50,
	message: 4_000,
	/** Sockets of one visitor at once. */
	sockets: 4,
	/** Commands of one visitor: a burst, and then so many a minute. */
	burst: 20,
	perMinute: 60,
	attachmentsPerMessage: 5,
	attachmentBytes: 5_000_000,
	filesPerConversation: 50,
	/** All of them together. */
	fileBytesPerConversation: 50_000_000,
	/** A message can be edited and deleted for so long, while it is one of the latest 50. */
	editableMs: 15 * 60_000,
	/** Events in a `welcome` of whoever has none yet, and in one `older`. */
	eventsPerPage: 200,
	/** Events that whoever comes back may have missed; with more, they begin anew with the latest. */
	eventsMissed: 2_000,
} as const;

const instant = z.int().check(z.minimum(0), z.maximum(8_640_000_000_000_000));
const seq = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
/** More than blanks. */
const Text = z.string().check(z.maxLength(chatLimits.message), z.regex(/\S/));
const short = z.string().check(z.maxLength(200), z.regex(/\S/));
export const Email = z.email().check(z.maxLength(254));
const url = z.string().check(z.maxLength(2_048));
export const ConversationId = MessageId;
/** 128 random bits: whoever does not know it cannot guess it. */
export const FileId = z.string().check(z.regex(/^[0-9a-f]{32}$/));

const command = { id: MessageId };
const send = {
	...command,
	is: z.literal("send"),
	/** May be empty where there are attachments. */
	text: z.string().check(z.maxLength(chatLimits.message)),
	attachments: z.exactOptional(
		z.array(FileId).check(z.minLength(1), z.maxLength(chatLimits.attachmentsPerMessage)),
	),
};
const edit = { ...command, is: z.literal("edit"), message: MessageId, text: Text };
const remove = { ...command, is: z.literal("delete"), message: MessageId };
const read = { ...command, is: z.literal("read"), upTo: seq };
const close = { ...command, is: z.literal("close") };
const leave = {
	...command,
	is: z.literal("introduce"),
	name: z.exactOptional(short),
	email: z.exactOptional(Email),
};

/** What a visitor does. The first `send` or `introduce` starts a conversation, `send` in a closed one reopens it. */
export const VisitorCommand = z.discriminatedUnion("is", [
	/** `greeting`: the experience whose button led here. */
	z.strictObject({ ...send, greeting: z.exactOptional(Id) }),
	z.strictObject(edit),
	z.strictObject(remove),
	z.strictObject(read),
	z.strictObject(close),
	/** Pre-chat fields, the offline form: typed, and proof of nothing. */
	z.strictObject(leave),
	z.strictObject({
		...command,
		is: z.literal("rate"),
		stars: z.int().check(z.minimum(1), z.maximum(5)),
		text: z.exactOptional(z.string().check(z.maxLength(1_000))),
	}),
	/** Asks for the transcript by mail: goes to an address that is proven, and to no other. */
	z.strictObject({ ...command, is: z.literal("mail") }),
	/** Asks for a place to put a file; acknowledged with `upload`. POST its bytes there as text/plain within 10 minutes. */
	z.strictObject({
		...command,
		is: z.literal("upload"),
		name: z.string().check(z.minLength(1), z.maxLength(200)),
		bytes: z.int().check(z.minimum(1), z.maximum(chatLimits.attachmentBytes)),
	}),
]);

/** Where the visitor is: agents see it while the socket is open. Send it first, and with each page view. */
const here = {
	is: z.literal("here"),
	url,
	title: z.exactOptional(z.string().check(z.maxLength(300))),
	language: z.exactOptional(z.string().check(z.maxLength(35))),
	visible: z.boolean(),
};

export const VisitorFrame = z.discriminatedUnion("is", [
	z.strictObject({
		is: z.literal("do"),
		commands: z.array(VisitorCommand).check(z.minLength(1), z.maxLength(chatLimits.commandsPerFrame)),
	}),
	/** Not oftener than every two seconds; it is shown for five. Told to whoever is there, and kept nowhere. */
	z.strictObject({ is: z.literal("typing") }),
	/** All up to this number has arrived here. Kept nowhere but with the socket. */
	z.strictObject({ is: z.literal("got"), upTo: seq }),
	z.strictObject(here),
	/** What came before the oldest number that the page has; answered with `older`. */
	z.strictObject({ is: z.literal("older"), before: seq }),
]);

/** The same without a socket: does the commands (there may be none) and answers as `welcome` does. Ask every few seconds. */
export const VisitorPost = z.strictObject({
	site: z.string().check(z.maxLength(64)),
	/** Absent where a cookie carries it. */
	token: z.exactOptional(z.string().check(z.maxLength(200))),
	conversation: z.exactOptional(ConversationId),
	after: z.exactOptional(seq),
	commands: z.array(VisitorCommand).check(z.maxLength(chatLimits.commandsPerFrame)),
	here: z.exactOptional(z.omit(z.strictObject(here), { is: true })),
});

const address = z.url({ protocol: /^https?$/ }).check(z.maxLength(2_048));
export const Pushed = z.discriminatedUnion("is", [
	z.strictObject({ is: z.literal("experience"), experience: Id }),
	z.strictObject({
		is: z.literal("product"),
		product: z.string().check(z.minLength(1), z.maxLength(100)),
		name: short,
		url: address,
		image: z.exactOptional(address),
		price: z.exactOptional(
			z.strictObject({
				amount: z.number().check(z.nonnegative()),
				currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
			}),
		),
	}),
	z.strictObject({ is: z.literal("coupon"), code: short, text: short }),
]);

/**
 * What an agent does. `seen`: the number up to which the agent's screen has the conversation. Where another agent wrote, took,
 * assigned, closed or snoozed it since, whatever could collide (send, take, assign, close, snooze) is refused with `stale`: show what came, ask, and send
 * it under a new id with the new `seen`.
 */
const agents = { seen: seq };
export const AgentCommand = z.discriminatedUnion("is", [
	/** In a closed conversation it reopens it. Whoever answers what is nobody's, takes it. */
	z.strictObject({ ...send, ...agents }),
	z.strictObject({ ...edit, ...agents }),
	z.strictObject({ ...remove, ...agents }),
	z.strictObject({ ...read, ...agents }),
	/** Refused with `taken` where it is somebody else's: that is `assign`. */
	z.strictObject({ ...command, ...agents, is: z.literal("take") }),
	/** To an agent, a colleague or oneself; null for nobody. To transfer is to assign what was one's own. */
	z.strictObject({
		...command,
		...agents,
		is: z.literal("assign"),
		to: z.nullable(z.string().check(z.maxLength(64))),
	}),
	z.strictObject({ ...close, ...agents }),
	z.strictObject({ ...command, ...agents, is: z.literal("reopen") }),
	z.strictObject({ ...command, ...agents, is: z.literal("snooze"), until: instant }),
	z.strictObject({ ...command, ...agents, is: z.literal("note"), text: Text }),
	/**
	 * Into the visitor's page, where a socket of theirs is open; refused with `not-here` where none is. An experience by
	 * POST alone, which fills it.
	 */
	z.strictObject({ ...command, ...agents, is: z.literal("push"), what: Pushed }),
]);

export const AgentFrame = z.discriminatedUnion("is", [
	z.strictObject({
		is: z.literal("do"),
		conversation: ConversationId,
		commands: z.array(AgentCommand).check(z.minLength(1), z.maxLength(chatLimits.commandsPerFrame)),
	}),
	/** From here on all events of it come: first those after `after`. At most 20 at once; after a reconnect to be said again. */
	z.strictObject({ is: z.literal("open"), conversation: ConversationId, after: seq }),
	z.strictObject({ is: z.literal("shut"), conversation: ConversationId }),
	/** As a visitor's. */
	z.strictObject({ is: z.literal("older"), conversation: ConversationId, before: seq }),
	/** Not oftener than every two seconds. Told to the visitor and to other agents, who are warned by it. */
	z.strictObject({ is: z.literal("typing"), conversation: ConversationId }),
	/** An agent's presence is that of their sockets. Who is away gets nothing assigned by a rule. */
	z.strictObject({ is: z.literal("presence"), isAway: z.boolean() }),
]);

export const AgentPost = z.strictObject({
	after: seq,
	commands: z.array(AgentCommand).check(z.maxLength(chatLimits.commandsPerFrame)),
});

/** Invites whoever has a socket open (`AgentWelcome.visitors`): a conversation begins with this message, and opens in their page. */
export const InviteBody = z.strictObject({ id: MessageId, visitor: MessageId, text: Text });

export const MailBody = z.strictObject({ to: Email });

const state = z.enum(["open", "snoozed", "closed"]);
export const ConversationsQuery = z.strictObject({
	state: z.exactOptional(state),
	/** An account's id; "none" for those that are nobody's. */
	agent: z.exactOptional(z.string().check(z.maxLength(64))),
	person: z.exactOptional(z.string().check(z.maxLength(64))),
	/** Words in messages, folded: without regard to case and accents. */
	q: z.exactOptional(z.string().check(z.minLength(2), z.maxLength(100))),
	/** `next` of the page before. */
	before: z.exactOptional(z.coerce.number().check(z.int(), z.nonnegative())),
	limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
});
export const LogQuery = z.strictObject({
	after: z._default(z.coerce.number().check(z.int(), z.nonnegative()), 0),
});

/** A conversation in a list. */
export const ConversationRow = z.object({
	id: ConversationId,
	/** Goes up by each event: a row with a lower one is older. */
	seq,
	person: z.string(),
	visitor: z.string(),
	proof: z.nullable(z.enum(["typed", "linked", "verified"])),
	/** What they are called: proven, or else typed here; null where nothing was said. Hostile text. */
	name: z.nullable(z.string()),
	email: z.nullable(z.string()),
	state,
	agent: z.nullable(z.object({ agent: z.string(), name: z.string() })),
	language: z.nullable(z.string()),
	startedAt: instant,
	lastAt: instant,
	/** Of the last message its beginning, and who wrote it. */
	last: z.nullable(z.object({ by: z.enum(["visitor", "agent", "site"]), text: z.string() })),
	/** Since when a visitor's message has no agent's answer. */
	waitingSince: z.nullable(instant),
	/** Messages of the visitor that no agent has read. */
	unread: z.int(),
	snoozedUntil: z.nullable(instant),
	stars: z.nullable(z.int()),
});

export const ConversationsView = z.object({
	conversations: z.array(z.extend(ConversationRow, { found: z.exactOptional(z.string()) })),
	next: z.nullable(instant),
});

export const FileView = z.object({ id: FileId, name: z.string(), type: z.string(), bytes: z.int() });
export const InviteView = z.object({ conversation: ConversationId });

/** What is known of a visitor in short: the cell's word, asked now. */
const known = {
	person: z.string(),
	identity: z.enum(["anonymous", "identified", "monitored"]),
	/** As they are called on their card, or called themselves: hostile text. */
	name: z.nullable(z.string()),
	score: z.number(),
	segments: z.array(z.string()),
	cart: z.nullable(
		z.object({
			/** In the site's currency. */
			value: z.number(),
			items: z.int(),
			/** Their names, and the ids of those that the catalogue does not know. */
			products: z.array(z.string()),
		}),
	),
};

/** Of those who have a line to the desk, with a socket's `person`. */
export const VisitorsView = z.object({ visitors: z.array(z.object(known)) });

/** What stands beside a conversation. `live` is what their sockets last said. */
export const BesideView = z.object({
	...known,
	proof: z.nullable(z.enum(["typed", "linked", "verified"])),
	tags: z.record(z.string(), z.int()),
	live: z.nullable(
		z.object({ url: z.string(), title: z.nullable(z.string()), visible: z.boolean(), at: instant }),
	),
	/** The pages of this visit, the latest first. */
	path: z.array(z.object({ at: instant, path: z.string(), title: z.nullable(z.string()) })),
	/**
	 * What was shown to them, the latest first, and where. `audience`: whom it is for, a segment or everybody; null where it has
	 * changed since. `over`: what would have been shown in its place. What is shown now, and all reasons: POST /explain with
	 * `page`.
	 */
	shown: z.array(
		z.object({
			at: instant,
			experience: z.string(),
			path: z.nullable(z.string()),
			audience: z.nullable(z.object({ segment: z.nullable(z.string()) })),
			over: z.array(z.string()),
		}),
	),
});

/** Of the last 30 days, and of now. Times in ms; null where there were none. */
export const DeskFigures = z.object({
	now: z.object({
		open: z.int(),
		waiting: z.int(),
		longestWaitMs: z.nullable(z.int()),
		visitors: z.int(),
		agents: z.array(z.object({ agent: z.string(), name: z.string(), isAway: z.boolean(), open: z.int() })),
	}),
	days: z.int(),
	conversations: z.int(),
	answered: z.int(),
	/** From a visitor's first message to an agent's first answer. */
	firstAnswerMs: z.object({ median: z.nullable(z.int()), p90: z.nullable(z.int()) }),
	ratings: z.object({ count: z.int(), average: z.nullable(z.number()), stars: z.array(z.int()) }),
	agents: z.array(
		z.object({
			agent: z.string(),
			name: z.string(),
			conversations: z.int(),
			firstAnswerMs: z.nullable(z.int()),
			stars: z.nullable(z.number()),
		}),
	),
});
