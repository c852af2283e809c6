// The card: who somebody is, what is known of them, what happened, and why.

import {
	Award,
	Download,
	Ellipsis,
	Flag,
	Handshake,
	HelpCircle,
	Link,
	ListPlus,
	Merge,
	ShieldCheck,
	StickyNote,
	Tag,
	Trash2,
	UserRound,
} from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Card } from "../../../../protocol/person.ts";
import { useAsked } from "../../api/asked.ts";
import { call, download } from "../../api/call.ts";
import { useMoney } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Notice, Page } from "../../parts/page.tsx";
import { Avatar, Badge, Stat } from "../../parts/show.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { ActivityByWeek } from "./activity.tsx";
import { type ByHand, HandDialog } from "./acts.tsx";
import { Browsers } from "./browsers.tsx";
import { EraseConfirm, Erasing } from "./erasure.tsx";
import { Consents, Facts, Interests, Lists, Notes } from "./facts.tsx";
import { LinkDialog } from "./link.tsx";
import { Points, Segments, Tags } from "./marks.tsx";
import { MergeDialog } from "./merge.tsx";
import { Timeline } from "./timeline.tsx";
import { type Question, WhyDialog } from "./why.tsx";
import { timeZone } from "./zone.ts";

const everyMs = 8_000;
/** What an act wrote is in the database, which tells of notes and of the past, a moment later. */
const writtenMs = 2_500;

type Open =
	| { readonly is: "act"; readonly kind: ByHand }
	| { readonly is: "why"; readonly question: Question }
	| { readonly is: "merge" | "link" | "erase" };

export default function PersonPage() {
	const { card: words } = useWords();
	const { params } = useRoute();
	const site = useSite();
	const [erasing, setErasing] = useState<"asked" | "begun">();
	const query = new URLSearchParams({ timeZone });
	// Of whoever is being erased nothing is asked any more.
	const path = `${site.api}/people/${encodeURIComponent(params.person ?? "")}?${query}`;
	const asked = useAsked<Card>(erasing === "begun" ? undefined : path, erasing ? {} : { everyMs });
	const above = [{ name: words.people, href: `${site.home}/people` }];
	if (erasing === "begun" || asked.refusal?.status === 404)
		return <Erasing key={params.person} person={params.person ?? ""} above={above} />;
	if (!asked.value)
		return (
			<Page title={words.title} above={above}>
				<Answered asked={asked} rows={8}>
					{() => null}
				</Answered>
			</Page>
		);
	return (
		<CardView
			key={asked.value.person}
			card={asked.value}
			was={params.person ?? ""}
			above={above}
			onChanged={asked.refresh}
			onErasing={setErasing}
		/>
	);
}

/** As they are called; else what they are reached by. */
export function nameOf({ attributes }: Pick<Card, "attributes">): string | undefined {
	const said = (name: string) => attributes.find((one) => one.name === name)?.value;
	const both = [said("firstName"), said("lastName")].filter(Boolean).join(" ");
	const called = said("name") ?? (both || (said("email") ?? said("phone")));
	return called === undefined ? undefined : String(called);
}

