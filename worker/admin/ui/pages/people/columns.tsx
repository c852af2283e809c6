// Columns of a list of people: what each is called, how it is shown, and which of them stand in which order.

import { ArrowDown, ArrowUp, X } from "lucide";
import { useState } from "preact/hooks";
import type { AttributeNames } from "../../../../protocol/attribute.ts";
import type { Builder } from "../../../../protocol/builder.ts";
import { useAsked } from "../../api/asked.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { folded } from "../../folded.ts";
import { type Lang, useFormat, useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Combobox } from "../../parts/combobox.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Badge } from "../../parts/show.tsx";
import type { Column } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import { moved, sortings, usual } from "./listing.ts";
import type { Cell, Row, Table } from "./types.ts";

const own = [
	...["identity", "score", "visits", "lastSeenAt", "firstSeenAt", "createdAt", "segments", "tags"],
	...["orders", "revenue", "owner", "stage", "city", "region", "country"],
] as const;
const numbers: ReadonlySet<string> = new Set(["score", "visits", "orders", "revenue"]);
const attribute = "attribute.";
const marksAtMost = 2;
const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

interface Named {
	readonly name: string;
	readonly label: string;
}

/** Every column that a list can have, with its name. */
function useNames(): readonly Named[] {
	const { people: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const { value } = useAsked<Builder>("/api/fields");
	const given = useAsked<AttributeNames>(`${site.api}/attribute-names`).value?.attributes ?? [];
	const ours = own.map((name) => ({ name, label: words.column[name as keyof typeof words.column] }));
	const attributes = (value?.attributes ?? []).map((one) => ({
		name: `${attribute}${one.name}`,
		label: capital(one.words[lang]),
	}));
	const theirs = given.map(({ name, names }) => ({ name: `${attribute}${name}`, label: names[lang] }));
	return [...ours, ...attributes, ...theirs, ...fieldsIn(value, lang)];
}

/** Texts that a condition may ask for: where somebody came from, with what. */
function fieldsIn(builder: Builder | undefined, lang: Lang): readonly Named[] {
	return (builder?.fields ?? []).flatMap(({ field, words, parts }) => {
		const isText = parts.length === 1 && parts[0]?.of === "text";
		return isText && /^(first|last)\.|^(browser|system|language|timeZone|emailDomain)$/.test(field)
			? [{ name: field, label: capital(words[lang]) }]
			: [];
	});
}

const labelOf = (name: string, names: readonly Named[]) =>
	names.find((one) => one.name === name)?.label ?? name.replace(attribute, "");

export function useColumns(wanted: readonly string[], told: Table["columns"]): readonly Column<Row>[] {
	const { people: words } = useWords();
	const format = useFormat();
	const lang = useLang();
	const site = useSite();
	const names = useNames();
	const segments = useDefinitions("segment").value?.definitions;
	const placeOf = (name: string) => told.findIndex((one) => one.name === name);
	const cellOf = (row: Row, name: string): Cell => row.cells[placeOf(name)] ?? null;
	function shown(name: string, cell: Cell) {
		if (cell === null || cell === "") return <span class="faint">–</span>;
		if (told[placeOf(name)]?.isInstant && typeof cell === "number")
			return <time title={format.dateTime(cell)}>{format.relative(cell)}</time>;
		if (name === "identity")
			return (
				<Badge kind={cell === "monitored" ? "accent" : "plain"}>{words.identity[cell as "monitored"]}</Badge>
			);
		if (typeof cell === "number") return format.number(cell, 2);
		if (typeof cell === "boolean") return cell ? words.yes : words.no;
		if (typeof cell === "string") return /(^|\.)country$/.test(name) ? format.country(cell) : cell;
		const called = (one: string) =>
			name === "segments" ? (segments?.find(({ id }) => id === one)?.names[lang] ?? one) : one;
		return <Marks marks={cell.map(called)} />;
	}
	return wanted.map((name): Column<Row> => {
		if (name === "name")
			return {
				id: name,
				label: words.column.name,
				isMain: true,
				cell: (row) => {
					const called = cellOf(row, name);
					return (
						<a href={`${site.home}/people/${row.id}`} class={called === null ? "faint" : undefined}>
							{called === null ? words.anonymous : String(called)}
						</a>
					);
				},
			};
		return {
			id: name,
			label: labelOf(name, names),
			isNumber: numbers.has(name),
			canSort: sortings.some((one) => one === name),
			cell: (row) => shown(name, cellOf(row, name)),
		};
	});
}

function Marks({ marks }: { readonly marks: readonly string[] }) {
	const left = marks.length - marksAtMost;
	if (marks.length === 0) return <span class="faint">–</span>;
	return (
		<span class="people-marks" title={marks.join(", ")}>
			{marks.slice(0, marksAtMost).map((mark) => (
				<Badge key={mark}>{mark}</Badge>
			))}
			{left > 0 && <small>+{left}</small>}
		</span>
	);
}

/** Changed at once: the list is seen behind it. */
export function ColumnsDialog({
	columns,
	onChange,
	onClose,
}: {
	readonly columns: readonly string[];
	readonly onChange: (columns: readonly string[]) => void;
	readonly onClose: () => void;
}) {
	const { people: words, shell } = useWords();
	const names = useNames();
	const [turn, setTurn] = useState(0);
	const [said, setSaid] = useState("");
	const chosen = columns.filter((name) => name !== "name");
	const put = (next: readonly string[]) => onChange(["name", ...next]);
	function move(from: number, to: number, label: string): void {
		put(moved(chosen, from, to));
		setSaid(words.movedTo(label, to + 1));
	}
	return (
		<Dialog
			side
			title={words.columns}
			onClose={onClose}
			actions={
				<>
					<Button kind="quiet" onClick={() => onChange(usual.columns)}>
						{words.usualColumns}
					</Button>
					<Button kind="primary" onClick={onClose}>
						{words.done}
					</Button>
				</>
			}
		>
			<Combobox
				key={turn}
				strict
				label={words.addColumn}
				placeholder={words.addColumnWhat}
				value=""
				suggest={(written) =>
					names
						.filter(({ name, label }) => !chosen.includes(name) && folded(label).includes(folded(written)))
						.map(({ name, label }) => ({ value: name, label }))
				}
				onChange={(name) => {
					setTurn(turn + 1);
					if (name !== "" && !chosen.includes(name)) put([...chosen, name]);
				}}
			/>
			<ol class="people-columns">
				{chosen.map((name, place) => {
					const label = labelOf(name, names);
					return (
						<li key={name}>
							<span>{label}</span>
							<IconButton
								small
								kind="quiet"
								icon={ArrowUp}
								label={`${words.earlier}: ${label}`}
								disabled={place === 0}
								onClick={() => move(place, place - 1, label)}
							/>
							<IconButton
								small
								kind="quiet"
								icon={ArrowDown}
								label={`${words.later}: ${label}`}
								disabled={place === chosen.length - 1}
								onClick={() => move(place, place + 1, label)}
							/>
							<IconButton
								small
								kind="quiet"
								icon={X}
								label={`${shell.remove}: ${label}`}
								onClick={() => put(chosen.filter((one) => one !== name))}
							/>
						</li>
					);
				})}
			</ol>
			<p class="unseen" role="status">
				{said}
			</p>
		</Dialog>
	);
}
