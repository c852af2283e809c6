// Saved views of the list: made, changed, renamed, shared and removed. Two who change one at a time: the second is told.

import { Bookmark, Pencil, Trash2, Undo2 } from "lucide";
import { useState } from "preact/hooks";
import type { Asked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input, Switch } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import type { Listing } from "./listing.ts";
import type { View, Views } from "./types.ts";

interface Naming {
	readonly name: string;
	readonly isShared: boolean;
}

const bodyOf = ({ condition, q, columns, sort }: Listing, { name, isShared }: Naming) => ({
	...{ name, isShared, condition, columns, sort },
	...(q !== "" && { q }),
});

export function ViewActs({
	view,
	listing,
	isChanged,
	onChanged,
	onBack,
	views,
}: {
	/** The saved one that is open, if one is. */
	readonly view: View | undefined;
	readonly listing: Listing;
	readonly isChanged: boolean;
	/** With the view to open now. */
	readonly onChanged: (view: string | undefined) => void;
	readonly onBack: () => void;
	readonly views: Asked<Views>;
}) {
	const { people: words, shell } = useWords();
	const site = useSite();
	const [naming, setNaming] = useState<"new" | "change">();
	const path = `${site.api}/views`;
	const put = (saved: View) =>
		views.expect({ views: [...(views.value?.views ?? []).filter(({ id }) => id !== saved.id), saved] });

	async function add(naming: Naming): Promise<void> {
		const saved = await call<View>("POST", path, bodyOf(listing, naming));
		setNaming(undefined);
		put(saved);
		onChanged(saved.id);
		say(words.viewSaved);
	}
	async function change(of: View, naming: Naming, shown: Listing): Promise<void> {
		const saved = await call<View>("PUT", `${path}/${of.id}`, {
			...bodyOf(shown, naming),
			version: of.version,
		});
		setNaming(undefined);
		put(saved);
		onChanged(saved.id);
		say(words.viewSaved);
	}
	/** What somebody else has made of it is shown by its tab; what is on the screen stays in the address. */
	function refused(error: unknown): void {
		if (!(error instanceof Refusal)) throw error;
		const theirs = (error.body as { readonly view?: View }).view;
		if (theirs) put(theirs);
		sayRefused(error);
	}
	async function remove(of: View): Promise<void> {
		try {
			await call("DELETE", `${path}/${of.id}`);
			onChanged(undefined);
			say(words.viewRemoved, () => {
				const { id: _, version: _version, changedAt: _at, ...body } = of;
				call<View>("POST", path, body).then(({ id }) => onChanged(id), sayRefused);
			});
		} catch (error) {
			sayRefused(error);
		}
	}
	if (!view && !isChanged) return null;
	return (
		<div class="people-view">
			{isChanged && (
				<Button
					kind="quiet"
					icon={Bookmark}
					onClick={() => (view ? void change(view, view, listing).catch(refused) : setNaming("new"))}
				>
					{view ? words.saveView : words.saveAsView}
				</Button>
			)}
			{view && (
				<Menu
					label={words.viewMore}
					end
					acts={[
						{ label: words.renameView, icon: Pencil, onAct: () => setNaming("change") },
						...(isChanged
							? [
									{ label: words.saveAsView, icon: Bookmark, onAct: () => setNaming("new") },
									{ label: words.viewBack, icon: Undo2, onAct: onBack },
								]
							: []),
						{ label: shell.remove, icon: Trash2, danger: true, onAct: () => void remove(view) },
					]}
				>
					{words.viewMore}
				</Menu>
			)}
			{naming && (
				<NamingDialog
					title={naming === "new" ? words.saveAsView : words.renameView}
					begun={naming === "change" && view ? view : { name: "", isShared: false }}
					onClose={() => setNaming(undefined)}
					onSave={(named) =>
						naming === "change" && view ? change(view, named, { ...view, q: view.q ?? "" }) : add(named)
					}
				/>
			)}
		</div>
	);
}

function NamingDialog({
	title,
	begun,
	onSave,
	onClose,
}: {
	readonly title: string;
	readonly begun: Naming;
	readonly onSave: (naming: Naming) => Promise<void>;
	readonly onClose: () => void;
}) {
	const { people: words, shell } = useWords();
	const wordsOf = useRefusalWords();
	const [name, setName] = useState(begun.name);
	const [isShared, setIsShared] = useState(begun.isShared);
	const [refusal, setRefusal] = useState<Refusal>();
	const [busy, setBusy] = useState(false);
	async function save(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		try {
			await onSave({ name: name.trim(), isShared });
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
			setBusy(false);
		}
	}
	return (
		<Dialog
			title={title}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="view-naming" busy={busy} disabled={name.trim() === ""}>
						{shell.save}
					</Button>
				</>
			}
		>
			<form id="view-naming" class="stack" onSubmit={(event) => void save(event)}>
				{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
				<Input
					label={words.viewName}
					value={name}
					placeholder={words.viewNameWhat}
					maxLength={100}
					required
					autofocus
					onInput={setName}
				/>
				<Switch label={words.shared} hint={words.sharedWhat} checked={isShared} onChange={setIsShared} />
			</form>
		</Dialog>
	);
}
