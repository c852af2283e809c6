// One segment: who is in it, what it says, and what a change would do to whom.

import { History, Trash2, Users } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Condition } from "../../../../domain/condition.ts";
import { ConditionBuilder } from "../../builder/builder.tsx";
import { ConditionSays } from "../../builder/says.tsx";
import { SiteKnown } from "../../builder/site-known.tsx";
import { pruned } from "../../builder/tree.ts";
import { ConflictDialog } from "../../definitions/conflict.tsx";
import { useActs, useDefinition, useSaving } from "../../definitions/kept.ts";
import { PublishDialog } from "../../definitions/publish.tsx";
import { RevisionsDialog } from "../../definitions/revisions.tsx";
import { StateBadge } from "../../definitions/state.tsx";
import { UsesList } from "../../definitions/uses.tsx";
import { useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Notice, Page, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useMay, useSite } from "../../site.ts";
import { Moves } from "./moves.tsx";

interface Draft {
	readonly name: string;
	readonly condition: Condition;
}
const begun: Draft = { name: "", condition: { all: [] } };

export default function SegmentPage() {
	const { segments: words, definitions, shell } = useWords();
	const wordsOf = useRefusalWords();
	const { params } = useRoute();
	const { route } = useLocation();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const id = params.id === "new" ? undefined : params.id;
	const asked = useDefinition("segment", id);
	const kept = asked.value?.definition;
	const saving = useSaving("segment", id);
	const { remove } = useActs(() => route(`${site.home}/segments`));
	const [draft, setDraft] = useState<Draft | undefined>(id === undefined ? begun : undefined);
	const [base, setBase] = useState<number>();
	const [open, setOpen] = useState<"publish" | "history">();

	// What is being edited is not replaced under one's hands.
	useEffect(() => {
		if (draft || !kept?.draft) return;
		setDraft(kept.draft);
		setBase(kept.version);
	}, [draft, kept]);

	const isChanged = draft !== undefined && (id === undefined || draft !== kept?.draft);
	useEffect(() => {
		if (!isChanged) return;
		const stay = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", stay);
		return () => removeEventListener("beforeunload", stay);
	}, [isChanged]);

	function take(): void {
		setDraft(undefined);
		saving.yield();
		asked.refresh();
	}
	async function save(how: "over" | "usual"): Promise<void> {
		if (!draft) return;
		const body = { name: draft.name, condition: pruned(draft.condition) };
		const saved = how === "over" ? await saving.overwrite(body) : await saving.save(body, base);
		if (!saved) return;
		if (id === undefined) route(`${site.home}/segments/${saved.id}`, true);
		asked.refresh();
		setBase(saved.version);
		setDraft(saved.draft ?? undefined);
	}
	const acts = kept && (
		<Menu
			label={words.more}
			end
			acts={[
				{ label: definitions.revisions, icon: History, onAct: () => setOpen("history") },
				{
					label: shell.remove,
					icon: Trash2,
					danger: true,
					disabled: !mayEdit,
					onAct: () => void remove(kept),
				},
			]}
		>
			{words.more}
		</Menu>
	);
	return (
		<Page
			title={kept?.draft?.name ?? words.add}
			above={[{ name: words.title, href: `${site.home}/segments` }]}
			wide
			lead={kept && <StateBadge of={kept} />}
			actions={
				<>
					{acts}
					{id !== undefined && (
						<LinkButton icon={Users} href={`${site.home}/people?segment=${id}`}>
							{words.people}
						</LinkButton>
					)}
					{mayEdit && (
						<Button
							kind={isChanged ? "primary" : "plain"}
							busy={saving.isSaving}
							disabled={!isChanged || draft?.name.trim() === ""}
							onClick={() => void save("usual")}
						>
							{shell.save}
						</Button>
					)}
					{mayEdit && kept?.hasChanges && !isChanged && (
						<Button kind="primary" onClick={() => setOpen("publish")}>
							{definitions.publish}
						</Button>
					)}
				</>
			}
		>
			{saving.refusal && !saving.theirs && <Notice kind="bad">{wordsOf(saving.refusal)}</Notice>}
			{id !== undefined && !draft && <Answered asked={asked}>{() => null}</Answered>}
			{draft && (
				<SiteKnown>
					<div class="beside">
						<div class="stack">
							<Section>
								<Input
									label={definitions.name}
									value={draft.name}
									placeholder={words.namePlaceholder}
									maxLength={100}
									required
									onInput={(name) => setDraft({ ...draft, name })}
								/>
							</Section>
							<ConditionBuilder
								label={words.condition}
								condition={draft.condition}
								onChange={(condition) => setDraft({ ...draft, condition })}
							/>
						</div>
						<div class="stack">
							<ConditionSays condition={draft.condition} />
							{id !== undefined && isChanged && <Moves segment={id} condition={pruned(draft.condition)} />}
							{asked.value && <UsesList uses={asked.value.uses} />}
						</div>
					</div>
				</SiteKnown>
			)}
			{saving.theirs && (
				<ConflictDialog
					theirs={saving.theirs}
					onClose={saving.yield}
					onTake={take}
					onOverwrite={() => void save("over")}
				/>
			)}
			{open === "publish" && kept && (
				<PublishDialog of={[kept]} onClose={() => setOpen(undefined)} onDone={asked.refresh} />
			)}
			{open === "history" && kept && (
				<RevisionsDialog of={kept} onClose={() => setOpen(undefined)} onBack={take} />
			)}
		</Page>
	);
}
