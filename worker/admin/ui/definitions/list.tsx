// Definitions of a kind, one below the other: their name, what their kind says of them, whether they are live.

import type { ComponentChildren } from "preact";
import type { Kind } from "../../../domain/kinds.ts";
import { useFormat, useLang, useWords } from "../language.ts";
import { type Column, Table } from "../parts/table.tsx";
import type { Kept } from "./kept.ts";
import { ChangedBy, StateBadge } from "./state.tsx";

export interface DefinitionListProps<K extends Kind> {
	readonly label: string;
	readonly home: string;
	readonly all: readonly Kept<K>[];
	/** What stands beside the name. */
	readonly beside?: (one: Kept<K>) => ComponentChildren;
	/** Of its draft; of what is live where the draft is gone. */
	readonly columns?: readonly (Omit<Column<never>, "cell"> & {
		readonly cell: (one: Kept<K>) => ComponentChildren;
	})[];
}

export function DefinitionList<K extends Kind>({
	label,
	home,
	all,
	beside,
	columns = [],
}: DefinitionListProps<K>) {
	const { definitions: words } = useWords();
	const lang = useLang();
	const format = useFormat();
	return (
		<Table<Kept<K>>
			label={label}
			rows={all.toSorted((a, b) => format.compare(a.names[lang], b.names[lang]))}
			keyOf={({ id }) => id}
			columns={[
				{
					id: "name",
					label: words.name,
					isMain: true,
					cell: (one) => (
						<span class="row">
							<a href={`${home}/${one.id}`}>{one.names[lang]}</a>
							{beside?.(one)}
						</span>
					),
				},
				...columns,
				{ id: "state", label: words.state, cell: (one) => <StateBadge of={one} /> },
				{
					id: "changed",
					label: words.changed,
					cell: ({ changedAt, changedBy }) => <ChangedBy at={changedAt} by={changedBy} />,
				},
			]}
		/>
	);
}
