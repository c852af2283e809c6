// Whose desk it is, and how the site wants it: read from the site's object, kept for when that cannot be reached. Nothing
// is served before it is known.

import { type Theme, themeOf } from "../domain/theme.ts";
import type { DeskEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { siteOf } from "../platform/name.ts";
import type { SiteSettings } from "../protocol/site.ts";
import type { Caller } from "./call.ts";
import type { DeskStore } from "./store.ts";

const defaultRetentionMs = 365 * 86_400_000;
/** Settings are asked for again after so long, where somebody is there. */
const againMs = 10_000;

export class Settings {
	readonly #store: DeskStore;
	readonly #env: DeskEnv;
	/** They were read, and may be others than before. */
	readonly #seen: () => void;
	#site: string | undefined;
	#settings: SiteSettings | undefined;
	#readAt = 0;
	#look: { readonly tokens: string; readonly theme: Theme } | undefined;

	constructor(store: DeskStore, env: DeskEnv, seen: () => void) {
		this.#store = store;
		this.#env = env;
		this.#seen = seen;
		this.#site = store.meta("site");
		const settings = store.meta("settings");
		this.#settings = settings === undefined ? undefined : (JSON.parse(settings) ?? undefined);
	}

	/** False of a desk at which nobody ever was. */
	get isOpened(): boolean {
		return this.#site !== undefined;
	}

	get site(): string {
		if (this.#site === undefined) throw new Error("a desk is a site's");
		return this.#site;
	}

	/** As people know it. */
	get name(): string {
		return this.#settings?.name ?? this.site;
	}

	get timeZone(): string {
		return this.#settings?.timeZone ?? "Europe/Warsaw";
	}

	get chat(): SiteSettings["chat"] {
		return this.#settings?.chat;
	}

	get retentionMs(): number {
		return this.chat?.retentionMs ?? defaultRetentionMs;
	}

	/** The site's look: to find colours that can be read takes its time. */
	get theme(): Theme {
		const tokens = JSON.stringify(this.#settings?.theme ?? {});
		if (this.#look?.tokens !== tokens) this.#look = { tokens, theme: themeOf(JSON.parse(tokens)) };
		return this.#look.theme;
	}

	mayCall({ origin }: Caller): boolean {
		const { origins = [] } = this.#settings ?? {};
		return this.chat !== undefined && (origins.length === 0 || origins.includes(origin ?? ""));
	}

	async open(site: string): Promise<void> {
		if (this.#site === undefined) {
			this.#store.setMeta("site", site);
			this.#site = site;
		}
		if (this.#isOld()) await this.read();
	}

	/** What is read again, if it is time to; nobody waits for it. */
	refresh(): Promise<void> | undefined {
		if (!this.#isOld()) return undefined;
		this.#readAt = Date.now();
		return this.read();
	}

	async read(): Promise<void> {
		try {
			// Nothing of a site that is closed: nobody chats there.
			const settings: SiteSettings | undefined = await siteOf(this.#env, this.site).settings();
			this.#readAt = Date.now();
			const text = JSON.stringify(settings ?? null);
			if (text !== JSON.stringify(this.#settings ?? null)) {
				this.#store.setMeta("settings", text);
				this.#settings = settings;
			}
			this.#seen();
		} catch (error) {
			// With those of before, if there are any, all goes on.
			logFault("desk settings", error);
		}
	}

	#isOld(): boolean {
		return Date.now() > this.#readAt + againMs;
	}
}
