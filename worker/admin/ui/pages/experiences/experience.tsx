// One experience: what it says and looks like, where, when and for whom it is shown, and what a visitor will see.

import { Archive, CirclePause, CirclePlay, ExternalLink, History, Redo2, Trash2, Undo2 } from "lucide";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { SiteKnown } from "../../builder/site-known.tsx";
import { ConflictDialog } from "../../definitions/conflict.tsx";
import { PublishDialog, RevisionsDialog } from "../../definitions/dialogs.tsx";
import { useActs, useDefinition, useSaving } from "../../definitions/kept.ts";
import { StateBadge } from "../../definitions/state.tsx";
import { unsavedOf, usePlaces, useUnsaved } from "../../definitions/unsaved.ts";
import { useLang, useWords } from "../../language.ts";
import { laterPart } from "../../later.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Choice, Input } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Notice, Page, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { say } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import type { Template } from "../../templates/template.ts";
import { ContentForm } from "./content.tsx";
import { type Draft, type Language, languagesOf, type Path } from "./draft.ts";
import { type Editing, EditingContext } from "./editing.ts";
import { FromTemplate } from "./from-template.tsx";
import { begun, type History as Edits, edited, redone, undone } from "./history.ts";
import { OnPageDialog } from "./on-page.tsx";
import { Preview } from "./preview.tsx";

const parts = ["content", "placing", "audience", "look"] as const;
type Part = (typeof parts)[number];
const Audience = laterPart(() => import("./audience.tsx"));
const Placing = laterPart(() => import("./placing.tsx"));
const Look = laterPart(() => import("./look.tsx"));

