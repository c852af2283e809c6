// A site's Durable Object: the published snapshot, and the cells that must have it. Publishing pushes to every cell
// that registered, and is retried by alarm until each has acknowledged.

import { DurableObject } from "cloudflare:workers";
import type { ConsentTerms } from "../domain/consent.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import { type Link, personalParameter, previewParameter, signLink, unsubscribing } from "../platform/link.ts";
import { logFault, logWarning } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";
import { makeSecretKey } from "../platform/secret.ts";
import { signStaffMark, siteKeyOf } from "../platform/token.ts";
import { vanish } from "../platform/vanish.ts";
import type { KnownSecretKey, NewSecretKey } from "../protocol/key.ts";
import type { Lease, Login, SiteSettings, Snapshot } from "../protocol/site.ts";
import { type PoolStock, Pools } from "./pools.ts";
import { type Preview, Previews } from "./previews.ts";
import { Secrets, type ValidKey } from "./secrets.ts";

const retryMs = 1_000;
const recallMs = 30_000;
/** A link names a cell; a preview is the site's. */
const noCell = "eu-none-0";

export interface Registration {
	readonly snapshot: Snapshot;
	readonly clockOffsetMs: number;
}

/** The public key for the script tag, and the mark that keeps the site's own staff out of its figures. */
export interface SiteKeys {
	readonly key: string;
	readonly staffMark: string;
}

/** Who may send to a site: pages of these origins (of any, where there is none), and servers with one of these keys. */
export interface SiteAccess {
	readonly origins: readonly string[];
	readonly keys: readonly ValidKey[];
}

/** `definitions` are the ids of those that do not know all of the past yet. */
export interface SiteFilling {
	readonly revision: number;
	readonly people: number;
	readonly done: number;
	readonly definitions: readonly string[];
}

/** How far a revision has come. */
export interface Reached {
	readonly revision: number;
	readonly cells: number;
	readonly waiting: number;
	/** Epoch ms; null where no page ever called. */
	readonly tagSeenAt: number | null;
}

// Tables: meta (snapshot, login, clock, the revision that the desk has acknowledged, and when the tag was seen first); cells,
// one row for each cell with the revision that it has acknowledged; codes and pools, see pools.ts; secret_keys, see
// secrets.ts; previews, see previews.ts.
export class Site extends DurableObject<EdgeEnv> {
	readonly #sql: SqlStorage;
	readonly #pools: Pools;
	readonly #secrets: Secrets;
	/** When cells were last asked for what they have of a pool, and had nothing. */
	readonly #recalledAt = new Map<string, number>();
	readonly #previews: Previews;

