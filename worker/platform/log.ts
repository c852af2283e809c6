// Structured lines for whoever operates the Worker. Never an address, a token or what people wrote.

/** Logs a fault under a new id and returns the id, which is all that a caller learns. */
export function logFault(where: string, error: unknown): string {
	const id = crypto.randomUUID();
	const message = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
	const stack = error instanceof Error ? error.stack : undefined;
	console.error(JSON.stringify({ level: "error", id, where, message, stack }));
	return id;
}

export function logWarning(where: string, facts: Readonly<Record<string, string | number>>): void {
	console.warn(JSON.stringify({ level: "warn", where, ...facts }));
}

/** Of whatever was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : "unknown";
}
