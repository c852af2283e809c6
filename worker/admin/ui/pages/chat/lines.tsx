// What was said and done in a conversation. Whatever a visitor sent is text, and a link only where it is http.

import { File as FileMark, Lock } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Attachment, LogEvent, Pushed } from "../../../../protocol/chat.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import type { Line } from "./known.ts";

const nearPx = 120;

type Message = Extract<Line, { is: "message" | "note" }>;

export function Lines({
	lines,
	me,
	conversation,
	onOlder,
}: {
	readonly lines: readonly Line[];
	readonly me: string | undefined;
	readonly conversation: string;
	/** Where there is more before the first of them. */
	readonly onOlder: (() => void) | undefined;
}) {
	const { chat: words } = useWords();
	const format = useFormat();
	const box = useRef<HTMLDivElement>(null);
	const wasNear = useRef(true);
	const height = useRef(0);
	const first = lines[1]?.id;
	const last = lines.at(-1)?.id;
	useLayoutEffect(() => {
		if (box.current && wasNear.current) box.current.scrollTop = box.current.scrollHeight;
	}, [last, conversation]);
	useLayoutEffect(() => {
		const element = box.current;
		if (!element) return;
		// What came before pushes nothing away.
		if (!wasNear.current) element.scrollTop += element.scrollHeight - height.current;
	}, [first]);
	useLayoutEffect(() => {
		height.current = box.current?.scrollHeight ?? 0;
	});
	return (
		<div
			class="desk-log"
			role="log"
			aria-label={words.log}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
			tabIndex={0}
			ref={box}
			onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
				wasNear.current = scrollHeight - scrollTop - clientHeight < nearPx;
			}}
		>
			{onOlder && (
				<p class="desk-done">
					<Button small onClick={onOlder}>
						{words.older}
					</Button>
				</p>
			)}
			{lines.map((line) => {
				if (line.is === "day")
					return (
						<p key={line.id} class="desk-day">
							{format.date(line.at)}
						</p>
					);
				if (line.is === "done") return <Done key={line.id} event={line.event} me={me} />;
				if (line.is === "pushed")
					return (
						<div key={line.id} class="desk-line is-own">
							<small>
								{words.done.pushed(nameOf(line.by, me, words))} · {format.time(line.at)}
							</small>
							<div class="desk-bubble is-pushed">
								<PushedText what={line.what} />
							</div>
						</div>
					);
				return <One key={line.id} line={line} me={me} conversation={conversation} />;
			})}
		</div>
	);
}

type Words = ReturnType<typeof useWords>["chat"];

function nameOf(by: LogEvent["by"], me: string | undefined, words: Words): string {
	if (by.who === "visitor") return words.visitor;
	if (by.who === "site") return words.site;
	return by.agent === me || by.agent === "" ? words.you : by.name;
}

function One({
	line,
	me,
	conversation,
}: {
	readonly line: Message;
	readonly me: string | undefined;
	readonly conversation: string;
}) {
	const { chat: words } = useWords();
	const format = useFormat();
	const { is, by, at, text, files, isEdited, isDeleted, fate, flow } = line;
	const name = nameOf(by, me, words);
	const isNote = is === "note";
	return (
		<div class={`desk-line${by.who === "visitor" ? "" : " is-own"}${isNote ? " is-note" : ""}`}>
			<small>
				{isNote && <Icon of={Lock} />}
				{isNote ? words.noteBy(name) : name} · {format.time(at)}
				{flow && ` · ${words.flows[flow] ?? flow}`}
				{isEdited && !isDeleted && ` · ${words.edited}`}
			</small>
			{(text !== "" || isDeleted) && (
				<p class={`desk-bubble${isDeleted ? " is-deleted" : ""}`}>
					{isDeleted ? words.deleted : <Linked text={text} />}
				</p>
			)}
			{!isDeleted && files.map((file) => <OneFile key={file.id} file={file} conversation={conversation} />)}
			{fate && <small>{words.fates[fate]}</small>}
		</div>
	);
}

function Linked({ text }: { readonly text: string }) {
	const parts = text.split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/i);
	return (
		<>
			{parts.map((part, n) =>
				n % 2 === 1 && URL.canParse(part) ? (
					<a key={n} href={part} target="_blank" rel="noreferrer nofollow">
						{part}
					</a>
				) : (
					part
				),
			)}
		</>
	);
}

/** What came from elsewhere is kept as a file, and never opened here. */
function OneFile({
	file: { id, name, type, bytes },
	conversation,
}: {
	readonly file: Attachment;
	readonly conversation: string;
}) {
	const format = useFormat();
	const site = useSite();
	const href = `${site.api}/conversations/${conversation}/files/${encodeURIComponent(id)}`;
	return (
		<a class="desk-file" href={href} download={name} target="_blank" rel="noreferrer">
			{/^image\/(png|jpeg|gif|webp)$/.test(type) ? (
				<img src={href} alt="" loading="lazy" />
			) : (
				<Icon of={FileMark} size={20} />
			)}
			<span>{name}</span>
			<small>{format.number(Math.max(1, Math.round(bytes / 1024)))} KB</small>
		</a>
	);
}

function PushedText({ what }: { readonly what: Pushed }) {
	const { chat: words } = useWords();
	const format = useFormat();
	const said = (): string => {
		switch (what.is) {
			case "experience":
				return what.experience;
			case "product":
				return [what.name, what.price && format.money(what.price.amount, what.price.currency)]
					.filter(Boolean)
					.join(" · ");
			case "coupon":
				return `${what.code} · ${what.text}`;
		}
	};
	return (
		<>
			<Badge kind="accent">{words.pushes[what.is]}</Badge> {said()}
		</>
	);
}

function Done({ event, me }: { readonly event: LogEvent; readonly me: string | undefined }) {
	const { chat: words } = useWords();
	const format = useFormat();
	const by = event.by.who === "agent" ? event.by.name : nameOf(event.by, me, words);
	const { done } = words;
	const said = (): string | undefined => {
		switch (event.is) {
			case "started":
				return done.started(event.url ?? "");
			case "introduced":
				return done.introduced([event.name, event.email].filter(Boolean).join(", "));
			case "identified":
				return done.identified;
			case "assigned": {
				const { to, route } = event;
				if (to === null) return done.freed(by);
				if (route !== undefined) return done.routed(to.name);
				const isOwn = event.by.who === "agent" && event.by.agent === to.agent;
				return isOwn ? done.taken(by) : done.assigned(by, to.name);
			}
			case "closed":
				return done.closed(by);
			case "reopened":
				return done.reopened(by);
			case "snoozed":
				return done.snoozed(by, format.dateTime(event.until));
			case "rated":
				return done.rated(event.stars) + (event.text ? `: ${event.text}` : "");
			default:
				return undefined;
		}
	};
	const text = said();
	return text === undefined ? null : (
		<p class="desk-done">
			{text} · {format.time(event.at)}
		</p>
	);
}
