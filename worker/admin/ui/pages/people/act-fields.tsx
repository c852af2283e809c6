// What an act needs to be told, by its kind: the same for one person and for many.

import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/suggestion.schema.ts";
import { call } from "../../api/call.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useLang, useWords } from "../../language.ts";
import { Combobox } from "../../parts/combobox.tsx";
import { NumberInput, Select } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import type { Told } from "./acting.ts";
import type { ManyAct } from "./types.ts";

/** Values that people of the site really have. */
export function useSuggest() {
	const site = useSite();
	const lang = useLang();
	return (field: string) => async (q: string) => {
		const query = new URLSearchParams({ field, language: lang, ...(q !== "" && { q }) });
		const { values } = await call<z.infer<typeof schema.Suggestions>>(
			"GET",
			`${site.api}/suggestions?${query}`,
		);
		return values.map(({ value, label, count }) => ({
			value,
			...(label !== null && { label }),
			...(count !== null && { note: String(count) }),
		}));
	};
}

const suggested = { tag: "tag", untag: "tag", stage: "stage", owner: "owner" } as const;

export function ActFields({
	kind,
	told,
	onChange,
}: {
	readonly kind: ManyAct["kind"];
	readonly told: Told;
	readonly onChange: (told: Told) => void;
}) {
	const { people: words } = useWords();
	const lang = useLang();
	const suggest = useSuggest();
	const lists = useDefinitions("list").value?.definitions ?? [];
	const programmes = useDefinitions("programme").value?.definitions ?? [];
	const named = (
		all: readonly { readonly id: string; readonly names: Readonly<Record<"pl" | "en", string>> }[],
	) => all.map(({ id, names }) => ({ value: id, label: names[lang] }));
	const choose = { value: "", label: words.choose, disabled: true };
	switch (kind) {
		case "tag":
		case "untag":
		case "stage":
		case "owner":
			return (
				<Combobox
					key={kind}
					label={words.fieldOf[kind]}
					value={told.text}
					suggest={suggest(suggested[kind])}
					onChange={(text) => onChange({ ...told, text })}
					onWrite={(text) => onChange({ ...told, text })}
					{...(/[{}]/.test(told.text) && { error: words.noBraces })}
				/>
			);
		case "points":
			return (
				<>
					<NumberInput
						label={words.fieldOf.points}
						hint={words.pointsHint}
						value={told.points}
						min={-1_000_000}
						max={1_000_000}
						step={1}
						onInput={(points) => onChange({ ...told, points })}
					/>
					{programmes.length > 0 && (
						<Select
							label={words.pointsOf}
							value={told.programme}
							options={[{ value: "", label: words.score }, ...named(programmes)]}
							onChange={(programme) => onChange({ ...told, programme })}
						/>
					)}
				</>
			);
		case "enlist":
		case "delist":
			if (lists.length === 0) return <Notice>{words.noLists}</Notice>;
			return (
				<Select
					label={words.fieldOf.list}
					value={told.list}
					options={[choose, ...named(lists)]}
					onChange={(list) => onChange({ ...told, list })}
				/>
			);
		case "join":
			if (programmes.length === 0) return <Notice>{words.noProgrammes}</Notice>;
			return (
				<Select
					label={words.fieldOf.programme}
					value={told.programme}
					options={[choose, ...named(programmes)]}
					onChange={(programme) => onChange({ ...told, programme })}
				/>
			);
	}
}
