// A tag for each category or brand that somebody is interested in, for as long as they are.

import { useRoute } from "preact-iso";
import { NumberTestEditor } from "../../builder/tests.tsx";
import type { Draft } from "../../definitions/editing.ts";
import { DefinitionPage } from "../../definitions/page.tsx";
import { useWords } from "../../language.ts";
import { Choice, Input, Select } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import { asTag } from "./written.ts";

const begun: Draft<"interest-tag"> = { tag: "{category}", of: "share", test: { op: ">=", n: 30 } };
const kinds = ["share", "strength", "rank"] as const;

export default function InterestPage() {
	const { tags: words, definitions, builder } = useWords();
	const { params } = useRoute();
	const site = useSite();
	return (
		<DefinitionPage
			kind="interest-tag"
			id={params.id === "new" ? undefined : params.id}
			home={`${site.home}/tags/interests`}
			list={`${site.home}/tags`}
			title={words.title}
			addTitle={words.addInterest}
			begun={begun}
			finished={({ name, ...draft }) => ({ ...draft, ...(name?.trim() && { name }) })}
			isReady={({ draft }) => /\{(category|brand)\}/.test(draft.tag)}
			main={({ draft, set }) => {
				const dimension = draft.tag.includes("{brand}") ? "brand" : "category";
				return (
					<>
						<Section>
							<Choice
								label={words.interestIn}
								value={dimension}
								options={[
									{ value: "category", label: builder.interests.category },
									{ value: "brand", label: builder.interests.brand },
								]}
								onChange={(next) => set({ tag: draft.tag.replace(/\{(category|brand)\}/, `{${next}}`) })}
							/>
							<Input
								label={words.tag}
								at="tag"
								hint={words.interestTagHint(dimension)}
								error={/\{(category|brand)\}/.test(draft.tag) ? undefined : words.interestTagWrong}
								value={draft.tag}
								maxLength={100}
								required
								onInput={(tag) => set({ tag: asTag(tag) })}
							/>
							<Input
								label={`${definitions.name} (${words.optional})`}
								at="name"
								value={draft.name ?? ""}
								maxLength={200}
								onInput={(name) => set({ name })}
							/>
						</Section>
						<Section title={words.interestWhen} hint={words.interestWhenHint}>
							<div class="builder-row-fields">
								<Select
									label={builder.interestIn}
									hideLabel
									value={draft.of}
									options={kinds.map((value) => ({ value, label: builder.interestOf[value] }))}
									onChange={(of) => set({ of })}
								/>
								<NumberTestEditor
									label={builder.interestOf[draft.of]}
									test={draft.test}
									unit={draft.of === "share" ? "%" : undefined}
									onChange={(test) => set({ test })}
								/>
							</div>
						</Section>
					</>
				);
			}}
			beside={() => null}
		/>
	);
}
