// The experiences of a site: what is shown, where, for whom, and what came of it.

import {
	Archive,
	ArchiveRestore,
	CirclePause,
	CirclePlay,
	Copy,
	Ellipsis,
	PanelTop,
	Plus,
	Rocket,
	Trash2,
} from "lucide";
import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/report.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { PublishDialog } from "../../definitions/dialogs.tsx";
import { type Kept, useActs, useDefinitions, useSaving } from "../../definitions/kept.ts";
import { PublicationBar } from "../../definitions/publication.tsx";
import { StateBadge } from "../../definitions/state.tsx";
import { useFormat, useLang, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Choice } from "../../parts/field.tsx";
import { type Act, Menu } from "../../parts/menu.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { useMay, useSite } from "../../site.ts";

type One = Kept<"experience">;
type Report = z.infer<typeof schema.ExperienceReport>;
const filters = ["all", "live", "draft", "paused", "archived"] as const;

export default function Experiences() {
	const { experiences: words, definitions } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const asked = useDefinitions("experience");
	const report = useAsked<Report>(`${site.api}/reports/experiences`).value;
	const segments = useDefinitions("segment").value?.definitions ?? [];
	const [filter, setFilter] = useState<(typeof filters)[number]>("all");
	const [publishing, setPublishing] = useState<One>();
	const add = mayEdit && (
		<LinkButton kind="primary" icon={Plus} href={`${site.home}/experiences/new`}>
			{words.add}
		</LinkButton>
	);
	const figuresOf = (id: string) => {
		const editions = report?.experiences.filter(({ experience }) => experience === id) ?? [];
		return {
			shown: editions.reduce((sum, { outcomes }) => sum + outcomes.shown, 0),
			orders: editions.reduce((sum, { byClick, byView }) => sum + byClick.orders + byView.orders, 0),
		};
	};
	const segmentOf = ({ draft }: One) =>
		draft?.segment === undefined
			? words.everybody
			: (segments.find(({ id }) => id === draft.segment)?.names[lang] ?? draft.segment);
	return (
		<Page title={words.title} lead={words.lead} actions={add} wide>
			<PublicationBar />
			<Answered asked={asked}>
				{({ definitions: all }) => {
					if (all.length === 0)
						return (
							<Empty icon={PanelTop} title={words.none} action={add}>
								{words.noneWhy}
							</Empty>
						);
					const shown = all.filter(({ state }) =>
						filter === "all" ? state !== "archived" : state === filter,
					);
					return (
						<>
							<Choice
								label={definitions.state}
								hideLabel
								value={filter}
								options={filters.map((value) => ({
									value,
									label: value === "all" ? words.allStates : definitions.states[value],
								}))}
								onChange={setFilter}
							/>
							{shown.length === 0 && <p class="hint">{words.noneSo}</p>}
							{shown.length > 0 && (
								<Table
									label={words.title}
									rows={shown.toSorted((a, b) => format.compare(a.names[lang], b.names[lang]))}
									keyOf={({ id }) => id}
									columns={[
										{
											id: "name",
											label: definitions.name,
											isMain: true,
											cell: ({ id, names }) => <a href={`${site.home}/experiences/${id}`}>{names[lang]}</a>,
										},
										{
											id: "kind",
											label: words.kind,
											cell: ({ draft }) => words.kinds[draft?.kind ?? "popup"],
										},
										{ id: "state", label: definitions.state, cell: (one) => <StateBadge of={one} /> },
										{ id: "segment", label: words.segment, cell: segmentOf },
										{
											id: "where",
											label: words.where,
											cell: ({ draft }) => words.surfaces[draft?.surface?.kind ?? "modal"],
										},
										{
											id: "shown",
											label: words.shown30,
											isNumber: true,
											cell: ({ id }) => format.number(figuresOf(id).shown),
										},
										{
											id: "converted",
											label: words.converted30,
											isNumber: true,
											cell: ({ id }) => format.number(figuresOf(id).orders),
										},
										...(mayEdit
											? [
													{
														id: "acts",
														label: words.more,
														isActs: true,
														cell: (one: One) => (
															<RowActs
																one={one}
																onPublish={() => setPublishing(one)}
																onDone={asked.refresh}
															/>
														),
													},
												]
											: []),
									]}
								/>
							)}
						</>
					);
				}}
			</Answered>
			{publishing && (
				<PublishDialog of={[publishing]} onClose={() => setPublishing(undefined)} onDone={asked.refresh} />
			)}
		</Page>
	);
}

function RowActs({
	one,
	onPublish,
	onDone,
}: {
	readonly one: One;
	readonly onPublish: () => void;
	readonly onDone: () => void;
}) {
	const { experiences: words, definitions, shell } = useWords();
	const { act, remove } = useActs(onDone);
	const saving = useSaving("experience", undefined);
	const { state, draft, hasChanges } = one;
	const copy = async () => {
		if (!draft) return;
		await saving.save({ ...draft, name: words.copyOf(draft.name) }, undefined);
		onDone();
	};
	const of = (name: "pause" | "resume" | "archive" | "restore", icon: Act["icon"]): Act => ({
		label: words.acts[name],
		...(icon && { icon }),
		onAct: () => void act(one, name),
	});
	const acts: Act[] = [
		...(hasChanges && state !== "archived"
			? [{ label: definitions.publish, icon: Rocket, onAct: onPublish }]
			: []),
		...(state === "live" ? [of("pause", CirclePause)] : []),
		...(state === "paused" ? [of("resume", CirclePlay)] : []),
		...(draft ? [{ label: words.copyIt, icon: Copy, onAct: () => void copy() }] : []),
		...(state === "archived" ? [of("restore", ArchiveRestore)] : []),
		...(state === "live" || state === "paused" ? [of("archive", Archive)] : []),
		...(state !== "archived"
			? [{ label: shell.remove, icon: Trash2, danger: true, onAct: () => void remove(one) }]
			: []),
	];
	return <Menu label={`${words.more}: ${one.names.pl}`} icon={Ellipsis} small end acts={acts} />;
}
