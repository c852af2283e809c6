// Whom a list shows, as a sentence.

import { Filter, X } from "lucide";
import type * as z from "zod/mini";
import type { Condition } from "../../../../domain/condition.ts";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { useLang, useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useSite } from "../../site.ts";

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
