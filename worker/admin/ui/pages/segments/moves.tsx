// Who would come into a segment and who would go, before it is saved, and why.

import type * as z from "zod/mini";
import type { Condition } from "../../../../domain/condition.ts";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Answered, Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";

type Preview = z.infer<typeof schema.Preview>;
const afterMs = 800;

export function Moves({ segment, condition }: { readonly segment: string; readonly condition: Condition }) {
	const { segments: words } = useWords();
	const site = useSite();
	const body = { condition: useSettled(condition, afterMs), definitions: "drafts" };
	const asked = useAsked<Preview>(`${site.api}/segments/${segment}/preview`, { body });
	return (
		<Section title={words.moves} hint={words.movesHint}>
			<Answered asked={asked}>
				{(preview) => (
					<>
						<Movers title={words.comeIn} movers={preview.in} />
						<Movers title={words.go} movers={preview.out} />
					</>
				)}
			</Answered>
		</Section>
	);
}

const shownAtMost = 5;

function Movers({ title, movers }: { readonly title: string; readonly movers: Preview["in"] }) {
	const format = useFormat();
	const lang = useLang();
	const site = useSite();
	const { segments: words } = useWords();
	return (
		<div>
			<h3>
				{title}: {format.number(movers.count)}
			</h3>
			<ul>
				{movers.people.slice(0, shownAtMost).map(({ person, explanation }) => (
					<li key={person.id}>
						<a href={`${site.home}/people/${person.id}`}>{nameOf(person) ?? words.anonymous}</a>
						{explanation && <small> {explanation.sentences[lang][0]}</small>}
					</li>
				))}
			</ul>
		</div>
	);
}

function nameOf({ attributes }: Preview["in"]["people"][number]["person"]): string | undefined {
	const name = attributes.name ?? attributes.email;
	return typeof name === "string" ? name : undefined;
}
