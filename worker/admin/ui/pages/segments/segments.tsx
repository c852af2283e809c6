// The segments of a site.

import { ChartPie, Plus } from "lucide";
import { useHaving } from "../../definitions/having.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { DefinitionList } from "../../definitions/list.tsx";
import { PublicationBar } from "../../definitions/publication.tsx";
import { useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { useMay, useSite } from "../../site.ts";

export default function Segments() {
	const { segments: words, definitions: ofKind } = useWords();
	const havingOf = useHaving("segment");
	const site = useSite();
	const home = `${site.home}/segments`;
	const asked = useDefinitions("segment");
	const add = useMay("marketer") && (
		<LinkButton kind="primary" icon={Plus} href={`${home}/new`}>
			{words.add}
		</LinkButton>
	);
	return (
		<Page title={words.title} lead={words.lead} actions={add}>
			<PublicationBar />
			<Answered asked={asked}>
				{({ definitions }) =>
					definitions.length === 0 ? (
						<Empty icon={ChartPie} title={words.none} action={add}>
							{words.noneWhy}
						</Empty>
					) : (
						<DefinitionList
							label={words.title}
							home={home}
							all={definitions}
							columns={[
								{
									id: "having",
									label: ofKind.having,
									isNumber: true,
									cell: ({ id }) => havingOf(id),
								},
							]}
						/>
					)
				}
			</Answered>
		</Page>
	);
}
