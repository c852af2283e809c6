// A site's feed: fetched on a schedule, by hand, or uploaded. It is read twice: to see what is in it, and only when that is
// sound, into the catalogue, a slice at a time by the object's alarm. Whatever fails, the last good catalogue stays. What
// is interrupted begins its phase anew, which writes nothing twice.

import type { FeedItem } from "../../domain/catalogue/feed/feed.ts";
import { itemsOf } from "../../domain/catalogue/feed/feed.ts";
import { catalogueLimits } from "../../domain/catalogue/limits.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import { safeFetch } from "../../platform/fetch.ts";
import { logWarning } from "../../platform/log.ts";
import type { Duty } from "../duty.ts";
import type { CatalogueStore } from "../store.ts";
import { FeedFile, PackageBomb } from "./file.ts";
import {
	atWork,
	type FeedProblem,
	type FeedRun,
	type FeedSettings,
	newRun,
	type RunCause,
	type RunFault,
	type RunStatus,
	unread,
} from "./run.ts";

const checkedPerStep = 2_000;
const appliedPerStep = 1_000;
const fetchMs = 5 * 60_000;
/** So often a phase may be interrupted or fail before the run is given up. */
const patience = 5;
/** A feed with fewer than this share of the good items of the last one is not taken without somebody's word. */
const suspiciousBelow = 0.5;

/** What is known of the last run that was done: how many good items it had, and by what the shop's server knows the file. */
interface LastGood {
	readonly good: number;
	readonly at: number;
	readonly url?: string;
	readonly etag?: string;
	readonly modified?: string;
}

export type FeedRefusal = "no-feed" | "at-work" | "not-now" | "too-large" | "broken-package";

export interface FeedView {
	readonly settings: FeedSettings | null;
	readonly run: FeedRun | null;
	/** When the last one was done. */
	readonly doneAt: number | null;
	/** When the next one begins by itself. */
	readonly nextAt: number | null;
}

/** A phase that is under way: in memory alone. */
interface Phase {
	readonly run: number;
	readonly status: RunStatus;
	readonly items: Iterator<FeedItem, void>;
	/** Of the products that it has come by. */
	readonly ids: Set<string>;
	/** Once all items are in: up to which product it has looked for what was not among them. */
	after?: number;
}

export class Feed implements Duty {
	readonly name = "feed";
	readonly #store: CatalogueStore;
	readonly #file: FeedFile;
	readonly #local: string | undefined;
	#phase: Phase | undefined;
	#begun = 0;
	/** Bytes that have come of what is being fetched, and the run that is at it. */
	#bytes = 0;
	#taking: number | undefined;

	/** `local` is the origin of a developer's own shop. */
	constructor(store: CatalogueStore, local: string | undefined) {
		this.#store = store;
		this.#file = new FeedFile(store.sql);
		this.#local = local;
	}

	get settings(): FeedSettings | undefined {
		return this.#store.meta<FeedSettings>("feed");
	}

	/** None takes the schedule away, and leaves the products. */
	set settings(settings: FeedSettings | undefined) {
		this.#store.setMeta("feed", settings);
	}

