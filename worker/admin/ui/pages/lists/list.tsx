// One static list: its names, and who is on it.

import { Users } from "lucide";
import { useRoute } from "preact-iso";
import { ConditionSays } from "../../builder/says.tsx";
import type { Draft } from "../../definitions/editing.ts";
import { DefinitionPage } from "../../definitions/page.tsx";
import { useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";

const begun: Draft<"list"> = { names: { pl: "", en: "" } };

export default function ListPage() {
	const { lists: words } = useWords();
	const { params } = useRoute();
	const site = useSite();
	const id = params.id === "new" ? undefined : params.id;
	return (
		<DefinitionPage
			kind="list"
			id={id}
			home={`${site.home}/people/lists`}
			title={words.title}
			addTitle={words.add}
			begun={begun}
			// A list with one name is called so in both languages.
			finished={({ names: { pl, en }, ...draft }) => ({
				...draft,
				names: { pl: pl.trim() || en, en: en.trim() || pl },
			})}
			isReady={({ draft: { names } }) => `${names.pl}${names.en}`.trim() !== ""}
			acts={
				<LinkButton icon={Users} href={`${site.home}/people?list=${id}`}>
					{words.people}
				</LinkButton>
			}
			main={({ draft: { names }, set }) => (
				<Section hint={words.namesHint} title={words.names}>
					{(["pl", "en"] as const).map((lang) => (
						<Input
							key={lang}
							label={words.nameIn[lang]}
							at={`names.${lang}`}
							value={names[lang]}
							placeholder={words.placeholders[lang]}
							maxLength={200}
							onInput={(name) => set({ names: { ...names, [lang]: name } })}
						/>
					))}
				</Section>
			)}
			beside={({ kept }) =>
				kept && <ConditionSays title={words.who} condition={{ field: "list", list: kept.id }} />
			}
		/>
	);
}
