// From nothing to the first pop-up: the tag, whether it was seen, consent, and a template.

import { Check, Circle, PanelTop } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Publication } from "../../../../protocol/definition.ts";
import type { Live } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Choice, Input, Select } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Answered, Notice, Page, Section } from "../../parts/page.tsx";
import { useMay, useSite } from "../../site.ts";
import { type Platform, platforms, snippetFor } from "./snippets.ts";

const lookEveryMs = 3_000;
const edgeAs = (site: string) => `witaj.edge.${site}`;
/** Both Workers of a deployment have one host but for their names. */
const guessed = location.origin.replace("//witaj-admin.", "//witaj.");

export default function Start() {
	const { start } = useWords();
	const site = useSite();
	const mayOwn = useMay("owner");
	const keys = useAsked<{ readonly key: string }>(`${site.api}/keys`);
	const live = useAsked<Live>(`${site.api}/live`, { everyMs: lookEveryMs });
	const experiences = useDefinitions("experience").value?.definitions;
	const [platform, setPlatform] = useState<Platform>("html");
	const [route, setRoute] = useState<"own" | "worker">("worker");
	const [edge, setEdge] = useState(() => localStorage.getItem(edgeAs(site.id)) ?? guessed);
	const publication = useAsked<Publication>(`${site.api}/publication`, { everyMs: lookEveryMs });
	const isHere = (live.value?.here ?? 0) > 0;
	const isSeen = isHere || publication.value?.tagSeenAt != null;
	const isShown = experiences?.some(({ state }) => state === "live") ?? false;
	return (
		<Page title={start.title} lead={start.lead}>
			<Step title={start.tag} isDone={isSeen}>
				<div class="columns">
					<Select
						label={start.platform}
						value={platform}
						options={platforms.map((value) => ({ value, label: start.platforms[value] }))}
						onChange={setPlatform}
					/>
					<Choice
						label={start.route}
						value={route}
						options={[
							{ value: "worker", label: start.routes.worker },
							{ value: "own", label: start.routes.own },
						]}
						onChange={setRoute}
					/>
				</div>
				{route === "worker" ? (
					<Input
						label={start.edge}
						hint={start.edgeHint}
						type="url"
						value={edge}
						onInput={(next) => {
							setEdge(next);
							localStorage.setItem(edgeAs(site.id), next);
						}}
					/>
				) : (
					<p class="hint">{start.ownHow}</p>
				)}
				<Answered asked={keys}>
					{({ key }) => (
						<>
							<p>{start.where[platform]}</p>
							<Copyable
								label={start.tag}
								text={snippetFor(platform, { key, edge: route === "own" ? "/_w" : edge.replace(/\/$/, "") })}
							/>
						</>
					)}
				</Answered>
			</Step>
			<Step title={start.seen} isDone={isSeen}>
				<Notice kind={isSeen ? "good" : "info"}>
					{isHere ? start.seenNow : isSeen ? start.wasSeen : start.notSeen}
				</Notice>
			</Step>
			<Step title={start.consent}>
				<p>{start.consentWhy}</p>
				{mayOwn && (
					<div class="row">
						<LinkButton href={`${site.home}/settings/consent`}>{start.consentGo}</LinkButton>
					</div>
				)}
			</Step>
			<Step title={start.first} isDone={isShown}>
				<p>{start.firstWhy}</p>
				<div class="row">
					<LinkButton kind="primary" icon={PanelTop} href={`${site.home}/experiences/new`}>
						{start.firstGo}
					</LinkButton>
				</div>
			</Step>
		</Page>
	);
}

function Step({
	title,
	isDone,
	children,
}: {
	readonly title: string;
	/** Absent where that cannot be told. */
	readonly isDone?: boolean;
	readonly children: ComponentChildren;
}) {
	const { start } = useWords();
	return (
		<Section
			title={title}
			actions={
				isDone !== undefined && (
					<Icon of={isDone ? Check : Circle} size={20} label={isDone ? start.done : start.open} />
				)
			}
		>
			{children}
		</Section>
	);
}
