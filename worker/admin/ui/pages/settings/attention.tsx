// The attention budget of a site: what holds for all that is shown, for each channel, and for groups of experiences.

import { useEffect, useState } from "preact/hooks";
import type { SiteAttention } from "../../../../domain/definition.ts";
import { ConflictDialog } from "../../definitions/conflict.tsx";
import { useDefinition, useSaving } from "../../definitions/kept.ts";
import { PublishDialog } from "../../definitions/publish.tsx";
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
	const asked = useDefinition("attention", "attention");
	const saving = useSaving("attention", "attention");
	const [draft, setDraft] = useState<SiteAttention>();
	const [base, setBase] = useState(0);
	const [isPublishing, setPublishing] = useState(false);
	const kept = asked.value?.definition;
	const isNew = asked.refusal?.status === 404;
	useEffect(() => {
		if (draft || asked.isLoading) return;
		if (!kept && !isNew) return;
		setDraft(kept?.draft ?? {});
		setBase(kept?.version ?? 0);
	}, [draft, kept, isNew, asked.isLoading]);
	const isChanged =
		draft !== undefined &&
		JSON.stringify(draft) !== JSON.stringify(kept?.draft) &&
		!(isNew && Object.keys(draft).length === 0);

	async function save(how: "over" | "usual"): Promise<void> {
		const saved = how === "over" ? await saving.overwrite(draft) : await saving.save(draft, base);
		if (!saved) return;
		setDraft(saved.draft ?? {});
		setBase(saved.version);
		asked.expect({ definition: saved, uses: asked.value?.uses ?? [] });
	}
	if (!draft) return isNew ? null : <Answered asked={asked}>{() => null}</Answered>;
	const put = <K extends keyof SiteAttention>(member: K, value: SiteAttention[K] | undefined) => {
		const { [member]: _, ...others } = draft;
		setDraft((value === undefined ? others : { ...others, [member]: value }) as SiteAttention);
	};
	const off = mayEdit ? {} : { disabled: true };
	return (
		<>
			{saving.refusal && !saving.theirs && <Notice kind="bad">{wordsOf(saving.refusal)}</Notice>}
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
				<BoundsFields bounds={draft.site ?? {}} {...off} onChange={(site) => put("site", site)} />
				<div class="settings-grid">
					<Span
						label={words.gap}
						hint={words.gapHint}
						ms={draft.gapMs}
						among={gaps}
						none={words.noGap}
						{...off}
						onChange={(ms) => put("gapMs", ms ?? undefined)}
					/>
					<Span
						label={words.afterPurchase}
						hint={words.afterPurchaseHint}
						ms={draft.afterPurchaseMs}
						among={rests}
						none={words.noGap}
						{...off}
						onChange={(ms) => put("afterPurchaseMs", ms ?? undefined)}
					/>
				</div>
				{channels.map((channel) => (
					<details key={channel} class="settings-more">
						<summary>{words.channelBudget[channel]}</summary>
						<BoundsFields
							bounds={draft.channels?.[channel] ?? {}}
							{...off}
							onChange={(bounds) => put("channels", { ...draft.channels, [channel]: bounds })}
						/>
					</details>
				))}
			</Section>
			<Groups />
			{saving.theirs && (
				<ConflictDialog
					theirs={saving.theirs}
					onClose={saving.yield}
					onTake={() => {
						setDraft(undefined);
						saving.yield();
						asked.refresh();
					}}
					onOverwrite={() => void save("over")}
				/>
			)}
			{isPublishing && (
				<PublishDialog
					of={[{ kind: "attention", id: "attention" }]}
					onClose={() => setPublishing(false)}
					onDone={() => {
						asked.refresh();
					}}
				/>
			)}
		</>
	);
}
