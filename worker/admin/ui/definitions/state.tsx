import { useFormat, useWords } from "../language.ts";
import { Badge } from "../parts/show.tsx";
import type { Kept } from "./kept.ts";
import { useNames } from "./names.ts";

const looks = { draft: "plain", live: "good", paused: "warn", archived: "plain", deleted: "bad" } as const;

/** Whether it is live, and whether the draft says something else. */
export function StateBadge({
	of: { state, hasChanges },
}: {
	readonly of: Pick<Kept, "state" | "hasChanges">;
}) {
	const { definitions } = useWords();
	return (
		<span class="row">
			<Badge kind={looks[state]}>{definitions.states[state]}</Badge>
			{hasChanges && state === "live" && <Badge kind="accent">{definitions.hasChanges}</Badge>}
		</span>
	);
}

/** "Anna, 5 minutes ago". */
export function ChangedBy({ at, by }: { readonly at: number; readonly by: string }) {
	const format = useFormat();
	const nameOf = useNames();
	return (
		<span title={format.dateTime(at)}>
			{nameOf(by)}, {format.relative(at)}
		</span>
	);
}
