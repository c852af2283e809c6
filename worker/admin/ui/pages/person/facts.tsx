// What is known of somebody, section by section. A section of which nothing is known is left out.

import { Plus, X } from "lucide";
import type { ComponentChildren } from "preact";
import type { AttributeNames } from "../../../../protocol/attribute.ts";
import type { Builder } from "../../../../protocol/builder.ts";
import type { Card } from "../../../../protocol/person.ts";
import { useAsked } from "../../api/asked.ts";
import { useOriginName } from "../../figures/site.ts";
import { capital } from "../../format.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Section } from "../../parts/page.tsx";
import { Badge, Bars } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { useHand } from "./acts.tsx";

type Test = Builder["attributes"][number]["test"];

interface Told {
	readonly card: Card;
}

const elsewhere: ReadonlySet<string> = new Set(["owner", "funnelStage", "created", "origin"]);

/** An attribute's name in words, and its value as one reads it. */
function useAttributes() {
	const lang = useLang();
	const format = useFormat();
	const { card: words } = useWords();
	const site = useSite();
	const { value } = useAsked<Builder>("/api/fields");
	const own = useAsked<AttributeNames>(`${site.api}/attribute-names`).value?.attributes;
	function textOf(said: Card["attributes"][number]["value"], test: Test | undefined, of?: string): string {
		if (of === "date" && typeof said === "number") return format.date(said);
		if (test?.codes === "region") return format.country(String(said));
		if (typeof said === "boolean") return said ? words.yes : words.no;
		return typeof said === "object" ? said.join(", ") : String(said);
	}
	return ({ name, value: said }: Card["attributes"][number]) => {
		const known = value?.attributes.find((one) => one.name === name);
		const named = known?.test.values?.find((one) => one.value === said)?.words[lang];
		const given = own?.find((one) => one.name === name);
		const text = named ?? textOf(said, known?.test, given?.kind ?? known?.test.of);
		return { label: given?.names[lang] ?? capital(known?.words[lang] ?? name), text };
	};
}

export function Facts({ card }: Told) {
	const { card: words, people } = useWords();
	const format = useFormat();
	const shown = useAttributes();
	const { environment, firstTouch, lastTouch, profiles } = card;
	const facts = card.attributes.filter(({ name }) => !elsewhere.has(name) && !name.startsWith("profile."));
	const nameOf = useOriginName();
	const text = (of: Readonly<Record<string, unknown>> | null, ...names: readonly string[]) =>
		names
			.flatMap((name) => {
				const said = of?.[name];
				return typeof said === "string" ? [name === "channel" ? nameOf(name, said) : said] : [];
			})
			.join(" · ");
	return (
		<Section title={words.facts}>
			{facts.length === 0 && <p class="hint">{words.noFacts}</p>}
			<dl class="facts">
				{facts.map((one) => {
					const { label, text: value } = shown(one);
					return (
						<Row key={one.name} name={label} title={format.dateTime(one.at)}>
							{value}
						</Row>
					);
				})}
				<Row name={people.column.owner}>{card.owner}</Row>
				<Row name={people.column.stage}>{card.funnelStage}</Row>
				{profiles.map(({ network, address }) => (
					<Row key={network} name={capital(network)}>
						{/^https?:\/\//i.test(address) ? (
							<a href={address} rel="noreferrer" target="_blank">
								{address}
							</a>
						) : (
							address
						)}
					</Row>
				))}
				<Row name={people.column.firstSeenAt}>{card.firstSeenAt && format.dateTime(card.firstSeenAt)}</Row>
				<Row name={words.firstSource}>{text(firstTouch, "channel", "source", "campaign", "landing")}</Row>
				<Row name={words.lastSource}>{text(lastTouch, "channel", "source", "campaign", "landing")}</Row>
				<Row name={words.place}>
					{[text(environment, "city", "region"), format.country(text(environment, "country"))]
						.filter(Boolean)
						.join(" · ")}
				</Row>
				<Row name={words.lastOrder}>{card.orders.lastAt && format.dateTime(card.orders.lastAt)}</Row>
			</dl>
		</Section>
	);
}

function Row(props: {
	readonly name: string;
	readonly title?: string;
	readonly children: ComponentChildren;
}) {
	if (!props.children) return null;
	return (
		<>
			<dt>{props.name}</dt>
			<dd title={props.title}>{props.children}</dd>
		</>
	);
}

export function Notes({ card, onAdd }: Told & { readonly onAdd: (() => void) | undefined }) {
	const { card: words } = useWords();
	const format = useFormat();
	return (
		<Section
			title={words.notes}
			actions={
				onAdd && (
					<Button small icon={Plus} onClick={onAdd}>
						{words.act.note}
					</Button>
				)
			}
		>
			{card.notes.length === 0 && <p class="hint">{words.noNotes}</p>}
			<ul class="person-notes">
				{card.notes.map(({ at, text }, place) => (
					<li key={`${at} ${place}`}>
						<p>{text}</p>
						<time title={format.dateTime(at)}>{format.relative(at)}</time>
					</li>
				))}
			</ul>
		</Section>
	);
}

const interestsAtMost = 6;

export function Interests({ card }: Told) {
	const { card: words } = useWords();
	const format = useFormat();
	if (card.interests.length === 0) return null;
	return (
		<Section title={words.interests} hint={words.interestsHint}>
			<Bars
				label={words.interests}
				rows={card.interests.slice(0, interestsAtMost).map(({ in: of, value, share }) => ({
					key: `${of} ${value}`,
					name: (
						<>
							{value} <small>{words.interestIn[of]}</small>
						</>
					),
					value: share,
					shown: format.percent(share / 100),
				}))}
			/>
		</Section>
	);
}

export function Lists({
	card,
	mayAct,
	onChanged,
}: Told & { readonly mayAct: boolean; readonly onChanged: () => void }) {
	const { card: words } = useWords();
	const lang = useLang();
	const format = useFormat();
	const hand = useHand(card, onChanged);
	if (card.lists.length === 0) return null;
	return (
		<Section title={words.lists}>
			<ul class="person-rows">
				{card.lists.map(({ id, names, since }) => (
					<li key={id}>
						<span>{names[lang]}</span>
						<time title={format.dateTime(since)}>{words.since(format.date(since))}</time>
						{mayAct && (
							<IconButton
								small
								kind="quiet"
								icon={X}
								label={`${words.act.delist}: ${names[lang]}`}
								onClick={() => void hand({ kind: "delist", list: id })}
							/>
						)}
					</li>
				))}
			</ul>
		</Section>
	);
}

const consentKinds = { given: "good", pending: "warn", withdrawn: "bad" } as const;

export function Consents({ card }: Told) {
	const { card: words } = useWords();
	const format = useFormat();
	const of = <T extends object>(named: T, key: string): string =>
		(named as Readonly<Record<string, string>>)[key] ?? key;
	return (
		<Section title={words.consents}>
			{card.consents.length === 0 && <p class="hint">{words.noConsents}</p>}
			<ul class="person-rows">
				{card.consents.map(({ channel, purpose, state, at, place }) => (
					<li key={`${channel}/${purpose}`}>
						<span>
							{of(words.channels, channel)}: {purpose}
							<small>
								{format.date(at)}, {of(words.places, place)}
							</small>
						</span>
						<Badge kind={consentKinds[state as keyof typeof consentKinds] ?? "plain"}>
							{of(words.consentStates, state)}
						</Badge>
					</li>
				))}
			</ul>
		</Section>
	);
}
