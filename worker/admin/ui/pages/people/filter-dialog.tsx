// Chooses who is listed. Loaded when it is opened: the list itself needs no builder.

import { useState } from "preact/hooks";
import type { Condition } from "../../../../domain/condition.ts";
import { ConditionBuilder } from "../../builder/builder.tsx";
import { ConditionSays } from "../../builder/says.tsx";
import { SiteKnown } from "../../builder/site-known.tsx";
import { pruned } from "../../builder/tree.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { everybody, isEverybody } from "./listing.ts";

export default function FilterDialog({
	condition,
	onApply,
	onClose,
}: {
	readonly condition: Condition;
	readonly onApply: (condition: Condition) => void;
	readonly onClose: () => void;
}) {
	const { people: words } = useWords();
	const [built, setBuilt] = useState(condition);
	return (
		<Dialog
			side
			title={words.filter}
			onClose={onClose}
			actions={
				<>
					<Button kind="quiet" onClick={() => setBuilt(everybody)}>
						{words.clear}
					</Button>
					<Button kind="primary" onClick={() => onApply(pruned(built))}>
						{words.apply}
					</Button>
				</>
			}
		>
			<SiteKnown>
				<ConditionBuilder label={words.filterWho} condition={built} onChange={setBuilt} />
				{!isEverybody(pruned(built)) && <ConditionSays condition={built} />}
			</SiteKnown>
		</Dialog>
	);
}
