// One conversation: what was said, what was done, and what can be done next.

import { ArrowLeft, Ellipsis, Hand, PanelRight } from "lucide";
import { useEffect, useState } from "preact/hooks";
import type { ConversationRow, LogView } from "../../../../protocol/chat.ts";
import { useAsked } from "../../api/asked.ts";
import { useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { type Act, Menu } from "../../parts/menu.tsx";
import { Notice, Skeleton } from "../../parts/page.tsx";
import { Avatar, Badge } from "../../parts/show.tsx";
import { say } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { Composer } from "./composer.tsx";
import type { Desk } from "./desk.ts";
import { linesOf, seenIn, writingIn } from "./known.ts";
import { Lines } from "./lines.tsx";
import { MailDialog } from "./mail.tsx";
import { PushDialog } from "./push.tsx";

export function Conversation({
	desk,
	conversation,
	back,
	isBeside,
	onBeside,
}: {
	readonly desk: Desk;
	readonly conversation: string;
	readonly back: string;
	readonly isBeside: boolean;
	readonly onBeside: () => void;
}) {
	const { chat: words } = useWords();
	const site = useSite();
	const known = desk.known.value;
	const log = known.open.get(conversation);
	const waiting = known.waiting.filter((one) => one.conversation === conversation);
	const asked = useAsked<LogView>(
		known.rows.has(conversation) ? undefined : `${site.api}/conversations/${conversation}`,
	);
	const row = known.rows.get(conversation) ?? asked.value?.conversation;
	const [open, setOpen] = useState<"push" | "mail">();

	useEffect(() => {
		desk.open(conversation);
		return () => desk.shut(conversation);
	}, [desk, conversation]);
	useEffect(() => desk.read(conversation), [desk, conversation, log]);
	useEffect(() => {
		const look = () => desk.read(conversation);
		document.addEventListener("visibilitychange", look);
		return () => document.removeEventListener("visibilitychange", look);
	}, [desk, conversation]);
	// What is no text is said in passing; texts stay in the field until they are dealt with.
	useEffect(() => {
		for (const { command, why } of waiting) {
			if (!why || command.is === "send" || command.is === "note") continue;
			desk.drop(command.id);
			if (command.is !== "read") say(words.refusals[why]);
		}
	}, [waiting, desk, words]);

	if (asked.refusal && !row) return <Notice kind="bad">{words.refusals["conversation-unknown"]}</Notice>;
	return (
		<section class="desk-talk" aria-label={row?.name ?? words.anonymous}>
			{row ? (
				<Head
					desk={desk}
					row={row}
					back={back}
					isBeside={isBeside}
					onBeside={onBeside}
					onPush={() => setOpen("push")}
					onMail={() => setOpen("mail")}
				/>
			) : (
				<Skeleton rows={1} />
			)}
			{!log || log.upTo === 0 ? (
				<Skeleton rows={4} />
			) : (
				<Lines
					lines={linesOf(log, waiting)}
					me={known.me?.agent}
					conversation={conversation}
					onOlder={log.hasOlder ? () => desk.older(conversation) : undefined}
				/>
			)}
			<Collision desk={desk} conversation={conversation} />
			{row && row.state !== "closed" && !seenIn(known, conversation) && (
				<p class="desk-away hint">{words.notHere}</p>
			)}
			{row && <Composer desk={desk} row={row} />}
			{open === "push" && (
				<PushDialog desk={desk} conversation={conversation} onClose={() => setOpen(undefined)} />
			)}
			{open === "mail" && row && <MailDialog row={row} onClose={() => setOpen(undefined)} />}
		</section>
	);
}

function Head({
	desk,
	row,
	back,
	isBeside,
	onBeside,
	onPush,
	onMail,
}: {
	readonly desk: Desk;
	readonly row: ConversationRow;
	readonly back: string;
	readonly isBeside: boolean;
	readonly onBeside: () => void;
	readonly onPush: () => void;
	readonly onMail: () => void;
}) {
	const { chat: words } = useWords();
	const { me, agents } = desk.known.value;
	const { id, name, email, proof, agent, state } = row;
	const isMine = agent !== null && agent.agent === me?.agent;
	const act = (command: Parameters<Desk["say"]>[1]) => () => void desk.say(id, command);
	const toOthers = agents
		.filter((one) => one.agent !== me?.agent && one.agent !== agent?.agent)
		.map((one): Act => ({ label: words.assignTo(one.name), onAct: act({ is: "assign", to: one.agent }) }));
	return (
		<header class="desk-head">
			<span class="desk-back">
				<a class="button is-quiet is-icon" href={back} aria-label={words.back} title={words.back}>
					<Icon of={ArrowLeft} />
				</a>
			</span>
			<Avatar name={name ?? email ?? undefined} />
			<div class="desk-who">
				<h2>{name ?? email ?? words.anonymous}</h2>
				<span class="row">
					{proof && <Badge kind={proof === "verified" ? "good" : "warn"}>{words.proof[proof]}</Badge>}
					{agent && <Badge kind={isMine ? "accent" : "plain"}>{isMine ? words.you : agent.name}</Badge>}
					{state !== "open" && <Badge>{words.lists[state]}</Badge>}
				</span>
			</div>
			<div class="desk-acts">
				{agent === null && state === "open" && (
					<Button small kind="primary" icon={Hand} onClick={act({ is: "take" })}>
						{words.take}
					</Button>
				)}
				{state === "closed" ? (
					<Button small onClick={act({ is: "reopen" })}>
						{words.reopen}
					</Button>
				) : (
					<>
						<Menu
							label={words.snooze}
							kind="plain"
							small
							end
							acts={snoozes(Date.now()).map(([name, until]) => ({
								label: words.snoozes[name],
								onAct: act({ is: "snooze", until }),
							}))}
						>
							{words.snooze}
						</Menu>
						<Button small onClick={act({ is: "close" })}>
							{words.close}
						</Button>
					</>
				)}
				<Menu
					label={words.assign}
					icon={Ellipsis}
					small
					end
					acts={[
						...(isMine || !me ? [] : [{ label: words.toMe, onAct: act({ is: "assign", to: me.agent }) }]),
						...toOthers,
						...(agent === null ? [] : [{ label: words.toNobody, onAct: act({ is: "assign", to: null }) }]),
						{ label: words.push, onAct: onPush },
						{ label: words.mail, onAct: onMail },
					]}
				/>
				<span class="desk-to-beside">
					<IconButton icon={PanelRight} label={words.beside} small onClick={onBeside} />
				</span>
				<span class="unseen" role="status">
					{isBeside ? words.beside : ""}
				</span>
			</div>
		</header>
	);
}

/** On the clock of whoever snoozes. */
function snoozes(now: number): readonly (readonly ["hour" | "evening" | "tomorrow" | "monday", number])[] {
	const hour = 3_600_000;
	const nine = (days: number) => {
		const date = new Date(now);
		date.setDate(date.getDate() + days);
		return date.setHours(9, 0, 0, 0);
	};
	const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
	return [
		["hour", now + hour],
		["evening", now + 3 * hour],
		["tomorrow", nine(1)],
		["monday", nine(toMonday)],
	];
}

/** Said before anybody sends, while a colleague writes. */
function Collision({ desk, conversation }: { readonly desk: Desk; readonly conversation: string }) {
	const { chat: words } = useWords();
	const [now, setNow] = useState(Date.now);
	const writing = writingIn(desk.known.value, conversation, now);
	const hasAny = (desk.known.value.writing.get(conversation) ?? []).length > 0;
	useEffect(() => {
		if (!hasAny) return;
		setNow(Date.now());
		const timer = setInterval(() => setNow(Date.now()), 1_000);
		return () => clearInterval(timer);
	}, [hasAny, desk.known.value.writing]);
	const agents = writing.filter(({ isVisitor }) => !isVisitor);
	return (
		<div class="desk-writing" role="status">
			{agents.map(({ name }) => (
				<span key={name} class="is-colleague">
					{words.writing(name)}
				</span>
			))}
			{writing.some(({ isVisitor }) => isVisitor) && <span>{words.visitorWrites}</span>}
		</div>
	);
}
