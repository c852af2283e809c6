// What can be done in a conversation. Who may do what of it is the wire's to say, whose schema takes no other; what is
// possible now, decide.ts says.

import type { Attachment, Pushed, Whose } from "./event.ts";

export type Deed =
	/** To have something to bind a file to, before anything is said. */
	| { readonly is: "begin" }
	| {
			readonly is: "send";
			readonly text: string;
			readonly attachments?: readonly Attachment[];
			readonly greeting?: string;
			readonly flow?: "greeting" | "offline" | "answer" | "ask-address" | "thank-address";
			/** Of `answer`: out of which entry of the site's questions and answers. */
			readonly entry?: string;
	  }
	| { readonly is: "edit"; readonly message: string; readonly text: string }
	| { readonly is: "delete"; readonly message: string }
	| { readonly is: "read"; readonly upTo: number }
	| { readonly is: "introduce"; readonly name?: string; readonly email?: string }
	/** Whoever it belongs to has proven more than before. */
	| { readonly is: "identify"; readonly whose: Whose }
	| { readonly is: "take" }
	| {
			readonly is: "assign";
			readonly to: { readonly agent: string; readonly name: string } | null;
			readonly route?: string;
	  }
	| { readonly is: "close" }
	| { readonly is: "reopen" }
	| { readonly is: "snooze"; readonly until: number }
	| { readonly is: "note"; readonly text: string }
	| { readonly is: "rate"; readonly stars: number; readonly text?: string }
	| { readonly is: "push"; readonly what: Pushed };

/** `seen`: up to which number whoever commands has the log; of agents, whose deeds can collide. */
export type Command = { readonly id: string; readonly seen?: number } & Deed;

/** What a conversation that begins knows of itself. */
export interface Beginning {
	readonly whose: Whose;
	readonly url?: string;
	readonly language?: string;
}
