// How an object ends with its site: what it stores goes, its alarm with it, and then what of it is in memory, which must
// not be written again.

/** What whoever asks for it is told: an object that is gone answers nothing. */
export const vanished = "vanished";

export async function vanish(state: DurableObjectState): Promise<void> {
	await state.storage.deleteAll();
	// What is not on its way to disk when the object is aborted may never have been.
	await state.storage.sync();
	state.abort(vanished);
}
