// Who would come into a segment and who would go, before it is saved, and why.

import type * as z from "zod/mini";
import type { Condition } from "../../../../domain/condition.ts";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { Samples } from "../../builder/samples.tsx";
import { useSettled } from "../../builder/settled.ts";
import type { Kept } from "../../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Answered, Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";

type Preview = z.infer<typeof schema.Preview>;
const afterMs = 800;
const shownAtMost = 5;

export function Moves({
	of: { id, live },
	condition,
}: {
	readonly of: Pick<Kept<"segment">, "id" | "live">;
	readonly condition: Condition;
}) {
	const { segments: words } = useWords();
	const site = useSite();
	const settled = useSettled(condition, afterMs);
	// Of one that was never live, whoever meets it comes in: that is said beside the condition.
	const path = live?.definition ? `${site.api}/segments/${id}/preview` : undefined;
	const asked = useAsked<Preview>(path, { body: { condition: settled, definitions: "published" } });
	if (!path) return null;
	// What is unfinished is said beside the condition itself.
	if (asked.refusal?.status === 422) return null;
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

function Movers({ title, movers }: { readonly title: string; readonly movers: Preview["in"] }) {
	const format = useFormat();
	const lang = useLang();
	return (
		<div>
			<h3>
				{title}: {format.number(movers.count)}
			</h3>
			<Samples
				people={movers.people.slice(0, shownAtMost).map(({ person, explanation }) => ({
					person,
					why: explanation?.sentences[lang] ?? [],
				}))}
			/>
		</div>
	);
}
