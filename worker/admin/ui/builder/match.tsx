// Which events are meant: by name, by the path of their page, by properties, and between two days.

import { Plus, X } from "lucide";
import type { ComponentChildren } from "preact";
import type { EventMatch, PathTest, PropertyTest } from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Combobox } from "../parts/combobox.tsx";
import { Input, Select } from "../parts/field.tsx";
import { useKnown } from "./known.ts";
import { ScalarTestEditor } from "./tests.tsx";

export interface MatchProps {
	readonly label: string;
	readonly match: EventMatch;
	readonly onChange: (match: EventMatch) => void;
	/** What else is asked of them: before what may be added. */
	readonly children?: ComponentChildren;
}

const pathOps = ["is", "starts-with", "contains", "wildcard"] as const;
const dayMs = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

export function MatchEditor({ label, match, onChange, children }: MatchProps) {
	const { builder } = useWords();
	const { events, suggest } = useKnown();
	const { path, where = [], during, ...rest } = match;
	const set = (next: Partial<EventMatch>) => {
		// What is taken away is not there, rather than undefined: that is how it is sent.
		const merged = { ...match, ...next };
		onChange(
			Object.fromEntries(
				Object.entries(merged).filter(([, value]) => value !== undefined),
			) as unknown as EventMatch,
		);
	};
	const drop = (name: "path" | "where" | "during") => {
		const { [name]: _, ...left } = match;
		onChange(left);
	};
	const setWhere = (next: readonly PropertyTest[]) =>
		next.length > 0 ? set({ where: next }) : drop("where");
	const setPath = (next: PathTest) => set({ path: next });
	return (
		<>
			<Combobox
				label={label}
				hideLabel
				value={events.find(({ value }) => value === rest.name)?.label ?? rest.name}
				suggest={(written) => suggest("event", written)}
				onChange={(name) => set({ name: events.find(({ label: known }) => known === name)?.value ?? name })}
			/>
			{path && (
				<span class="builder-pair">
					<Select
						label={builder.operator(builder.path)}
						hideLabel
						value={path.op}
						options={pathOps.map((value) => ({ value, label: builder.pathOps[value] }))}
						onChange={(op) => setPath({ ...path, op })}
					/>
					<Combobox
						label={builder.path}
						hideLabel
						placeholder="/cennik"
						value={path.value}
						suggest={(written) => suggest("path", written)}
						onChange={(value) => setPath({ ...path, value })}
					/>
					<IconButton small icon={X} label={builder.dropPath} onClick={() => drop("path")} />
				</span>
			)}
			{where.map((one, index) => (
				<span key={index} class="builder-pair is-wide">
					<span class="builder-word">{builder.where}</span>
					<Combobox
						label={builder.property}
						hideLabel
						placeholder={builder.property}
						value={one.property}
						suggest={(written) => suggest("property", written, { event: match.name })}
						onChange={(property) => setWhere(where.with(index, { ...one, property }))}
					/>
					<ScalarTestEditor
						label={one.property || builder.property}
						test={one.test}
						suggest={(written) => suggest("property", written, { event: match.name, name: one.property })}
						onChange={(test) => setWhere(where.with(index, { ...one, test }))}
					/>
					<IconButton
						small
						icon={X}
						label={builder.dropProperty}
						onClick={() => setWhere(where.filter((_, place) => place !== index))}
					/>
				</span>
			))}
			{during && (
				<span class="builder-pair">
					<span class="builder-word">{builder.from}</span>
					<Input
						label={builder.from}
						hideLabel
						type="date"
						value={dayOf(during.from)}
						onInput={(value) => value && set({ during: { ...during, from: Date.parse(value) } })}
					/>
					<span class="builder-word">{builder.to}</span>
					<Input
						label={builder.to}
						hideLabel
						type="date"
						value={dayOf(during.to - dayMs)}
						onInput={(value) => value && set({ during: { ...during, to: Date.parse(value) + dayMs } })}
					/>
					<IconButton small icon={X} label={builder.dropDuring} onClick={() => drop("during")} />
				</span>
			)}
			{children}
			<span class="builder-adds">
				{!path && (
					<Button kind="quiet" small icon={Plus} onClick={() => setPath({ op: "is", value: "" })}>
						{builder.path}
					</Button>
				)}
				<Button
					kind="quiet"
					small
					icon={Plus}
					onClick={() => setWhere([...where, { property: "", test: { op: "is", value: "" } }])}
				>
					{builder.property}
				</Button>
				{!during && (
					<Button
						kind="quiet"
						small
						icon={Plus}
						onClick={() => {
							const today = Math.floor(Date.now() / dayMs) * dayMs;
							set({ during: { from: today - 30 * dayMs, to: today + dayMs } });
						}}
					>
						{builder.during}
					</Button>
				)}
			</span>
		</>
	);
}