	get view(): FeedView {
		const run = this.#run;
		return {
			settings: this.settings ?? null,
			run: run ? { ...run, bytes: Math.max(run.bytes, this.#bytes) } : null,
			doneAt: this.#lastGood?.at ?? null,
			nextAt: this.#nextAt ?? null,
		};
	}

	get problems(): readonly FeedProblem[] {
		return this.#store.meta<readonly FeedProblem[]>("feed-problems") ?? [];
	}

	dueAt(): number | undefined {
		const run = this.#run;
		if (run && this.#taking === run.n) return undefined;
		return run && atWork.has(run.status) ? 0 : this.#nextAt;
	}

	async work(now: number): Promise<void> {
		const run = this.#run;
		if (!run || !atWork.has(run.status)) this.begin("schedule", now);
		else if (run.status === "fetching") await this.#fetch(run);
		else if (run.status === "checking") this.#check(run);
		else this.#apply(run, now);
	}

	/** Fetches it at the next step of the alarm, unless that is under way. */
	begin(by: RunCause, now: number): FeedRefusal | undefined {
		if (!this.settings) return "no-feed";
		if (!this.isAtWork) this.#start(by, now);
		return undefined;
	}

	/** Takes a file in, to be read from the next step of the alarm on. A body that breaks off leaves nothing. */
	async upload(body: ReadableStream<Uint8Array>, now: number): Promise<FeedRefusal | undefined> {
		if (this.isAtWork) return "at-work";
		const run = this.#start("upload", now);
		const taken = await this.#take(run, body, catalogueLimits.uploadBytes);
		if (taken === "interrupted") return "not-now";
		if (taken !== "taken") this.#end({ ...run, bytes: this.#bytes }, "failed", { is: taken });
		return taken === "taken" ? undefined : taken;
	}

	/** Somebody's word on what was suspicious. */
	decide(isSound: boolean): FeedRefusal | undefined {
		const run = this.#run;
		if (run?.status !== "suspicious") return "not-now";
		if (isSound) this.#put({ ...run, status: "applying" });
		else this.#end(run, "dismissed");
		return undefined;
	}

	async #fetch(run: FeedRun): Promise<void> {
		const { settings } = this;
		// An upload was interrupted, or the settings were taken away.
		if (run.by === "upload" || !settings) return this.#end(run, "failed", { is: "fault" });
		if (!this.#mayBegin(run)) return;
		const last = this.#lastGood;
		const isKnown = run.by === "schedule" && last?.url === settings.url;
		const headers = {
			"user-agent": "Witaj (product feed)",
			accept: "application/xml, text/xml, text/csv, text/tab-separated-values, */*;q=0.5",
			...(isKnown && last.etag !== undefined && { "if-none-match": last.etag }),
			...(isKnown && last.modified !== undefined && { "if-modified-since": last.modified }),
		};
		const options = { headers, timeoutMs: fetchMs, local: this.#local };
		const fetched = await safeFetch(settings.url, options, (response) =>
			this.#receive(run, settings.url, response),
		);
		if (fetched.is === "refused" && this.#isCurrent(run)) this.#end(run, "failed", fetched.fault);
	}

	async #receive(run: FeedRun, url: string, response: Response): Promise<void> {
		if (!this.#isCurrent(run)) return;
		if (response.status === 304) return this.#end(run, "unchanged");
		if (!response.body) return this.#end(run, "failed", { is: "no-products", line: 1 });
		this.#store.setMeta("feed-validators", {
			url,
			etag: response.headers.get("etag") ?? undefined,
			modified: response.headers.get("last-modified") ?? undefined,
		});
		const taken = await this.#take(run, response.body, catalogueLimits.feedBytes);
		if (taken === "taken" || taken === "interrupted") return;
		this.#end({ ...run, bytes: this.#bytes }, "failed", { is: taken });
	}

	async #take(
		run: FeedRun,
		body: ReadableStream<Uint8Array>,
		most: number,
	): Promise<"taken" | "interrupted" | "too-large" | "broken-package"> {
		this.#bytes = 0;
		this.#taking = run.n;
		try {
			const isTaken = await this.#file.take(body, (bytes) => {
				this.#bytes = bytes;
				return bytes <= most && this.#isCurrent(run);
			});
			if (!this.#isCurrent(run)) return "interrupted";
			if (!isTaken) return "too-large";
		} catch (error) {
			if (!this.#isCurrent(run)) return "interrupted";
			if (error instanceof PackageBomb) return "too-large";
			// That it took too long is for whoever asked to say.
			if (error instanceof Error && error.name === "AbortError") throw error;
			logWarning("catalogue feed", { message: error instanceof Error ? error.message : "unknown" });
			return "broken-package";
		} finally {
			if (this.#taking === run.n) this.#taking = undefined;
		}
		this.#put({ ...run, bytes: this.#bytes, status: "checking" });
		return "taken";
	}

	/** Sees what is in it, and changes nothing. */
	#check(run: FeedRun): void {
		const phase = this.#phaseOf(run);
		if (!phase) return;
		let { items, good, refused, problems, format } = this.#begun === 0 ? { ...run, ...unread } : run;
		const found = this.#begun === 0 ? [] : [...this.problems];
		this.#begun++;
		const note = (problem: FeedProblem) => {
			problems++;
			if (found.length < catalogueLimits.problems) found.push(problem);
		};
		let end: { readonly fault?: RunFault } | undefined;
		for (let n = 0; n < checkedPerStep; n++) {
			const { value: item } = phase.items.next();
			if (!item || item.is === "end") {
				end = item ? { fault: { is: item.why, line: item.line } } : {};
				break;
			}
			items++;
			format ??= item.format;
			const { line, read } = item;
			const id = read.is === "product" ? read.product.id : (read.id ?? null);
			const isRepeated = read.is === "product" && phase.ids.has(read.product.id);
			const isTaken = read.is === "product" && !isRepeated;
			if (isTaken) {
				phase.ids.add(read.product.id);
				good++;
			} else refused++;
			for (const fault of read.faults) note({ ...fault, line, id, isTaken });
			if (isRepeated) note({ field: "id", is: "repeated", said: id ?? "", line, id, isTaken });
		}
		this.#store.transaction(() => {
			this.#store.setMeta("feed-problems", found);
			const counted = { ...run, items, good, refused, problems, ...(format && { format }) };
			if (end) this.#judge(counted, end.fault);
			else this.#put(counted);
		});
	}

