// One experience: what it says and looks like, where, when and for whom it is shown, and what a visitor will see.

import { Archive, CirclePause, CirclePlay, ExternalLink, History, Redo2, Trash2, Undo2 } from "lucide";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { SiteKnown } from "../../builder/site-known.tsx";
import { ConflictDialog } from "../../definitions/conflict.tsx";
import { useActs, useDefinition, useSaving } from "../../definitions/kept.ts";
import { PublishDialog } from "../../definitions/publish.tsx";
import { RevisionsDialog } from "../../definitions/revisions.tsx";
import { StateBadge } from "../../definitions/state.tsx";
import { useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Choice, Input } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Notice, Page, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useMay, useSite } from "../../site.ts";
import type { Template } from "../../templates/template.ts";
import { ContentForm } from "./content.tsx";
import { type Draft, type Language, languagesOf, type Path } from "./draft.ts";
import { type Editing, EditingContext } from "./editing.ts";
import { FromTemplate } from "./from-template.tsx";
import { begun, type History as Edits, edited, redone, undone } from "./history.ts";
import { Later } from "./later.tsx";
import { OnPageDialog } from "./on-page.tsx";
import { Preview } from "./preview.tsx";
import { keepUnsaved, unsavedOf } from "./unsaved.ts";

const parts = ["content", "placing", "audience", "look"] as const;
type Part = (typeof parts)[number];
const loadAudience = () => import("./audience.tsx");
const loadPlacing = () => import("./placing.tsx");
const loadLook = () => import("./look.tsx");

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
	/** What is written is kept under. */
	const address = id ?? `new.${query.from}`;
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
		const unsaved = unsavedOf(site.id, address);
		const stored: Draft | undefined = kept?.draft ?? (id === undefined ? begin : undefined);
		const isNewer = unsaved !== undefined && mayEdit;
		const first = isNewer ? unsaved.draft : stored;
		if (!first) return;
		setEdits(begun(first));
		setBase(isNewer ? unsaved.base : kept?.version);
		setRestored(isNewer);
	}, [edits, kept, id, asked.isLoading, address, site.id, mayEdit, begin]);

	const draft = edits?.now;
	const keptText = useMemo(() => JSON.stringify(kept?.draft), [kept]);
	const isChanged = useMemo(
		() => draft !== undefined && (id === undefined || JSON.stringify(draft) !== keptText),
		[draft, id, keptText],
	);
	useEffect(() => {
		if (!isChanged || !draft || edits.past.length === 0) return;
		keepUnsaved(site.id, address, { draft, base });
		const stay = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", stay);
		return () => removeEventListener("beforeunload", stay);
	}, [isChanged, draft, base, site.id, address, edits]);

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

	function forgetMine(): void {
		keepUnsaved(site.id, address, undefined);
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
		keepUnsaved(site.id, address, undefined);
		setRestored(false);
		setBase(saved.version);
		const { draft: now } = saved;
		// What was written while it was being saved stays.
		setEdits((before) => before && (before.now === draft ? { ...before, now, of: undefined } : before));
		if (id === undefined) route(`${site.home}/experiences/${saved.id}`, true);
		else asked.expect({ definition: saved, uses: asked.value?.uses ?? [] });
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
								onAct: () => void remove(kept).then(() => route(`${site.home}/experiences`)),
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
					{kept && (
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
						<Button small onClick={forgetMine}>
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
								{part === "placing" && <Later load={loadPlacing} />}
								{part === "audience" && <Later load={loadAudience} id={id ?? "new"} />}
								{part === "look" && <Later load={loadLook} />}
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
					onTake={forgetMine}
					onOverwrite={() => void save("over")}
				/>
			)}
			{open === "publish" && kept && (
				<PublishDialog of={[kept]} onClose={() => setOpen(undefined)} onDone={asked.refresh} />
			)}
			{open === "history" && kept && (
				<RevisionsDialog of={kept} onClose={() => setOpen(undefined)} onBack={forgetMine} />
			)}
			{open === "page" && kept && <OnPageDialog id={kept.id} onClose={() => setOpen(undefined)} />}
		</Page>
	);
}
