// Whom a list shows, built beside it.

import { Filter, X } from "lucide";
import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type { Condition } from "../../../../domain/condition.ts";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { ConditionBuilder } from "../../builder/builder.tsx";
import { ConditionSays } from "../../builder/says.tsx";
import { pruned } from "../../builder/tree.ts";
import { useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useSite } from "../../site.ts";
import { everybody, isEverybody } from "./listing.ts";

export function FilterDialog({
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
			<ConditionBuilder label={words.filterWho} condition={built} onChange={setBuilt} />
			{!isEverybody(pruned(built)) && <ConditionSays condition={built} />}
		</Dialog>
	);
}

/** The sentence that the condition of the list is. */
export function FilterBar({
	condition,
	onOpen,
	onClear,
}: {
	readonly condition: Condition;
	readonly onOpen: () => void;
	readonly onClear: () => void;
}) {
	const { people: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const { value } = useAsked<z.infer<typeof schema.Checked>>(`${site.api}/conditions/check`, {
		body: { condition, language: lang },
	});
	return (
		<div class="people-filter">
			<button type="button" onClick={onOpen}>
				<Icon of={Filter} />
				<span>{value?.sentence[lang] ?? words.filtered}</span>
			</button>
			<IconButton small kind="quiet" icon={X} label={words.clear} onClick={onClear} />
		</div>
	);
}
