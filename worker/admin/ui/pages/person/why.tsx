// Why: of a segment, a tag, points, or what a page would show. The sentences are the API's.

import { Check, ChevronDown, X } from "lucide";
import { useState } from "preact/hooks";
import type { Card } from "../../../../protocol/person.ts";
import { useAsked } from "../../api/asked.ts";
import { useSettled } from "../../builder/settled.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Combobox } from "../../parts/combobox.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Choice, Input, Select } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Answered, Notice } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { useSuggest } from "../people/act-fields.tsx";
import type { Explained, ExplainedPage } from "../people/types.ts";
import { timeZone } from "./zone.ts";

export interface Question {
	readonly of: "segment" | "tag" | "score" | "page";
	readonly segment?: string;
	readonly tag?: string;
	/** A programme; null for the site's own score. */
	readonly score?: string | null;
}

const afterMs = 400;

export function WhyDialog({
	card,
	begun,
	onClose,
}: {
	readonly card: Card;
	readonly begun: Question;
	readonly onClose: () => void;
}) {
	const { card: words, people } = useWords();
	const lang = useLang();
	const site = useSite();
	const suggest = useSuggest();
	const [of, setOf] = useState(begun.of);
	const [segment, setSegment] = useState(begun.segment ?? "");
	const [tag, setTag] = useState(begun.tag ?? "");
	const [score, setScore] = useState(begun.score ?? "");
	const [url, setUrl] = useState("/");
	const segments = useDefinitions("segment").value?.definitions ?? [];
	const programmes = useDefinitions("programme").value?.definitions ?? [];
	const asked = useSettled(url.trim(), afterMs);
	const named = (
		all: readonly { readonly id: string; readonly names: Readonly<Record<"pl" | "en", string>> }[],
	) => all.map(({ id, names }) => ({ value: id, label: names[lang] }));
	const body =
		of === "segment"
			? segment !== "" && { segment }
			: of === "tag"
				? tag !== "" && { tag }
				: of === "score"
					? { score: score === "" ? null : score }
					: /^(https?:\/\/|\/)/i.test(asked) && { page: { url: asked } };
	return (
		<Dialog side title={words.why} onClose={onClose}>
			<Choice
				label={words.askAbout}
				hideLabel
				value={of}
				options={(["segment", "tag", "score", "page"] as const).map((value) => ({
					value,
					label: words.questions[value],
				}))}
				onChange={setOf}
			/>
			{of === "segment" && (
				<Select
					label={words.whichSegment}
					value={segment}
					options={[{ value: "", label: people.choose, disabled: true }, ...named(segments)]}
					onChange={setSegment}
				/>
			)}
			{of === "tag" && (
				<Combobox label={people.fieldOf.tag} value={tag} suggest={suggest("tag")} onChange={setTag} />
			)}
			{of === "score" && programmes.length > 0 && (
				<Select
					label={people.pointsOf}
					value={score}
					options={[{ value: "", label: people.score }, ...named(programmes)]}
					onChange={setScore}
				/>
			)}
			{of === "page" && (
				<Input
					label={words.whichPage}
					hint={words.whichPageHint}
					value={url}
					placeholder="/"
					maxLength={500}
					onInput={setUrl}
				/>
			)}
			{body &&
				("page" in body ? (
					<Candidates
						key="page"
						path={`${site.api}/explain`}
						body={{ ...body, person: card.person, timeZone }}
					/>
				) : (
					<Answer
						key={JSON.stringify(body)}
						path={`${site.api}/explain`}
						body={{ ...body, person: card.person, timeZone }}
					/>
				))}
		</Dialog>
	);
}

interface Asking {
	readonly path: string;
	readonly body: object;
}

function Answer({ path, body }: Asking) {
	const { card: words } = useWords();
	const format = useFormat();
	const asked = useAsked<Explained>(path, { body });
	return (
		<Answered asked={asked} rows={4}>
			{(told) => (
				<>
					{told.memberSince && <p class="hint">{words.since(format.dateTime(told.memberSince))}</p>}
					<Explanation of={told} />
					{!told.isWhole && <Notice kind="warn">{words.notWhole}</Notice>}
				</>
			)}
		</Answered>
	);
}

/** What is so, what was asked, and the least that would change it. */
function Explanation({ of }: { readonly of: Omit<Explained, "person" | "isWhole"> }) {
	const { card: words } = useWords();
	const format = useFormat();
	const lang = useLang();
	return (
		<div class="person-why">
			<ul>
				{of.sentences[lang].map((sentence, place) => (
					<li key={place}>{sentence}</li>
				))}
			</ul>
			{of.until !== null && <p class="hint">{words.until(format.dateTime(of.until))}</p>}
			<h3>{words.change}</h3>
			<p>{of.change.sentence[lang]}</p>
			<h3>{words.asked}</h3>
			<p class="hint">{of.sentence[lang]}</p>
		</div>
	);
}

/** What a page would show somebody, in the order in which they compete. */
export function Candidates({ path, body }: Asking) {
	const { card: words } = useWords();
	const asked = useAsked<ExplainedPage>(path, { body });
	return (
		<Answered asked={asked} rows={4}>
			{({ candidates }) =>
				candidates.length === 0 ? (
					<p class="hint">{words.noExperiences}</p>
				) : (
					<ul class="person-candidates">
						{candidates.map((one) => (
							<li key={one.experience}>
								<details>
									<summary>
										<Icon of={one.is ? Check : X} />
										<span>{one.name}</span>
										<Badge kind={one.is ? "good" : "plain"}>{one.is ? words.shows : words.showsNot}</Badge>
										<Icon of={ChevronDown} />
									</summary>
									<Explanation of={one} />
								</details>
							</li>
						))}
					</ul>
				)
			}
		</Answered>
	);
}
