// The chat's launcher: a button in the corner of the page, and nothing else until it is pressed or a talk goes on. Where
// visitors may be invited, a further chunk waits for that.

import type { PublicSettings } from "../worker/protocol/settings.ts";
import { talkKey } from "./chat/keys.ts";
import css from "./chat/launcher.css";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { sheetOf } from "./ui/look.ts";

/** What the launcher lends to the chunk that talks. */
export interface Launcher {
	readonly host: Host;
	readonly settings: PublicSettings;
	readonly root: ShadowRoot;
	readonly button: HTMLButtonElement;
}

export interface Talk {
	/** Opens it, or closes it where it is open. */
	readonly toggle: () => void;
	/** `greeting`: the experience whose button asked for it. */
	readonly open: (greeting?: string) => void;
}

let talk: Promise<Talk> | undefined;
let endWait: (() => void) | undefined;

/** Called for each page view of a site whose settings say that there is somebody to talk with. */
export function look(host: Host, settings: PublicSettings): void {
	if (host.talk) return;
	const { at, accent, onAccent, invites } = settings.chat ?? {};
	const outer = document.createElement("witaj-chat");
	const root = outer.attachShadow({ mode: "open" });
	const button = document.createElement("button");
	const load = (chunk: string) => import(import.meta.url.replace(/launcher(?=\.js$)/, chunk));
	const loaded = () => {
		endWait?.();
		talk ??= load("chat").then((chunk) => chunk.begin({ host, settings, root, button }));
		// Asked for again when it is pressed again.
		talk.catch(() => (talk = undefined));
		return talk;
	};
	outer.className = at ?? "";
	root.adoptedStyleSheets = [sheetOf(`${css}:host{--accent:${accent};--on-accent:${onAccent}}`)];
	button.className = "launch";
	button.ariaLabel = /^pl/.test(document.documentElement.lang || navigator.language) ? "Czat" : "Chat";
	button.onclick = guard(async () => (await loaded()).toggle());
	host.talk = guard(async (greeting?: string) => (await loaded()).open(greeting));
	root.append(button);
	document.documentElement.append(outer);
	// A page without storage has no talk that goes on, and nobody to invite.
	guard(async () => {
		if (localStorage[talkKey]) loaded();
		else if (invites) endWait = (await load("invite")).wait(host, settings, loaded);
	})();
}
