// The segments of a site.

import { ChartPie, Plus } from "lucide";
import { useDefinitions } from "../../definitions/kept.ts";
import { PublicationBar } from "../../definitions/publish.tsx";
import { ChangedBy, StateBadge } from "../../definitions/state.tsx";
import { useFormat, useLang, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { useMay, useSite } from "../../site.ts";

export default function Segments() {
	const { segments: words, definitions } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const asked = useDefinitions("segment");
	const add = mayEdit && (
		<LinkButton kind="primary" icon={Plus} href={`${site.home}/segments/new`}>
			{words.add}
		</LinkButton>
	);
	return (
		<Page title={words.title} lead={words.lead} actions={add}>
			<PublicationBar />
			<Answered asked={asked}>
				{({ definitions: all }) =>
					all.length === 0 ? (
						<Empty icon={ChartPie} title={words.none} action={add}>
							{words.noneWhy}
						</Empty>
					) : (
						<Table
							label={words.title}
							rows={all.toSorted((a, b) => format.compare(a.names[lang], b.names[lang]))}
							keyOf={({ id }) => id}
							columns={[
								{
									id: "name",
									label: definitions.name,
									isMain: true,
									cell: ({ id, names }) => <a href={`${site.home}/segments/${id}`}>{names[lang]}</a>,
								},
								{ id: "state", label: definitions.state, cell: (one) => <StateBadge of={one} /> },
								{
									id: "changed",
									label: definitions.changed,
									cell: ({ changedAt, changedBy }) => <ChangedBy at={changedAt} by={changedBy} />,
								},
							]}
						/>
					)
				}
			</Answered>
		</Page>
	);
}
