// The window of the chat: who is there, what was said, and what can be done about it.

import type { JSX } from "preact";
import type { Attachment } from "../../worker/protocol/chat.ts";
import { guard } from "../guard.ts";
import { useRef, useState } from "../ui/hooks.ts";
import { Composer } from "./composer.tsx";
import { type Asked, Form, Rating } from "./forms.tsx";
import { Icon } from "./icons.tsx";
import { linesOf } from "./lines.ts";
import { isToRate, stageOf } from "./log.ts";
import { Messages } from "./messages.tsx";
import type { State } from "./session.ts";
import type { Words } from "./words.ts";

export interface PanelProps {
	readonly state: State;
	readonly words: Words;
	readonly lang: string;
	/** Without consent nobody is known, and so nobody can be answered. */
	readonly isAllowed: boolean;
	readonly isMuted: boolean;
	/** It fills the screen. */
	readonly isPhone: boolean;
	/** What is to be told of what was just done. */
	readonly note: string | undefined;
	readonly draft: { text: string };
	readonly fileUrl: (file: Attachment) => string;
	readonly onClose: () => void;
	readonly onSend: (text: string) => void;
	readonly onIntroduce: (said: Readonly<Partial<Record<Asked, string>>>) => void;
	readonly onMail: () => void;
	readonly onType: () => void;
	readonly onFiles: (files: readonly File[]) => void;
	readonly onRepeat: (id: string) => void;
	readonly onOlder: () => void;
	readonly onRate: (stars: number, text: string) => void;
	readonly onEnd: () => void;
	readonly onMute: () => void;
}

export function Panel(props: PanelProps): JSX.Element {
	const { state, words, lang, isAllowed, isPhone, note, onClose } = props;
	const { office, isUp, typing } = state;
	const isAway = office?.isOpen === false;
	const stage = stageOf(state.log);
	return (
		<section
			class="panel"
			role="dialog"
			aria-label={words.title}
			aria-modal={isPhone ? "true" : undefined}
			tabIndex={-1}
			onKeyDown={guard((event: KeyboardEvent) => {
				if (event.key === "Escape" && !event.isComposing) onClose();
			})}
		>
			<header class="head">
				<div>
					<h2>{office?.agents.length && !isAway ? office.agents.slice(0, 3).join(", ") : words.title}</h2>
					<p>{office ? (isAway ? awayWords(words, office.opensAt, lang) : words.here) : words.connecting}</p>
				</div>
				<Menu {...props} isTalking={stage !== "none"} />
				<button type="button" class="icon" aria-label={words.close} onClick={guard(onClose)}>
					<Icon of="close" />
				</button>
			</header>
			{!isAllowed ? <p class="form">{words.cookies}</p> : <Body {...props} isAway={isAway} stage={stage} />}
			<div class="foot" role="status">
				{note ? <p class="notice">{note}</p> : null}
				{isAllowed && office && !isUp ? <p class="notice bad">{words.offline}</p> : null}
				{typing && typing.who !== "visitor" ? (
					<p class="typing">{words.typing(typing.who === "agent" ? typing.name : words.bot)}</p>
				) : null}
			</div>
			{isAllowed ? <Foot {...props} isAway={isAway} stage={stage} /> : null}
		</section>
	);
}

type Inner = PanelProps & { readonly isAway: boolean; readonly stage: "none" | "open" | "closed" };

/** Nobody is asked for anything in the middle of a sentence. */
const asksFirst = ({ state, isAway, stage, draft }: Inner): boolean =>
	stage === "none" &&
	!draft.text &&
	!state.pending.some(({ command }) => command.is === "send") &&
	(isAway || !!state.office?.asks.length);

function Body(props: Inner): JSX.Element {
	const { state, words, lang, isAway, fileUrl, onRepeat, onOlder, onIntroduce } = props;
	if (asksFirst(props)) {
		const asks = new Set<Asked>(state.office?.asks);
		if (isAway) asks.add("email");
		return (
			<Form
				words={words}
				asks={[...asks, "message"]}
				lead={isAway ? words.awayWhy : undefined}
				submit={isAway ? words.leave : words.begin}
				onSubmit={onIntroduce}
			/>
		);
	}
	return (
		<Messages
			lines={linesOf(state.log, state.pending, state.got)}
			words={words}
			lang={lang}
			fileUrl={fileUrl}
			onRepeat={onRepeat}
			onTop={onOlder}
		/>
	);
}

function Foot(props: Inner): JSX.Element | null {
	const { state, words, draft, onSend, onType, onFiles, onRate } = props;
	if (asksFirst(props)) return null;
	return (
		<div>
			{isToRate(state.log) ? <Rating words={words} onRate={onRate} /> : null}
			<Composer
				words={words}
				mayAttach={state.log.conversation !== null}
				onSend={onSend}
				onType={onType}
				onFiles={onFiles}
				draft={draft}
			/>
		</div>
	);
}

function Menu({
	state,
	words,
	isTalking,
	isMuted,
	onMute,
	onMail,
	onEnd,
}: PanelProps & { readonly isTalking: boolean }): JSX.Element {
	const [isOpen, setOpen] = useState(false);
	const opener = useRef<HTMLButtonElement>(null);
	const shut = () => {
		setOpen(false);
		opener.current?.focus();
	};
	const act = (label: string, task: () => void) => (
		<button
			type="button"
			onClick={guard(() => {
				shut();
				task();
			})}
		>
			{label}
		</button>
	);
	return (
		<>
			<button
				ref={opener}
				type="button"
				class="icon"
				aria-label={words.more}
				aria-expanded={isOpen}
				onClick={guard(() => setOpen(!isOpen))}
			>
				<Icon of="more" />
			</button>
			{isOpen ? (
				<fieldset
					class="menu"
					aria-label={words.more}
					onKeyDown={guard((event: KeyboardEvent) => {
						if (event.key !== "Escape") return;
						event.stopPropagation();
						shut();
					})}
				>
					{act(isMuted ? words.unmute : words.mute, onMute)}
					{isTalking ? act(words.mail, onMail) : null}
					{isTalking && stageOf(state.log) === "open" ? act(words.end, onEnd) : null}
				</fieldset>
			) : null}
		</>
	);
}

function awayWords(words: Words, opensAt: number | undefined, lang: string): string {
	if (opensAt === undefined) return words.away;
	const isToday = new Date(opensAt).toDateString() === new Date().toDateString();
	const when = new Date(opensAt).toLocaleString(lang, {
		...(isToday ? {} : { weekday: "long" }),
		hour: "2-digit",
		minute: "2-digit",
	});
	return `${words.away} · ${words.opens(when)}`;
}
