// Questions about what somebody did: how often, and in which order.

import { useWords } from "../language.ts";
import { Combobox } from "../parts/combobox.tsx";
import { Select } from "../parts/field.tsx";
import { Duration } from "./duration.tsx";
import { useKnown } from "./known.ts";
import { Count, type LeafProps, type Of, Word } from "./leaf-parts.tsx";
import { MatchEditor } from "./match.tsx";

const dayMs = 86_400_000;

export function Events({ leaf, onChange }: LeafProps<Of<"events">>) {
	const { builder } = useWords();
	const { suggest } = useKnown();
	const { by, withinMs } = leaf;
	const within = withinMs === undefined ? "ever" : "within";
	const counted = by === undefined ? "event" : by === "visit" ? "visit" : "property";
	const without = (name: "by" | "withinMs"): Of<"events"> => {
		const { [name]: _, ...left } = leaf;
		return left;
	};
	return (
		<MatchEditor label={builder.event} match={leaf.match} onChange={(match) => onChange({ ...leaf, match })}>
			<Count count={leaf.count} label={builder.event} onChange={(count) => onChange({ ...leaf, count })} />
			<Select
				label={builder.countedBy}
				hideLabel
				value={counted}
				options={(["event", "visit", "property"] as const).map((value) => ({
					value,
					label: builder.countBy[value],
				}))}
				onChange={(next) =>
					onChange(
						next === "event"
							? without("by")
							: { ...leaf, by: next === "visit" ? "visit" : { property: "product" } },
					)
				}
			/>
			{typeof by === "object" && (
				<Combobox
					label={builder.property}
					hideLabel
					placeholder={builder.property}
					value={by.property}
					suggest={(written) => suggest("property", written, { event: leaf.match.name })}
					onChange={(property) => onChange({ ...leaf, by: { property } })}
				/>
			)}
			<Select
				label={builder.when}
				hideLabel
				value={within}
				options={(["ever", "within"] as const).map((value) => ({ value, label: builder.withins[value] }))}
				onChange={(next) =>
					onChange(next === "ever" ? without("withinMs") : { ...leaf, withinMs: 30 * dayMs })
				}
			/>
			{withinMs !== undefined && (
				<Duration label={builder.when} ms={withinMs} onChange={(ms) => onChange({ ...leaf, withinMs: ms })} />
			)}
		</MatchEditor>
	);
}

export function Sequence({ leaf, onChange }: LeafProps<Of<"sequence">>) {
	const { builder } = useWords();
	return (
		<>
			<Word>{builder.first}</Word>
			<MatchEditor
				label={builder.first}
				match={leaf.first}
				onChange={(first) => onChange({ ...leaf, first })}
			/>
			<Word>{builder.thenWithin}</Word>
			<Duration
				label={builder.thenWithin}
				ms={leaf.thenWithinMs}
				onChange={(thenWithinMs) => onChange({ ...leaf, thenWithinMs })}
			/>
			<MatchEditor
				label={builder.thenWithin}
				match={leaf.second}
				onChange={(second) => onChange({ ...leaf, second })}
			/>
		</>
	);
}
