/** What one request takes codes out of. */
export interface Codes {
	/** Pools of which none is here, and it is not known that none is anywhere: the site is to be asked. */
	readonly lacking: Set<string>;
	/** Pools of which few are left here. */
	readonly running: Set<string>;
	/** Whether none is to be had. False of what is lacking, which is not known yet. */
	isOut(pool: string): boolean;
	/** Gives the next code away; nothing where none is here. */
	take(pool: string): string | undefined;
}
