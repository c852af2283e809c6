// What puts tags on people: rules, and interests.

import { Plus, Tags as TagsIcon } from "lucide";
import { useHaving } from "../../definitions/having.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { DefinitionList } from "../../definitions/list.tsx";
import { PublicationBar } from "../../definitions/publication.tsx";
import { useLang, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Empty, Page, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { useMay, useSite } from "../../site.ts";

export default function TagsPage() {
	const { tags: words, rules: ruleWords, definitions: ofKind } = useWords();
	const lang = useLang();
	const havingOf = useHaving("tag");
	const site = useSite();
	const mayEdit = useMay("marketer");
	const rules = useDefinitions("tag-rule");
	const interests = useDefinitions("interest-tag");
	const home = `${site.home}/tags`;
	const add = mayEdit && (
		<LinkButton kind="primary" icon={Plus} href={`${home}/new`}>
			{words.add}
		</LinkButton>
	);
	return (
		<Page title={words.title} lead={words.lead} actions={add}>
			<PublicationBar />
			<Answered asked={rules}>
				{({ definitions }) =>
					definitions.length === 0 ? (
						<Empty icon={TagsIcon} title={words.none} action={add}>
							{words.noneWhy}
						</Empty>
					) : (
						<DefinitionList
							label={words.rules}
							home={home}
							all={definitions}
							beside={({ draft, names }) =>
								draft &&
								(draft.removes || draft.tag !== names[lang]) && (
									<Badge kind={draft.removes ? "bad" : "accent"}>
										{draft.removes ? `− ${draft.tag}` : draft.tag}
									</Badge>
								)
							}
							columns={[
								{
									id: "having",
									label: ofKind.having,
									isNumber: true,
									cell: ({ draft }) => draft && !draft.removes && havingOf(draft.tag),
								},
								{
									id: "when",
									label: ruleWords.when,
									cell: ({ draft }) =>
										draft && ruleWords.whensShort["event" in draft.when ? "event" : "trait"],
								},
							]}
						/>
					)
				}
			</Answered>
			<Section
				plain
				title={words.interests}
				hint={words.interestsWhy}
				actions={
					mayEdit && (
						<LinkButton small icon={Plus} href={`${home}/interests/new`}>
							{words.addInterest}
						</LinkButton>
					)
				}
			>
				<Answered asked={interests} rows={1}>
					{({ definitions }) =>
						definitions.length > 0 && (
							<DefinitionList
								label={words.interests}
								home={`${home}/interests`}
								all={definitions}
								columns={[
									{
										id: "tag",
										label: words.tag,
										cell: ({ draft }) => draft && <Badge kind="accent">{draft.tag}</Badge>,
									},
								]}
							/>
						)
					}
				</Answered>
			</Section>
		</Page>
	);
}
