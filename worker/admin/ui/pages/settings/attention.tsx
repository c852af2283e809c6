// The attention budget of a site: what holds for all that is shown, for each channel, and for groups of experiences.

import { useState } from "preact/hooks";
import { ConflictDialog } from "../../definitions/conflict.tsx";
import { PublishDialog } from "../../definitions/dialogs.tsx";
import { useEditing } from "../../definitions/editing.ts";
import { Found } from "../../definitions/found.tsx";
import { StateBadge } from "../../definitions/state.tsx";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Answered, Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useMay } from "../../site.ts";
import { BoundsFields } from "./bounds.tsx";
import { Groups } from "./groups.tsx";
import { rests, Span } from "./spans.tsx";

const channels = ["popup", "banner", "frame", "greeting"] as const;
const minute = 60_000;
const gaps = [minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute];

export function Attention() {
	const { settings: words, shell, definitions } = useWords();
	const wordsOf = useRefusalWords();
	const mayEdit = useMay("marketer");
	const { editing, asked, saving, save, takeTheirs, isFound } = useEditing({
		kind: "attention",
		id: "attention",
		begun: {},
		isOnly: true,
	});
	const [isPublishing, setPublishing] = useState(false);
	if (!editing) return <Answered asked={asked}>{() => null}</Answered>;
	const { draft, set, isChanged, kept } = editing;
	const off = mayEdit ? {} : { disabled: true };
	return (
		<>
			{editing.refusal && <Notice kind="bad">{wordsOf(editing.refusal)}</Notice>}
			{isFound && <Found drop={takeTheirs} />}
			<Section
				title={words.budget}
				hint={words.budgetHint}
				actions={
					<>
						{kept && <StateBadge of={kept} />}
						{mayEdit && (
							<Button
								kind={isChanged ? "primary" : "plain"}
								disabled={!isChanged}
								busy={saving.isSaving}
								onClick={() => void save("usual")}
							>
								{shell.save}
							</Button>
						)}
						{mayEdit && kept?.hasChanges && !isChanged && (
							<Button kind="primary" onClick={() => setPublishing(true)}>
								{definitions.publish}
							</Button>
						)}
					</>
				}
			>
				<BoundsFields bounds={draft.site ?? {}} {...off} onChange={(site) => set({ site })} />
				<div class="settings-grid">
					<Span
						label={words.gap}
						hint={words.gapHint}
						ms={draft.gapMs}
						among={gaps}
						none={words.noGap}
						{...off}
						onChange={(ms) => set({ gapMs: ms ?? undefined })}
					/>
					<Span
						label={words.afterPurchase}
						hint={words.afterPurchaseHint}
						ms={draft.afterPurchaseMs}
						among={rests}
						none={words.noGap}
						{...off}
						onChange={(ms) => set({ afterPurchaseMs: ms ?? undefined })}
					/>
				</div>
				{channels.map((channel) => (
					<details key={channel} class="settings-more">
						<summary>{words.channelBudget[channel]}</summary>
						<BoundsFields
							bounds={draft.channels?.[channel] ?? {}}
							{...off}
							onChange={(bounds) => set({ channels: { ...draft.channels, [channel]: bounds } })}
						/>
					</details>
				))}
			</Section>
			<Groups />
			{saving.theirs && (
				<ConflictDialog
					theirs={saving.theirs}
					onClose={saving.yield}
					onTake={takeTheirs}
					onOverwrite={() => void save("over")}
				/>
			)}
			{isPublishing && (
				<PublishDialog
					of={[{ kind: "attention", id: "attention" }]}
					onClose={() => setPublishing(false)}
					onDone={asked.refresh}
				/>
			)}
		</>
	);
}
