import type { Builder } from "../../../../protocol/builder.ts";
import { useAsked } from "../../api/asked.ts";
import { capital } from "../../format.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { laterPart } from "../../later.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";

const OwnAttributes = laterPart(() => import("./own-attributes.tsx"));

interface Suggestions {
	readonly values: readonly { readonly value: string; readonly count: number | null }[];
	readonly isSample: boolean;
}

export function Attributes() {
	const { settings: words } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const known = useAsked<Builder>("/api/fields");
	const used = useAsked<Suggestions>(`${site.api}/suggestions?field=attribute&limit=50&language=${lang}`);
	const countOf = new Map(used.value?.values.map(({ value, count }) => [value, count]));
	const shownCount = (name: string) => {
		const count = countOf.get(name);
		return count ? format.number(count) : "–";
	};
	return (
		<Answered asked={known} rows={8}>
			{({ attributes }) => {
				return (
					<>
						<OwnAttributes />
						<Section plain title={words.knownAttributes} hint={words.knownAttributesHint}>
							<Table
								label={words.knownAttributes}
								rows={[
									...attributes.map(({ name, words: said }) => ({ name, called: said[lang] })),
									{ name: "userId", called: words.userId },
								]}
								keyOf={({ name }) => name}
								columns={[
									{ id: "called", label: words.called, isMain: true, cell: ({ called }) => capital(called) },
									{ id: "name", label: words.attribute, cell: ({ name }) => <code>{name}</code> },
									{
										id: "count",
										label: words.people,
										isNumber: true,
										cell: ({ name }) => shownCount(name),
									},
								]}
							/>
						</Section>
					</>
				);
			}}
		</Answered>
	);
}
