// The live chat's frames, both ways. What each means and how sockets are opened: chat.schema.ts.

import type * as z from "zod/mini";
import type {
	Attachment,
	Author,
	Event as LogEvent,
	Pushed,
	PushedProduct,
} from "../domain/conversation/event.ts";
import type { Refusal } from "../domain/conversation/refusal.ts";
import type * as schema from "./chat.schema.ts";
import type * as settings from "./chat-settings.schema.ts";
import type { Offer, Theme } from "./experience.ts";

export type { Attachment, Author, LogEvent, Pushed, PushedProduct, Refusal };
export type ChatSettings = z.infer<typeof settings.ChatSettings>;
export type VisitorCommand = z.infer<typeof schema.VisitorCommand>;
export type AgentCommand = z.infer<typeof schema.AgentCommand>;
export type VisitorFrame = z.infer<typeof schema.VisitorFrame>;
export type AgentFrame = z.infer<typeof schema.AgentFrame>;
export type VisitorPost = z.infer<typeof schema.VisitorPost>;
export type AgentPost = z.infer<typeof schema.AgentPost>;
export type ConversationRow = z.infer<typeof schema.ConversationRow>;
export type ConversationsView = z.infer<typeof schema.ConversationsView>;
export type VisitorsView = z.infer<typeof schema.VisitorsView>;
export type BesideView = z.infer<typeof schema.BesideView>;
export type DeskFigures = z.infer<typeof schema.DeskFigures>;

/** `ok`: it is in the log, with this number, also where it was sent before. `upload`: where the bytes go, an absolute path. */
export type Ack =
	| {
			readonly id: string;
			readonly is: "ok";
			readonly seq: number;
			readonly upload?: string;
			readonly file?: string;
	  }
	| { readonly id: string; readonly is: "refused"; readonly why: Refusal };

/** All that one may see above `after`, up to `upTo`. `hasOlder`: there is more before the first of them. */
export interface Span {
	readonly after: number;
	readonly upTo: number;
	readonly hasOlder?: true;
	readonly events: readonly LogEvent[];
}

/** What the window shows before anybody has written. */
export interface Office {
	/** Within hours, and somebody is there. */
	readonly isOpen: boolean;
	/** When hours begin again, epoch ms, where that is known. */
	readonly opensAt?: number;
	readonly asks: readonly ("name" | "email")[];
	/** The names of those who are there. */
	readonly agents: readonly string[];
}

/** How far each side has got a conversation on a screen of theirs, delivered but not read. */
export type Got = Readonly<Partial<Record<"visitor" | "agent", number>>>;

export type VisitorDown =
	/** First, always. `conversation` is null where there is none yet. */
	| ({
			readonly is: "welcome";
			readonly conversation: string | null;
			readonly office: Office;
			readonly got: Got;
			readonly theme?: Theme;
	  } & Span)
	/** What is new, what became of commands, or both. One frame for many. `got`: with whom that is already. */
	| ({
			readonly is: "news";
			readonly conversation: string;
			readonly acks?: readonly Ack[];
			readonly got?: Got;
	  } & Span)
	/** Where nothing came of commands but refusals. */
	| { readonly is: "acks"; readonly acks: readonly Ack[] }
	| {
			readonly is: "older";
			/** It holds all that one may see of the numbers above `after` and below `before`. */
			readonly before: number;
			readonly after: number;
			readonly hasOlder: boolean;
			readonly events: readonly LogEvent[];
	  }
	| { readonly is: "typing"; readonly by: Author }
	| { readonly is: "got"; readonly by: "visitor" | "agent"; readonly upTo: number }
	| { readonly is: "office"; readonly office: Office }
	/** What an agent pushed, to be shown now; beside the event `pushed`, which stands in the log. */
	| { readonly is: "show"; readonly seq: number; readonly what: Pushed; readonly offer?: Offer }
	/** The last before a close: why. */
	| { readonly is: "bye"; readonly why: "flood" | "too-many-sockets" | "malformed" | "erased" };

/** To VisitorPost. */
export type VisitorAnswer = Extract<VisitorDown, { readonly is: "welcome" }> & {
	readonly acks: readonly Ack[];
};
/** To AgentPost. */
export type AgentAnswer = Span & { readonly acks: readonly Ack[] };
/** To LogQuery. */
export type LogView = Span & { readonly conversation: ConversationRow };

export interface AgentSeen {
	readonly agent: string;
	readonly name: string;
	readonly isAway: boolean;
}

/** A visitor with a socket open, whether they talk or not. Hostile text. */
export interface VisitorSeen {
	readonly visitor: string;
	readonly person: string;
	readonly conversation: string | null;
	readonly url: string | null;
	readonly title: string | null;
	readonly visible: boolean;
	readonly since: number;
}

export type AgentDown =
	/** First. `conversations`: all that are open or snoozed, the longest waiting first (at most 500; `left` more are in D1). */
	| {
			readonly is: "welcome";
			readonly me: AgentSeen;
			readonly agents: readonly AgentSeen[];
			readonly conversations: readonly ConversationRow[];
			readonly left: number;
			readonly visitors: readonly VisitorSeen[];
			readonly canned: NonNullable<ChatSettings["canned"]>;
	  }
	/** Of a conversation that is open here. Rows that changed come in `rows`. */
	| ({ readonly is: "news"; readonly conversation: string; readonly acks?: readonly Ack[] } & Span)
	| { readonly is: "acks"; readonly conversation: string; readonly acks: readonly Ack[] }
	| {
			readonly is: "older";
			readonly conversation: string;
			/** It holds all that one may see of the numbers above `after` and below `before`. */
			readonly before: number;
			readonly after: number;
			readonly hasOlder: boolean;
			readonly events: readonly LogEvent[];
	  }
	/** Rows that changed or are new, the closed among them. One frame for many. */
	| { readonly is: "rows"; readonly rows: readonly ConversationRow[] }
	/** It is gone: its period ended, or whose it was is erased. */
	| { readonly is: "gone"; readonly conversations: readonly string[] }
	| { readonly is: "typing"; readonly conversation: string; readonly by: Author }
	| {
			readonly is: "got";
			readonly conversation: string;
			readonly by: "visitor" | "agent";
			readonly upTo: number;
	  }
	/** Those whose sockets changed. `left`: visitors who are there no more. */
	| { readonly is: "visitors"; readonly visitors: readonly VisitorSeen[]; readonly left: readonly string[] }
	| { readonly is: "agents"; readonly agents: readonly AgentSeen[] }
	| { readonly is: "bye"; readonly why: "flood" | "malformed" | "signed-out" };

/** `PublicSettings.chat`: what the script carries. The look is the site's theme. */
export interface PublicChat {
	/** Of the launcher, `#rrggbb`: that of the theme. */
	readonly accent: string;
	readonly onAccent: string;
	/** The corner: the end of a line, where it is not said. */
	readonly at?: "start";
	readonly invites?: true;
}
