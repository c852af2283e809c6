import { Duration } from "../builder/duration.tsx";
import { Checkbox } from "../parts/field.tsx";

const usuallyMs = 30 * 86_400_000;

/** After how long something goes; never where it is not chosen. */
export function Expiry({
	label,
	hint,
	ms,
	onChange,
}: {
	readonly label: string;
	readonly hint: string;
	readonly ms: number | undefined;
	readonly onChange: (ms: number | undefined) => void;
}) {
	return (
		<div class="rule-line">
			<Checkbox
				label={label}
				hint={hint}
				checked={ms !== undefined}
				onChange={(isSo) => onChange(isSo ? usuallyMs : undefined)}
			/>
			{ms !== undefined && <Duration label={label} ms={ms} onChange={onChange} />}
		</div>
	);
}
