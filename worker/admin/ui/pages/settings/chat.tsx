// The live chat of a site: whether there is one, when somebody is there, and what is said by itself.

import { Plus, Trash2 } from "lucide";
import type { ChatSettings } from "../../../../protocol/chat.ts";
import { useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Checkbox, Choice, Input, Switch, Textarea } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import { Hours } from "./chat-hours.tsx";
import { Routes } from "./chat-routes.tsx";
import type { Editing } from "./form.ts";
import { rests, Span } from "./spans.tsx";

type Put = (change: Partial<ChatSettings>) => void;
export interface ChatEditing {
	readonly chat: ChatSettings;
	/** Puts members in place of what they were; undefined takes one out. */
	readonly put: (change: { readonly [K in keyof ChatSettings]?: ChatSettings[K] | undefined }) => void;
}

const langs = ["pl", "en"] as const;
const asked = ["name", "email"] as const;
const mostText = 1_000;
const year = 365 * 86_400_000;

export default function Chat({ settings: { chat }, edit }: Editing) {
	const { chatSettings: words } = useWords();
	const put: ChatEditing["put"] = (change) => {
		const next = Object.entries({ ...chat, ...change }).filter(([, value]) => value !== undefined);
		edit("chat", Object.fromEntries(next) as ChatSettings);
	};
	return (
		<>
			<Section>
				<Switch
					label={words.on}
					hint={words.onHint}
					checked={chat !== undefined}
					onChange={(isOn) => edit("chat", isOn ? {} : undefined)}
				/>
			</Section>
			{chat && (
				<>
					<Launcher chat={chat} put={put} />
					<Hours chat={chat} put={put} />
					<Said chat={chat} put={put} />
					<Canned chat={chat} put={put} />
					<Routes chat={chat} put={put} />
					<Section title={words.retention} hint={words.retentionHint}>
						<div class="settings-narrow">
							<Span
								label={words.keptFor}
								ms={chat.retentionMs ?? year}
								among={rests.filter((ms) => ms >= 30 * 86_400_000)}
								onChange={(ms) => typeof ms === "number" && put({ retentionMs: ms })}
							/>
						</div>
					</Section>
				</>
			)}
		</>
	);
}

function Launcher({ chat, put }: ChatEditing) {
	const { chatSettings: words } = useWords();
	const asks = chat.asks ?? [];
	return (
		<Section title={words.launcher} hint={words.launcherHint}>
			<Choice
				label={words.corner}
				value={chat.at ?? "end"}
				options={[
					{ value: "end", label: words.corners.end },
					{ value: "start", label: words.corners.start },
				]}
				onChange={(at) => put({ at })}
			/>
			<Switch
				label={words.invites}
				hint={words.invitesHint}
				checked={chat.invites ?? false}
				onChange={(invites) => put({ invites })}
			/>
			<fieldset class="editor-several">
				<legend>{words.asks}</legend>
				{asked.map((one) => (
					<Checkbox
						key={one}
						label={words.asksWhat[one]}
						checked={asks.includes(one)}
						onChange={(isIn) =>
							put({ asks: asked.filter((other) => (other === one ? isIn : asks.includes(other))) })
						}
					/>
				))}
			</fieldset>
		</Section>
	);
}

function Said({ chat, put }: ChatEditing) {
	const { chatSettings: words } = useWords();
	const { home } = useSite();
	return (
		<Section title={words.automatic} hint={words.automaticHint}>
			{(["greeting", "offline"] as const).map((name) => (
				<Sayings key={name} name={name} chat={chat} put={put} />
			))}
			<Switch
				label={words.answers}
				hint={words.answersHint}
				checked={chat.answers ?? false}
				onChange={(answers) => put({ answers })}
			/>
			<p class="hint">
				<a href={`${home}/settings/faq`}>{words.toFaq}</a>
			</p>
			<Switch
				label={words.asksAddress}
				hint={words.asksAddressHint}
				checked={chat.asksAddress ?? false}
				onChange={(asksAddress) => put({ asksAddress })}
			/>
			{chat.asksAddress &&
				(["askAddress", "thankAddress"] as const).map((name) => (
					<Sayings key={name} name={name} chat={chat} put={put} placeholders={words.usual[name]} />
				))}
		</Section>
	);
}

interface SayingsProps extends ChatEditing {
	readonly name: "greeting" | "offline" | "askAddress" | "thankAddress";
	/** What is said where nothing is written. */
	readonly placeholders?: Readonly<Record<(typeof langs)[number], string>>;
}

function Sayings({ name, chat, put, placeholders }: SayingsProps) {
	const { chatSettings: words } = useWords();
	return (
		<div class="columns">
			{langs.map((lang) => (
				<Textarea
					key={lang}
					label={words.texts[name](words.langs[lang])}
					rows={2}
					maxLength={mostText}
					value={chat[name]?.[lang] ?? ""}
					{...(placeholders && { placeholder: placeholders[lang] })}
					onInput={(text) => put({ [name]: textsOf(chat[name], lang, text) } as Parameters<Put>[0])}
				/>
			))}
		</div>
	);
}

type Texts = NonNullable<ChatSettings["greeting"]>;

/** None where nothing is written in any language. */
function textsOf(texts: Texts | undefined, lang: "pl" | "en", text: string): Texts | undefined {
	const { [lang]: _, ...others } = texts ?? {};
	const next = /\S/.test(text) ? { ...others, [lang]: text } : others;
	return Object.keys(next).length > 0 ? next : undefined;
}

function Canned({ chat, put }: ChatEditing) {
	const { chatSettings: words } = useWords();
	const canned = chat.canned ?? [];
	type One = (typeof canned)[number];
	const change = (place: number, next: Partial<One>) =>
		put({ canned: canned.map((one, n) => (n === place ? { ...one, ...next } : one)) });
	return (
		<Section
			title={words.canned}
			hint={words.cannedHint}
			actions={
				<Button
					small
					icon={Plus}
					onClick={() =>
						put({
							canned: [
								...canned,
								{
									id: crypto.randomUUID(),
									shortcut: words.cannedBegin.shortcut,
									text: words.cannedBegin.text,
								},
							],
						})
					}
				>
					{words.addCanned}
				</Button>
			}
		>
			{canned.map(({ id, shortcut, text }, place) => (
				<div key={id} class="chat-canned">
					<Input
						label={words.shortcut}
						value={shortcut}
						maxLength={40}
						{...(!/^[\p{L}\p{N}_-]{1,40}$/u.test(shortcut) && { error: words.shortcutWrong })}
						onInput={(next) => change(place, { shortcut: next })}
					/>
					<Textarea
						label={words.reply}
						rows={2}
						maxLength={mostText}
						value={text}
						onInput={(next) => change(place, { text: next })}
					/>
					<IconButton
						icon={Trash2}
						label={words.removeCanned(shortcut)}
						onClick={() => put({ canned: canned.filter((_, n) => n !== place) })}
					/>
				</div>
			))}
		</Section>
	);
}
