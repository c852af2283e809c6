// One import, from its columns to its result and back.

import { Undo2 } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Answered, Notice, Page } from "../../parts/page.tsx";
import { Progress } from "../../parts/show.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { StatusBadge } from "./imports.tsx";
import { addressOf, type ImportView, isAtWork, useImport } from "./kept.ts";
import { Mapping } from "./mapping.tsx";
import { Problems } from "./problems.tsx";
import { Rehearsal, Result } from "./result.tsx";
import { Steps } from "./steps.tsx";
import { UndoDialog } from "./undo.tsx";

export default function ImportPage() {
	const { imports: words } = useWords();
	const { params } = useRoute();
	const site = useSite();
	const asked = useImport(params.id ?? "");
	const name = asked.value?.name || words.unnamed;
	const [isUndoing, setUndoing] = useState(false);
	const may = useMay("marketer");
	const status = asked.value?.status;
	return (
		<Page
			title={name}
			above={[{ name: words.title, href: `${site.home}/imports` }]}
			lead={status && <StatusBadge of={status} />}
			actions={
				may &&
				(status === "done" || status === "running") && (
					<Button icon={Undo2} onClick={() => setUndoing(true)}>
						{status === "done" ? words.undo : words.stop}
					</Button>
				)
			}
		>
			<Answered asked={asked}>
				{(view) => <Stage key={view.id} view={view} onChange={asked.expect} onStale={asked.refresh} />}
			</Answered>
			{isUndoing && (
				<UndoDialog
					id={params.id ?? ""}
					name={name}
					onClose={() => setUndoing(false)}
					onDone={asked.refresh}
				/>
			)}
		</Page>
	);
}

interface StageProps {
	readonly view: ImportView;
	readonly onChange: (view: ImportView) => void;
	readonly onStale: () => void;
}

function Stage({ view, onChange, onStale }: StageProps) {
	const { imports: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const may = useMay("marketer");
	const { id, status, reading } = view;
	const [isMapping, setMapping] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const box = useRef<HTMLDivElement>(null);
	const isBefore = status === "uploaded" || status === "read" || status === "rehearsed";
	const showsMapping = status === "uploaded" || (isBefore && isMapping);
	const step = showsMapping
		? "map"
		: isBefore || status === "rehearsing" || status === "reading"
			? "rehearse"
			: status === "running"
				? "run"
				: "result";

	// What comes next is where one goes on, with the keyboard too.
	const before = useRef(step);
	useEffect(() => {
		if (before.current === step) return;
		before.current = step;
		box.current?.focus();
	}, [step]);

	async function act(work: () => Promise<ImportView>): Promise<void> {
		setBusy(true);
		try {
			onChange(await work());
			setMapping(false);
		} catch (error) {
			sayRefused(error);
			onStale();
		} finally {
			setBusy(false);
		}
	}
	const rehearse = () => call<ImportView>("POST", `${addressOf(site, id)}/rehearsal`);
	const problems = reading.failed + reading.conflicts > 0 &&
		(status === "done" || isBefore) &&
		!showsMapping && <Problems view={view} onMended={onStale} />;
	return (
		<>
			<Steps at={step} isUndone={status === "undone" || status === "undoing"} />
			<div class="stack import-stage" ref={box} tabIndex={-1}>
				{isAtWork(status) && <Going view={view} />}
				{showsMapping && (
					<Mapping
						view={view}
						isBusy={isBusy}
						mayEdit={may}
						onRead={(how) => act(() => call("PUT", `${addressOf(site, id)}/plan`, how))}
						onRehearse={(plan) =>
							void act(async () => {
								onChange(await call<ImportView>("PUT", `${addressOf(site, id)}/plan`, plan));
								return rehearse();
							})
						}
					/>
				)}
				{isBefore && !showsMapping && (
					<>
						{status === "read" && (
							<Notice
								kind="warn"
								action={
									may && (
										<Button kind="primary" busy={isBusy} onClick={() => void act(rehearse)}>
											{words.again}
										</Button>
									)
								}
							>
								{words.mended}
							</Notice>
						)}
						{view.rehearsal && (
							<Rehearsal
								view={view}
								rehearsal={view.rehearsal}
								isBusy={isBusy}
								mayRun={may}
								onRun={() => void act(() => call("POST", `${addressOf(site, id)}/run`))}
								onMap={() => setMapping(true)}
							>
								{may && problems}
							</Rehearsal>
						)}
					</>
				)}
				{(status === "done" || status === "running" || status === "closed") && <Result view={view} />}
				{status === "done" && <p class="hint">{words.keptUntil(format.date(view.keptUntil))}</p>}
				{status === "closed" && <Notice>{words.closed}</Notice>}
				{status === "undone" && (
					<Notice kind="good" action={<LinkButton href={`${site.home}/imports`}>{words.another}</LinkButton>}>
						{words.undone}
					</Notice>
				)}
				{may && status === "done" && problems}
			</div>
		</>
	);
}

function Going({ view: { status, reading, done, totals } }: { readonly view: ImportView }) {
	const { imports: words } = useWords();
	const format = useFormat();
	const told = totals.new + totals.changed + totals.same;
	const all = status === "undoing" ? told : reading.people;
	const label =
		status === "reading"
			? words.reading(words.rows(reading.rows))
			: status === "rehearsing"
				? words.rehearsing
				: status === "running"
					? words.running
					: words.undoing;
	const share = status === "reading" || all === 0 ? undefined : Math.min(1, done / all);
	return (
		<section class="section is-card">
			<Progress label={label} share={share} />
			<p class="hint">
				{share !== undefined && `${words.of(format.number(done), words.people(all))}. `}
				{words.mayLeave}
			</p>
		</section>
	);
}
