// A span of time, chosen among those that somebody would want.

import { useFormat, useWords } from "../../language.ts";
import { Select } from "../../parts/field.tsx";

const hour = 3_600_000;
const day = 24 * hour;
export const retentions = [hour, 3 * hour, 12 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day];
export const rests = [hour, 6 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day, 90 * day, 365 * day];

/** Days and hours as such, so that 30 days are no month. */
export function useSpan(): (ms: number) => string {
	const { settings: words } = useWords();
	const format = useFormat();
	return (ms) =>
		ms % day === 0 ? words.days(ms / day) : ms % hour === 0 ? words.hours(ms / hour) : format.span(ms);
}

export function Span({
	label,
	hint,
	ms,
	among,
	none,
	forever,
	onChange,
	disabled,
}: {
	readonly label: string;
	readonly hint?: string;
	readonly ms: number | null | undefined;
	readonly among: readonly number[];
	/** What it is called that there is none; absent where there has to be one. */
	readonly none?: string;
	/** What it is called that it never ends. */
	readonly forever?: string;
	readonly onChange: (ms: number | null | undefined) => void;
	readonly disabled?: boolean;
}) {
	const spanOf = useSpan();
	const all = typeof ms === "number" && ms > 0 && !among.includes(ms) ? [...among, ms] : among;
	const options = [
		...(none === undefined ? [] : [{ value: "none", label: none }]),
		...all.toSorted((a, b) => a - b).map((one) => ({ value: String(one), label: spanOf(one) })),
		...(forever === undefined ? [] : [{ value: "forever", label: forever }]),
	];
	return (
		<Select
			label={label}
			{...(hint && { hint })}
			{...(disabled && { disabled })}
			value={ms === null ? "forever" : ms ? String(ms) : "none"}
			options={options}
			onChange={(chosen) =>
				onChange(chosen === "none" ? undefined : chosen === "forever" ? null : Number(chosen))
			}
		/>
	);
}
