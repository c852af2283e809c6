// The imports of a site: each with how far it has come and its undo.

import { Download, Undo2 } from "lucide";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type * as z from "zod/mini";
import type { Imports as ImportList } from "../../../../protocol/import.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Drop } from "../../parts/drop.tsx";
import { Answered, Page } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { isAtWork, type Status, upload } from "./kept.ts";
import { UndoDialog } from "./undo.tsx";

type List = z.infer<typeof ImportList>;
type Listed = List["imports"][number];
const lookMs = 5_000;

export default function Imports() {
	const { imports: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const mayImport = useMay("marketer");
	const { route } = useLocation();
	const asked = useAsked<List>(`${site.api}/imports`, { everyMs: lookMs });
	const [older, setOlder] = useState<List>();
	const [sending, setSending] = useState<string>();
	const [undoing, setUndoing] = useState<Listed>();

	async function take(file: File): Promise<void> {
		setSending(file.name);
		try {
			const { id } = await upload(site, file);
			route(`${site.home}/imports/${id}`);
		} catch (error) {
			sayRefused(error);
			setSending(undefined);
		}
	}
	async function more(after: string): Promise<void> {
		try {
			const next = await call<List>("GET", `${site.api}/imports?after=${after}`);
			setOlder({ imports: [...(older?.imports ?? []), ...next.imports], next: next.next });
		} catch (error) {
			sayRefused(error);
		}
	}
	const drop = mayImport && (
		<Drop
			label={words.drop}
			hint={words.dropHint}
			accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
			busy={sending === undefined ? undefined : words.uploading(sending)}
			onFile={(file) => void take(file)}
		/>
	);
	const sample = (
		<Button kind="quiet" small icon={Download} onClick={() => save(words.sampleName, words.sampleFile)}>
			{words.sample}
		</Button>
	);
	return (
		<Page title={words.title} lead={words.lead}>
			<Answered asked={asked}>
				{(first) => {
					const rows = [...first.imports, ...(older?.imports ?? [])];
					const after = (older ?? first).next;
					if (rows.length === 0)
						return (
							<section class="import-first">
								<h2>{words.none}</h2>
								<p class="hint">{words.noneWhy}</p>
								{drop}
								{sample}
							</section>
						);
					return (
						<>
							{drop && (
								<div class="import-next">
									{drop}
									{sample}
								</div>
							)}
							<Table
								label={words.title}
								rows={rows}
								keyOf={({ id }) => id}
								onMore={after === null ? undefined : () => void more(after)}
								columns={[
									{
										id: "file",
										label: words.file,
										isMain: true,
										cell: ({ id, name }) => (
											<a href={`${site.home}/imports/${id}`}>{name || words.unnamed}</a>
										),
									},
									{
										id: "when",
										label: words.when,
										cell: ({ createdAt }) => (
											<span title={format.dateTime(createdAt)}>{format.relative(createdAt)}</span>
										),
									},
									{ id: "state", label: words.state, cell: ({ status }) => <StatusBadge of={status} /> },
									...(mayImport && rows.some(({ status }) => canUndo(status))
										? [
												{
													id: "acts",
													label: words.acts,
													isActs: true,
													cell: (one: Listed) =>
														canUndo(one.status) && (
															<Button small icon={Undo2} onClick={() => setUndoing(one)}>
																{words.undo}
															</Button>
														),
												},
											]
										: []),
								]}
							/>
						</>
					);
				}}
			</Answered>
			{undoing && (
				<UndoDialog
					id={undoing.id}
					name={undoing.name || words.unnamed}
					onClose={() => setUndoing(undefined)}
					onDone={asked.refresh}
				/>
			)}
		</Page>
	);
}

const canUndo = (status: Status) => status === "done" || status === "running";

const looks: Partial<Record<Status, "accent" | "good" | "plain">> = {
	done: "good",
	undone: "plain",
	closed: "plain",
};

export function StatusBadge({ of }: { readonly of: Status }) {
	const { imports: words } = useWords();
	return <Badge kind={looks[of] ?? (isAtWork(of) ? "accent" : "plain")}>{words.states[of]}</Badge>;
}

function save(name: string, text: string): void {
	// Spreadsheets take a file without the mark for one in the encoding of their country.
	const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv" }));
	const link = Object.assign(document.createElement("a"), { href: url, download: name });
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
