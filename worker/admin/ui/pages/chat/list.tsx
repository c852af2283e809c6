// The conversations at the side, and the search over all that was ever said.

import { Search } from "lucide";
import { useEffect, useState } from "preact/hooks";
import type { ConversationRow, ConversationsView } from "../../../../protocol/chat.ts";
import { useAsked } from "../../api/asked.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useWords } from "../../language.ts";
import { Input } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Answered } from "../../parts/page.tsx";
import { Avatar, Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import type { Desk } from "./desk.ts";
import { type ListName, rowsOf, withClosed } from "./known.ts";

const minuteMs = 60_000;
const waitMs = 300;

type Row = ConversationsView["conversations"][number];

export function List({
	desk,
	tab,
	current,
}: {
	readonly desk: Desk;
	readonly tab: ListName | "closed";
	readonly current: string | undefined;
}) {
	const { chat: words } = useWords();
	const site = useSite();
	const [q, setQ] = useState("");
	const sought = useSettled(q.trim(), waitMs);
	const query =
		sought.length >= 2
			? new URLSearchParams({ q: sought })
			: tab === "closed"
				? new URLSearchParams({ state: "closed" })
				: undefined;
	const asked = useAsked<ConversationsView>(query && `${site.api}/conversations?${query}`);
	const known = desk.known.value;
	const now = useNow();
	return (
		<div class="desk-list">
			<div class="desk-search">
				<Icon of={Search} />
				<Input
					label={words.search}
					hideLabel
					type="search"
					placeholder={words.search}
					value={q}
					maxLength={100}
					onInput={setQ}
				/>
			</div>
			{query ? (
				<Answered asked={asked} rows={5}>
					{({ conversations }) => (
						<>
							{sought.length >= 2 && (
								<p class="hint" role="status">
									{conversations.length > 0 ? words.found(conversations.length) : words.noneFound}
								</p>
							)}
							{sought.length < 2 && withClosed(conversations, known).length === 0 && (
								<p class="hint">{words.empty.closed}</p>
							)}
							<Rows
								rows={sought.length >= 2 ? conversations : withClosed(conversations, known)}
								tab={tab}
								current={current}
								now={now}
							/>
						</>
					)}
				</Answered>
			) : (
				tab !== "closed" && (
					<>
						<Rows rows={rowsOf(known, tab)} tab={tab} current={current} now={now} />
						{rowsOf(known, tab).length === 0 && <p class="hint">{words.empty[tab]}</p>}
						{known.left > 0 && <p class="hint">{words.moreLeft(known.left)}</p>}
					</>
				)
			)}
		</div>
	);
}

/** Waiting grows by itself. */
function useNow(): number {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), minuteMs / 4);
		return () => clearInterval(timer);
	}, []);
	return now;
}

function Rows({
	rows,
	tab,
	current,
	now,
}: {
	readonly rows: readonly Row[];
	readonly tab: string;
	readonly current: string | undefined;
	readonly now: number;
}) {
	const { chat: words } = useWords();
	const site = useSite();
	return (
		<ul
			class="desk-rows"
			aria-label={words.listsLabel}
			onKeyDown={(event) => {
				const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
				if (step === 0) return;
				const links = [...event.currentTarget.querySelectorAll("a")];
				const at = links.indexOf(document.activeElement as HTMLAnchorElement);
				links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
				event.preventDefault();
			}}
		>
			{rows.map((row) => (
				<li key={row.id}>
					<a
						href={`${site.home}/chat/${tab}/${row.id}`}
						aria-current={row.id === current ? "page" : undefined}
					>
						<OneRow row={row} now={now} />
					</a>
				</li>
			))}
		</ul>
	);
}

function OneRow({
	row,
	now,
}: {
	readonly row: ConversationRow & { readonly found?: string };
	readonly now: number;
}) {
	const { chat: words } = useWords();
	const format = useFormat();
	const { name, email, last, lastAt, waitingSince, unread, agent, stars, found } = row;
	const who = name ?? email ?? words.anonymous;
	const by =
		last?.by === "agent" ? `${agent?.name ?? words.you}: ` : last?.by === "site" ? `${words.site}: ` : "";
	return (
		<>
			<Avatar name={name ?? email ?? undefined} />
			<span class="desk-row">
				<span class="desk-row-head">
					<b class={unread > 0 ? "is-unread" : undefined}>{who}</b>
					<time dateTime={new Date(lastAt).toISOString()}>
						{now - lastAt < minuteMs ? format.time(lastAt) : format.relative(lastAt, now)}
					</time>
				</span>
				<span class="desk-row-last">{found ?? (last ? by + last.text : "")}</span>
				<span class="desk-row-marks">
					{waitingSince !== null && (
						<Badge kind={now - waitingSince > 5 * minuteMs ? "bad" : "warn"}>
							{now - waitingSince < minuteMs ? words.waitsNow : words.waits(format.span(now - waitingSince))}
						</Badge>
					)}
					{agent && <Badge>{agent.name}</Badge>}
					{stars !== null && <Badge>{`${stars} ★`}</Badge>}
					{unread > 0 && (
						<span class="desk-unread" aria-label={words.unread(unread)} role="img">
							{unread}
						</span>
					)}
				</span>
			</span>
		</>
	);
}
