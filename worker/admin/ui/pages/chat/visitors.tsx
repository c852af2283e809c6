// Who has a line to the desk from the site's pages, and may be invited to talk.

import { MessageCircle, Users } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { VisitorSeen, VisitorsView } from "../../../../protocol/chat.ts";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useMoney, useNames } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Textarea } from "../../parts/field.tsx";
import { Empty } from "../../parts/page.tsx";
import { Names } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { BesideDialog } from "./beside.tsx";
import { newId } from "./desk.ts";

const stepMs = 15_000;
const everyMs = 20_000;
/** Whoever comes has a line before their cell has heard of all that they did. */
const settledMs = 1_500;

type Known = VisitorsView["visitors"][number];

export function Visitors({ visitors }: { readonly visitors: ReadonlyMap<string, VisitorSeen> }) {
	const { chat: words } = useWords();
	const format = useFormat();
	const { home } = useSite();
	const money = useMoney();
	const segmentOf = useNames("segment");
	const knownOf = useKnown(visitors);
	const [invited, invite] = useState<VisitorSeen>();
	const [looked, look] = useState<string>();
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), stepMs);
		return () => clearInterval(timer);
	}, []);
	const seen = looked === undefined ? undefined : visitors.get(looked);
	if (visitors.size === 0)
		return (
			<Empty icon={Users} title={words.visitorsNone}>
				{words.visitorsWhy}
			</Empty>
		);
	return (
		<>
			<Table
				label={words.lists.visitors}
				rows={[...visitors.values()].toSorted((a, b) => b.since - a.since)}
				keyOf={({ visitor }) => visitor}
				columns={[
					{
						id: "page",
						label: words.page,
						isMain: true,
						cell: ({ url, title, visible }) => (
							<span class="two-lines">
								<span class="cut" title={url ?? undefined}>
									{title || url || "–"}
								</span>
								<small class="cut">
									{[pathOf(url), !visible && words.hidden].filter(Boolean).join(" · ")}
								</small>
							</span>
						),
					},
					{
						id: "who",
						label: words.who,
						cell: ({ visitor, person }) => (
							<Button small kind="plain" onClick={() => look(visitor)}>
								{knownOf(person)?.name ?? words.anonymous}
							</Button>
						),
					},
					{
						id: "cart",
						label: words.cart,
						isNumber: true,
						cell: ({ person }) => {
							const { cart } = knownOf(person) ?? {};
							return cart ? <span title={cart.products.join(", ")}>{money(cart.value)}</span> : "–";
						},
					},
					{
						id: "score",
						label: words.score,
						isNumber: true,
						cell: ({ person }) => format.number(knownOf(person)?.score ?? 0),
					},
					{
						id: "segments",
						label: words.segments,
						cell: ({ person }) => (
							<Names ids={knownOf(person)?.segments ?? []} nameOf={segmentOf} kind="accent" />
						),
					},
					{
						id: "since",
						label: words.since,
						isNumber: true,
						cell: ({ since }) => format.span(Math.max(1_000, now - since)),
					},
					{
						id: "talk",
						label: words.talk,
						cell: (one) =>
							one.conversation ? (
								<LinkButton small href={`${home}/chat/all/${one.conversation}`}>
									{words.openTalk}
								</LinkButton>
							) : (
								<Button small icon={MessageCircle} onClick={() => invite(one)}>
									{words.invite}
								</Button>
							),
					},
				]}
			/>
			{seen && <BesideDialog seen={seen} onClose={() => look(undefined)} />}
			{invited && <InviteDialog visitor={invited} onClose={() => invite(undefined)} />}
		</>
	);
}

/** What their cells know of them, asked again when others come. */
function useKnown(visitors: ReadonlyMap<string, VisitorSeen>): (person: string) => Known | undefined {
	const { api } = useSite();
	const { value, refresh } = useAsked<VisitorsView>(`${api}/desk/visitors`, { everyMs });
	const there = [...visitors.keys()].toSorted().join(" ");
	useEffect(() => {
		const timer = setTimeout(refresh, settledMs);
		return () => clearTimeout(timer);
	}, [there, refresh]);
	return (person) => value?.visitors.find((one) => one.person === person);
}

function pathOf(url: string | null): string {
	return url && URL.canParse(url) ? new URL(url).pathname : (url ?? "");
}

function InviteDialog({ visitor, onClose }: { readonly visitor: VisitorSeen; readonly onClose: () => void }) {
	const { chat: words, shell } = useWords();
	const { api, home } = useSite();
	const { route } = useLocation();
	const [text, setText] = useState(words.inviteBegin);
	const [id] = useState(newId);
	const [isBusy, setBusy] = useState(false);
	async function send(): Promise<void> {
		setBusy(true);
		try {
			const { conversation } = await call<{ readonly conversation: string }>("POST", `${api}/conversations`, {
				id,
				visitor: visitor.visitor,
				text: text.trim(),
			});
			say(words.invited);
			route(`${home}/chat/all/${conversation}`);
		} catch (error) {
			sayRefused(error);
			setBusy(false);
		}
	}
	return (
		<Dialog
			title={words.inviteTitle}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" busy={isBusy} disabled={!text.trim()} onClick={() => void send()}>
						{words.invite}
					</Button>
				</>
			}
		>
			<Textarea
				label={words.inviteText}
				hint={words.inviteWhy}
				value={text}
				maxLength={4_000}
				onInput={setText}
			/>
		</Dialog>
	);
}
