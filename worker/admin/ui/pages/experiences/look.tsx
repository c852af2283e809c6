// What differs from the site's own look, and whether it can be read.

import { contrast } from "../../../../domain/theme.ts";
import type { SiteSettings } from "../../../../protocol/site.ts";
import { useAsked } from "../../api/asked.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { NumberInput, Select } from "../../parts/field.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import { withValue } from "./draft.ts";
import { useEditing } from "./editing.ts";

const colours = ["accent", "surface", "ink"] as const;
const usual = { accent: "#1f2937", surface: "#ffffff", ink: "#12151c" } as const;
const choices = {
	font: ["page", "system", "humanist", "geometric", "serif", "slab", "mono"],
	spacing: ["compact", "normal", "roomy"],
	shadow: ["none", "soft", "deep"],
	mode: ["auto", "light", "dark"],
} as const;
/** Of text, WCAG AA. */
const readable = 4.5;

export default function LookForm() {
	const { experiences: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const { draft, change } = useEditing();
	const own = draft.theme ?? {};
	const brand =
		useAsked<{ readonly settings: Pick<SiteSettings, "theme"> }>(`${site.api}/settings`).value?.settings
			.theme ?? {};
	const set = (name: string, value: unknown) => {
		const theme = withValue(own, [name], value);
		change(withValue(draft, ["theme"], Object.keys(theme).length > 0 ? theme : undefined), `theme ${name}`);
	};
	const of = (name: (typeof colours)[number]) => own[name] ?? brand[name] ?? usual[name];
	const ratio = contrast(of("ink"), of("surface"));
	return (
		<Section title={words.look} hint={words.lookHint}>
			{colours.map((name) => (
				<div key={name} class="editor-colour">
					<label>
						<input
							type="color"
							value={of(name)}
							onInput={({ currentTarget }) => set(name, currentTarget.value)}
						/>
						<span>{words.colours[name]}</span>
						<code>{of(name)}</code>
					</label>
					{own[name] !== undefined && (
						<Button small kind="quiet" onClick={() => set(name, undefined)}>
							{words.asSite}
						</Button>
					)}
				</div>
			))}
			{ratio < readable && <Notice kind="warn">{words.lowContrast(format.number(ratio, 1))}</Notice>}
			<div class="editor-pair">
				{(Object.keys(choices) as (keyof typeof choices)[]).map((name) => (
					<Select
						key={name}
						label={words.tokens[name]}
						value={(own[name] ?? "") as string}
						options={[
							{ value: "", label: words.asSite },
							...choices[name].map((value) => ({
								value: value as string,
								label: (words.tokenValues as Readonly<Record<string, string>>)[value] ?? value,
							})),
						]}
						onChange={(value) => set(name, value || undefined)}
					/>
				))}
				<NumberInput
					label={words.tokens.radius}
					unit={words.units.px}
					min={0}
					max={32}
					value={own.radius ?? brand.radius}
					onInput={(radius) => set("radius", radius)}
				/>
			</div>
		</Section>
	);
}
