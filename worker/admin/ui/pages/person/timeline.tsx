// What happened between a person and us: by day, of a kind, in a period, and what rules made of it.

import {
	Award,
	ChartPie,
	CircleDot,
	FileText,
	type IconNode,
	ListChecks,
	Mail,
	Package,
	PanelTop,
	ReceiptText,
	ShieldCheck,
	SquarePen,
	Tag,
} from "lucide";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { HappeningKind } from "../../../../domain/happening.ts";
import type { Entry, Timeline as Told } from "../../../../protocol/person.ts";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input, Select } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { timeZone } from "./zone.ts";

const icons: Readonly<Record<HappeningKind, IconNode>> = {
	page: FileText,
	product: Package,
	order: ReceiptText,
	form: SquarePen,
	experience: PanelTop,
	tag: Tag,
	points: Award,
	segment: ChartPie,
	list: ListChecks,
	consent: ShieldCheck,
	message: Mail,
	other: CircleDot,
};
const kinds = Object.keys(icons) as readonly HappeningKind[];
const dayMs = 86_400_000;
const perPage = 25;
const periods = { always: 0, day: 1, week: 7, month: 30, quarter: 90, own: 0 } as const;
type Period = keyof typeof periods;

/** Midnight, where whoever looks is, of a day as a field holds it. */
const startOf = (day: string) => (day === "" ? undefined : new Date(`${day}T00:00`).getTime());

export function Timeline({ person, turn }: { readonly person: string; readonly turn: number }) {
	const { card: words, shell } = useWords();
	const site = useSite();
	const [kind, setKind] = useState<HappeningKind | "">("");
	const [period, setPeriod] = useState<Period>("always");
	const [[first, last], setDays] = useState<readonly [string, string]>(["", ""]);
	const path = `${site.api}/people/${person}/timeline`;
	const query = useMemo(() => {
		const end = startOf(last);
		const from = period === "own" ? startOf(first) : periods[period] && Date.now() - periods[period] * dayMs;
		const to = period === "own" && end !== undefined ? end + dayMs : undefined;
		return new URLSearchParams({
			timeZone,
			limit: String(perPage),
			...(kind !== "" && { kind }),
			...(from && { from: String(from) }),
			...(to && { to: String(to) }),
		});
	}, [kind, period, first, last]);
	const asked = useAsked<Told>(`${path}?${query}`);
	const [more, setMore] = useState<{ of: unknown; entries: readonly Entry[]; next: string | null }>();
	const [busy, setBusy] = useState(false);
	useEffect(() => {
		if (turn > 0) asked.refresh();
	}, [turn]);
	const added = more?.of === query ? more : undefined;
	const next = added ? added.next : (asked.value?.next ?? null);
	async function older(): Promise<void> {
		setBusy(true);
		try {
			const page = new URLSearchParams(query);
			page.set("before", next ?? "");
			const told = await call<Told>("GET", `${path}?${page}`);
			setMore({ of: query, entries: [...(added?.entries ?? []), ...told.entries], next: told.next });
		} catch (error) {
			sayRefused(error);
		}
		setBusy(false);
	}
	return (
		<Section
			title={words.timeline}
			actions={
				<>
					<Select
						label={words.kind}
						hideLabel
						value={kind}
						options={[
							{ value: "", label: words.allKinds },
							...kinds.map((value) => ({ value, label: words.happenings[value] })),
						]}
						onChange={setKind}
					/>
					<Select
						label={words.period}
						hideLabel
						value={period}
						options={(Object.keys(periods) as Period[]).map((value) => ({
							value,
							label: words.periods[value],
						}))}
						onChange={setPeriod}
					/>
				</>
			}
		>
			{period === "own" && (
				<div class="row">
					<Input type="date" label={words.from} value={first} onInput={(day) => setDays([day, last])} />
					<Input type="date" label={words.to} value={last} onInput={(day) => setDays([first, day])} />
				</div>
			)}
			<Answered asked={asked} rows={6}>
				{({ entries }) =>
					entries.length === 0 ? (
						<p class="hint">{kind || period !== "always" ? words.noneSuch : words.nothing}</p>
					) : (
						<Days entries={[...entries, ...(added?.entries ?? [])]} />
					)
				}
			</Answered>
			{next !== null && (
				<p>
					<Button busy={busy} onClick={() => void older()}>
						{shell.more}
					</Button>
				</p>
			)}
		</Section>
	);
}

function Days({ entries }: { readonly entries: readonly Entry[] }) {
	const { card: words } = useWords();
	const format = useFormat();
	const lang = useLang();
	const days = Map.groupBy(entries, ({ at }) => format.date(at));
	return (
		<>
			{Array.from(days, ([day, its]) => (
				<section key={day} class="person-day">
					<h3>{day}</h3>
					<ol>
						{its.map(({ part, id, at, kind, side, sentence, effects }) => (
							<li key={`${part} ${id}`} class={side === "us" ? "is-ours" : undefined}>
								<Icon of={icons[kind]} />
								<div>
									<p>
										<span class="unseen">{words.sides[side]}: </span>
										{sentence[lang]}
									</p>
									{effects.length > 0 && (
										<ul>
											{effects.map((effect, place) => (
												<li key={place}>{effect.sentence[lang]}</li>
											))}
										</ul>
									)}
								</div>
								<time title={format.dateTime(at)}>{format.time(at)}</time>
							</li>
						))}
					</ol>
				</section>
			))}
		</>
	);
}
