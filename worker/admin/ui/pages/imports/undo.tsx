import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Confirm } from "../../parts/dialog.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { addressOf } from "./kept.ts";

/** An import that was taken back cannot be run again: it is asked first. */
export function UndoDialog(props: {
	readonly id: string;
	readonly name: string;
	readonly onClose: () => void;
	readonly onDone: () => void;
}) {
	const { id, name, onClose, onDone } = props;
	const { imports: words } = useWords();
	const site = useSite();
	const [isBusy, setBusy] = useState(false);
	async function undo(): Promise<void> {
		setBusy(true);
		try {
			await call("POST", `${addressOf(site, id)}/undo`);
			say(words.undoStarted);
			onDone();
		} catch (error) {
			sayRefused(error);
		}
		onClose();
	}
	return (
		<Confirm
			title={words.undoTitle(name)}
			act={words.undo}
			danger
			busy={isBusy}
			onAct={() => void undo()}
			onClose={onClose}
		>
			<p>{words.undoWhy}</p>
		</Confirm>
	);
}
