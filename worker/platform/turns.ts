// An object's SQLite commits when a turn of its event loop ends, and a commit costs about as much as all that a page view
// writes and thinks. Those who are there at the same moment go on in one turn, and share it.

export class Turns {
	#next: Promise<void> | undefined;

	/** The next turn, the same for everyone who asks before it begins: whatever has arrived by now is heard first. */
	next(): Promise<void> {
		this.#next ??= new Promise((begin) => {
			setTimeout(() => {
				this.#next = undefined;
				begin();
			});
		});
		return this.#next;
	}
}