	#judge(run: FeedRun, fault: RunFault | undefined): void {
		const nothing: RunFault | undefined = run.good === 0 ? { is: "no-products", line: 1 } : undefined;
		const wrong = fault ?? nothing;
		const isSuspicious = run.good < (run.goodBefore ?? 0) * suspiciousBelow;
		this.#phase = undefined;
		if (wrong) this.#end(run, "failed", wrong);
		else this.#put({ ...run, status: isSuspicious ? "suspicious" : "applying" });
	}

	/** Takes a slice into the catalogue; after the last one, what was not in the feed is no longer offered. */
	#apply(run: FeedRun, now: number): void {
		const phase = this.#phaseOf(run);
		if (!phase) return;
		if (phase.after !== undefined) {
			this.#delist(run, phase, phase.after, now);
			return;
		}
		const isFirst = this.#begun++ === 0;
		const slice: Product[] = [];
		while (slice.length < appliedPerStep && phase.after === undefined) {
			const { value: item } = phase.items.next();
			if (!item || item.is === "end") {
				phase.after = 0;
				break;
			}
			if (item.read.is !== "product") continue;
			const { product } = item.read;
			if (phase.ids.has(product.id)) continue;
			phase.ids.add(product.id);
			slice.push(product);
		}
		this.#store.transaction(() => {
			const put = this.#store.put(slice, "feed", now, this.#store.meta("complete") === true);
			const many = (is: string) => put.filter((one) => one.is === is).length;
			this.#put({
				...run,
				applied: (isFirst ? 0 : run.applied) + slice.length - many("full"),
				added: run.added + many("added"),
				changed: run.changed + many("changed"),
			});
		});
	}

	#delist(run: FeedRun, phase: Phase, after: number, now: number): void {
		this.#store.transaction(() => {
			const page = this.#store.offeredByFeed(after, appliedPerStep);
			const missing = page.flatMap(({ id }) => (phase.ids.has(id) ? [] : [id]));
			const next = { ...run, gone: run.gone + this.#store.delist(missing, now) };
			phase.after = page.at(-1)?.n ?? after;
			if (page.length < appliedPerStep) this.#finish(next, now);
			else this.#put(next);
		});
	}

	#finish(run: FeedRun, now: number): void {
		const validators = run.by === "upload" ? {} : this.#store.meta<Partial<LastGood>>("feed-validators");
		const last: LastGood = { ...validators, good: run.good, at: now };
		this.#store.setMeta("feed-last", last);
		// From here on a product that is not known is a new one.
		this.#store.setMeta("complete", true);
		this.#store.forget(now);
		this.#end(run, "done");
	}

	#start(by: RunCause, now: number): FeedRun {
		const run = newRun((this.#run?.n ?? 0) + 1, by, now, this.#lastGood?.good);
		this.#bytes = 0;
		this.#phase = undefined;
		this.#store.setMeta("feed-problems", undefined);
		return this.#put(run);
	}

	#end(run: FeedRun, status: RunStatus, fault?: RunFault): void {
		this.#phase = undefined;
		this.#file.forget();
		this.#put({ ...run, status, endedAt: Date.now(), ...(fault && { fault }) });
	}

	/** The phase that the run is in, from its beginning where nothing is in memory; nothing where that came to pass too often. */
	#phaseOf(run: FeedRun): Phase | undefined {
		if (this.#phase?.run === run.n && this.#phase.status === run.status) return this.#phase;
		if (!this.#mayBegin(run)) return undefined;
		const currency = this.settings?.currency ?? "PLN";
		const items = itemsOf(this.#file.texts(), currency);
		this.#phase = { run: run.n, status: run.status, items, ids: new Set() };
		this.#begun = 0;
		return this.#phase;
	}

	/** Counts how often a phase was begun, so that one that never ends is given up. */
	#mayBegin(run: FeedRun): boolean {
		const known = this.#store.meta<{ run: number; status: RunStatus; times: number }>("feed-tries");
		const times = known?.run === run.n && known.status === run.status ? known.times + 1 : 1;
		this.#store.setMeta("feed-tries", { run: run.n, status: run.status, times });
		if (times <= patience) return true;
		this.#end(run, "failed", { is: "fault" });
		return false;
	}

	get isAtWork(): boolean {
		const run = this.#run;
		return run !== undefined && atWork.has(run.status);
	}

	#isCurrent(run: FeedRun): boolean {
		const now = this.#run;
		return now?.n === run.n && now.status === run.status;
	}

	get #nextAt(): number | undefined {
		const everyMs = this.settings?.everyMs;
		if (everyMs === undefined) return undefined;
		const run = this.#run;
		return run ? run.startedAt + everyMs : 0;
	}

	get #run(): FeedRun | undefined {
		return this.#store.meta<FeedRun>("feed-run");
	}

	get #lastGood(): LastGood | undefined {
		return this.#store.meta<LastGood>("feed-last");
	}

	#put(run: FeedRun): FeedRun {
		this.#store.setMeta("feed-run", run);
		return run;
	}
}
