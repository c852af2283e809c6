// What can be done to those who are selected: said with its number before, done in the background, and taken back.

import { Award, Download, Ellipsis, Tag, Trash2, X } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { forget, useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { newId } from "../../api/id.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input, Select } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useMay, useSite } from "../../site.ts";
import { ActFields } from "./act-fields.tsx";
import { actOf, manyKinds, untold } from "./acting.ts";
import { ExportDialog } from "./export.tsx";
import { Watched } from "./jobs.tsx";
import type { BulkPreview, Job, ManyAct, Whom } from "./types.ts";

type Asking = ManyAct["kind"] | "export" | "erase";

interface BulkProps {
	readonly whom: Whom;
	readonly count: number;
	readonly onDone: () => void;
}

export function BulkBar({
	columns,
	onClear,
	children,
	...rest
}: BulkProps & {
	readonly columns: readonly string[];
	readonly onClear: () => void;
	readonly children?: ComponentChildren;
}) {
	const { people: words } = useWords();
	const isOwner = useMay("owner");
	const [asking, setAsking] = useState<Asking>();
	const close = () => setAsking(undefined);
	return (
		<section class="people-bulk" aria-label={words.selected}>
			<p role="status">
				<strong>{words.selectedCount(rest.count)}</strong>
			</p>
			{children}
			<div class="people-bulk-acts">
				<Button small icon={Tag} onClick={() => setAsking("tag")}>
					{words.act.tag}
				</Button>
				<Button small icon={Award} onClick={() => setAsking("points")}>
					{words.act.points}
				</Button>
				<Button small icon={Download} onClick={() => setAsking("export")}>
					{words.export}
				</Button>
				<Menu
					small
					end
					kind="plain"
					label={words.moreActs}
					icon={Ellipsis}
					acts={[
						...manyKinds
							.filter((kind) => kind !== "tag" && kind !== "points")
							.map((kind) => ({ label: words.act[kind], onAct: () => setAsking(kind) })),
						...(isOwner
							? [{ label: words.erase, icon: Trash2, danger: true, onAct: () => setAsking("erase") }]
							: []),
					]}
				>
					{words.moreActs}
				</Menu>
				<IconButton small kind="quiet" icon={X} label={words.unselect} onClick={onClear} />
			</div>
			{asking === "export" && <ExportDialog {...rest} columns={columns} onClose={close} />}
			{asking === "erase" && <EraseDialog {...rest} onClose={close} />}
			{asking && asking !== "export" && asking !== "erase" && (
				<ActDialog {...rest} begun={asking} onClose={close} />
			)}
		</section>
	);
}

const previewAfterMs = 300;

function ActDialog({
	whom,
	count,
	begun,
	onClose,
	onDone,
}: BulkProps & { readonly begun: ManyAct["kind"]; readonly onClose: () => void }) {
	const { people: words, shell } = useWords();
	const site = useSite();
	const wordsOf = useRefusalWords();
	const [kind, setKind] = useState(begun);
	const [told, setTold] = useState(untold);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	const [job, setJob] = useState<Job>();
	// However often it is pressed, it happens once.
	const [id] = useState(newId);
	const act = actOf(kind, told);
	const settled = useSettled(act ?? null, previewAfterMs);
	const preview = useAsked<BulkPreview>(settled && !job ? `${site.api}/bulk/preview` : undefined, {
		body: { ...whom, act: settled ?? undefined },
	});
	const { already = null, count: now = count } = preview.value ?? {};

	async function begin(): Promise<void> {
		if (!act) return;
		setBusy(true);
		try {
			setJob(await call<Job>("POST", `${site.api}/bulk`, { id, act, ...whom }));
			forget(`${site.api}/bulk`);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		}
		setBusy(false);
	}
	if (job)
		return (
			<Dialog
				title={words.act[kind]}
				onClose={onDone}
				actions={
					<Button kind="primary" onClick={onDone}>
						{words.done}
					</Button>
				}
			>
				<Watched job={job} />
				<p class="hint">{words.goesOn}</p>
			</Dialog>
		);
	return (
		<Dialog
			title={words.actOn(count)}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" busy={busy} disabled={!act} onClick={() => void begin()}>
						{words.actNow(now)}
					</Button>
				</>
			}
		>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			<Select
				label={words.what}
				value={kind}
				options={manyKinds.map((one) => ({ value: one, label: words.act[one] }))}
				onChange={(next) => {
					setKind(next);
					setTold(untold);
				}}
			/>
			<ActFields kind={kind} told={told} onChange={setTold} />
			<p class="hint" role="status">
				{act && preview.value ? (
					<>
						{words.meant(now)} {already !== null && already > 0 && words.already(already)}
					</>
				) : (
					words.canUndo
				)}
			</p>
		</Dialog>
	);
}

/** What does not come back is asked for by its number, so that nobody erases more than they have seen. */
function EraseDialog({ whom, count, onClose, onDone }: BulkProps & { readonly onClose: () => void }) {
	const { people: words, shell } = useWords();
	const format = useFormat();
	const site = useSite();
	const wordsOf = useRefusalWords();
	const [typed, setTyped] = useState("");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	const [job, setJob] = useState<Job>();
	const [id] = useState(newId);
	const isMeant = typed.replace(/\D/g, "") === String(count);
	async function erase(): Promise<void> {
		setBusy(true);
		try {
			setJob(await call<Job>("POST", `${site.api}/bulk/erasures`, { id, count, ...whom }));
			forget(`${site.api}/bulk`);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		}
		setBusy(false);
	}
	return (
		<Dialog
			title={words.eraseOf(count)}
			onClose={job ? onDone : onClose}
			actions={
				job ? (
					<Button kind="primary" onClick={onDone}>
						{words.done}
					</Button>
				) : (
					<>
						<Button onClick={onClose}>{shell.cancel}</Button>
						<Button kind="danger" icon={Trash2} busy={busy} disabled={!isMeant} onClick={() => void erase()}>
							{words.erase}
						</Button>
					</>
				)
			}
		>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			{job ? (
				<Watched job={job} />
			) : (
				<>
					<p>{words.eraseWhat}</p>
					<Input
						label={words.eraseType(format.number(count))}
						value={typed}
						inputmode="numeric"
						autocomplete="off"
						onInput={setTyped}
					/>
				</>
			)}
		</Dialog>
	);
}
