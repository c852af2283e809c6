// What to begin with: a template that is nearly done, or next to nothing.

import { useMemo, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { SiteSettings } from "../../../../protocol/site.ts";
import { useAsked } from "../../api/asked.ts";
import { useLang, useWords } from "../../language.ts";
import { later } from "../../later.tsx";
import { Choice } from "../../parts/field.tsx";
import { Page, Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import { type Category, categories, templates } from "../../templates/index.ts";
import { Thumbnail } from "../../templates/thumbnail.tsx";
import { blank } from "./begin.ts";

const kinds = ["popup", "banner", "frame", "greeting"] as const;

const Editor = later(() => import("./experience.tsx"));

export default function NewExperience() {
	const { query } = useRoute();
	const { experiences: words } = useWords();
	const lang = useLang();
	const { from } = query;
	const template = templates.find(({ id }) => id === from);
	const begin = useMemo(
		() =>
			template
				? { ...template.draft, name: template.names[lang] }
				: blank(kinds.find((kind) => kind === from) ?? "popup", words.newName),
		[template, from, words, lang],
	);
	return from === undefined ? <Gallery /> : <Editor begin={begin} template={template} />;
}

function Gallery() {
	const { experiences: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const [category, setCategory] = useState<Category | "">("");
	const brand = useAsked<{ readonly settings: Pick<SiteSettings, "theme"> }>(`${site.api}/settings`).value
		?.settings.theme;
	const shown = templates.filter((one) => category === "" || one.category === category);
	const begin = (from: string) => `${site.home}/experiences/new?from=${from}`;
	return (
		<Page title={words.add} above={[{ name: words.title, href: `${site.home}/experiences` }]} wide>
			<Section title={words.templates} plain>
				<Choice
					label={words.category}
					hideLabel
					value={category}
					options={[
						{ value: "", label: words.allTemplates },
						...(Object.keys(categories) as Category[]).map((value) => ({
							value,
							label: categories[value][lang],
						})),
					]}
					onChange={setCategory}
				/>
				<ul class="gallery">
					{shown.map(({ id, names, lead, draft }) => (
						<li key={id}>
							<a href={begin(id)}>
								<Thumbnail draft={draft} lang={lang} brand={brand} />
								<b>{names[lang]}</b>
								<small>{lead[lang]}</small>
							</a>
						</li>
					))}
				</ul>
			</Section>
			<Section title={words.blank} hint={words.blankHint} plain>
				<ul class="gallery">
					{kinds.map((kind) => (
						<li key={kind}>
							<a href={begin(kind)}>
								<b>{words.kinds[kind]}</b>
								<small>{words.kindHints[kind]}</small>
							</a>
						</li>
					))}
				</ul>
			</Section>
		</Page>
	);
}
