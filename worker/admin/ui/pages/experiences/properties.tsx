// The form of a block, or of what is in one, made from what there is to say of it (props.ts).

import { ArrowDown, ArrowUp, Plus, X } from "lucide";
import { useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Checkbox, Input, NumberInput, Select, Textarea } from "../../parts/field.tsx";
import { type Language, languagesOf, listsOf, type Path, setIn, valueAt } from "./draft.ts";
import { useEditing, useProblem } from "./editing.ts";
import { FieldsForm } from "./fields.tsx";
import { AttributeInput, PoolInput, SegmentInput } from "./known.tsx";
import { type Prop, type Way, without } from "./props.ts";
import { RecipeForm } from "./recipe.tsx";

/** `at`: the way within a content to what has these properties. */
export function Properties({ of, at }: { readonly of: readonly Prop[]; readonly at: Path }) {
	return (
		<>
			{of.map((prop) => (
				<Property key={`${prop.is} ${prop.name}`} prop={prop} at={at} />
			))}
		</>
	);
}

export function useValue(at: Path) {
	const { draft, change, language } = useEditing();
	return {
		value: valueAt(draft.content[language], at),
		/** In all languages that say the same. */
		set: (value: unknown) => change(setIn(draft, language, at, value, true), at.join(".")),
	};
}

type Of<Is extends Prop["is"]> = { readonly prop: Extract<Prop, { is: Is }>; readonly at: Path };

function Property({ prop, at }: { readonly prop: Prop; readonly at: Path }) {
	const { experiences: words } = useWords();
	const { draft, language } = useEditing();
	const own = [...at, prop.name];
	const { value, set } = useValue(own);
	const error = useError(own);
	const label = words.props[prop.name as keyof typeof words.props] ?? prop.name;
	const text = typeof value === "string" ? value : "";
	const orNothing = (next: string) => set(next === "" && prop.optional ? undefined : next);
	const common = { label, ...(error !== undefined && { error }) };
	switch (prop.is) {
		case "words":
			return <WordsInput prop={prop} at={own} />;
		case "text": {
			const hint = prop.hint && words.hints[prop.name as keyof typeof words.hints];
			const more = { ...common, ...(hint && { hint }), ...(prop.most && { maxLength: prop.most }) };
			return prop.long ? (
				<Textarea {...more} rows={6} value={text} onInput={orNothing} />
			) : (
				<Input {...more} value={String(value ?? "")} onInput={orNothing} />
			);
		}
		case "link":
			return <Input {...common} value={text} placeholder="https://" maxLength={2048} onInput={orNothing} />;
		case "number":
			return (
				<NumberInput
					{...common}
					{...(prop.least !== undefined && { min: prop.least })}
					{...(prop.most !== undefined && { max: prop.most })}
					{...(prop.unit && { unit: words.units[prop.unit] })}
					value={typeof value === "number" ? value : undefined}
					onInput={(next) => (next !== undefined || prop.optional) && set(next)}
				/>
			);
		case "flag":
			return (
				<Checkbox label={label} checked={value === true} onChange={(next) => set(next ? true : undefined)} />
			);
		case "choice":
			return (
				<Select
					{...common}
					value={String(value ?? "")}
					options={[
						...(prop.optional ? [{ value: "", label: words.usual }] : []),
						...prop.of.map((one) => ({ value: one, label: optionName(words, prop.name, one) })),
					]}
					onChange={(next) => set(next === "" ? undefined : prop.isNumber ? Number(next) : next)}
				/>
			);
		case "several": {
			const chosen = Array.isArray(value) ? (value as readonly string[]) : prop.of.slice(0, 1);
			return (
				<fieldset class="editor-several">
					<legend>{label}</legend>
					{prop.of.map((one) => (
						<Checkbox
							key={one}
							label={optionName(words, prop.name, one)}
							checked={chosen.includes(one)}
							disabled={chosen.length === 1 && chosen.includes(one)}
							onChange={(isIn) =>
								set(prop.of.filter((other) => (other === one ? isIn : chosen.includes(other))))
							}
						/>
					))}
				</fieldset>
			);
		}
		case "instant":
			return (
				<Input
					{...common}
					type="datetime-local"
					value={typeof value === "number" ? localOf(value) : ""}
					onInput={(next) => next && set(Date.parse(next))}
				/>
			);
		case "day":
			return <Input {...common} type="date" value={text} onInput={orNothing} />;
		case "step": {
			const steps = listsOf(draft, language).flatMap((list) =>
				list[0] === "steps" && list.length === 3 ? [list[1]] : [],
			);
			return (
				<Select
					{...common}
					value={text}
					options={[
						{ value: "", label: words.chooseStep, disabled: true },
						...steps.map((id) => ({ value: String(id), label: String(id) })),
					]}
					onChange={set}
				/>
			);
		}
		case "pool":
			return <PoolInput {...common} value={text} onChange={set} />;
		case "segment":
			return <SegmentInput {...common} value={text} onChange={orNothing} />;
		case "attribute":
			return <AttributeInput {...common} value={text} onChange={orNothing} />;
		case "recipe":
			return <RecipeForm at={own} />;
		case "fields":
			return <FieldsForm at={own} />;
		case "group":
			return <Group prop={prop} at={own} label={label} />;
		case "list":
			return <List prop={prop} at={own} label={label} />;
		case "either":
			return <Either prop={prop} at={at} label={label} />;
	}
}