function CardView({
	card,
	was,
	above,
	onChanged,
	onErasing,
}: {
	readonly card: Card;
	/** The id in the address: another one where that card was merged into this. */
	readonly was: string;
	readonly above: readonly { readonly name: string; readonly href: string }[];
	readonly onChanged: () => void;
	readonly onErasing: (erasing: "asked" | "begun" | undefined) => void;
}) {
	const { card: words, people } = useWords();
	const format = useFormat();
	const money = useMoney(2);
	const site = useSite();
	const { route } = useLocation();
	const [open, setOpen] = useState<Open>();
	const [turn, setTurn] = useState(0);
	const [mayAct, mayMerge, mayErase] = [useMay("agent"), useMay("marketer"), useMay("owner")];
	const name = nameOf(card);
	const act = (kind: ByHand) => () => setOpen({ is: "act", kind });
	const why = (question: Question) => setOpen({ is: "why", question });
	const written = useRef<ReturnType<typeof setTimeout>>(undefined);
	useEffect(() => () => clearTimeout(written.current), []);
	function changed(): void {
		onChanged();
		clearTimeout(written.current);
		written.current = setTimeout(() => {
			onChanged();
			setTurn((before) => before + 1);
		}, writtenMs);
	}
	function askToErase(): void {
		clearTimeout(written.current);
		onErasing("asked");
		setOpen({ is: "erase" });
	}
	async function unmerge(): Promise<void> {
		try {
			await call("POST", `${site.api}/people/${was}/unmerge`);
			say(words.unmerged);
			route(`${site.home}/people/${card.person}`);
		} catch (error) {
			sayRefused(error);
		}
	}
	return (
		<Page
			title={name ?? people.anonymous}
			above={above}
			wide
			lead={
				<span class="row">
					<Avatar name={name} />
					<Badge kind={card.identity === "monitored" ? "accent" : "plain"}>
						{people.identity[card.identity]}
					</Badge>
					{card.segments.slice(0, 4).map(({ id, name: called }) => (
						<Badge key={id}>{called}</Badge>
					))}
				</span>
			}
			actions={
				<>
					{mayAct && (
						<>
							<Button icon={StickyNote} onClick={act("note")}>
								{words.act.note}
							</Button>
							<Button icon={Tag} onClick={act("tag")}>
								{words.act.tag}
							</Button>
						</>
					)}
					<Menu
						label={words.more}
						icon={Ellipsis}
						kind="plain"
						end
						acts={[
							...(mayAct
								? [
										{ label: words.act.points, icon: Award, onAct: act("points") },
										{ label: words.act.enlist, icon: ListPlus, onAct: act("enlist") },
										{ label: words.act.stage, icon: Flag, onAct: act("stage") },
										{ label: words.act.owner, icon: UserRound, onAct: act("owner") },
										{ label: words.act.consent, icon: ShieldCheck, onAct: act("consent") },
										{ label: words.act.join, icon: Handshake, onAct: act("join") },
										{ label: words.link, icon: Link, onAct: () => setOpen({ is: "link" }) },
									]
								: []),
							{ label: words.ask, icon: HelpCircle, onAct: () => why({ of: "page" }) },
							...(mayMerge
								? [
										{ label: words.merge, icon: Merge, onAct: () => setOpen({ is: "merge" }) },
										{
											label: words.export,
											icon: Download,
											onAct: () =>
												void download("GET", `${site.api}/people/${card.person}/export`).catch(sayRefused),
										},
									]
								: []),
							...(mayErase ? [{ label: words.erase, icon: Trash2, danger: true, onAct: askToErase }] : []),
						]}
					>
						{words.more}
					</Menu>
				</>
			}
		>
			{was !== card.person && (
				<Notice
					action={
						mayMerge && (
							<Button small onClick={() => void unmerge()}>
								{words.unmerge}
							</Button>
						)
					}
				>
					{words.mergedInto(name ?? people.anonymous)}
				</Notice>
			)}
			<div class="stats person-stats">
				<Stat label={people.column.score} value={format.number(card.score.points)} />
				<Stat label={people.column.visits} value={format.number(card.visits)} />
				<Stat label={people.column.orders} value={format.number(card.orders.count)} />
				<Stat label={people.column.revenue} value={money(card.orders.amount)} />
				<Stat
					label={people.column.lastSeenAt}
					value={card.lastSeenAt === null ? "–" : format.relative(card.lastSeenAt)}
				/>
			</div>
			<div class="person-columns">
				<div class="stack person-past">
					<ActivityByWeek person={card.person} />
					<Timeline person={card.person} turn={turn} />
				</div>
				<div class="stack">
					<Facts card={card} />
					<Segments card={card} onWhy={why} />
					<Tags card={card} onWhy={why} mayAct={mayAct} onChanged={changed} />
					<Points card={card} onWhy={why} />
					<Notes card={card} onAdd={mayAct ? act("note") : undefined} />
					<Interests card={card} />
					<Lists card={card} mayAct={mayAct} onChanged={changed} />
					<Consents card={card} />
					<Browsers card={card} mayUntie={mayMerge} onChanged={changed} />
				</div>
			</div>
			{open?.is === "act" && (
				<HandDialog card={card} begun={open.kind} onClose={() => setOpen(undefined)} onDone={changed} />
			)}
			{open?.is === "why" && (
				<WhyDialog card={card} begun={open.question} onClose={() => setOpen(undefined)} />
			)}
			{open?.is === "link" && <LinkDialog person={card.person} onClose={() => setOpen(undefined)} />}
			{open?.is === "merge" && (
				<MergeDialog into={card.person} onClose={() => setOpen(undefined)} onDone={changed} />
			)}
			{open?.is === "erase" && (
				<EraseConfirm
					person={card.person}
					name={name ?? people.anonymous}
					onClose={() => {
						onErasing(undefined);
						setOpen(undefined);
					}}
					onErased={() => onErasing("begun")}
				/>
			)}
		</Page>
	);
}
