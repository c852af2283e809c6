// Beside a builder: the sentence that the condition is, what in it was surely not meant, and how many it fits now.

import type * as z from "zod/mini";
import type { Condition } from "../../../domain/condition.ts";
import type * as schema from "../../../protocol/admin.schema.ts";
import { useAsked } from "../api/asked.ts";
import { useFormat, useLang, useWords } from "../language.ts";
import { Notice, Section } from "../parts/page.tsx";
import { useRefusalWords } from "../parts/refusal.ts";
import { useSite } from "../site.ts";
import { useSettled } from "./settled.ts";
import { groupOf, pruned } from "./tree.ts";
import { useWarningWords } from "./warnings.ts";

type Checked = z.infer<typeof schema.Checked>;
type People = z.infer<typeof schema.People>;

const afterMs = 400;

export function ConditionSays({ condition }: { readonly condition: Condition }) {
	const { builder } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const wordsOf = useRefusalWords();
	const wordsOfWarning = useWarningWords();
	const asked = useSettled(pruned(condition), afterMs);
	const isEverybody = "all" in asked && groupOf(asked).members.length === 0;
	const about = { condition: asked, definitions: "drafts" };
	const checked = useAsked<Checked>(`${site.api}/conditions/check`, {
		body: { condition: asked, language: lang },
	});
	const counted = useAsked<People>(`${site.api}/conditions/people`, { body: { ...about, only: "count" } });
	const { sentence, warnings = [] } = checked.value ?? {};
	const refusal = checked.refusal ?? counted.refusal;
	return (
		<Section title={builder.says}>
			<div class="builder-says" aria-live="polite">
				<blockquote>{isEverybody ? builder.everybody : (sentence?.[lang] ?? "…")}</blockquote>
				{refusal ? (
					<Notice kind="warn">{refusal.status === 422 ? builder.unfinished : wordsOf(refusal)}</Notice>
				) : (
					<p>
						<strong>
							{counted.value?.count === undefined || counted.value.count === null
								? builder.counting
								: builder.fits(format.number(counted.value.count))}
						</strong>
					</p>
				)}
				{warnings.map((warning) => (
					<Notice key={`${warning.kind} ${warning.at.join(".")}`} kind="warn">
						{wordsOfWarning(warning)}
					</Notice>
				))}
			</div>
		</Section>
	);
}
