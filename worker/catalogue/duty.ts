// What a catalogue does by its alarm, of which it has one: each duty says when it is due, and does a bounded piece of its
// work when it is.

export interface Duty {
	readonly name: string;
	/** Epoch ms; nothing where nothing is to be done. */
	dueAt(): number | undefined;
	/** A piece of it. What throws is logged and comes again later. */
	work(now: number): Promise<void> | void;
}
