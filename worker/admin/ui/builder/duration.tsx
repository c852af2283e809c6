import { useWords } from "../language.ts";
import { NumberInput, Select } from "../parts/field.tsx";

const units = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof units;
const names = ["minutes", "hours", "days"] as const;

/** The largest unit of which the span is a whole number. */
function unitOf(ms: number): Unit {
	return names.findLast((unit) => ms % units[unit] === 0) ?? "minutes";
}

/** A span of time, as a number of minutes, hours or days. */
export function Duration({
	label,
	ms,
	onChange,
}: {
	readonly label: string;
	readonly ms: number;
	readonly onChange: (ms: number) => void;
}) {
	const { builder } = useWords();
	const unit = unitOf(ms);
	return (
		<span class="builder-pair">
			<NumberInput
				label={label}
				hideLabel
				min={1}
				value={Math.round(ms / units[unit])}
				onInput={(n) => n !== undefined && n >= 1 && onChange(Math.round(n) * units[unit])}
			/>
			<Select
				label={builder.unit}
				hideLabel
				value={unit}
				options={names.map((value) => ({ value, label: builder.units[value] }))}
				onChange={(next) => onChange(Math.round(ms / units[unit]) * units[next])}
			/>
		</span>
	);
}
