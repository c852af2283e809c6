// Talking with visitors: those who wait at the side, one conversation in the middle, and beside it who it is.

import { Bell, MessagesSquare, Volume2, VolumeX } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useWords } from "../../language.ts";
import { Button, IconButton, LinkButton } from "../../parts/button.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Empty, Notice, Page, Skeleton, Tabs } from "../../parts/page.tsx";
import { useMay, useSite } from "../../site.ts";
import { Beside } from "./beside.tsx";
import { Conversation } from "./conversation.tsx";
import { type Desk, deskOf } from "./desk.ts";
import { Figures } from "./figures.tsx";
import { type ListName, lists, rowsOf, seenIn } from "./known.ts";
import { List } from "./list.tsx";
import { isMuted, mayNotify, mute, useNews } from "./news.ts";
import { Visitors } from "./visitors.tsx";

const all = [...lists, "closed", "visitors", "figures"] as const;
type Tab = (typeof all)[number];

const isTab = (name: string | undefined): name is Tab => all.some((one) => one === name);

export default function Chat() {
	const { chat: words } = useWords();
	const { params } = useRoute();
	const site = useSite();
	const desk = deskOf(site);
	const known = desk.known.value;
	const [hasBeside, setBeside] = useState(false);
	const tab: Tab = isTab(params.list) ? params.list : rowsOf(known, "mine").length > 0 ? "mine" : "all";
	const { conversation } = params;
	useNews(desk, conversation);
	useEffect(() => setBeside(false), [conversation]);
	const isOfLists = tab !== "visitors" && tab !== "figures";
	return (
		<Page title={words.title} wide actions={<Acts desk={desk} />} tabs={<Lists tab={tab} desk={desk} />}>
			{!known.isUp && known.me && <Notice kind="warn">{words.lost}</Notice>}
			{tab === "figures" ? (
				<Figures />
			) : !known.me ? (
				<Skeleton rows={8} />
			) : tab === "visitors" ? (
				<Visitors visitors={known.visitors} />
			) : (
				<div class={`desk${conversation ? " has-talk" : ""}${hasBeside ? " has-beside" : ""}`}>
					<List desk={desk} tab={tab} current={conversation} />
					{conversation ? (
						<>
							<Conversation
								key={conversation}
								desk={desk}
								conversation={conversation}
								back={`${site.home}/chat/${tab}`}
								isBeside={hasBeside}
								onBeside={() => setBeside(!hasBeside)}
							/>
							<Beside
								key={`beside ${conversation}`}
								conversation={conversation}
								seen={seenIn(known, conversation)}
							/>
						</>
					) : (
						<NoTalk isEmpty={isOfLists && known.rows.size === 0} />
					)}
				</div>
			)}
		</Page>
	);
}

function NoTalk({ isEmpty }: { readonly isEmpty: boolean }) {
	const { chat: words } = useWords();
	const site = useSite();
	const isOwner = useMay("owner");
	return (
		<div class={isEmpty ? "desk-none is-empty" : "desk-none"}>
			{isEmpty ? (
				<Empty
					icon={MessagesSquare}
					title={words.empty.all}
					action={
						isOwner ? (
							<LinkButton href={`${site.home}/settings/chat`}>{words.emptyAct}</LinkButton>
						) : (
							<LinkButton href={`${site.home}/chat/visitors`}>{words.toVisitors}</LinkButton>
						)
					}
				>
					{words.emptyWhy}
				</Empty>
			) : (
				<Empty icon={MessagesSquare} title={words.choose}>
					{words.chooseWhy}
				</Empty>
			)}
		</div>
	);
}

function Lists({ tab, desk }: { readonly tab: Tab; readonly desk: Desk }) {
	const { chat: words } = useWords();
	const site = useSite();
	const known = desk.known.value;
	const count = (name: Tab): string | undefined => {
		const n =
			name === "visitors"
				? known.visitors.size
				: name === "closed" || name === "figures"
					? 0
					: rowsOf(known, name satisfies ListName).length;
		return n > 0 ? String(n) : undefined;
	};
	const addressOf = (name: Tab) => `${site.home}/chat/${name}`;
	return (
		<Tabs
			label={words.listsLabel}
			current={addressOf(tab)}
			tabs={all.map((name) => {
				const n = count(name);
				return { name: words.lists[name], href: addressOf(name), ...(n !== undefined && { count: n }) };
			})}
		/>
	);
}

function Acts({ desk }: { readonly desk: Desk }) {
	const { chat: words } = useWords();
	const { me } = desk.known.value;
	return (
		<>
			{mayNotify.value === "default" && (
				<Button
					icon={Bell}
					title={words.notifyWhy}
					onClick={async () => {
						mayNotify.value = await Notification.requestPermission();
					}}
				>
					{words.notify}
				</Button>
			)}
			<IconButton
				icon={isMuted.value ? VolumeX : Volume2}
				label={words.sound}
				onClick={() => mute(!isMuted.value)}
			/>
			{me && (
				<Menu
					label={words.presence}
					kind="plain"
					end
					acts={[
						{ label: words.beHere, isChosen: !me.isAway, onAct: () => desk.beAway(false) },
						{ label: words.beAway, isChosen: me.isAway, onAct: () => desk.beAway(true) },
					]}
				>
					<i class={`desk-dot${me.isAway ? " is-away" : ""}`} aria-hidden="true" />
					{me.isAway ? words.beAway : words.beHere}
				</Menu>
			)}
		</>
	);
}
