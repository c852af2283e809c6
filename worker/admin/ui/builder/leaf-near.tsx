// How near to which place.

import { useWords } from "../language.ts";
import { NumberInput } from "../parts/field.tsx";
import { type LeafProps, type Of, Word } from "./leaf-parts.tsx";

export function Near({ leaf, onChange }: LeafProps<Of<"near">>) {
	const { builder } = useWords();
	return (
		<>
			<NumberInput
				label={builder.km}
				hideLabel
				min={1}
				value={leaf.km}
				unit={builder.km}
				onInput={(km = 1) => onChange({ ...leaf, km })}
			/>
			<Word>{builder.from}</Word>
			<NumberInput
				label={builder.latitude}
				hideLabel
				min={-90}
				max={90}
				step={0.0001}
				value={leaf.latitude}
				unit={builder.latitude}
				onInput={(latitude = 0) => onChange({ ...leaf, latitude })}
			/>
			<NumberInput
				label={builder.longitude}
				hideLabel
				min={-180}
				max={180}
				step={0.0001}
				value={leaf.longitude}
				unit={builder.longitude}
				onInput={(longitude = 0) => onChange({ ...leaf, longitude })}
			/>
		</>
	);
}
