// A text with suggestions: typed freely, or chosen from what there is.

import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Field, type FieldProps } from "./field.tsx";
import { Listbox, optionId } from "./listbox.tsx";

export interface Suggestion {
	readonly value: string;
	readonly label?: string;
	/** Beside it, smaller: how many there are, or of what kind. */
	readonly note?: string;
}

export interface ComboboxProps extends FieldProps {
	readonly value: string;
	readonly onChange: (value: string) => void;
	/** Told of each letter, where whatever is written counts at once. */
	readonly onWrite?: (written: string) => void;
	/** What fits what is written so far. Newer questions overtake older ones. */
	readonly suggest: (written: string) => readonly Suggestion[] | Promise<readonly Suggestion[]>;
	readonly placeholder?: string;
	/** Takes only what was suggested. */
	readonly strict?: boolean;
}

const waitMs = 120;

export function Combobox({
	value,
	onChange,
	onWrite,
	suggest,
	placeholder,
	strict,
	...field
}: ComboboxProps) {
	const list = useId();
	const [written, setWritten] = useState(value);
	const [isOpen, setIsOpen] = useState(false);
	const [found, setFound] = useState<readonly Suggestion[]>([]);
	const [active, setActive] = useState(-1);
	const asking = useRef(suggest);
	asking.current = suggest;

	// Before the next letter, which would be lost.
	useLayoutEffect(() => setWritten(value), [value]);
	useEffect(() => {
		if (!isOpen) return;
		let isOver = false;
		const timer = setTimeout(async () => {
			const fitting = await Promise.resolve(asking.current(written)).catch(() => []);
			if (isOver) return;
			setFound(fitting);
			setActive(-1);
		}, waitMs);
		return () => {
			isOver = true;
			clearTimeout(timer);
		};
	}, [written, isOpen]);

	function choose(one: Suggestion): void {
		onChange(one.value);
		setWritten(one.value);
		setIsOpen(false);
	}
	function leave(): void {
		setIsOpen(false);
		if (written === value) return;
		if (!strict || found.some((one) => one.value === written)) onChange(written);
		else setWritten(value);
	}
	function onKeyDown(event: KeyboardEvent): void {
		if (event.key === "Escape" && isOpen) {
			event.stopPropagation();
			// A dialog around it would close.
			event.preventDefault();
			setIsOpen(false);
			return;
		}
		if (event.key === "Enter") {
			const one = isOpen ? found[active] : undefined;
			if (one) {
				event.preventDefault();
				choose(one);
			} else leave();
			return;
		}
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		if (step === 0) return;
		event.preventDefault();
		setIsOpen(true);
		if (isOpen && found.length > 0) setActive((active + step + found.length) % found.length);
	}

	const isListed = isOpen && found.length > 0;
	return (
		<Field {...field}>
			{(ties) => (
				<div class="combobox">
					<input
						{...ties}
						class="input"
						type="text"
						role="combobox"
						autocomplete="off"
						spellcheck={false}
						aria-expanded={isListed}
						aria-controls={list}
						aria-autocomplete="list"
						aria-activedescendant={isListed && active >= 0 ? optionId(list, active) : undefined}
						placeholder={placeholder}
						value={written}
						onFocus={() => setIsOpen(true)}
						onClick={() => setIsOpen(true)}
						onInput={({ currentTarget }) => {
							setWritten(currentTarget.value);
							onWrite?.(currentTarget.value);
							setIsOpen(true);
						}}
						onBlur={leave}
						onKeyDown={onKeyDown}
					/>
					<Listbox
						id={list}
						label={field.label}
						items={found}
						active={active}
						hidden={!isListed}
						keyOf={(one) => one.value}
						onChoose={choose}
					>
						{(one) => (
							<>
								<span>{one.label ?? one.value}</span>
								{one.note && <small>{one.note}</small>}
							</>
						)}
					</Listbox>
				</div>
			)}
		</Field>
	);
}
