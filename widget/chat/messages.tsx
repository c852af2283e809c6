// The conversation as it is read. Whatever was written is text, and never more.

import type { JSX } from "preact";
import type { Attachment, PushedProduct } from "../../worker/protocol/chat.ts";
import { guard } from "../guard.ts";
import { useEffect, useRef, useState } from "../ui/hooks.ts";
import { Icon } from "./icons.tsx";
import { isFaces, type Line, linked, type Message } from "./lines.ts";
import type { Words } from "./words.ts";

/** So near its end, it follows what comes. */
const nearPx = 80;

export interface LogProps {
	readonly lines: readonly Line[];
	readonly words: Words;
	readonly lang: string;
	readonly fileUrl: (file: Attachment) => string;
	readonly onRepeat: (id: string) => void;
	readonly onTop: () => void;
}

export function Messages({ lines, words, lang, fileUrl, onRepeat, onTop }: LogProps): JSX.Element {
	const box = useRef<HTMLElement>(null);
	const was = useRef({ last: "", first: "", height: 0, top: 0, room: 0 });
	const first = lines[1]?.id ?? "";
	const last = lines.at(-1)?.id ?? "";
	useEffect(() => {
		const element = box.current;
		if (!element) return;
		const { scrollHeight, scrollTop } = element;
		const before = was.current;
		const isNear = before.height - before.top - before.room < nearPx;
		const line = lines.at(-1);
		const isOwn = line?.kind === "message" && line.isMine;
		if (isNear || (isOwn && last !== before.last)) element.scrollTop = scrollHeight;
		// What came before pushes nothing away.
		else if (first !== before.first && before.first)
			element.scrollTop = scrollTop + scrollHeight - before.height;
		was.current = { last, first, height: scrollHeight, top: element.scrollTop, room: element.clientHeight };
	});
	useEffect(() => {
		// What opens below takes of its room, and not of its end.
		const sizes = new ResizeObserver(
			guard(([entry]) => {
				const { height, top, room } = was.current;
				if (entry && height - top - room < nearPx) entry.target.scrollTop = entry.target.scrollHeight;
			}),
		);
		if (box.current) sizes.observe(box.current);
		return () => sizes.disconnect();
	}, []);
	return (
		<div
			class="log"
			role="log"
			aria-live="polite"
			aria-label={words.log}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
			tabIndex={0}
			ref={box as { current: HTMLDivElement | null }}
			onScroll={guard(() => {
				const element = box.current;
				if (!element) return;
				was.current.top = element.scrollTop;
				if (element.scrollTop < nearPx) onTop();
			})}
		>
			{lines.length === 0 ? <p class="intro">{words.intro}</p> : null}
			{lines.map((line) => (
				<OneLine key={line.id} line={line} words={words} lang={lang} fileUrl={fileUrl} onRepeat={onRepeat} />
			))}
		</div>
	);
}

type LineProps = Pick<LogProps, "words" | "lang" | "fileUrl" | "onRepeat"> & { readonly line: Line };

function OneLine({ line, words, lang, fileUrl, onRepeat }: LineProps): JSX.Element | null {
	if (line.kind === "day") return <p class="day">{dayOf(line.at, words, lang)}</p>;
	if (line.kind === "told")
		return (
			<p class="told">
				{line.what === "joined"
					? words.joined(line.name ?? words.someone)
					: line.what === "closed"
						? words.ended
						: words.reopened}
			</p>
		);
	if (line.kind === "message") return <OneMessage {...{ line, words, lang, fileUrl, onRepeat }} />;
	const { what } = line;
	return what.is === "experience" ? null : (
		<div class="line">
			<div class="card">
				{what.is === "product" && what.image ? <img src={what.image} alt="" /> : null}
				<b>{what.is === "product" ? what.name : what.text}</b>
				{what.is === "product" ? (
					<>
						{what.price ? <span>{priceOf(what.price, lang)}</span> : null}
						<Link href={what.url} text={words.page} />
					</>
				) : (
					<Code code={what.code} words={words} />
				)}
			</div>
		</div>
	);
}

