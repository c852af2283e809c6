// Rows that could not be read: put right in place, one after the other, or taken along as a file.

import { Download } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAsked } from "../../api/asked.ts";
import { call, download } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { addressOf, type ImportView, mend, type RowProblem, type Rows } from "./kept.ts";

interface ProblemsProps {
	readonly view: ImportView;
	readonly onMended: () => void;
}

export function Problems({ view, onMended }: ProblemsProps) {
	const { imports: words, shell } = useWords();
	const format = useFormat();
	const site = useSite();
	const path = `${addressOf(site, view.id)}/rows`;
	const asked = useAsked<Rows>(path);
	const [further, setFurther] = useState<Rows>();
	const [right, setRight] = useState<ReadonlySet<number>>(new Set());
	const list = useRef<HTMLUListElement>(null);

	async function more(after: number): Promise<void> {
		try {
			const next = await call<Rows>("GET", `${path}?after=${after}`);
			setFurther({ rows: [...(further?.rows ?? []), ...next.rows], next: next.next });
		} catch (error) {
			sayRefused(error);
		}
	}
	function onRight(line: number): void {
		say(words.mendedRow(format.number(line)));
		const rows = [...(list.current?.children ?? [])];
		const at = rows.findIndex((row) => row.getAttribute("data-line") === String(line));
		(rows[at + 1] ?? rows[at - 1])?.querySelector("input")?.focus();
		setRight(new Set([...right, line]));
		onMended();
	}
	return (
		<Answered asked={asked}>
			{(first) => {
				const all = [...first.rows, ...(further?.rows ?? [])].filter(({ line }) => !right.has(line));
				const failed = all.filter(({ reason }) => reason !== "belongs-to-another");
				const conflicts = all.filter(({ reason }) => reason === "belongs-to-another");
				const next = (further ?? first).next;
				return (
					<>
						{(failed.length > 0 || right.size > 0) && (
							<Section
								title={`${words.problems} (${format.number(view.reading.failed)})`}
								hint={view.status === "done" ? words.problemsAfter : words.problemsHint}
								actions={
									failed.length > 0 && (
										<Button icon={Download} onClick={() => download("GET", `${path}.csv`).catch(sayRefused)}>
											{words.downloadRows}
										</Button>
									)
								}
							>
								{failed.length === 0 ? (
									<p class="hint">{words.noProblems}</p>
								) : (
									<ul class="import-problems" ref={list}>
										{failed.map((problem) => (
											<Problem key={problem.line} problem={problem} view={view} onRight={onRight} />
										))}
									</ul>
								)}
								{next !== null && (
									<p>
										<Button onClick={() => void more(next)}>{shell.more}</Button>
									</p>
								)}
							</Section>
						)}
						{conflicts.length > 0 && (
							<Section title={words.conflictsTitle} hint={words.conflictsHint}>
								<ul class="import-conflicts">
									{conflicts.map(({ line, value }) => (
										<li key={`${line} ${value}`}>
											<small>{words.line(format.number(line))}</small> {words.belongs(value)}
										</li>
									))}
								</ul>
							</Section>
						)}
					</>
				);
			}}
		</Answered>
	);
}

function Problem(props: {
	readonly problem: RowProblem;
	readonly view: ImportView;
	readonly onRight: (line: number) => void;
}) {
	const { view, onRight } = props;
	const { imports: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const [problem, setProblem] = useState(props.problem);
	const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
	const [isBusy, setBusy] = useState(false);
	const [isWhole, setWhole] = useState(false);
	const form = useRef<HTMLFormElement>(null);
	const { line, reason, column, cells } = problem;

	const isStill = useRef(false);
	// What is wrong next is where one goes on.
	useEffect(() => {
		if (isStill.current) form.current?.querySelector("input")?.focus();
	}, [problem]);

	async function send(): Promise<void> {
		setBusy(true);
		try {
			const still = await mend(site, view.id, line, changed);
			isStill.current = still !== null;
			if (still) setProblem(still);
			else onRight(line);
		} catch (error) {
			sayRefused(error);
		} finally {
			setBusy(false);
		}
	}
	const names = view.columns.map(({ name }) => name);
	const identifiers = names.filter((_, i) => view.plan.columns[i]?.to === "identifier");
	const asked = isWhole
		? names
		: column !== null
			? [column]
			: reason === "no-identifier"
				? identifiers
				: names;
	const who = identifiers.map((name) => cells[name]).find((cell) => cell && cell !== problem.value);
	const said = words.reasons[reason] ?? words.otherReason;
	return (
		<li data-line={line}>
			<form
				ref={form}
				onSubmit={(event) => {
					event.preventDefault();
					void send();
				}}
			>
				<p class="import-problem-name">
					<strong>{words.line(format.number(line))}</strong>
					{who && <span>{who}</span>}
				</p>
				<div class="import-problem-cells">
					{asked.map((name, i) => (
						<Input
							key={name}
							label={name}
							value={changed[name] ?? cells[name] ?? ""}
							{...((name === column || (column === null && i === 0)) && { error: said })}
							onInput={(value) => setChanged({ ...changed, [name]: value })}
						/>
					))}
				</div>
				<div class="import-problem-acts">
					{!isWhole && asked.length < names.length && (
						<Button kind="quiet" small onClick={() => setWhole(true)}>
							{words.wholeRow}
						</Button>
					)}
					<Button small type="submit" busy={isBusy} disabled={Object.keys(changed).length === 0}>
						{words.mend}
					</Button>
				</div>
			</form>
		</li>
	);
}
