// The contact card of the persona: read-only, as the site's own people would see it.

import { useEffect, useState } from "preact/hooks";
import { happeningKinds } from "../../domain/happening.ts";
import type { CardReport, Visitor } from "../report.ts";
import { Activity } from "./activity.tsx";
import { useLanguage } from "./language.ts";
import { timeZone } from "./live.ts";

const refreshMs = 3_000;
type Filter = (typeof happeningKinds)[number] | "";
const periods = { always: 0, day: 86_400_000, week: 7 * 86_400_000 } as const;
type Period = keyof typeof periods;

export function ContactCard({ visitor, now }: { readonly visitor: Visitor; readonly now: number }) {
	const { lang, words, format } = useLanguage();
	const { card: its } = words;
	const [kind, setKind] = useState<Filter>("");
	const [period, setPeriod] = useState<Period>("always");
	const { report, isLost } = useCard(visitor, kind, period, now);
	if (!report) return <p class="none card-wait">{isLost ? its.lost : its.waiting}</p>;
	const { card, timeline, activity } = report;
	const name = card.attributes.find((one) => one.name === "name")?.value;
	const sections = [
		[
			its.orders,
			card.orders.count > 0 ? its.ordered(card.orders.count, format.number(card.orders.amount)) : "",
		],
		[
			its.interests,
			card.interests.map(({ value, share }) => `${value} (${format.percent(Math.round(share))})`).join(", "),
		],
		[its.segments, card.segments.map((one) => one.name).join(", ")],
		[its.lists, card.lists.map(({ names }) => names[lang]).join(", ")],
		[
			its.consents,
			card.consents.map(({ channel, purpose, state }) => `${channel} (${purpose}): ${state}`).join(", "),
		],
		[its.owner, card.owner ?? ""],
		[its.stage, card.funnelStage ?? ""],
	] as const;
	return (
		<div class="card">
			<section class="card-head">
				<h2>{name === undefined ? its.anonymous : String(name)}</h2>
				<p>
					<span class="badge is-yes">{words.who.identity[card.identity]}</span>
					<span class="badge">{words.score.points(card.score.points)}</span>
					{card.programmes.map((one) => (
						<span class="badge" key={one.id}>
							{one.name}: {format.number(one.balance)}
							{one.tier && `, ${one.tier}`}
						</span>
					))}
				</p>
			</section>
			<section>
				<h2>{its.facts}</h2>
				<dl>
					{card.attributes.map(({ name: attribute, value, at }) => (
						<Row key={attribute} name={words.who.attributes[attribute] ?? attribute}>
							{Array.isArray(value) ? value.join(", ") : String(value)} <time>{format.when(at, now)}</time>
						</Row>
					))}
					{sections.map(
						([title, text]) =>
							text && (
								<Row key={title} name={title}>
									{text}
								</Row>
							),
					)}
				</dl>
				{card.attributes.length === 0 && <p class="none">{its.noFacts}</p>}
			</section>
			<section>
				<h2>{words.tags.title}</h2>
				{card.tags.length === 0 && <p class="none">{words.tags.none}</p>}
				<ul class="card-tags">
					{card.tags.map(({ tag, count, lastAt }) => (
						<li key={tag} class="chip" title={format.full(lastAt)}>
							{tag} <b>({format.number(count)})</b>
						</li>
					))}
				</ul>
			</section>
			<section>
				<h2>{its.browsers}</h2>
				<ul class="card-parts">
					{card.parts.map((part) => (
						<li key={part.id}>
							<b>
								{part.sealed.length > 0 && part.kind === "browser"
									? its.sealed(part.sealed.length)
									: its.kinds[part.kind]}
							</b>{" "}
							<span>
								{[part.browser, part.system, part.device && (words.who.device[part.device] ?? part.device)]
									.filter(Boolean)
									.join(" · ")}
							</span>
							{part.proof && <span class="badge">{its.proof[part.proof]}</span>}
							{part.lastSeenAt !== null && <time>{format.when(part.lastSeenAt, now)}</time>}
						</li>
					))}
				</ul>
			</section>
			<Activity weeks={activity.weeks} />
			<section>
				<h2>{its.timeline}</h2>
				<p class="card-filters">
					<label>
						{its.kind}{" "}
						<select value={kind} onChange={(event) => setKind(event.currentTarget.value as Filter)}>
							<option value="">{its.all}</option>
							{happeningKinds.map((one) => (
								<option key={one} value={one}>
									{its.happenings[one]}
								</option>
							))}
						</select>
					</label>
					<label>
						{its.period}{" "}
						<select value={period} onChange={(event) => setPeriod(event.currentTarget.value as Period)}>
							{(["always", "day", "week"] as const).map((one) => (
								<option key={one} value={one}>
									{its.periods[one]}
								</option>
							))}
						</select>
					</label>
				</p>
				{timeline.entries.length === 0 && (
					<p class="none">{kind || period !== "always" ? its.noneSuch : words.story.none}</p>
				)}
				<ol class="card-timeline">
					{timeline.entries.map((entry) => (
						<li key={`${entry.part} ${entry.id}`} data-side={entry.side}>
							<p>
								<span>{entry.sentence[lang]}</span>
								<time title={format.full(entry.at)}>{format.when(entry.at, now)}</time>
							</p>
							{entry.effects.length > 0 && (
								<ul>
									{entry.effects.map((effect, place) => (
										<li key={place}>{effect.sentence[lang]}</li>
									))}
								</ul>
							)}
						</li>
					))}
				</ol>
				{timeline.next !== null && <p class="faint">{its.more}</p>}
			</section>
		</div>
	);
}

function Row(props: { readonly name: string; readonly children: preact.ComponentChildren }) {
	return (
		<div>
			<dt>{props.name}</dt>
			<dd>{props.children}</dd>
		</div>
	);
}

/** Asked anew once in a while, and at once where something else is asked for. */
function useCard({ person, cell }: Visitor, kind: Filter, period: Period, now: number) {
	const [state, setState] = useState<{ readonly report?: CardReport; readonly isLost: boolean }>({
		isLost: false,
	});
	const turn = Math.floor(now / refreshMs);
	const from = periods[period] === 0 ? "" : String(turn * refreshMs - periods[period]);
	const query = new URLSearchParams({ person: person.person, cell, kind, from, timeZone }).toString();
	useEffect(() => {
		const end = new AbortController();
		const ask = async () => {
			try {
				const response = await fetch(`/demo/api/card?${query}&turn=${turn}`, { signal: end.signal });
				if (!response.ok) throw new Error(String(response.status));
				const report: CardReport | null = await response.json();
				setState(report ? { report, isLost: false } : { isLost: true });
			} catch {
				if (!end.signal.aborted) setState((before) => ({ ...before, isLost: true }));
			}
		};
		void ask();
		return () => end.abort();
	}, [query, turn]);
	return state;
}
