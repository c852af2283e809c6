import { changeOf } from "../../figures/compared.ts";
import { useFormat, useWords } from "../../language.ts";
import { type Better, Change } from "../../parts/show.tsx";

/** A figure, and below it how much more it is than before, where that is known. */
export function Beside({
	now,
	then,
	better,
}: {
	readonly now: number;
	readonly then: number | undefined;
	readonly better?: Better;
}) {
	const { reports: words } = useWords();
	const format = useFormat();
	const change = changeOf(now, then);
	return (
		<span class="two-lines">
			{format.number(now)}
			{change !== undefined && then !== undefined && (
				<small title={words.against(format.number(then))}>
					<Change of={change} {...(better && { better })} />
				</small>
			)}
		</span>
	);
}
