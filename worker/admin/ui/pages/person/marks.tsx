// Segments, tags and points: each asked why.

import { CircleHelp, X } from "lucide";
import { useState } from "preact/hooks";
import type { Card, Ledger } from "../../../../protocol/person.ts";
import { call } from "../../api/call.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { useHand } from "./acts.tsx";
import type { Question } from "./why.tsx";
import { timeZone } from "./zone.ts";

interface Asking {
	readonly card: Card;
	readonly onWhy: (question: Question) => void;
}

export function Segments({ card, onWhy }: Asking) {
	const { card: words } = useWords();
	const format = useFormat();
	const site = useSite();
	return (
		<Section
			title={words.segments}
			actions={
				<Button small onClick={() => onWhy({ of: "segment" })}>
					{words.askSegment}
				</Button>
			}
		>
			{card.segments.length === 0 && <p class="hint">{words.noSegments}</p>}
			<ul class="person-rows">
				{card.segments.map(({ id, name, since }) => (
					<li key={id}>
						<a href={`${site.home}/segments/${id}`}>{name}</a>
						<time title={format.dateTime(since)}>{words.since(format.date(since))}</time>
						<Why name={name} onWhy={() => onWhy({ of: "segment", segment: id })} />
					</li>
				))}
			</ul>
		</Section>
	);
}

function Why({ name, onWhy }: { readonly name: string; readonly onWhy: () => void }) {
	const { card: words } = useWords();
	return <IconButton small kind="quiet" icon={CircleHelp} label={words.whyOf(name)} onClick={onWhy} />;
}

export function Tags({
	card,
	onWhy,
	mayAct,
	onChanged,
}: Asking & { readonly mayAct: boolean; readonly onChanged: () => void }) {
	const { card: words } = useWords();
	const format = useFormat();
	const hand = useHand(card, onChanged);
	const tags = card.tags.filter(({ count }) => count > 0);
	return (
		<Section title={words.tags}>
			{tags.length === 0 && <p class="hint">{words.noTags}</p>}
			<ul class="person-tags">
				{tags.map(({ tag, count, lastAt }) => (
					<li key={tag}>
						<button
							type="button"
							title={`${words.whyOf(tag)} · ${format.dateTime(lastAt)}`}
							onClick={() => onWhy({ of: "tag", tag })}
						>
							{tag} <b>({format.number(count)})</b>
						</button>
						{mayAct && (
							<IconButton
								small
								kind="quiet"
								icon={X}
								label={`${words.act.untag}: ${tag}`}
								onClick={() => void hand({ kind: "untag", tag })}
							/>
						)}
					</li>
				))}
			</ul>
		</Section>
	);
}

interface Opened {
	readonly name: string;
	readonly programme: string | undefined;
	readonly ledger: Ledger;
}

/** The score and the programmes, each with its ledger behind it. */
export function Points({ card, onWhy }: Asking) {
	const { card: words, people } = useWords();
	const format = useFormat();
	const [opened, setOpened] = useState<Opened>();
	const rows = [
		{
			...{ id: undefined, name: people.score, points: card.score.points, ledger: card.score.ledger },
			note: undefined,
		},
		...card.programmes.map(({ id, name, balance, earned, tier, isMember, ledger }) => ({
			...{ id, name, points: balance, ledger },
			note: isMember
				? [tier, words.earned(format.number(earned))].filter(Boolean).join(" · ")
				: words.noMember,
		})),
	];
	return (
		<Section title={words.points}>
			<ul class="person-rows">
				{rows.map(({ id, name, points, ledger, note }) => (
					<li key={id ?? ""}>
						<span>
							{name}
							{note && <small>{note}</small>}
						</span>
						<b class="is-number">{format.number(points)}</b>
						<Button small kind="quiet" onClick={() => setOpened({ name, programme: id, ledger })}>
							{words.ledger}
						</Button>
						<Why name={name} onWhy={() => onWhy({ of: "score", score: id ?? null })} />
					</li>
				))}
			</ul>
			{opened && (
				<Dialog side title={words.ledgerOf(opened.name)} onClose={() => setOpened(undefined)}>
					<LedgerLines person={card.person} programme={opened.programme} begun={opened.ledger} />
				</Dialog>
			)}
		</Section>
	);
}

function LedgerLines({
	person,
	programme,
	begun,
}: {
	readonly person: string;
	readonly programme: string | undefined;
	readonly begun: Ledger;
}) {
	const { card: words, shell } = useWords();
	const format = useFormat();
	const lang = useLang();
	const site = useSite();
	const [{ lines, next }, setLedger] = useState(begun);
	async function more(): Promise<void> {
		const query = new URLSearchParams({
			timeZone,
			...(programme !== undefined && { programme }),
			...(next !== null && { before: next }),
		});
		try {
			const older = await call<Ledger>("GET", `${site.api}/people/${person}/ledger?${query}`);
			setLedger({ lines: [...lines, ...older.lines], next: older.next });
		} catch (error) {
			sayRefused(error);
		}
	}
	if (lines.length === 0) return <p class="hint">{words.noLedger}</p>;
	return (
		<>
			<ol class="person-rows">
				{lines.map(({ id, at, points, sentence, rule }) => (
					<li key={id}>
						<span>
							{sentence[lang]}
							<small>{format.dateTime(at)}</small>
						</span>
						<Badge kind={points < 0 ? "bad" : rule === null ? "accent" : "good"}>
							{points > 0 ? "+" : ""}
							{format.number(points)}
						</Badge>
					</li>
				))}
			</ol>
			{next !== null && <Button onClick={() => void more()}>{shell.more}</Button>}
		</>
	);
}