/** As shops write it: by itself Polish would group from five digits on. */
const priceOf = ({ amount, currency }: NonNullable<PushedProduct["price"]>, lang: string): string =>
	amount.toLocaleString(lang, { style: "currency", currency, useGrouping: "always" });

function OneMessage({
	line,
	words,
	lang,
	fileUrl,
	onRepeat,
}: Omit<LineProps, "line"> & { readonly line: Message }): JSX.Element {
	const { id, at, isMine, name, isFirst, text, files, isEdited, isDeleted, fate, why } = line;
	const hour = new Date(at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
	const look = `bubble${isDeleted ? " gone" : isFaces(text) ? " big" : ""}`;
	return (
		<div class={isMine ? "line mine" : "line"}>
			{isFirst && !isMine ? (
				<p class="who">
					{name ?? words.bot} · {hour}
				</p>
			) : (
				<span class="unseen">{`${isMine ? words.you : (name ?? words.bot)}, ${hour}: `}</span>
			)}
			{isDeleted || text ? <p class={look}>{isDeleted ? words.deleted : <Text text={text} />}</p> : null}
			{isDeleted ? null : files.map((file) => <File key={file.id} file={file} href={fileUrl(file)} />)}
			{isEdited && !isDeleted ? <small class="state">{words.edited}</small> : null}
			{fate === "failed" ? (
				<p class="state bad">
					{`${why === "too-long" ? words.tooLong : words.failed} `}
					<button type="button" onClick={guard(() => onRepeat(id))}>
						{words.retry}
					</button>
				</p>
			) : fate ? (
				<p class="state">{words[fate]}</p>
			) : null}
		</div>
	);
}

function Text({ text }: { text: string }): JSX.Element {
	return (
		<>{linked(text).map((part) => (part.href ? <Link href={part.href} text={part.text} /> : part.text))}</>
	);
}

function Link({ href, text }: { href: string; text: string }): JSX.Element {
	// What comes from the desk may be anything.
	if (!/^https?:/i.test(href)) return <>{text}</>;
	// The talk goes on where the link leads, as long as that is here.
	const isHere = URL.parse(href)?.origin === location.origin;
	return (
		<a href={href} rel="noopener noreferrer nofollow ugc" {...(isHere ? {} : { target: "_blank" })}>
			{text}
		</a>
	);
}

function File({ file, href }: { file: Attachment; href: string }): JSX.Element {
	const { name, type, bytes } = file;
	return (
		<a class={/^image/.test(type) ? "picture" : "file"} href={href} target="_blank" rel="noopener noreferrer">
			{/^image/.test(type) ? (
				<Picture src={href} name={name} />
			) : (
				<>
					<Icon of="file" />
					<span>{name}</span>
					<small>{`${Math.max(1, Math.round(bytes / 1024))} KB`}</small>
				</>
			)}
		</a>
	);
}

/** Where the page's own policy forbids pictures of ours, its name stands there. */
function Picture({ src, name }: { src: string; name: string }): JSX.Element {
	const [isBroken, setBroken] = useState(false);
	return isBroken ? (
		<span class="file">
			<Icon of="file" />
			<span>{name}</span>
		</span>
	) : (
		<img src={src} alt={name} onError={guard(() => setBroken(true))} />
	);
}

function Code({ code, words }: { code: string; words: Words }): JSX.Element {
	const [isCopied, setCopied] = useState(false);
	return (
		<>
			<code>{code}</code>
			<button
				type="button"
				class="button"
				onClick={guard(async () => {
					await navigator.clipboard.writeText(code);
					setCopied(true);
				})}
			>
				{isCopied ? words.copied : words.copy}
			</button>
		</>
	);
}

function dayOf(at: number, words: Words, lang: string): string {
	const day = new Date(at).toDateString();
	const now = Date.now();
	if (day === new Date(now).toDateString()) return words.today;
	if (day === new Date(now - 86_400_000).toDateString()) return words.yesterday;
	return new Date(at).toLocaleDateString(lang, { day: "numeric", month: "long" });
}
