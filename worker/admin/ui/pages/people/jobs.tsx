// Acts on many people: how far each has come, stopped, resumed and taken back.

import { useState } from "preact/hooks";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Answered } from "../../parts/page.tsx";
import { Badge, Progress } from "../../parts/show.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import type { Job, Jobs as Listed } from "./types.ts";

const underWay: ReadonlySet<string> = new Set(["gathering", "running", "undoing"]);
const isUnderWay = ({ status }: Job) => underWay.has(status);
const whileUnderWayMs = 800;
const kinds = { done: "good", stopped: "warn", undone: "plain", closed: "plain" } as const;

/** One act, asked about for as long as it goes on. */
export function Watched({ job: begun }: { readonly job: Job }) {
	const site = useSite();
	const [isOver, setIsOver] = useState(false);
	const asked = useAsked<Job>(`${site.api}/bulk/${begun.id}`, isOver ? {} : { everyMs: whileUnderWayMs });
	const job = asked.value ?? begun;
	if (isOver === isUnderWay(job)) setIsOver(!isUnderWay(job));
	return <JobView job={job} onChange={asked.expect} />;
}

export function Jobs({ onClose }: { readonly onClose: () => void }) {
	const { people: words } = useWords();
	const site = useSite();
	const [isBusy, setIsBusy] = useState(true);
	const asked = useAsked<Listed>(`${site.api}/bulk`, isBusy ? { everyMs: whileUnderWayMs } : {});
	const any = asked.value === undefined || asked.value.jobs.some(isUnderWay);
	if (any !== isBusy) setIsBusy(any);
	return (
		<Dialog side title={words.jobs} onClose={onClose}>
			<Answered asked={asked}>
				{({ jobs, next }) =>
					jobs.length === 0 ? (
						<p class="hint">{words.noJobs}</p>
					) : (
						<ul class="people-jobs">
							{jobs.map((job) => (
								<li key={job.id}>
									<JobView
										job={job}
										onChange={(changed) =>
											asked.expect({ next, jobs: jobs.map((one) => (one.id === changed.id ? changed : one)) })
										}
									/>
								</li>
							))}
						</ul>
					)
				}
			</Answered>
		</Dialog>
	);
}

function JobView({ job, onChange }: { readonly job: Job; readonly onChange: (job: Job) => void }) {
	const { people: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const mayAct = useMay("marketer");
	const nameOf = useJobName();
	const [busy, setBusy] = useState(false);
	const { status, people, done, changed, refused, createdAt, canUndo } = job;
	async function act(what: "stop" | "resume" | "undo"): Promise<void> {
		setBusy(true);
		try {
			onChange(await call<Job>("POST", `${site.api}/bulk/${job.id}/${what}`));
		} catch (error) {
			sayRefused(error);
		}
		setBusy(false);
	}
	return (
		<div class="people-job">
			<p>
				<strong>{nameOf(job)}</strong>
				<time title={format.dateTime(createdAt)}>{format.relative(createdAt)}</time>
			</p>
			{isUnderWay(job) ? (
				<Progress
					label={words.status[status]}
					share={status === "gathering" || people === 0 ? undefined : done / people}
				/>
			) : (
				<p role="status">
					<Badge kind={kinds[status as keyof typeof kinds] ?? "plain"}>{words.status[status]}</Badge>{" "}
					{words.changed(changed, people)}
				</p>
			)}
			{Object.entries(refused).map(([why, n]) => (
				<p key={why} class="hint">
					{words.refused(n, words.whyRefused[why as keyof typeof words.whyRefused] ?? why)}
				</p>
			))}
			{mayAct && (
				<p class="row">
					{(status === "gathering" || status === "running") && (
						<Button small busy={busy} onClick={() => void act("stop")}>
							{words.stop}
						</Button>
					)}
					{status === "stopped" && (
						<Button small busy={busy} onClick={() => void act("resume")}>
							{words.resume}
						</Button>
					)}
					{canUndo && !isUnderWay(job) && (
						<Button small busy={busy} onClick={() => void act("undo")}>
							{words.undo}
						</Button>
					)}
				</p>
			)}
		</div>
	);
}

/** "Add a tag: VIP". */
function useJobName(): (job: Job) => string {
	const { people: words } = useWords();
	const format = useFormat();
	const lang = useLang();
	const lists = useDefinitions("list").value?.definitions ?? [];
	const programmes = useDefinitions("programme").value?.definitions ?? [];
	const text = (value: unknown) => (typeof value === "string" ? value : undefined);
	const nameIn = (all: typeof lists | typeof programmes, id: string | undefined) =>
		all.find((one) => one.id === id)?.names[lang] ?? id;
	return ({ act }) => {
		const kind = act.kind === "erase" ? words.erase : words.act[act.kind as keyof typeof words.act];
		const said =
			text(act.tag) ??
			text(act.stage) ??
			text(act.owner) ??
			nameIn(lists, text(act.list)) ??
			(typeof act.points === "number" ? format.number(act.points) : nameIn(programmes, text(act.programme)));
		return said === undefined ? kind : `${kind}: ${said}`;
	};
}
