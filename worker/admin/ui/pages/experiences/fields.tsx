// The fields of a form.

import { ArrowDown, ArrowUp, Plus, X } from "lucide";
import type { Field } from "../../../../protocol/experience.ts";
import { useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Menu } from "../../parts/menu.tsx";
import { fieldKinds, newField } from "./begin.ts";
import { type Language, languagesOf, type Path, setIn, valueAt } from "./draft.ts";
import { useEditing } from "./editing.ts";
import { fieldProps } from "./field-props.ts";
import { Properties } from "./properties.tsx";

const mostFields = 12;

export function FieldsForm({ at }: { readonly at: Path }) {
	const { experiences: words, shell } = useWords();
	const { draft, change, language } = useEditing();
	const fieldsIn = (one: Language) => (valueAt(draft.content[one], at) ?? []) as readonly Field[];
	const fields = fieldsIn(language);
	const taken = fields.map(({ name }) => name);
	const each = (next: (list: readonly Field[], one: Language) => readonly Field[]) => {
		let edited = draft;
		for (const one of languagesOf(draft))
			if (one === language || fieldsIn(one).length === fields.length)
				edited = setIn(edited, one, at, next(fieldsIn(one), one), false);
		change(edited);
	};
	const swap = (index: number, by: number) =>
		each((list) => {
			const [one, other] = [list[index], list[index + by]];
			return one && other ? list.with(index, other).with(index + by, one) : list;
		});
	const kinds = fieldKinds.filter(
		(kind) => !((kind === "email" || kind === "phone") && taken.includes(kind)),
	);
	return (
		<fieldset class="editor-group">
			<legend>{words.props.fields}</legend>
			{fields.map(({ kind, name }, index) => (
				<details key={name} class="editor-item">
					<summary>
						<b>{words.fields[kind]}</b>
						<small>{name}</small>
					</summary>
					<div class="editor-item-head">
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
							disabled={index === fields.length - 1}
							onClick={() => swap(index, 1)}
						/>
						<IconButton
							small
							icon={X}
							label={shell.remove}
							disabled={fields.length === 1}
							onClick={() => each((list) => list.toSpliced(index, 1))}
						/>
					</div>
					<Properties of={fieldProps[kind]} at={[...at, index]} />
				</details>
			))}
			{fields.length < mostFields && (
				<Menu
					label={words.addField}
					icon={Plus}
					kind="plain"
					small
					acts={kinds.map((kind) => ({
						label: words.fields[kind],
						onAct: () => each((list, one) => [...list, newField(kind, one, taken)]),
					}))}
				>
					{words.addField}
				</Menu>
			)}
		</fieldset>
	);
}
