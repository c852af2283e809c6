// Where an agent writes: an answer or a private note, with ready answers after a `/`.

import { Paperclip } from "lucide";
import { useId, useRef, useState } from "preact/hooks";
import type { ConversationRow } from "../../../../protocol/chat.ts";
import { call } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Choice } from "../../parts/field.tsx";
import { Listbox, optionId } from "../../parts/listbox.tsx";
import { Notice } from "../../parts/page.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { filled, fitting, soughtIn, withReply } from "./canned.ts";
import type { Desk } from "./desk.ts";
import { missedIn, noLog } from "./known.ts";

const mostText = 4_000;

/** What was written and not sent, by conversation: to look elsewhere loses nothing. */
const drafts = new Map<string, string>();

export function Composer({ desk, row }: { readonly desk: Desk; readonly row: ConversationRow }) {
	const { chat: words } = useWords();
	const site = useSite();
	const { id: conversation, name } = row;
	const known = desk.known.value;
	const [kind, setKind] = useState<"send" | "note">("send");
	const [text, setText] = useState(drafts.get(conversation) ?? "");
	const [active, setActive] = useState(0);
	const [isHidden, setHidden] = useState(false);
	const [isSending, setSending] = useState(false);
	const field = useRef<HTMLTextAreaElement>(null);
	const picker = useRef<HTMLInputElement>(null);
	const list = useId();
	const sought = kind === "send" && !isHidden ? soughtIn(text) : undefined;
	const replies = sought === undefined ? [] : fitting(known.canned, sought);
	const refused = known.waiting.find(
		(one) =>
			one.conversation === conversation &&
			one.why !== undefined &&
			(one.command.is === "send" || one.command.is === "note"),
	);

	function write(next: string): void {
		setText(next);
		setHidden(false);
		setActive(0);
		if (next) drafts.set(conversation, next);
		else drafts.delete(conversation);
		if (kind === "send" && next.trim()) desk.type(conversation);
	}
	function send(): void {
		const said = text.trim();
		if (!said) return;
		desk.say(conversation, kind === "send" ? { is: "send", text: said } : { is: "note", text: said });
		write("");
		setKind("send");
		field.current?.focus();
	}
	function take(reply: string): void {
		write(withReply(text, filled(reply, { name, agent: known.me?.name ?? "" })));
		field.current?.focus();
	}
	async function attach(files: readonly File[]): Promise<void> {
		setSending(true);
		try {
			for (const file of files) {
				const query = new URLSearchParams({ name: file.name.slice(-200) });
				const { id } = await call<{ readonly id: string }>(
					"POST",
					`${site.api}/conversations/${conversation}/files?${query}`,
					file,
				);
				desk.say(conversation, { is: "send", text: "", attachments: [id] });
			}
		} catch (error) {
			sayRefused(error);
		} finally {
			setSending(false);
		}
	}
	function onKeyDown(event: KeyboardEvent): void {
		if (event.isComposing) return;
		if (sought !== undefined && event.key === "Escape") {
			event.preventDefault();
			setHidden(true);
			return;
		}
		if (replies.length > 0) {
			const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
			if (step !== 0) {
				event.preventDefault();
				setActive((active + step + replies.length) % replies.length);
				return;
			}
			const chosen = replies[active];
			if (chosen && (event.key === "Enter" || event.key === "Tab")) {
				event.preventDefault();
				take(chosen.text);
				return;
			}
		}
		if (event.key !== "Enter" || event.shiftKey) return;
		event.preventDefault();
		send();
	}

	return (
		<div class={`desk-write${kind === "note" ? " is-note" : ""}`}>
			{refused && (
				<Refused desk={desk} waiting={refused} onTake={(said) => write(said)} isEmpty={!text.trim()} />
			)}
			<div class="desk-canned">
				<Listbox
					id={list}
					label={words.canned}
					items={replies}
					active={active}
					keyOf={({ id }) => id}
					onPoint={setActive}
					onChoose={({ text: reply }) => take(reply)}
					hidden={replies.length === 0}
				>
					{({ shortcut, text: reply }) => (
						<>
							<b>/{shortcut}</b>
							<span>{reply}</span>
						</>
					)}
				</Listbox>
				{sought !== undefined && replies.length === 0 && <p class="hint">{words.noCanned}</p>}
			</div>
			<Choice
				label={words.kind}
				hideLabel
				value={kind}
				options={[
					{ value: "send", label: words.reply },
					{ value: "note", label: words.note },
				]}
				onChange={setKind}
			/>
			<textarea
				ref={field}
				class="input"
				rows={3}
				maxLength={mostText}
				value={text}
				aria-label={kind === "send" ? words.reply : words.note}
				placeholder={kind === "send" ? words.replyPlaceholder : words.notePlaceholder}
				aria-controls={list}
				aria-autocomplete="list"
				aria-activedescendant={replies.length > 0 ? optionId(list, active) : undefined}
				onInput={({ currentTarget }) => write(currentTarget.value)}
				onKeyDown={onKeyDown}
				onPaste={(event) => {
					const files = [...(event.clipboardData?.files ?? [])];
					if (files.length === 0) return;
					event.preventDefault();
					void attach(files);
				}}
			/>
			<div class="desk-write-acts">
				<IconButton
					icon={Paperclip}
					label={words.attach}
					busy={isSending}
					onClick={() => picker.current?.click()}
				/>
				<input
					ref={picker}
					class="unseen"
					type="file"
					multiple
					accept="image/png,image/jpeg,image/gif,image/webp,application/pdf"
					tabIndex={-1}
					aria-label={words.attach}
					onChange={({ currentTarget }) => {
						void attach([...(currentTarget.files ?? [])]);
						currentTarget.value = "";
					}}
				/>
				<Button kind="primary" disabled={!text.trim()} onClick={send}>
					{kind === "send" ? words.send : words.addNote}
				</Button>
			</div>
		</div>
	);
}

type Waiting = Desk["known"]["value"]["waiting"][number];

/** A text that was not sent: why, what came meanwhile, and what can be done with it. */
function Refused({
	desk,
	waiting: { conversation, command, why },
	isEmpty,
	onTake,
}: {
	readonly desk: Desk;
	readonly waiting: Waiting;
	readonly isEmpty: boolean;
	readonly onTake: (text: string) => void;
}) {
	const { chat: words, shell } = useWords();
	if (why === undefined || (command.is !== "send" && command.is !== "note")) return null;
	const { text } = command;
	const known = desk.known.value;
	const missed = missedIn(known.open.get(conversation) ?? noLog, command.seen, known.me?.agent);
	const by = missed.findLast(({ is }) => is === "sent")?.by;
	const told =
		why === "stale" ? (by?.who === "agent" ? words.stale(by.name) : words.staleOther) : words.refusals[why];
	return (
		<Notice
			kind="bad"
			action={
				<span class="row">
					{why === "stale" && (
						<Button
							small
							onClick={() => {
								desk.drop(command.id);
								const { id: _, seen: __, ...again } = command;
								desk.say(conversation, again);
							}}
						>
							{words.sendAnyway}
						</Button>
					)}
					<Button
						small
						onClick={() => {
							desk.drop(command.id);
							if (isEmpty) onTake(text);
						}}
					>
						{isEmpty && text ? shell.edit : shell.close}
					</Button>
				</span>
			}
		>
			{told}
			{text && <blockquote class="desk-unsent">{text}</blockquote>}
		</Notice>
	);
}
