// What goes live, before it does: what was chosen, what it needs, and whether all of it stands together.

import { useState } from "preact/hooks";
import type { PublishPreview } from "../../../protocol/definition.ts";
import { useAsked } from "../api/asked.ts";
import { useLang, useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Answered, Notice } from "../parts/page.tsx";
import { useProblemWords } from "../parts/refusal.ts";
import { Badge } from "../parts/show.tsx";
import { useSite } from "../site.ts";
import { type Kept, useActs } from "./kept.ts";
import { hrefOf } from "./uses.tsx";

export interface PublishProps {
	/** Absent: all that has changed. */
	readonly of?: readonly { readonly kind: Kept["kind"] | "settings"; readonly id: string }[];
	readonly onClose: () => void;
	readonly onDone: () => void;
}

export default function PublishDialog({ of, onClose, onDone }: PublishProps) {
	const { shell, definitions: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const body = of ? { definitions: of.map(({ kind, id }) => ({ kind, id })) } : {};
	const asked = useAsked<PublishPreview>(`${site.api}/publish/preview`, { body });
	const { publish } = useActs(onDone);
	const [isBusy, setBusy] = useState(false);
	const { definitions = [], problems = [] } = asked.value ?? {};
	async function goLive(): Promise<void> {
		setBusy(true);
		const isDone = await publish(definitions);
		setBusy(false);
		if (isDone) onClose();
	}
	return (
		<Dialog
			title={words.publish}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button
						kind="primary"
						busy={isBusy}
						disabled={asked.isLoading || definitions.length === 0 || problems.length > 0}
						onClick={() => void goLive()}
					>
						{words.publish}
					</Button>
				</>
			}
		>
			<Answered asked={asked}>
				{({ definitions: going, problems: wrong }) => (
					<>
						{going.length === 0 && <p>{words.nothingToPublish}</p>}
						<ul class="stack">
							{going.map(({ kind, id, names, does, of: needed }) => (
								<li key={`${kind} ${id}`} class="row">
									<Badge kind={does === "goes" ? "warn" : "good"}>{words.does[does]}</Badge>
									<b>{names[lang]}</b>
									<small>
										{words.kinds[kind]}
										{needed && ` · ${words.needed}`}
									</small>
								</li>
							))}
						</ul>
						{wrong.map((problem) => (
							<Wrong key={`${problem.in?.id} ${problem.at} ${problem.why}`} problem={problem} going={going} />
						))}
					</>
				)}
			</Answered>
		</Dialog>
	);
}

/** What would not stand together, with the way to where it is put right. */
function Wrong({
	problem,
	going,
}: {
	readonly problem: PublishPreview["problems"][number];
	readonly going: PublishPreview["definitions"];
}) {
	const { definitions: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const wordsOf = useProblemWords();
	const { in: where } = problem;
	const named = going.find(({ kind, id }) => kind === where?.kind && id === where.id);
	return (
		<Notice kind="bad">
			{where && (
				<>
					<a href={hrefOf(site, where)}>{named?.names[lang] ?? words.kinds[where.kind]}</a>:{" "}
				</>
			)}
			{wordsOf(problem)}
		</Notice>
	);
}
