import { X } from "lucide";
import { useState } from "preact/hooks";
import { useWords } from "../language.ts";
import { IconButton } from "../parts/button.tsx";
import { Combobox, type ComboboxProps } from "../parts/combobox.tsx";
import type { Named } from "./tests.tsx";

export interface ValuesProps {
	readonly label: string;
	readonly values: readonly string[];
	readonly onChange: (values: readonly string[]) => void;
	readonly suggest: ComboboxProps["suggest"];
	readonly named?: Named | undefined;
}

/** Several texts, each added by Enter or by choosing. */
export function Values({ label, values, onChange, suggest, named }: ValuesProps) {
	const { builder, shell } = useWords();
	// A field that was just added to stands empty again.
	const [turn, setTurn] = useState(0);
	const nameOf = (value: string) => named?.find((one) => one.value === value)?.label ?? value;
	const left = named?.filter(({ value }) => !values.includes(value));
	return (
		<div class="values">
			{values.map((value) => (
				<span key={value} class="value">
					{nameOf(value)}
					<IconButton
						small
						icon={X}
						label={`${shell.remove}: ${nameOf(value)}`}
						onClick={() => onChange(values.filter((one) => one !== value))}
					/>
				</span>
			))}
			<Combobox
				key={turn}
				label={builder.addValue(label)}
				hideLabel
				placeholder={builder.more}
				value=""
				suggest={left ? () => left : suggest}
				strict={named !== undefined}
				onChange={(value) => {
					setTurn(turn + 1);
					if (value !== "" && !values.includes(value)) onChange([...values, value]);
				}}
			/>
		</div>
	);
}