	constructor(state: DurableObjectState, env: EdgeEnv) {
		super(state, env);
		this.#sql = state.storage.sql;
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
		);
		this.#sql.exec(
			"CREATE TABLE IF NOT EXISTS cells (name TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID",
		);
		this.#pools = new Pools(this.#sql);
		this.#secrets = new Secrets(this.#sql);
		this.#previews = new Previews(this.#sql);
	}

	/** A cell is born: from now on publications are pushed to it. Nothing where the site was never published. */
	async register(cell: string): Promise<Registration | undefined> {
		const snapshot = this.#open();
		if (!snapshot) return undefined;
		this.#acknowledge(cell, snapshot.revision);
		return { snapshot, clockOffsetMs: this.#clockOffsetMs() };
	}

	/**
	 * Stores a publication and pushes it; answers when every cell that could be reached has it. One that comes late is in the
	 * newer one, and is not stored.
	 */
	async publish(snapshot: Snapshot, login?: Login): Promise<{ readonly waiting: number }> {
		const known = this.#snapshot();
		const isNewer = !known || snapshot.revision > known.revision;
		if (isNewer) this.#setMeta("snapshot", JSON.stringify(snapshot));
		// Whoever published it knows its login best: another may have brought it here with that of the one before.
		if (isNewer || snapshot.revision === known.revision)
			this.#setMeta("login", JSON.stringify(login ?? null));
		return { waiting: await this.#push() };
	}

	/** Closed, the site answers whoever comes to it as if there were none; all that it has stays. */
	async close(isClosed: boolean): Promise<void> {
		const known = this.#snapshot();
		if (known && !known.isClosed === isClosed)
			await this.publish({ ...known, isClosed, revision: known.revision + 1 }, await this.login());
	}

	async vanish(): Promise<void> {
		return vanish(this.ctx);
	}

	async settings(): Promise<SiteSettings | undefined> {
		return this.#open()?.settings;
	}

	/** How the site's own login vouches for people; nothing where it does not. */
	async login(): Promise<Login | undefined> {
		return JSON.parse(this.#meta("login") ?? "null") ?? undefined;
	}

	async revision(): Promise<number> {
		return this.#snapshot()?.revision ?? 0;
	}

	/** How many cells there are, how many do not have this revision yet, and when a page first called one. */
	async reached(revision: number): Promise<Reached> {
		const query = "SELECT count(*) AS cells, coalesce(sum(revision < ?), 0) AS waiting FROM cells";
		const counted = this.#sql.exec<{ cells: number; waiting: number }>(query, revision).one();
		const seen = this.#meta("tagSeenAt");
		return {
			revision: await this.revision(),
			...counted,
			tagSeenAt: seen === undefined ? null : Number(seen),
		};
	}

	/** A page of the site has our tag. */
	async tagSeen(): Promise<void> {
		if (this.#meta("tagSeenAt") === undefined) this.#setMeta("tagSeenAt", String(Date.now()));
	}

	async cells(): Promise<readonly string[]> {
		return this.#sql
			.exec<{ name: string }>("SELECT name FROM cells ORDER BY name")
			.toArray()
			.map(({ name }) => name);
	}

	/** Signed here, where the secrets are: whoever administers sites needs none of them. */
	async keys(site: string): Promise<SiteKeys> {
		return {
			key: await siteKeyOf(keyringOf(this.env.SITE_KEYS), site),
			staffMark: await signStaffMark(keyringOf(this.env.TOKEN_KEYS), site),
		};
	}

	/** A link to a page of the site for each of these people, which proves *linked* there. Instants are epoch ms. */
	async personalLinks(
		site: string,
		people: readonly { readonly cell: string; readonly id: string }[],
		page: string,
		span: Pick<Link, "issuedAt" | "expiresAt">,
	): Promise<readonly string[]> {
		const keyring = keyringOf(this.env.TOKEN_KEYS);
		return Promise.all(
			people.map(async ({ cell, id }) => {
				const url = new URL(page);
				const link = { kind: "personal", site, cell, subject: id, ...span } as const;
				url.searchParams.set(personalParameter, await signLink(keyring, link));
				return url.href;
			}),
		);
	}

	/** A link to a page of the site that shows this there, to whoever has it. Instants are epoch ms. */
	async previewLink(
		site: string,
		preview: Preview,
		page: string,
		span: Pick<Link, "issuedAt" | "expiresAt">,
	): Promise<string> {
		const id = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
		this.#previews.keep(id, preview, span.expiresAt);
		await this.#ringBy(span.expiresAt);
		const url = new URL(page);
		const link = { kind: "preview", site, cell: noCell, subject: id, ...span } as const;
		url.searchParams.set(previewParameter, await signLink(keyringOf(this.env.TOKEN_KEYS), link));
		return url.href;
	}

	/** In the site's own look. */
	async preview(id: string): Promise<Preview | undefined> {
		const kept = this.#previews.find(id, Date.now());
		const snapshot = this.#open();
		if (!kept || !snapshot) return undefined;
		const { experience } = kept;
		const theme = { ...snapshot.settings.theme, ...experience.theme };
		return { ...kept, experience: { ...experience, theme } };
	}

	/** The path on the edge of a page where the person takes a consent back. It is signed for years: mail is kept. */
	async unsubscribingPath(
		site: string,
		person: { readonly cell: string; readonly id: string },
		{ channel, purpose }: ConsentTerms,
		span: Pick<Link, "issuedAt" | "expiresAt">,
	): Promise<string> {
		const subject = unsubscribing(person.id, channel, purpose);
		const link = { kind: "unsubscribe", site, cell: person.cell, subject, ...span } as const;
		return `/u/${await signLink(keyringOf(this.env.TOKEN_KEYS), link)}`;
	}

	/** Nothing where the site was never published. */
	async access(): Promise<SiteAccess | undefined> {
		const origins = this.#open()?.settings.origins;
		return origins && { origins, keys: this.#secrets.valid() };
	}

	/** The only time that the key itself is told. */
	async makeSecretKey(
		site: string,
		wanted: NewSecretKey,
	): Promise<KnownSecretKey & { readonly key: string }> {
		const id = crypto.randomUUID().slice(0, 8);
		const { key, digest } = await makeSecretKey(keyringOf(this.env.SITE_KEYS), site, id);
		return { ...this.#secrets.add(id, wanted, digest, Date.now()), key };
	}

	async secretKeys(): Promise<readonly KnownSecretKey[]> {
		return this.#secrets.list();
	}

	/** False where there is no such key. */
	async revokeSecretKey(id: string): Promise<boolean> {
		return this.#secrets.revoke(id, Date.now());
	}

	/** How far what was published last has come to the people who were there before it, in all cells that have it. */
	async filling(): Promise<SiteFilling> {
		const snapshot = this.#snapshot();
		const all: { people: number; done: number; definitions: string[] }[] = [];
		const names = snapshot ? await this.cells() : [];
		await Promise.all(
			names.map(async (name) => {
				const { people, done, definitions } = await cellOf(this.env, snapshot?.site ?? "", name).filling();
				all.push({ people, done, definitions: [...definitions] });
			}),
		);
		const total = (of: "people" | "done") => all.reduce((sum, one) => sum + one[of], 0);
		return {
			revision: snapshot?.revision ?? 0,
			people: total("people"),
			done: total("done"),
			definitions: [...new Set(all.flatMap(({ definitions }) => definitions))].sort(),
		};
	}

	/** Puts codes into a pool; answers how many it did not have. */
	async addCoupons(pool: string, codes: readonly string[]): Promise<number> {
		return this.#pools.add(pool, codes);
	}

	async coupons(): Promise<readonly PoolStock[]> {
		return this.#pools.stock();
	}

	/**
	 * The codes of a pool that a cell has beyond `after`, another block where it has them all; none where none is left, here
	 * or in the other cells.
	 */
	async leaseCoupons(pool: string, cell: string, after: number): Promise<readonly Lease[]> {
		const wasLow = this.#pools.stockOf(pool)?.isLow;
		const leases = this.#pools.lease(pool, cell, after);
		const stock = this.#pools.stockOf(pool);
		if (stock?.isLow && !wasLow)
			logWarning("coupon pool is low", { pool, codes: stock.codes, left: stock.left });
		if (leases.length > 0) return leases;
		await this.#recallCoupons(pool, cell);
		return this.#pools.lease(pool, cell, after);
	}

	/** Has the other cells give back what they have not given away. Not again for a while: an empty pool stays empty. */
	async #recallCoupons(pool: string, cell: string): Promise<void> {
		const site = this.#snapshot()?.site;
		if (site === undefined || Date.now() < (this.#recalledAt.get(pool) ?? 0) + recallMs) return;
		this.#recalledAt.set(pool, Date.now());
		await Promise.all(
			this.#pools.holders(pool, cell).map(async (holder) => {
				try {
					const places = await cellOf(this.env, site, holder).giveCouponsBack(pool);
					this.#pools.takeBack(pool, holder, places);
					// There may be more where these were.
					if (places.length > 0) this.#recalledAt.delete(pool);
				} catch (error) {
					logFault("coupon recall", error);
				}
			}),
		);
	}

	/** Cells that have not acknowledged what was published last. */
	async behind(): Promise<readonly string[]> {
		return this.#behind(await this.revision());
	}

	async clockOffsetMs(): Promise<number> {
		return this.#clockOffsetMs();
	}

	/** Moves the site's clock and that of its cells, on a developer's machine. */
	async moveClock(offsetMs: number): Promise<void> {
		const site = this.#snapshot()?.site;
		if (this.env.LOCAL !== "1" || site === undefined)
			throw new Error("the clock moves on a developer's machine alone");
		this.#setMeta("clock", String(offsetMs));
		for (const cell of await this.cells()) await cellOf(this.env, site, cell).moveClock(offsetMs);
	}

	override async alarm(): Promise<void> {
		const next = this.#previews.sweep(Date.now());
		if (next !== undefined) await this.#ringBy(next);
		await this.#push();
	}

	/** A due alarm is never pushed into the future. */
	async #ringBy(at: number): Promise<void> {
		const set = await this.ctx.storage.getAlarm();
		if (set === null || at < set) await this.ctx.storage.setAlarm(at);
	}

	async #push(): Promise<number> {
		const snapshot = this.#snapshot();
		if (!snapshot) return 0;
		const pushes = this.#behind(snapshot.revision).map(async (name) => {
			await cellOf(this.env, snapshot.site, name).publish(snapshot);
			this.#acknowledge(name, snapshot.revision);
		});
		const failed = (await Promise.allSettled(pushes)).filter((push) => push.status === "rejected");
		for (const { reason } of failed) logFault("site push", reason);
		const isDeskBehind = !(await this.#pushToDesk(snapshot));
		if (failed.length > 0 || isDeskBehind) await this.#ringBy(Date.now() + retryMs);
		return failed.length;
	}

	/** Where there is a chat, or was one; false where it is to be tried again. */
	async #pushToDesk({ site, settings, revision }: Snapshot): Promise<boolean> {
		const known = this.#meta("desk");
		if ((known === undefined && !settings.chat) || Number(known ?? 0) >= revision) return true;
		try {
			await this.env.CHAT.published(site);
			this.#setMeta("desk", String(revision));
			return true;
		} catch (error) {
			logFault("site push to the desk", error);
			return false;
		}
	}

	#behind(revision: number): readonly string[] {
		return this.#sql
			.exec<{ name: string }>("SELECT name FROM cells WHERE revision < ?", revision)
			.toArray()
			.map(({ name }) => name);
	}

	/** While a push was under way, a newer publication may have been acknowledged: the higher one stands. */
	#acknowledge(cell: string, revision: number): void {
		this.#sql.exec(
			`INSERT INTO cells (name, revision) VALUES (?, ?)
			ON CONFLICT (name) DO UPDATE SET revision = max(revision, excluded.revision)`,
			cell,
			revision,
		);
	}

	#snapshot(): Snapshot | undefined {
		const text = this.#meta("snapshot");
		return text === undefined ? undefined : JSON.parse(text);
	}

	/** For whoever comes to the site. */
	#open(): Snapshot | undefined {
		const snapshot = this.#snapshot();
		return snapshot?.isClosed ? undefined : snapshot;
	}

	#clockOffsetMs(): number {
		return Number(this.#meta("clock") ?? "0");
	}

	#meta(key: string): string | undefined {
		return this.#sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key).toArray()[0]?.value;
	}

	#setMeta(key: string, value: string): void {
		this.#sql.exec(
			"INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
			key,
			value,
		);
	}
}
