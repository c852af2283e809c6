// Static lists: people are put on them by hand, by an import or by a bulk act, and stay until they are taken off.

import { ListPlus, Plus } from "lucide";
import { useDefinitions } from "../../definitions/kept.ts";
import { DefinitionList } from "../../definitions/list.tsx";
import { PublicationBar } from "../../definitions/publication.tsx";
import { useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { useMay, useSite } from "../../site.ts";

export default function Lists() {
	const { lists: words, shell } = useWords();
	const site = useSite();
	const home = `${site.home}/people/lists`;
	const asked = useDefinitions("list");
	const add = useMay("marketer") && (
		<LinkButton kind="primary" icon={Plus} href={`${home}/new`}>
			{words.add}
		</LinkButton>
	);
	return (
		<Page
			title={words.title}
			lead={words.lead}
			above={[{ name: shell.places.people, href: `${site.home}/people` }]}
			actions={add}
		>
			<PublicationBar />
			<Answered asked={asked}>
				{({ definitions }) =>
					definitions.length === 0 ? (
						<Empty icon={ListPlus} title={words.none} action={add}>
							{words.noneWhy}
						</Empty>
					) : (
						<DefinitionList label={words.title} home={home} all={definitions} />
					)
				}
			</Answered>
		</Page>
	);
}
