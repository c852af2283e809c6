// Identifiers: by what a person is known again, whichever browser or system they come from.

/**
 * From the one that says most to the one that says least: the site's own user id, an address, a phone, and the id under
 * which another system knew somebody before it knew who they are.
 */
export const identifierKinds = ["user", "email", "phone", "anonymous"] as const;

export type IdentifierKind = (typeof identifierKinds)[number];

/** `value` as it is compared, see `normalise`. */
export interface Identifier {
	readonly kind: IdentifierKind;
	readonly value: string;
}

/** Under which attribute an identifier stands on the card. What another system calls nobody is no name. */
export const attributeOf: Readonly<Record<IdentifierKind, string>> = {
	user: "userId",
	email: "email",
	phone: "phone",
	anonymous: "anonymousId",
};

export function isSame({ kind, value }: Identifier): (other: Identifier) => boolean {
	return (other) => other.kind === kind && other.value === value;
}

/** Whose an identifier is: the person, and the cell that has them. */
export interface Owner {
	readonly person: string;
	readonly cell: string;
}

const longestId = 200;
/** Of a number without a country's code. */
const homeCode = "48";

/** An identifier as it is compared; nothing for what is none. */
export function normalise(kind: IdentifierKind, text: string): Identifier | undefined {
	const value =
		kind === "email" ? normaliseEmail(text) : kind === "phone" ? normalisePhone(text) : normaliseId(text);
	return value === undefined ? undefined : { kind, value };
}

/** An address as it is compared: trimmed and in lower case; nothing for what is none. */
export function normaliseEmail(text: string): string | undefined {
	const email = text.trim().toLowerCase();
	const [local, domain, ...more] = email.split("@");
	if (!local || !domain || more.length > 0 || email.length > 254 || /\s/.test(email)) return undefined;
	const labels = domain.split(".");
	return labels.length > 1 && labels.every((label) => label.length > 0) ? email : undefined;
}

/** E.164; nine digits without a country's code are a Polish number. */
export function normalisePhone(text: string): string | undefined {
	const written = text.trim().replace(/[\s().\-/]/g, "");
	const plus = written.replace(/^00/, "+");
	const digits = /^\d{9}$/.test(plus) ? `+${homeCode}${plus}` : plus;
	return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}

function normaliseId(text: string): string | undefined {
	const id = text.trim();
	return id.length > 0 && id.length <= longestId ? id : undefined;
}
