/** Whether codes of a pool are to be had. */
export interface Stocked {
	isOut(pool: string): boolean;
}

/** What one request takes codes out of. What is lacking is not out: it is not known yet. */
export interface Codes extends Stocked {
	/** Pools of which none is here, and it is not known that none is anywhere: the site is to be asked. */
	readonly lacking: Set<string>;
	/** Pools of which few are left here. */
	readonly running: Set<string>;
	/** Gives the next code away; nothing where none is here. */
	take(pool: string): string | undefined;
}
