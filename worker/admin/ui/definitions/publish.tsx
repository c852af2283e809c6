// What goes live, before it does: what was chosen, what it needs, and whether all of it stands together.

import { useState } from "preact/hooks";
import type { Publication, PublishPreview } from "../../../protocol/definition.ts";
import { useAsked } from "../api/asked.ts";
import { useLang, useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Answered, Notice } from "../parts/page.tsx";
import { useProblemWords } from "../parts/refusal.ts";
import { Badge, Progress } from "../parts/show.tsx";
import { useMay, useSite } from "../site.ts";
import { type Kept, useActs } from "./kept.ts";
import { hrefOf } from "./uses.tsx";

export interface PublishProps {
	/** Absent: all that has changed. */
	readonly of?: readonly { readonly kind: Kept["kind"] | "settings"; readonly id: string }[];
	readonly onClose: () => void;
	readonly onDone: () => void;
}

export function PublishDialog({ of, onClose, onDone }: PublishProps) {
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

const whileUnderWayMs = 1_000;
const usuallyMs = 20_000;

/** Whether something waits to go live, and how far the last publication has come to the cells. */
export function PublicationBar() {
	const { definitions: words } = useWords();
	const site = useSite();
	const mayPublish = useMay("marketer");
	const [isOpen, setOpen] = useState(false);
	const [isUnderWay, setUnderWay] = useState(false);
	const asked = useAsked<Publication>(`${site.api}/publication`, {
		everyMs: isUnderWay ? whileUnderWayMs : usuallyMs,
	});
	const { value } = asked;
	if (!value) return null;
	const { cells, cellsWaiting, changes } = value;
	if (cellsWaiting > 0 !== isUnderWay) setUnderWay(cellsWaiting > 0);
	return (
		<>
			{cellsWaiting > 0 && <Progress label={words.reaching} share={(cells - cellsWaiting) / cells} />}
			{changes.length > 0 && cellsWaiting === 0 && (
				<Notice
					action={
						mayPublish && (
							<Button small kind="primary" onClick={() => setOpen(true)}>
								{words.publishAll}
							</Button>
						)
					}
				>
					{words.waiting(changes.length)}
				</Notice>
			)}
			{isOpen && <PublishDialog onClose={() => setOpen(false)} onDone={asked.refresh} />}
		</>
	);
}
