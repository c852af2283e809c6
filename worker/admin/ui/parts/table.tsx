// Rows with columns. On a phone each row becomes a card with its columns' names.

import { ArrowDown, ArrowUp } from "lucide";
import type { ComponentChildren } from "preact";
import { useWords } from "../language.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

export interface Column<Row> {
	readonly id: string;
	readonly label: string;
	readonly cell: (row: Row) => ComponentChildren;
	/** Numbers stand at the end. */
	readonly isNumber?: boolean;
	readonly canSort?: boolean;
	/** The first thing that is read in a row. */
	readonly isMain?: boolean;
	/** What can be done with a row: it names itself, so the column's name is for who does not look. */
	readonly isActs?: boolean;
}

export interface Sorting {
	readonly by: string;
	readonly down: boolean;
}

export interface TableProps<Row> {
	readonly label: string;
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	readonly keyOf: (row: Row) => string;
	readonly sorting?: Sorting;
	readonly onSort?: (sorting: Sorting) => void;
	readonly selected?: ReadonlySet<string>;
	readonly onSelect?: (selected: ReadonlySet<string>) => void;
	/** How a row is named where it is chosen. */
	readonly nameOf?: (row: Row) => string;
	/** There are more: loads them. */
	readonly onMore?: (() => void) | undefined;
	readonly isLoadingMore?: boolean;
}

export function Table<Row>(props: TableProps<Row>) {
	const { label, columns, rows, keyOf, sorting, onSort, selected, onSelect, nameOf, onMore, isLoadingMore } =
		props;
	const { shell } = useWords();
	const all = rows.map(keyOf);
	const isAll = selected !== undefined && all.length > 0 && all.every((key) => selected.has(key));
	function toggle(keys: readonly string[], isIn: boolean): void {
		const next = new Set(selected);
		for (const key of keys) {
			if (isIn) next.add(key);
			else next.delete(key);
		}
		onSelect?.(next);
	}
	return (
		<div class="table-box">
			<table class="table" aria-label={label}>
				<thead>
					<tr>
						{selected && (
							<th class="is-selecting">
								<input
									type="checkbox"
									aria-label={shell.selectAll}
									checked={isAll}
									onChange={({ currentTarget }) => toggle(all, currentTarget.checked)}
								/>
							</th>
						)}
						{columns.map((column) => (
							<Head key={column.id} column={column} sorting={sorting} onSort={onSort} />
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => {
						const key = keyOf(row);
						return (
							<tr key={key} aria-selected={selected?.has(key)}>
								{selected && (
									<td class="is-selecting">
										<input
											type="checkbox"
											aria-label={shell.select(nameOf?.(row) ?? key)}
											checked={selected.has(key)}
											onChange={({ currentTarget }) => toggle([key], currentTarget.checked)}
										/>
									</td>
								)}
								{columns.map(({ id, label: name, cell, isNumber, isMain, isActs }) => (
									<td
										key={id}
										data-label={isActs ? "" : name}
										class={`${isNumber || isActs ? "is-number" : ""}${isMain ? " is-main" : ""}` || undefined}
									>
										{cell(row)}
									</td>
								))}
							</tr>
						);
					})}
				</tbody>
			</table>
			{onMore && (
				<p class="table-more">
					<Button busy={isLoadingMore} onClick={onMore}>
						{shell.more}
					</Button>
				</p>
			)}
		</div>
	);
}

function Head<Row>(props: {
	column: Column<Row>;
	sorting: Sorting | undefined;
	onSort: TableProps<Row>["onSort"];
}) {
	const { column, sorting, onSort } = props;
	const { id, label, isNumber, canSort, isActs } = column;
	const isBy = sorting?.by === id;
	const look = isNumber ? "is-number" : undefined;
	if (!canSort || !onSort)
		return (
			<th scope="col" class={look}>
				{isActs ? <span class="unseen">{label}</span> : label}
			</th>
		);
	return (
		<th scope="col" class={look} aria-sort={isBy ? (sorting.down ? "descending" : "ascending") : "none"}>
			<button type="button" onClick={() => onSort({ by: id, down: isBy ? !sorting.down : true })}>
				{label}
				{isBy && <Icon of={sorting.down ? ArrowDown : ArrowUp} />}
			</button>
		</th>
	);
}
