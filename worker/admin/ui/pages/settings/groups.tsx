// Experiences that share one budget: a season's sale is told three times in all, however many pop-ups tell of it.

import { Pencil, Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { PublishDialog } from "../../definitions/dialogs.tsx";
import { type Kept, useActs, useDefinitions, useSaving } from "../../definitions/kept.ts";
import { StateBadge } from "../../definitions/state.tsx";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Table } from "../../parts/table.tsx";
import { useMay } from "../../site.ts";
import { BoundsFields } from "./bounds.tsx";
import { useSpan } from "./spans.tsx";

type Group = Kept<"group">;

export function Groups() {
	const { settings: words, shell, definitions } = useWords();
	const spanOf = useSpan();
	const mayEdit = useMay("marketer");
	const asked = useDefinitions("group");
	const { remove } = useActs(asked.refresh);
	const [open, setOpen] = useState<Group | "new">();
	const [publishing, setPublishing] = useState<Group>();
	return (
		<Section
			plain
			title={words.groupsTitle}
			hint={words.groupsHint}
			actions={
				mayEdit && (
					<Button icon={Plus} onClick={() => setOpen("new")}>
						{words.newGroup}
					</Button>
				)
			}
		>
			<Answered asked={asked} rows={2}>
				{({ definitions: all }) =>
					all.length === 0 ? (
						<p class="hint">{words.noGroups}</p>
					) : (
						<Table
							label={words.groupsTitle}
							rows={all}
							keyOf={({ id }) => id}
							columns={[
								{ id: "name", label: definitions.name, isMain: true, cell: ({ draft }) => draft?.name },
								{
									id: "cap",
									label: words.times,
									cell: ({ draft }) =>
										draft?.cap
											? `${draft.cap.times} × ${draft.cap.perMs ? spanOf(draft.cap.perMs) : words.ever}`
											: shell.none,
								},
								{ id: "state", label: definitions.state, cell: (one) => <StateBadge of={one} /> },
								{
									id: "acts",
									label: shell.edit,
									isActs: true,
									cell: (one) =>
										mayEdit && (
											<span class="row">
												{one.hasChanges && (
													<Button small onClick={() => setPublishing(one)}>
														{definitions.publish}
													</Button>
												)}
												<Menu
													label={words.moreOf(one.draft?.name ?? one.id)}
													end
													small
													icon={Pencil}
													acts={[
														{ label: shell.edit, icon: Pencil, onAct: () => setOpen(one) },
														{
															label: shell.remove,
															icon: Trash2,
															danger: true,
															onAct: () => void remove(one),
														},
													]}
												/>
											</span>
										),
								},
							]}
						/>
					)
				}
			</Answered>
			{open && (
				<GroupDialog
					of={open === "new" ? undefined : open}
					onClose={() => setOpen(undefined)}
					onDone={() => {
						setOpen(undefined);
						asked.refresh();
					}}
				/>
			)}
			{publishing && (
				<PublishDialog of={[publishing]} onClose={() => setPublishing(undefined)} onDone={asked.refresh} />
			)}
		</Section>
	);
}

function GroupDialog({
	of,
	onClose,
	onDone,
}: {
	readonly of: Group | undefined;
	readonly onClose: () => void;
	readonly onDone: () => void;
}) {
	const { settings: words, shell, definitions } = useWords();
	const wordsOf = useRefusalWords();
	const saving = useSaving("group", of?.id);
	const { id: _, ...known } = of?.draft ?? { id: "", name: "" };
	const [draft, setDraft] = useState(known);
	async function save(event: Event): Promise<void> {
		event.preventDefault();
		const body = of ? { ...draft, id: of.id } : draft;
		if (await saving.save(body, saving.theirs?.version ?? of?.version)) onDone();
	}
	return (
		<Dialog
			title={of ? words.group : words.newGroup}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="group" busy={saving.isSaving}>
						{saving.theirs ? definitions.keepMine : shell.save}
					</Button>
				</>
			}
		>
			{saving.refusal && (
				<Notice kind="bad">{saving.theirs ? definitions.conflictWhy : wordsOf(saving.refusal)}</Notice>
			)}
			<form id="group" class="stack" onSubmit={save}>
				<Input
					label={definitions.name}
					required
					autofocus
					maxLength={200}
					placeholder={words.groupPlaceholder}
					value={draft.name}
					onInput={(name) => setDraft({ ...draft, name })}
				/>
				<BoundsFields
					bounds={draft}
					onChange={(bounds) => {
						const { cap: _c, afterCloseMs: _a, afterSubmitMs: _s, afterConversion: _o, ...own } = draft;
						setDraft({ ...own, ...bounds });
					}}
				/>
			</form>
		</Dialog>
	);
}
