// The page of one definition, whatever its kind: saving over the version that was seen, publishing, its history, where it
// is used, how far it has filled. What the kind asks for comes from its page.

import { History, Trash2 } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Kind } from "../../../domain/kinds.ts";
import { SiteKnown } from "../builder/site-known.tsx";
import { useLang, useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Menu } from "../parts/menu.tsx";
import { Answered, Notice, Page } from "../parts/page.tsx";
import { ProblemsContext, useRefusalWords } from "../parts/refusal.ts";
import { useMay } from "../site.ts";
import { ConflictDialog } from "./conflict.tsx";
import { PublishDialog, RevisionsDialog } from "./dialogs.tsx";
import { type Editing, type EditingOf, useEditing } from "./editing.ts";
import { Filling } from "./filling.tsx";
import { Found } from "./found.tsx";
import { useActs } from "./kept.ts";
import { StateBadge } from "./state.tsx";
import { UsesList } from "./uses.tsx";

export interface DefinitionPageProps<K extends Kind> extends EditingOf<K> {
	readonly home: string;
	/** The page above, where that is another one. */
	readonly list?: string;
	/** Of the page above, and of a definition that is only being made. */
	readonly title: string;
	readonly addTitle: string;
	/** Whether there is enough of it to be saved. */
	readonly isReady: (editing: Editing<K>) => boolean;
	/** Further acts, once there is one. */
	readonly acts?: ComponentChildren;
	readonly main: (editing: Editing<K>) => ComponentChildren;
	readonly beside: (editing: Editing<K>) => ComponentChildren;
}

/** Each definition is a page of its own: nothing of the one stays on the next. */
export function DefinitionPage<K extends Kind>(props: DefinitionPageProps<K>) {
	return <OnePage<K> key={`${props.kind}/${props.id}`} {...props} />;
}

function OnePage<K extends Kind>(props: DefinitionPageProps<K>) {
	const { id, home, list = home, title, addTitle, isReady, acts, main, beside } = props;
	const { definitions: words, shell } = useWords();
	const lang = useLang();
	const wordsOf = useRefusalWords();
	const { route } = useLocation();
	const mayEdit = useMay("marketer");
	const { editing, asked, saving, save, takeTheirs, isFound } = useEditing(props);
	const { remove } = useActs(asked.refresh);
	const [open, setOpen] = useState<"publish" | "history">();
	const kept = asked.value?.definition;
	const isChanged = editing?.isChanged ?? false;
	const isNew = id === undefined;
	return (
		<Page
			title={kept?.names[lang] ?? addTitle}
			above={[{ name: title, href: list }]}
			wide
			lead={kept && <StateBadge of={kept} />}
			actions={
				<>
					{kept && (
						<Menu
							label={words.more}
							end
							acts={[
								{ label: words.revisions, icon: History, onAct: () => setOpen("history") },
								{
									label: shell.remove,
									icon: Trash2,
									danger: true,
									disabled: !mayEdit,
									onAct: () => void remove(kept).then((isGone) => isGone && route(list)),
								},
							]}
						>
							{words.more}
						</Menu>
					)}
					{!isNew && acts}
					{mayEdit && (
						<Button
							kind={isChanged || isNew ? "primary" : "plain"}
							busy={saving.isSaving}
							disabled={!editing || (!isNew && !isChanged) || !isReady(editing)}
							onClick={() => void save("usual")}
						>
							{shell.save}
						</Button>
					)}
					{mayEdit && kept?.hasChanges && !isChanged && (
						<Button kind="primary" onClick={() => setOpen("publish")}>
							{words.publish}
						</Button>
					)}
				</>
			}
		>
			{editing?.refusal && <Notice kind="bad">{wordsOf(editing.refusal)}</Notice>}
			{isFound && <Found drop={takeTheirs} />}
			{kept && <Filling of={kept} />}
			{!editing && (
				<Answered asked={asked}>
					{({ definition }) => definition.draft === null && <Notice kind="warn">{words.isRemoved}</Notice>}
				</Answered>
			)}
			{editing && (
				<SiteKnown>
					<div class="beside">
						<div class="stack">
							<ProblemsContext.Provider value={editing.refusal?.body.problems}>
								{main(editing)}
							</ProblemsContext.Provider>
						</div>
						<div class="stack">
							{beside(editing)}
							{!isNew && <UsesList uses={editing.uses} />}
						</div>
					</div>
				</SiteKnown>
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
		</Page>
	);
}
