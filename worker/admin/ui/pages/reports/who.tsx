import { Users } from "lucide";
import { peopleOf } from "../../figures/site.ts";
import { useWords } from "../../language.ts";
import { Icon } from "../../parts/icon.tsx";
import { useSite } from "../../site.ts";

/** Leads to those whom a figure is made of; nothing where there are none, or they cannot be told. */
export function Who({
	of,
	name,
	figure = 1,
}: {
	readonly of: unknown;
	readonly name: string;
	readonly figure?: number;
}) {
	const { figures } = useWords();
	const site = useSite();
	if (of === null || figure === 0) return null;
	return (
		<a href={peopleOf(site, of)} aria-label={figures.showPeopleOf(name)} title={figures.showPeople}>
			<Icon of={Users} />
		</a>
	);
}
