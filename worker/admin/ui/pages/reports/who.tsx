import { Users } from "lucide";
import { peopleOf } from "../../figures/site.ts";
import { useWords } from "../../language.ts";
import { Icon } from "../../parts/icon.tsx";
import { useSite } from "../../site.ts";

/** Leads to those whom a figure is made of; nothing where they cannot be told. */
export function Who({ of, name }: { readonly of: unknown; readonly name: string }) {
	const { figures } = useWords();
	const site = useSite();
	if (of === null) return null;
	return (
		<a href={peopleOf(site, of)} aria-label={figures.showPeopleOf(name)} title={figures.showPeople}>
			<Icon of={Users} />
		</a>
	);
}
