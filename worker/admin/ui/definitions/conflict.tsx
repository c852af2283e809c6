// Somebody else was faster: what to do is for whoever comes second to say. Neither's words are lost.

import { useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import type { Kept } from "./kept.ts";
import { ChangedBy } from "./state.tsx";

export function ConflictDialog({
	theirs,
	onTake,
	onOverwrite,
	onClose,
}: {
	readonly theirs: Pick<Kept, "changedAt" | "changedBy">;
	readonly onTake: () => void;
	readonly onOverwrite: () => void;
	readonly onClose: () => void;
}) {
	const { definitions } = useWords();
	return (
		<Dialog
			title={definitions.conflict}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{definitions.keepEditing}</Button>
					<Button onClick={onTake}>{definitions.takeTheirs}</Button>
					<Button kind="primary" onClick={onOverwrite}>
						{definitions.keepMine}
					</Button>
				</>
			}
		>
			<p>{definitions.conflictWhy}</p>
			<p>
				<ChangedBy at={theirs.changedAt} by={theirs.changedBy} />
			</p>
		</Dialog>
	);
}
