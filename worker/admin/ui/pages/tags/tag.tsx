// One tag rule: which tag, when, and for how long it stays.

import { useRoute } from "preact-iso";
import { ConditionSays } from "../../builder/says.tsx";
import type { Draft } from "../../definitions/editing.ts";
import { DefinitionPage } from "../../definitions/page.tsx";
import { useWords } from "../../language.ts";
import { Choice, Input } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { Expiry } from "../../rules/expiry.tsx";
import { Past } from "../../rules/past.tsx";
import { begunWhen, conditionOfWhen, finishedWhen, WhenEditor } from "../../rules/when.tsx";
import { useSite } from "../../site.ts";
import { asTag } from "./written.ts";

const begun: Draft<"tag-rule"> = { tag: "", when: begunWhen };
const finished = ({ name, ...draft }: Draft<"tag-rule">): Draft<"tag-rule"> => ({
	...draft,
	...(name?.trim() && { name }),
	when: finishedWhen(draft.when),
});
/** As long as it has no id. */
const unnamed = "new";

export default function TagPage() {
	const { tags: words, definitions, rules } = useWords();
	const { params } = useRoute();
	const site = useSite();
	const id = params.id === "new" ? undefined : params.id;
	return (
		<DefinitionPage
			kind="tag-rule"
			id={id}
			home={`${site.home}/tags`}
			title={words.title}
			addTitle={words.add}
			begun={begun}
			finished={finished}
			isReady={({ draft }) => draft.tag.trim() !== ""}
			main={({ draft, set }) => (
				<>
					<Section>
						<Choice
							label={words.does}
							value={draft.removes ? "removes" : "adds"}
							options={[
								{ value: "adds", label: words.adds },
								{ value: "removes", label: words.removes },
							]}
							onChange={(does) =>
								set(
									does === "removes" ? { removes: true, expiresAfterMs: undefined } : { removes: undefined },
								)
							}
						/>
						<Input
							label={words.tag}
							hint={words.tagHint}
							at="tag"
							value={draft.tag}
							placeholder={words.tagPlaceholder}
							maxLength={100}
							required
							onInput={(tag) => set({ tag: asTag(tag) })}
						/>
						<Input
							label={`${definitions.name} (${words.optional})`}
							at="name"
							hint={words.nameHint}
							value={draft.name ?? ""}
							maxLength={200}
							onInput={(name) => set({ name })}
						/>
					</Section>
					<WhenEditor title={rules.when} when={draft.when} onChange={(when) => set({ when })} />
					{!draft.removes && (
						<Section title={words.stays}>
							<Expiry
								label={words.expires}
								hint={words.expiresHint}
								ms={draft.expiresAfterMs}
								onChange={(expiresAfterMs) => set({ expiresAfterMs })}
							/>
						</Section>
					)}
				</>
			)}
			beside={({ draft, isChanged, kept }) => (
				<>
					<ConditionSays title={rules.forWhom} condition={conditionOfWhen(draft.when)} />
					{(kept || draft.tag.trim() !== "") && (
						<Past
							apply={{ rule: kept?.id ?? unnamed }}
							unsaved={isChanged || !kept ? { kind: "tag-rule", body: finished(draft) } : undefined}
							isLive={kept?.state === "live" && !kept.hasChanges}
							isChanged={isChanged || !kept}
						/>
					)}
				</>
			)}
		/>
	);
}
