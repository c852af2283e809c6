import { useFormat, useWords } from "../language.ts";
import { Badge } from "../parts/show.tsx";
import { whoami } from "../session.ts";
import type { Kept } from "./kept.ts";

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
export function ChangedBy({ at, by }: { readonly at: number; readonly by: Kept["changedBy"] }) {
	const format = useFormat();
	const { definitions } = useWords();
	const isMe = by.id === whoami.value?.account?.id;
	const name = by.id === "operator" ? definitions.operator : (by.name ?? definitions.somebody);
	return (
		<span title={format.dateTime(at)}>
			{isMe ? definitions.you : name}, <span class="unbroken">{format.relative(at)}</span>
		</span>
	);
}
