// One segment: who is in it, what it says, and what a change would do to whom.

import { Users } from "lucide";
import { useRoute } from "preact-iso";
import { ConditionBuilder } from "../../builder/builder.tsx";
import { ConditionSays } from "../../builder/says.tsx";
import { pruned } from "../../builder/tree.ts";
import type { Draft } from "../../definitions/editing.ts";
import { DefinitionPage } from "../../definitions/page.tsx";
import { useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import { Moves } from "./moves.tsx";

const begun: Draft<"segment"> = { name: "", condition: { all: [] } };

export default function SegmentPage() {
	const { segments: words, definitions } = useWords();
	const { params } = useRoute();
	const site = useSite();
	const id = params.id === "new" ? undefined : params.id;
	return (
		<DefinitionPage
			kind="segment"
			id={id}
			home={`${site.home}/segments`}
			title={words.title}
			addTitle={words.add}
			begun={begun}
			finished={(draft) => ({ ...draft, condition: pruned(draft.condition) })}
			isReady={({ draft }) => draft.name.trim() !== ""}
			acts={
				<LinkButton icon={Users} href={`${site.home}/people?segment=${id}`}>
					{words.people}
				</LinkButton>
			}
			main={({ draft, set }) => (
				<>
					<Section>
						<Input
							label={definitions.name}
							at="name"
							value={draft.name}
							placeholder={words.namePlaceholder}
							maxLength={100}
							required
							onInput={(name) => set({ name })}
						/>
					</Section>
					<ConditionBuilder
						label={words.condition}
						condition={draft.condition}
						onChange={(condition) => set({ condition })}
					/>
				</>
			)}
			beside={({ draft, isChanged, kept }) => (
				<>
					<ConditionSays condition={draft.condition} />
					{kept && (isChanged || kept.hasChanges) && <Moves of={kept} condition={pruned(draft.condition)} />}
				</>
			)}
		/>
	);
}
