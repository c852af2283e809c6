import { useDefinitions } from "../../definitions/kept.ts";
import { useWords } from "../../language.ts";
import { Checkbox, Choice } from "../../parts/field.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { Editing } from "./form.ts";
import { type Asking, askingIn } from "./purposes.ts";

const sources = ["google", "tcf"] as const;

export function Consent({ settings: { consent, collect = {} }, edit }: Editing) {
	const { settings: words } = useWords();
	const { consent: heard = [] } = collect;
	return (
		<>
			<Section title={words.beforeConsent} hint={words.modeHint[consent]}>
				<Choice
					label={words.beforeConsent}
					hideLabel
					value={consent}
					options={[
						{ value: "ask", label: words.asks },
						{ value: "not-needed", label: words.notNeeded },
					]}
					onChange={(chosen) => edit("consent", chosen)}
				/>
			</Section>
			{consent === "ask" && (
				<Section title={words.sources} hint={words.sourcesHint}>
					{sources.map((source) => (
						<Checkbox
							key={source}
							label={words.source[source]}
							hint={words.sourceHint[source]}
							checked={heard.includes(source)}
							onChange={(isHeard) => {
								const next = sources.filter((one) => (one === source ? isHeard : heard.includes(one)));
								edit("collect", { ...collect, consent: next });
							}}
						/>
					))}
				</Section>
			)}
			<Purposes />
		</>
	);
}

/** What people are asked to agree to stands in the forms that ask them: here all of it side by side. */
function Purposes() {
	const { settings: words } = useWords();
	const site = useSite();
	const asked = useDefinitions("experience");
	return (
		<Section title={words.purposes} hint={words.purposesHint}>
			<Answered asked={asked}>
				{({ definitions }) => {
					const all = definitions.flatMap(({ id, names: _, draft, state }) =>
						state === "archived" || !draft
							? []
							: askingIn(draft).map((one) => ({ ...one, id, name: draft.name })),
					);
					if (all.length === 0) return <p class="hint">{words.noPurposes}</p>;
					return (
						<Table<Asking & { readonly id: string; readonly name: string }>
							label={words.purposes}
							rows={all}
							keyOf={({ id, purpose, wording }) => `${id} ${purpose} ${wording}`}
							columns={[
								{ id: "purpose", label: words.purpose, isMain: true, cell: ({ purpose }) => purpose },
								{
									id: "wording",
									label: words.wording,
									cell: ({ wording, version }) => (
										<span>
											{wording} <small>{words.wordingVersion(version)}</small>
										</span>
									),
								},
								{
									id: "channels",
									label: words.channels,
									cell: ({ channels, doubleOptIn }) => (
										<span class="row">
											{channels.map((channel) => (
												<Badge key={channel}>{words.channel[channel] ?? channel}</Badge>
											))}
											{doubleOptIn && <Badge kind="good">{words.doubleOptIn}</Badge>}
										</span>
									),
								},
								{
									id: "where",
									label: words.where,
									cell: ({ id, name }) => <a href={`${site.home}/experiences/${id}`}>{name}</a>,
								},
							]}
						/>
					);
				}}
			</Answered>
		</Section>
	);
}