/** Instants are shown and chosen on this browser's clock. */
export function localOf(at: number): string {
	const date = new Date(at);
	return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

type ExperienceWords = ReturnType<typeof useWords>["experiences"];
function optionName(words: ExperienceWords, name: string, option: string): string {
	const named: Readonly<Record<string, Readonly<Record<string, string>>>> = words.options;
	return named[name]?.[option] ?? option;
}

/** Of any language: what is wrong in one that is not shown is told too. */
function useError(at: Path): string | undefined {
	const { draft } = useEditing();
	return useProblem(...languagesOf(draft).map((language) => ["content", language, ...at]));
}

/** One below the other in each language, so that nobody forgets the other one. */
export function WordsInput({ prop, at }: Of<"words">) {
	const { experiences: words, shell } = useWords();
	const { draft, change } = useEditing();
	const all = languagesOf(draft);
	const label = words.props[prop.name as keyof typeof words.props] ?? prop.name;
	const inEach = all.map((language) => valueAt(draft.content[language], at));
	const isSame = all.length > 1 && inEach[0] === inEach[1] && /\p{L}{3}/u.test(String(inEach[0] ?? ""));
	const setOne = (language: Language, next: string) =>
		change(
			setIn(draft, language, at, next === "" && prop.optional ? undefined : next, false),
			`${language} ${at.join(".")}`,
		);
	return (
		<div class="editor-words">
			{all.map((language, index) => (
				<WordsIn
					key={language}
					prop={prop}
					at={["content", language, ...at]}
					label={all.length > 1 ? `${label} · ${shell.languages[language]}` : label}
					value={inEach[index]}
					{...(isSame && index > 0 && { hint: words.sameWords })}
					onInput={(next) => setOne(language, next)}
				/>
			))}
			{prop.long && <p class="hint">{words.marks}</p>}
		</div>
	);
}

function WordsIn({
	prop,
	at,
	value,
	...common
}: Of<"words"> & {
	readonly label: string;
	readonly hint?: string;
	readonly value: unknown;
	readonly onInput: (next: string) => void;
}) {
	const error = useProblem(at);
	const more = {
		...common,
		value: typeof value === "string" ? value : "",
		maxLength: prop.most ?? 500,
		...(error !== undefined && { error }),
	};
	return prop.long ? <Textarea {...more} rows={3} /> : <Input {...more} />;
}

function Group({ prop, at, label }: Of<"group"> & { readonly label: string }) {
	const { value, set } = useValue(at);
	return (
		<fieldset class="editor-group">
			<legend>{label}</legend>
			{prop.optional && (
				<Checkbox
					label={label}
					checked={value !== undefined}
					onChange={(isOn) => set(isOn ? prop.begin : undefined)}
				/>
			)}
			{value !== undefined && <Properties of={prop.of} at={at} />}
		</fieldset>
	);
}

function List({ prop, at, label }: Of<"list"> & { readonly label: string }) {
	const { experiences: words, shell } = useWords();
	const { draft, change, language } = useEditing();
	const listOf = (one: Language) => {
		const found = valueAt(draft.content[one], at);
		return Array.isArray(found) ? found : [];
	};
	const items = listOf(language);
	/** In each language by itself: what is in the list says other words there. */
	const each = (next: (list: readonly unknown[], one: Language) => readonly unknown[]) => {
		let edited = draft;
		for (const one of languagesOf(draft)) {
			if (one !== language && listOf(one).length !== items.length) continue;
			const left = next(listOf(one), one);
			edited = setIn(edited, one, at, left.length === 0 && prop.optional ? undefined : left, false);
		}
		change(edited);
	};
	const swap = (index: number, by: number) =>
		each((list) => list.with(index, list[index + by]).with(index + by, list[index]));
	return (
		<fieldset class="editor-group">
			<legend>{label}</legend>
			{items.map((_, index) => (
				<div key={index} class="editor-item">
					<div class="editor-item-head">
						<b>{index + 1}</b>
						<IconButton
							small
							icon={ArrowUp}
							label={words.up}
							disabled={index === 0}
							onClick={() => swap(index, -1)}
						/>
						<IconButton
							small
							icon={ArrowDown}
							label={words.down}
							disabled={index === items.length - 1}
							onClick={() => swap(index, 1)}
						/>
						<IconButton
							small
							icon={X}
							label={shell.remove}
							disabled={items.length <= prop.least}
							onClick={() => each((list) => list.toSpliced(index, 1))}
						/>
					</div>
					<Properties of={prop.of} at={[...at, index]} />
				</div>
			))}
			{items.length < prop.most && (
				<Button small icon={Plus} onClick={() => each((list, one) => [...list, prop.begin(one)])}>
					{shell.add}
				</Button>
			)}
		</fieldset>
	);
}

function Either({ prop, at, label }: Of<"either"> & { readonly label: string }) {
	const { experiences: words } = useWords();
	const { draft, change, language } = useEditing();
	const value = (valueAt(draft.content[language], at) ?? {}) as Readonly<Record<string, unknown>>;
	const taken = prop.ways.find((way) => way.is(value));
	const take = (way: Way | undefined) => {
		let edited = draft;
		for (const one of languagesOf(draft)) {
			const there = valueAt(draft.content[one], at) as Readonly<Record<string, unknown>> | undefined;
			if (!there) continue;
			edited = setIn(edited, one, at, { ...without(prop.ways, there), ...way?.begin(one) }, false);
		}
		change(edited);
	};
	return (
		<>
			<Select
				label={label}
				value={taken?.id ?? ""}
				options={[
					...(prop.none || !taken ? [{ value: "", label: words.nothing }] : []),
					...prop.ways.map(({ id }) => ({ value: id, label: optionName(words, prop.name, id) })),
				]}
				onChange={(id) => take(prop.ways.find((way) => way.id === id))}
			/>
			{taken && <Properties of={taken.props} at={at} />}
		</>
	);
}
