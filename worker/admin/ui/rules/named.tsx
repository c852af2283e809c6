// Rows of a programme that are edited together: each with a name, a number, and what else it has.

import { Plus, X } from "lucide";
import type { ComponentChildren } from "preact";
import { useWords } from "../language.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Input, NumberInput } from "../parts/field.tsx";

interface Row {
	readonly id: string;
	readonly name: string;
}

export function NamedRows<R extends Row>({
	at,
	rows,
	numberLabel,
	numberOf,
	withNumber,
	begin,
	addLabel,
	onChange,
	children,
}: {
	/** The way to them in what is sent. */
	readonly at: string;
	readonly rows: readonly R[];
	readonly numberLabel: string;
	readonly numberOf: (row: R) => number;
	readonly withNumber: (row: R, n: number) => R;
	readonly begin: (id: string) => R;
	readonly addLabel: string;
	readonly onChange: (rows: readonly R[]) => void;
	readonly children?: (row: R, change: (row: R) => void) => ComponentChildren;
}) {
	const { definitions, shell } = useWords();
	return (
		<>
			<ul class="rule-rows" hidden={rows.length === 0}>
				{rows.map((row, place) => {
					const change = (next: R) => onChange(rows.with(place, next));
					return (
						<li key={row.id}>
							<Input
								label={definitions.name}
								at={`${at}.${place}.name`}
								value={row.name}
								maxLength={100}
								required
								onInput={(name) => change({ ...row, name })}
							/>
							<NumberInput
								label={numberLabel}
								min={0}
								value={numberOf(row)}
								onInput={(n = 0) => change(withNumber(row, Math.round(n)))}
							/>
							{children?.(row, change)}
							<IconButton
								icon={X}
								label={`${shell.remove}: ${row.name}`}
								onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
							/>
						</li>
					);
				})}
			</ul>
			<p>
				<Button small icon={Plus} onClick={() => onChange([...rows, begin(crypto.randomUUID().slice(0, 8))])}>
					{addLabel}
				</Button>
			</p>
		</>
	);
}
