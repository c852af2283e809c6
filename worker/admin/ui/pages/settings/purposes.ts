// What people are asked to agree to, found wherever it stands in an experience.

export interface Asking {
	readonly purpose: string;
	readonly wording: string;
	readonly version: string;
	readonly channels: readonly string[];
	readonly doubleOptIn: boolean;
}

export function askingIn(part: unknown): readonly Asking[] {
	if (typeof part !== "object" || part === null) return [];
	const within = Object.values(part).flatMap(askingIn);
	const field = part as Partial<Asking> & { readonly kind?: unknown };
	if (field.kind !== "consent" || field.purpose === undefined) return within;
	const { purpose, wording = "", version = "", channels = ["email"], doubleOptIn = false } = field;
	return [{ purpose, wording, version, channels, doubleOptIn }, ...within];
}
