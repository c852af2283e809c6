// When an object does what it owes: tells D1 what waits, goes on with its walks (a cell brings a publication and what is
// applied to the past to people who are not about), and looks at whatever is due.
//
// Guarantee: an acknowledged event is never lost. D1 has it normally within two seconds, by a drain that starts from
// memory; where the process dies before that, with the next request or `backstopMs` later, by the alarm. To set an alarm
// costs as much as a row, so it is only a backstop and the clock of due instants. While rows wait, one is armed; it is
// armed in the transaction of the row, and neither moved nor put back when they have gone.

import { logFault } from "../platform/log.ts";
import { within } from "../platform/within.ts";
import type { Delivery } from "./delivery.ts";
import type { Outbox } from "./outbox.ts";

/** How long the outbox gathers between drains: the longer, the more a batch of D1's is worth what it costs. */
const gatherMs = { calm: 400, busy: 1_000 };
/** Lines of a drain. */
const busyFrom = 16;
const backstopMs = 300_000;
/** A walk goes on in an object that nobody visits: it is awake for about so long after each alarm. */
const walkBackstopMs = 60_000;
const afterFaultMs = 30_000;
/** A drain that takes longer hangs, and must not hold up the next: D1 takes the same lines in but once. */
const longestDrainMs = 120_000;
/** As long as what is tried again soon waits. */
const longestTimerMs = 60_000;
const never = Number.POSITIVE_INFINITY;

/** `retryAt` by the wall clock: nothing is tried before that. */
export interface Going {
	readonly isPending: boolean;
	readonly retryAt: number;
	/** Goes on for a while; never fails. */
	readonly run: () => Promise<void>;
}

export interface Duties {
	readonly outbox: Outbox;
	readonly delivery: Delivery;
	/** What is to be gone through, one after the other. */
	readonly walks: readonly Going[];
	/** Empties the outbox as far as that goes now. */
	readonly deliver: () => Promise<void>;
	/** When something is to be looked at, by the wall clock and no sooner than `wall`; infinity where nothing is. */
	readonly dueAt: (wall: number) => number;
}

export class Wake {
	readonly #state: DurableObjectState;
	readonly #duties: Duties;
	/** When the alarm will ring, as far as this instance knows. */
	#alarmAt: number | undefined;
	#isRinging = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#timerAt = never;
	#drain: Promise<void> | undefined;
	/** Wall clock: no drain before that. */
	#gathersUntil = 0;

	constructor(state: DurableObjectState, duties: Duties) {
		this.#state = state;
		this.#duties = duties;
		void state.blockConcurrencyWhile(async () => {
			this.#alarmAt = (await state.storage.getAlarm()) ?? undefined;
			// Once whatever woke the cell has begun: an alarm that the platform gave up is wound up again, and rows that a
			// killed process left are delivered.
			setTimeout(() => this.wind(), 0);
		});
	}

	/** Sees to it that what is owed will be done; after all that may have changed it, in its transaction's turn. */
	wind(): void {
		this.#arm();
		if (this.#drain) return;
		const { outbox, delivery, walks } = this.#duties;
		const next = Math.min(outbox.waiting > 0 ? delivery.retryAt : never, nextOf(walks));
		const at = Math.max(this.#gathersUntil, next);
		if (at === never || at >= this.#timerAt) return;
		// The alarm comes no later, and a cell that waits for a timer is paid for.
		if (at - Date.now() > longestTimerMs) return;
		if (this.#timer !== undefined) clearTimeout(this.#timer);
		this.#timerAt = at;
		// Never at once: the answer leaves first. A cell at rest does not gather, for it is paid for while it waits.
		this.#timer = setTimeout(() => void this.#drainNow(), Math.max(0, Math.ceil(at - Date.now())));
	}

	/** The object's clock was moved, on a developer's machine: the alarm rings as if so much time had passed. */
	hasten(byMs: number): void {
		if (this.#alarmAt !== undefined && byMs > 0) this.#set(this.#alarmAt - byMs);
		this.wind();
	}

	/** The alarm. It never fails, for the platform would give it up after six failures. */
	async ring(look: () => void): Promise<void> {
		this.#isRinging = true;
		try {
			look();
		} catch (error) {
			// Whoever cannot be looked at must not hold up the delivery.
			logFault("due", error);
		}
		await this.#drainNow();
		this.#isRinging = false;
		this.#alarmAt = undefined;
		this.wind();
	}

	#drainNow(): Promise<void> {
		if (this.#timer !== undefined) clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#timerAt = never;
		if (!this.#drain) {
			this.#drain = this.#deliver();
			this.#state.waitUntil(this.#drain);
		}
		return this.#drain;
	}

	async #deliver(): Promise<void> {
		const { outbox, delivery, walks } = this.#duties;
		const before = delivery.delivered;
		try {
			await within(longestDrainMs, this.#work());
			const isWalking = walks.some(({ isPending }) => isPending);
			const told = delivery.delivered - before;
			const isAtWork = outbox.waiting > 0 || told > 0 || isWalking;
			if (isAtWork) this.#gathersUntil = Date.now() + (told < busyFrom ? gatherMs.calm : gatherMs.busy);
		} catch (error) {
			this.#gathersUntil = Date.now() + afterFaultMs;
			logFault("delivery", error);
		}
		this.#drain = undefined;
		this.wind();
	}

	/** What people did goes before what is made of it. */
	async #work(): Promise<void> {
		await this.#duties.deliver();
		for (const walk of this.#duties.walks) await walk.run();
	}

	/** An alarm that rings sooner is left alone: it is looked at anew when it does. */
	#arm(): void {
		// A ringing alarm rings again if the process dies, and is wound up at its end.
		if (this.#isRinging) return;
		const { outbox, dueAt, walks } = this.#duties;
		const wall = Date.now();
		// Rows of an earlier life are no reason to move its alarm: if they still wait, it is a backstop already.
		const waits = outbox.waiting > 0 && (outbox.isSure || this.#alarmAt === undefined);
		const next = Math.min(
			dueAt(wall),
			waits ? wall + backstopMs : never,
			Math.max(wall + walkBackstopMs, nextOf(walks)),
		);
		if (next === never || (this.#alarmAt !== undefined && this.#alarmAt <= next)) return;
		this.#set(next);
	}

	#set(at: number): void {
		this.#alarmAt = at;
		void this.#state.storage.setAlarm(at);
	}
}

function nextOf(walks: readonly Going[]): number {
	return Math.min(never, ...walks.filter(({ isPending }) => isPending).map(({ retryAt }) => retryAt));
}
