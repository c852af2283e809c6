// What the meters inside the Worker (worker/counts.ts) tell those outside.

export interface Counts {
	/** Calls of cells by the Worker, alarms not among them. */
	objectRequests: number;
	alarms: number;
	setAlarms: number;
	/** Rows by "verb table". */
	readonly objectWritten: Record<string, number>;
	readonly databaseWritten: Record<string, number>;
	objectRead: number;
	databaseRead: number;
	batches: number;
}
