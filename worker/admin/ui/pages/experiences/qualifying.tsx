// For whom it would show now, as it is edited, and why not for the others: asked when somebody wants to know.

import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { useEditing } from "./editing.ts";

type Answer = z.infer<typeof schema.Qualifying>;
const afterMs = 800;

export function Qualifying({ id }: { readonly id: string }) {
	const { experiences: words } = useWords();
	const [isAsked, setAsked] = useState(false);
	return (
		<Section title={words.qualifying} hint={words.qualifyingHint}>
			{isAsked ? <Answers id={id} /> : <Button onClick={() => setAsked(true)}>{words.seeWho}</Button>}
		</Section>
	);
}

function Answers({ id }: { readonly id: string }) {
	const { experiences: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const { draft } = useEditing();
	const [url, setUrl] = useState("/");
	const body = useSettled(
		{ experience: { ...draft, id, revision: 1 }, page: { url }, definitions: "drafts" },
		afterMs,
	);
	const asked = useAsked<Answer>(`${site.api}/experiences/qualifying`, { body });
	return (
		<>
			<Input label={words.onWhichPage} value={url} onInput={(text) => setUrl(text || "/")} />
			<Answered asked={asked}>
				{({ count, of, in: inside, out }) => (
					<>
						<p>
							<strong>{words.outOf(format.number(count), format.number(of))}</strong>
						</p>
						<Foreseen title={words.ofThem} people={inside} />
						<Foreseen title={words.ofOthers} people={out} />
					</>
				)}
			</Answered>
		</>
	);
}

function Foreseen({ title, people }: { readonly title: string; readonly people: Answer["in"] }) {
	const { experiences: words } = useWords();
	const lang = useLang();
	const site = useSite();
	if (people.length === 0) return null;
	return (
		<div>
			<h3>{title}</h3>
			<ul class="editor-people">
				{people.map(({ person, candidate }) => {
					const { name, email } = person.attributes;
					const isShown = candidate?.reason.is === "shown";
					return (
						<li key={person.id}>
							<Badge kind={isShown ? "good" : "plain"}>{isShown ? words.sees : words.seesNot}</Badge>
							<span>
								<a href={`${site.home}/people/${person.id}`}>{String(name ?? email ?? words.anonymous)}</a>
								{candidate && <small> {candidate.sentences[lang][0]}</small>}
							</span>
						</li>
					);
				})}
			</ul>
		</div>
	);
}
