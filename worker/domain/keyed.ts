// Records whose keys come from outside. A tag may be called "constructor" or "__proto__": such names must neither find
// what every object inherits nor change what an object inherits from.

/** The record's own value, or none. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Sets the record's own value, whatever the key. */
export function put<T>(record: Record<string, T>, key: string, value: T): void {
	if (key !== "__proto__") record[key] = value;
	else Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Whether a name can stand between the quotes of a JSON path as it is. */
export function canSpell(name: string): boolean {
	return name !== "" && JSON.stringify(name) === `"${name}"`;
}

/**
 * The same text as the engine keeps for names of properties. A text that was put together is looked up in the engine's
 * table of names at every use as a key; this one only once.
 */
export function asKey(text: string): string {
	return Object.keys({ [text]: true })[0] ?? text;
}
