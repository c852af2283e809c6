// What a field offers, below it. Focus stays in the field, whose keys move through the list.

import type { ComponentChildren } from "preact";

export interface ListboxProps<T> {
	readonly id: string;
	readonly label: string;
	readonly items: readonly T[];
	readonly active: number;
	readonly keyOf: (item: T) => string;
	readonly onChoose: (item: T) => void;
	readonly onPoint?: (index: number) => void;
	readonly hidden?: boolean;
	readonly children: (item: T) => ComponentChildren;
}

export const optionId = (list: string, index: number) => `${list}-${index}`;

export function Listbox<T>({
	id,
	label,
	items,
	active,
	keyOf,
	onChoose,
	onPoint,
	hidden,
	children,
}: ListboxProps<T>) {
	return (
		// What is pressed here must not take the field's focus.
		<div
			id={id}
			role="listbox"
			tabIndex={-1}
			aria-label={label}
			hidden={hidden}
			onMouseDown={(event) => event.preventDefault()}
		>
			{items.map((item, index) => (
				// biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys choose here.
				<div
					key={keyOf(item)}
					id={optionId(id, index)}
					role="option"
					tabIndex={-1}
					aria-selected={index === active}
					onMouseMove={() => onPoint?.(index)}
					onClick={() => onChoose(item)}
				>
					{children(item)}
				</div>
			))}
		</div>
	);
}
