// What is asked of a person: each with its name above, a hint, and what is wrong, tied to it for those who listen.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useProblemAt } from "./refusal.ts";

export interface FieldProps {
	readonly label: string;
	readonly hint?: ComponentChildren;
	readonly error?: string | undefined;
	/** The way to it in what is sent, by which what the API refused finds its field. */
	readonly at?: string;
	/** The name is said, not shown: where the place says it. */
	readonly hideLabel?: boolean;
	readonly required?: boolean;
}

interface Ties {
	readonly id: string;
	readonly "aria-describedby": string | undefined;
	readonly "aria-invalid": true | undefined;
}

export function Field({
	label,
	hint,
	error: known,
	at,
	hideLabel,
	children,
}: FieldProps & { readonly children: (ties: Ties) => ComponentChildren }) {
	const id = useId();
	const refused = useProblemAt(at);
	const error = known ?? refused;
	const said = error !== undefined || hint !== undefined;
	return (
		<div class="field">
			<label for={id} class={hideLabel ? "unseen" : undefined}>
				{label}
			</label>
			{children({
				id,
				"aria-describedby": said ? `${id}-said` : undefined,
				"aria-invalid": error === undefined ? undefined : true,
			})}
			{said && (
				<p id={`${id}-said`} class={error === undefined ? "hint" : "error"}>
					{error ?? hint}
				</p>
			)}
		</div>
	);
}

export interface InputProps extends FieldProps {
	readonly value: string;
	readonly onInput: (value: string) => void;
	readonly type?:
		| "text"
		| "email"
		| "password"
		| "search"
		| "url"
		| "tel"
		| "date"
		| "datetime-local"
		| "time";
	readonly name?: string;
	readonly placeholder?: string;
	readonly autocomplete?:
		| "on"
		| "off"
		| "email"
		| "username"
		| "current-password"
		| "new-password"
		| "one-time-code"
		| "name";
	readonly inputmode?: "text" | "numeric" | "decimal" | "email";
	readonly autofocus?: boolean;
	readonly maxLength?: number;
	readonly minLength?: number;
	readonly disabled?: boolean;
	readonly onBlur?: () => void;
}

export function Input({ value, onInput, onBlur, ...rest }: InputProps) {
	const { label, hint, error, at, hideLabel, type = "text", ...own } = rest;
	return (
		<Field
			label={label}
			hint={hint}
			{...(error !== undefined && { error })}
			{...(at !== undefined && { at })}
			{...(hideLabel && { hideLabel })}
		>
			{(ties) => (
				<input
					{...ties}
					{...own}
					class="input"
					type={type as "text"}
					value={value}
					onInput={({ currentTarget }) => onInput(currentTarget.value)}
					onBlur={onBlur}
				/>
			)}
		</Field>
	);
}

export function Textarea({
	value,
	onInput,
	rows = 4,
	maxLength,
	placeholder,
	...field
}: FieldProps & {
	readonly value: string;
	readonly onInput: (value: string) => void;
	readonly rows?: number;
	readonly maxLength?: number;
	readonly placeholder?: string;
}) {
	return (
		<Field {...field}>
			{(ties) => (
				<textarea
					{...ties}
					class="input"
					rows={rows}
					maxLength={maxLength}
					placeholder={placeholder}
					required={field.required}
					value={value}
					onInput={({ currentTarget }) => onInput(currentTarget.value)}
				/>
			)}
		</Field>
	);
}

