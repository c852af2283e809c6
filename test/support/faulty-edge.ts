// What was built in a process that tests may kill, with a D1 that fails to order (test/faults/worker) and doors
// through which a test asks what cells and D1 really hold.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import type { Identifier, Owner } from "../../worker/domain/contact.ts";
import { type Figures, type Look, type Plan, sound, type Tables, type Told } from "../faults/worker/plan.ts";
import { type EdgeOptions, workersOf } from "./edge.ts";

/** A killed process leaves there what it wrote, as on a disk, and nobody waits for a disk that others use too. */
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const root = join(import.meta.dirname, "../..");

/** Where a person is: what a token says. */
export interface Whereabouts {
	readonly cell: string;
	readonly visitor: string;
}

export function whereaboutsOf(token: string): Whereabouts {
	const [, , cell, visitor] = token.split(".");
	if (!cell || !visitor) throw new Error("this is no token");
	return { cell, visitor };
}

export class FaultyEdge {
	readonly #folder: string;
	readonly #isWhole: boolean;
	#process: ChildProcessWithoutNullStreams | undefined;
	#spare: ChildProcessWithoutNullStreams | undefined;
	#url = "";
	/** What the process said last, for whoever must find out why it failed. */
	#said = "";

	/** `whole`: the admin's Worker and the desk's with it, in one. */
	static async start(plan: Plan = sound, what: "edge" | "whole" = "edge"): Promise<FaultyEdge> {
		const edge = new FaultyEdge(mkdtempSync(join(memory, "witaj-faults-")), what === "whole");
		await build({
			entryPoints: [join(root, "test/faults/worker/entry.ts")],
			outfile: edge.#script,
			bundle: true,
			format: "esm",
			alias: { "witaj:built": join(root, "dist/local/index.js") },
			external: ["cloudflare:*", "node:*"],
			// The alias of the type checker points at the sources: not wanted here.
			tsconfigRaw: {},
			logLevel: "error",
		});
		await edge.revive(plan);
		return edge;
	}

	private constructor(folder: string, isWhole: boolean) {
		this.#folder = folder;
		this.#isWhole = isWhole;
	}

	get #script(): string {
		return join(root, "dist/faults", `${basename(this.#folder)}.js`);
	}

	get url(): string {
		return this.#url;
	}

	/** Starts the process again over the same data. */
	async revive(plan: Plan = sound): Promise<void> {
		const options: EdgeOptions = {
			port: 0,
			folder: this.#folder,
			newcomers: 1_000_000,
			callers: 1_000_000,
			script: this.#script,
			isWhole: this.#isWhole,
			bindings: { PLAN: JSON.stringify(plan) },
		};
		const child = this.#spare ?? this.#load();
		this.#spare = undefined;
		this.#process = child;
		child.stdin.write(`${JSON.stringify([workersOf(options), this.#folder])}\n`);
		for await (const line of createInterface({ input: child.stdout })) {
			if (!line.startsWith('{"url"')) continue;
			this.#url = (JSON.parse(line) as { url: string }).url;
			child.stdout.resume();
			return;
		}
		throw new Error(`the edge did not start: ${this.#said}`);
	}

	/** Loads the next process already, so that it takes over sooner. */
	keepSpare(): void {
		this.#spare ??= this.#load();
	}

	#load(): ChildProcessWithoutNullStreams {
		// A process group of its own, so that the runtime below it dies with it.
		const entry = join(import.meta.dirname, "edge-process.ts");
		const child = spawn(process.execPath, [entry], { detached: true, stdio: "pipe" });
		child.stderr.on("data", (chunk: Buffer) => {
			this.#said = (this.#said + chunk.toString()).slice(-4_000);
		});
		return child;
	}

	/** SIGKILL, in the middle of whatever it does; answers when it is dead. */
	async kill(): Promise<void> {
		const child = this.#process;
		this.#process = undefined;
		await killGroup(child);
	}

	async stop(): Promise<void> {
		await Promise.all([this.kill(), killGroup(this.#spare)]);
		for (const left of [this.#folder, this.#script]) rmSync(left, { recursive: true, force: true });
	}

	order(plan: Plan): Promise<null> {
		return this.#ask("plan", {}, plan);
	}

	figures(): Promise<Figures> {
		return this.#ask("figures", {});
	}

	cells(site: string): Promise<readonly string[]> {
		return this.#ask("cells", { site });
	}

	tables(site: string, cell: string): Promise<Tables> {
		return this.#ask("tables", { site, cell });
	}

	look(site: string, { cell, visitor }: Whereabouts, path = "/"): Promise<Look | null> {
		return this.#ask("look", { site, cell, visitor, path });
	}

	/** All that is stored of a site, as one text. */
	everything(site: string, identifiers: readonly Identifier[]): Promise<string> {
		return this.#ask("everything", { site }, identifiers);
	}

	/** `owner`: whose they are where nobody has them. */
	resolve(
		site: string,
		identifiers: readonly Identifier[],
		owner?: Owner,
	): Promise<Owner & { readonly erasedAt?: number }> {
		return this.#ask("resolve", { site, ...owner }, identifiers);
	}

	receive(site: string, cell: string, people: readonly Told[]): Promise<readonly unknown[]> {
		return this.#ask("receive", { site, cell }, people);
	}

	/** Ends the object of a site's chat where it stands, with all its sockets. */
	async abortDesk(site: string): Promise<void> {
		await this.#ask("abort-desk", { site });
	}

	/** Ends the site's desk and all its cells where they stand: nothing of them is left in memory, and no socket. */
	async evict(site: string): Promise<void> {
		await this.#ask("evict", { site });
	}

	/** What every object in the Worker is born with. */
	prototype(): Promise<readonly string[]> {
		return this.#ask("prototype", {});
	}

	/** Moves the site's clock to so much after the machine's. */
	async moveClock(site: string, offsetMs: number): Promise<void> {
		await this.#ask("clock", { site, offset: String(offsetMs) });
	}

	/** The same, and the person as they are in that very instant. */
	lookAt(site: string, offsetMs: number, { cell, visitor }: Whereabouts): Promise<Look | null> {
		return this.#ask("clock", { site, offset: String(offsetMs), cell, visitor });
	}

	/** Asks D1, which answers here whatever was ordered of it. */
	sql<Row>(query: string, ...values: readonly (string | number)[]): Promise<readonly Row[]> {
		return this.#ask("sql", {}, { query, values });
	}

	async #ask<T>(door: string, asked: Record<string, string>, body?: unknown): Promise<T> {
		const response = await fetch(`${this.#url}/faults/${door}?${new URLSearchParams(asked)}`, {
			...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${door}: ${response.status} ${await response.text()} ${this.#said}`);
		return (await response.json()) as T;
	}
}

async function killGroup(child: ChildProcessWithoutNullStreams | undefined): Promise<void> {
	if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, "exit");
	process.kill(-child.pid, "SIGKILL");
	await gone;
}

/** Asks until it is so. The caller's test has the time limit. */
export async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
	for (;;) {
		const answer = await ask();
		if (isSo(answer)) return answer;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
