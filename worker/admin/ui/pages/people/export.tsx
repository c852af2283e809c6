// A file of those who are selected.

import { Download } from "lucide";
import { useState } from "preact/hooks";
import { download, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Choice, Select } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { say } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import type { Whom } from "./types.ts";

export function ExportDialog({
	whom,
	count,
	columns,
	onClose,
}: {
	readonly whom: Whom;
	readonly count: number;
	readonly columns: readonly string[];
	readonly onClose: () => void;
}) {
	const { people: words, shell } = useWords();
	const site = useSite();
	const wordsOf = useRefusalWords();
	const [of, setOf] = useState<"columns" | "people" | "history">("columns");
	const [format, setFormat] = useState<"csv" | "ndjson">("csv");
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	async function take(): Promise<void> {
		setBusy(true);
		setRefusal(undefined);
		try {
			await download("POST", `${site.api}/export`, {
				...whom,
				of: of === "history" ? "history" : "people",
				format,
				...(of === "columns" && { columns: ["id", ...columns] }),
			});
			say(words.exported);
			onClose();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
			setBusy(false);
		}
	}
	return (
		<Dialog
			title={words.exportOf(count)}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" icon={Download} busy={busy} onClick={() => void take()}>
						{words.export}
					</Button>
				</>
			}
		>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			<Select
				label={words.exportWhat}
				value={of}
				options={(["columns", "people", "history"] as const).map((value) => ({
					value,
					label: words.exports[value],
				}))}
				onChange={setOf}
			/>
			<Choice
				label={words.exportFormat}
				value={format}
				options={[
					{ value: "csv", label: "CSV" },
					{ value: "ndjson", label: "JSON Lines" },
				]}
				onChange={setFormat}
			/>
			<p class="hint">{words.exportHint}</p>
		</Dialog>
	);
}