/** A number, or nothing while what is written is none. */
export function NumberInput({
	value,
	onInput,
	min,
	max,
	step,
	unit,
	disabled,
	...field
}: FieldProps & {
	readonly value: number | undefined;
	readonly onInput: (value: number | undefined) => void;
	readonly min?: number;
	readonly max?: number;
	readonly step?: number;
	readonly unit?: string;
	readonly disabled?: boolean;
}) {
	return (
		<Field {...field}>
			{(ties) => (
				<span class="with-unit">
					<input
						{...ties}
						class="input"
						type="number"
						min={min}
						max={max}
						step={step}
						disabled={disabled}
						required={field.required}
						value={value ?? ""}
						onInput={({ currentTarget: { value, valueAsNumber } }) =>
							onInput(value === "" || Number.isNaN(valueAsNumber) ? undefined : valueAsNumber)
						}
					/>
					{unit && <span class="unit">{unit}</span>}
				</span>
			)}
		</Field>
	);
}

export interface Option<T extends string = string> {
	readonly value: T;
	readonly label: string;
	readonly disabled?: boolean;
	/** Options of one group stand together, under its name. */
	readonly group?: string;
}

export function Select<T extends string>({
	value,
	options,
	onChange,
	disabled,
	...field
}: FieldProps & {
	readonly value: T;
	readonly options: readonly Option<T>[];
	readonly onChange: (value: T) => void;
	readonly disabled?: boolean;
}) {
	const groups = [...new Set(options.map(({ group }) => group))];
	const drawn = (of: string | undefined) =>
		options
			.filter(({ group }) => group === of)
			.map((one) => (
				<option key={one.value} value={one.value} disabled={one.disabled} selected={one.value === value}>
					{one.label}
				</option>
			));
	return (
		<Field {...field}>
			{(ties) => (
				<select
					{...ties}
					class="input"
					disabled={disabled}
					value={value}
					onChange={({ currentTarget }) => {
						const chosen = options.find((one) => one.value === currentTarget.value);
						if (chosen) onChange(chosen.value);
					}}
				>
					{groups.map((group) =>
						group === undefined ? (
							drawn(group)
						) : (
							<optgroup key={group} label={group}>
								{drawn(group)}
							</optgroup>
						),
					)}
				</select>
			)}
		</Field>
	);
}

export function Checkbox({
	label,
	hint,
	checked,
	onChange,
	disabled,
}: {
	readonly label: ComponentChildren;
	readonly hint?: string;
	readonly checked: boolean;
	readonly onChange: (checked: boolean) => void;
	readonly disabled?: boolean;
}) {
	return (
		<label class="check">
			<input
				type="checkbox"
				checked={checked}
				disabled={disabled}
				onChange={({ currentTarget }) => onChange(currentTarget.checked)}
			/>
			<span>
				{label}
				{hint && <small>{hint}</small>}
			</span>
		</label>
	);
}

/** On or off at once, without saving. */
export function Switch({
	label,
	hint,
	checked,
	onChange,
	disabled,
}: {
	readonly label: string;
	readonly hint?: string;
	readonly checked: boolean;
	readonly onChange: (checked: boolean) => void;
	readonly disabled?: boolean;
}) {
	return (
		<label class="check is-switch">
			<input
				type="checkbox"
				role="switch"
				aria-checked={checked}
				checked={checked}
				disabled={disabled}
				onChange={({ currentTarget }) => onChange(currentTarget.checked)}
			/>
			<span>
				{label}
				{hint && <small>{hint}</small>}
			</span>
		</label>
	);
}

/** One of a few, all of them seen. */
export function Choice<T extends string>({
	label,
	hideLabel,
	value,
	options,
	onChange,
}: {
	readonly label: string;
	readonly hideLabel?: boolean;
	readonly value: T;
	readonly options: readonly Option<T>[];
	readonly onChange: (value: T) => void;
}) {
	const name = useId();
	return (
		<fieldset class="choice">
			<legend class={hideLabel ? "unseen" : undefined}>{label}</legend>
			{options.map((one) => (
				<label key={one.value}>
					<input
						type="radio"
						name={name}
						checked={one.value === value}
						disabled={one.disabled}
						onChange={() => onChange(one.value)}
					/>
					<span>{one.label}</span>
				</label>
			))}
		</fieldset>
	);
}
