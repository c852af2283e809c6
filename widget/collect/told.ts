// What the page's own tools tell, in the shape in which we send it.

export type Scalar = string | number | boolean;
export type Props = Readonly<Record<string, Scalar>>;

/** An event in Segment's names. `products` is a list, as Segment has it. */
export interface Told {
	readonly name: string;
	readonly props: Readonly<Record<string, Scalar | readonly Props[]>>;
}

export type Bag = Readonly<Record<string, unknown>>;

export const isBag = (value: unknown): value is Bag =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** A protocol's text is refused where it is longer. */
const longest = 2_000;

/** A text, trimmed, or a number as text; nothing where there is none. */
export function textOf(value: unknown): string | undefined {
	if (typeof value !== "string" && typeof value !== "number") return undefined;
	return String(value).trim().slice(0, longest) || undefined;
}

/** A number, also one written as text: "12.50", "12,50", "1 299,00 zł", "$1,299.00". Below 0 only where it says so. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value !== "string") return Number.isFinite(value) ? (value as number) : undefined;
	// The abbreviation of a currency may end in a full stop.
	const digits = value.replace(/[^\d.,-]/g, "").replace(/[.,]+$/, "");
	// The last mark is the decimal one, unless just three digits follow: then it parts thousands.
	const [, whole = digits, part = "0"] = /^(.*)[.,](\d{1,2}|\d{4,})$/.exec(digits) ?? [];
	const number = Number(`${whole.replace(/[.,]/g, "")}.${part}`);
	return /\d/.test(digits) && Number.isFinite(number) ? number : undefined;
}

/** Without what is undefined. */
export function kept(props: Readonly<Record<string, Scalar | undefined>>): Props {
	return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Props;
}