/** A new one begins as `begin`, which may be a template's. */
export default function ExperiencePage({
	begin,
	template,
}: {
	readonly begin?: Draft;
	readonly template?: Template | undefined;
}) {
	const { experiences: words, definitions, shell } = useWords();
	const wordsOf = useRefusalWords();
	const { params, query } = useRoute();
	const { route } = useLocation();
	const lang = useLang();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const { id } = params;
	const placeOf = usePlaces();
	const place = placeOf(`experience/${id ?? `new/${query.from}`}`);
	const asked = useDefinition("experience", id);
	const kept = asked.value?.definition;
	const saving = useSaving("experience", id);
	const { remove, act } = useActs(asked.refresh);
	const [edits, setEdits] = useState<Edits<Draft>>();
	const [base, setBase] = useState<number>();
	const [isRestored, setRestored] = useState(false);
	const [part, setPart] = useState<Part>("content");
	const [wanted, setLanguage] = useState<Language>(lang);
	const [chosen, choose] = useState<Path>();
	const [open, setOpen] = useState<"publish" | "history" | "page">();

	// What is being edited is not replaced under one's hands.
	useEffect(() => {
		if (edits || (id !== undefined && (!kept || asked.isLoading))) return;
		const unsaved = unsavedOf<Draft>(place);
		const stored: Draft | undefined = kept?.draft ?? (id === undefined ? begin : undefined);
		const isNewer = unsaved !== undefined && mayEdit;
		const first = isNewer ? unsaved.draft : stored;
		if (!first) return;
		setEdits(begun(first));
		setBase(isNewer ? unsaved.base : kept?.version);
		setRestored(isNewer);
	}, [edits, kept, id, asked.isLoading, place, mayEdit, begin]);

	const draft = edits?.now;
	const keptText = useMemo(() => JSON.stringify(kept?.draft), [kept]);
	const isChanged = useMemo(
		() => draft !== undefined && (id === undefined || JSON.stringify(draft) !== keptText),
		[draft, id, keptText],
	);
	// A template that was only looked at is nobody's work yet.
	const isWritten = isChanged && (isRestored || (edits?.past.length ?? 0) > 0);
	const keeping = useUnsaved(place, draft, base, isWritten);

	const undo = useCallback(() => setEdits((now) => now && undone(now)), []);
	const redo = useCallback(() => setEdits((now) => now && redone(now)), []);
	useEffect(() => {
		const hear = (event: KeyboardEvent) => {
			if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
			const key = event.key.toLowerCase();
			if (key !== "z" && key !== "y") return;
			event.preventDefault();
			if (key === "y" || event.shiftKey) redo();
			else undo();
		};
		addEventListener("keydown", hear);
		return () => removeEventListener("keydown", hear);
	}, [undo, redo]);

	const change = useCallback(
		(next: Draft, what?: string) => setEdits((now) => now && edited(now, next, what)),
		[],
	);
	const showBlock = useCallback((at: Path | undefined) => {
		choose(at);
		if (at) setPart("content");
	}, []);
	const languages = draft ? languagesOf(draft) : [];
	const language = languages.includes(wanted) ? wanted : (languages[0] ?? "pl");
	const problems = saving.refusal?.body.problems;
	const editing = useMemo(
		(): Editing | undefined =>
			draft && {
				...{ draft, change, language, chosen, mayEdit },
				choose: showBlock,
				problems: problems ?? [],
			},
		[draft, change, language, chosen, showBlock, mayEdit, problems],
	);

	function takeTheirs(): void {
		if (isWritten && edits) {
			const mine = edits;
			say(definitions.tookTheirs, () => setEdits((now) => (now ? edited(now, mine.now) : mine)));
		}
		keeping.leave();
		setEdits(undefined);
		setRestored(false);
		choose(undefined);
		saving.yield();
		asked.refresh();
	}
	async function save(how: "over" | "usual"): Promise<void> {
		if (!draft) return;
		const saved = how === "over" ? await saving.overwrite(draft) : await saving.save(draft, base);
		if (!saved?.draft) return;
		if (id === undefined) {
			keeping.moveTo(placeOf(`experience/${saved.id}`), draft, saved.version);
			return route(`${site.home}/experiences/${saved.id}`, true);
		}
		setRestored(false);
		setBase(saved.version);
		const { draft: now } = saved;
		// What was written while it was being saved stays.
		setEdits((before) => before && (before.now === draft ? { ...before, now, of: undefined } : before));
		asked.expect({ definition: saved, uses: asked.value?.uses ?? [] });
	}

	const state = kept?.state;
	const acts = kept && (
		<Menu
			label={words.more}
			end
			acts={[
				{ label: definitions.revisions, icon: History, onAct: () => setOpen("history") },
				...(mayEdit && state === "live"
					? [{ label: words.acts.pause, icon: CirclePause, onAct: () => void act(kept, "pause") }]
					: []),
				...(mayEdit && state === "paused"
					? [{ label: words.acts.resume, icon: CirclePlay, onAct: () => void act(kept, "resume") }]
					: []),
				...(mayEdit && (state === "live" || state === "paused")
					? [{ label: words.acts.archive, icon: Archive, onAct: () => void act(kept, "archive") }]
					: []),
				...(mayEdit
					? [
							{
								label: shell.remove,
								icon: Trash2,
								danger: true,
								onAct: () => void remove(kept).then((isGone) => isGone && route(`${site.home}/experiences`)),
							},
						]
					: []),
			]}
		>
			{words.more}
		</Menu>
	);
	return (
		<Page
			title={draft?.name || words.add}
			above={[{ name: words.title, href: `${site.home}/experiences` }]}
			wide
			lead={kept && <StateBadge of={kept} />}
			actions={
				<>
					{mayEdit && (
						<>
							<IconButton
								icon={Undo2}
								label={words.undo}
								disabled={!edits || edits.past.length === 0}
								onClick={undo}
							/>
							<IconButton
								icon={Redo2}
								label={words.redo}
								disabled={!edits || edits.future.length === 0}
								onClick={redo}
							/>
						</>
					)}
					{acts}
					{mayEdit && kept && (
						<Button
							icon={ExternalLink}
							disabled={isChanged}
							title={isChanged ? words.saveFirst : words.onPage}
							onClick={() => setOpen("page")}
						>
							{words.onPage}
						</Button>
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
			{isRestored && (
				<Notice
					action={
						<Button small onClick={takeTheirs}>
							{words.discard}
						</Button>
					}
				>
					{words.restored}
				</Notice>
			)}
			{id !== undefined && !draft && <Answered asked={asked}>{() => null}</Answered>}
			{draft && editing && (
				<EditingContext.Provider value={editing}>
					<SiteKnown>
						<div class="editor">
							<div class="stack">
								{template && mayEdit && <FromTemplate template={template} />}
								<Section>
									<Input
										label={definitions.name}
										value={draft.name}
										maxLength={200}
										required
										onInput={(name) => change({ ...draft, name }, "name")}
									/>
								</Section>
								<Choice
									label={words.parts.label}
									hideLabel
									value={part}
									options={parts.map((value) => ({ value, label: words.parts[value] }))}
									onChange={setPart}
								/>
								{part === "content" && <ContentForm onLanguage={setLanguage} />}
								{part === "placing" && <Placing />}
								{part === "audience" && <Audience id={id ?? "new"} />}
								{part === "look" && <Look />}
							</div>
							<Preview />
						</div>
					</SiteKnown>
				</EditingContext.Provider>
			)}
			{saving.theirs && (
				<ConflictDialog
					theirs={saving.theirs}
					onClose={saving.yield}
					onTake={takeTheirs}
					onOverwrite={() => void save("over")}
				/>
			)}
			{open === "publish" && kept && (
				<PublishDialog of={[kept]} onClose={() => setOpen(undefined)} onDone={asked.refresh} />
			)}
			{open === "history" && kept && (
				<RevisionsDialog of={kept} onClose={() => setOpen(undefined)} onBack={takeTheirs} />
			)}
			{open === "page" && kept && <OnPageDialog id={kept.id} onClose={() => setOpen(undefined)} />}
		</Page>
	);
}
