// What gives points: the rules of the site's score and of its loyalty programmes, and the programmes.

import { Gauge, Plus } from "lucide";
import type { Limit } from "../../../../domain/definition.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { DefinitionList } from "../../definitions/list.tsx";
import { PublicationBar } from "../../definitions/publication.tsx";
import { useFormat, useLang, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Empty, Page, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Past } from "../../rules/past.tsx";
import { useMay, useSite } from "../../site.ts";
import { signed } from "./signed.ts";

export default function ScoresPage() {
	const { scores: words } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const rules = useDefinitions("score-rule");
	const programmes = useDefinitions("programme");
	const home = `${site.home}/scores`;
	const add = mayEdit && (
		<LinkButton kind="primary" icon={Plus} href={`${home}/new`}>
			{words.add}
		</LinkButton>
	);
	const nameOf = (id: string | undefined) =>
		id === undefined
			? words.siteScore
			: (programmes.value?.definitions.find((one) => one.id === id)?.names[lang] ?? id);
	const often = (limit: Limit = "each") =>
		typeof limit === "object" ? words.atMost(limit.perDay) : words.limits[limit];
	return (
		<Page title={words.title} lead={words.lead} actions={add}>
			<PublicationBar />
			<Answered asked={rules}>
				{({ definitions }) =>
					definitions.length === 0 ? (
						<Empty icon={Gauge} title={words.none} action={add}>
							{words.noneWhy}
						</Empty>
					) : (
						<>
							<DefinitionList
								label={words.rules}
								home={home}
								all={definitions}
								columns={[
									{
										id: "points",
										label: words.points,
										isNumber: true,
										cell: ({ draft }) =>
											draft && (
												<Badge kind={draft.points > 0 ? "good" : "bad"}>{signed(format, draft.points)}</Badge>
											),
									},
									{ id: "whose", label: words.whose, cell: ({ draft }) => draft && nameOf(draft.programme) },
									{
										id: "often",
										label: words.howOften,
										cell: ({ draft }) =>
											draft &&
											("trait" in draft.when
												? words.limits.once
												: often(draft.limit ?? (draft.once ? "once" : "each"))),
									},
								]}
							/>
							<Past
								title={words.pastOfScore}
								apply={{ score: null }}
								isLive={definitions.every((one) => one.draft?.programme || !one.hasChanges)}
								isChanged={false}
							/>
						</>
					)
				}
			</Answered>
			<Section
				plain
				title={words.programmes}
				hint={words.programmesWhy}
				actions={
					mayEdit && (
						<LinkButton small icon={Plus} href={`${home}/programmes/new`}>
							{words.addProgramme}
						</LinkButton>
					)
				}
			>
				<Answered asked={programmes} rows={1}>
					{({ definitions }) =>
						definitions.length > 0 && (
							<DefinitionList
								label={words.programmes}
								home={`${home}/programmes`}
								all={definitions}
								columns={[
									{
										id: "tiers",
										label: words.tiers,
										cell: ({ draft }) => draft?.tiers.map(({ name }) => name).join(" › "),
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
