// What a desk does by itself when a visitor has written: gives the conversation to an agent by the site's rules, greets,
// says that nobody is there, asks for an address and takes it out of an answer. What it answers out of the site's own
// questions and answers: answering.ts.

import type { PathTest } from "../condition.ts";
import { passesPath } from "../match.ts";
import { foldPath } from "../text.ts";
import type { Deed as Commanded } from "./command.ts";
import type { Author } from "./event.ts";
import type { Conversation } from "./state.ts";

export interface Route {
	readonly id: string;
	readonly segment?: string;
	readonly language?: string;
	readonly pages?: readonly PathTest[];
	readonly agents: readonly string[];
}

/** An agent who is there and not away, with how many open conversations are theirs. */
export interface Present {
	readonly agent: string;
	readonly name: string;
	readonly open: number;
}

export interface Circumstances {
	readonly isOpen: boolean;
	readonly present: readonly Present[];
	readonly routes: readonly Route[];
	readonly segments: readonly string[];
	/** Whether the site lets its questions and answers be looked through. */
	readonly answers: boolean;
	/** In the visitor's language; absent where the site has none. */
	readonly greeting?: string;
	readonly offline?: string;
	/** What to say when an address is asked for, when it was not understood, and when it was given; absent where the site does not ask. */
	readonly address?: { readonly ask: string; readonly again: string; readonly thank: string };
}

/** What is done after a message of the visitor, each as a command by whoever stands beside it. */
export type Reaction = { readonly by: Author; readonly deed: Commanded };

const site: Author = { who: "site" };
const visitor: Author = { who: "visitor" };

/** `before` is the conversation as it was when the visitor wrote `text`; nothing where it began with that. */
export function react(
	before: Conversation | undefined,
	after: Conversation,
	text: string,
	circumstances: Circumstances,
): readonly Reaction[] {
	const { address, isOpen, offline, greeting } = circumstances;
	if (before?.asksAddress) {
		const email = addressIn(text);
		if (!address) return [];
		// Who goes on about something else is not asked a second time.
		if (email === undefined)
			return text.includes("@")
				? [{ by: site, deed: { is: "send", text: address.again, flow: "ask-address" } }]
				: [];
		return [
			{ by: visitor, deed: { is: "introduce", email } },
			{ by: site, deed: { is: "send", text: address.thank, flow: "thank-address" } },
		];
	}
	// Within a conversation agents answer.
	if (!begins(before)) return [];
	const reactions: Reaction[] = [];
	const say = (text: string, flow: "greeting" | "offline" | "ask-address") =>
		reactions.push({ by: site, deed: { is: "send", text, flow } });
	const assigned = after.agent === null ? route(after, circumstances) : undefined;
	if (assigned) reactions.push({ by: site, deed: assigned });
	if (isOpen && greeting !== undefined) say(greeting, "greeting");
	if (!isOpen && offline !== undefined) say(offline, "offline");
	if (!isOpen && address && after.email === null && after.whose.proof !== "verified")
		say(address.ask, "ask-address");
	return reactions;
}

/** A conversation that is taken up again is received as one that begins. `before`: as it was when the visitor wrote. */
export function begins(before: Conversation | undefined): boolean {
	return !before || before.status === "closed" || before.firstAskedAt === null;
}

/** To whom the first rule that fits gives it: of its agents who are there the one with the fewest. */
function route(
	{ language, url }: Conversation,
	{ routes, present, segments }: Circumstances,
): Extract<Commanded, { is: "assign" }> | undefined {
	const path = url === null ? undefined : pathOf(url);
	for (const { id, agents, ...rule } of routes) {
		if (rule.segment !== undefined && !segments.includes(rule.segment)) continue;
		if (rule.language !== undefined && language?.slice(0, rule.language.length) !== rule.language) continue;
		if (rule.pages && !rule.pages.some((test) => path !== undefined && passesPath(test, path))) continue;
		const free = present.filter(({ agent }) => agents.includes(agent)).sort((a, b) => a.open - b.open);
		const [first] = free;
		if (first) return { is: "assign", to: { agent: first.agent, name: first.name }, route: id };
	}
	return undefined;
}

function pathOf(url: string): string {
	return foldPath(/^https?:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || "/");
}

/** The first thing in a text that may be an e-mail address. */
export function addressIn(text: string): string | undefined {
	return /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/
		.exec(text)?.[0]
		.replace(/[.-]+$/, "");
}
