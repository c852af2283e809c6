// What is written on one card by hand.

import { useState } from "preact/hooks";
import type { Channel } from "../../../../domain/consent.ts";
import type { Card } from "../../../../protocol/person.ts";
import { call } from "../../api/call.ts";
import { newId } from "../../api/id.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Combobox } from "../../parts/combobox.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Choice, Select, Textarea } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { ActFields } from "../people/act-fields.tsx";
import { actOf, inverse, untold } from "../people/acting.ts";
import type { Act, Acted, ManyAct } from "../people/types.ts";

export type ByHand = ManyAct["kind"] | "note" | "consent";

/** Done at once, with what takes it back where something does. Answers with why it was refused. */
export function useHand(
	card: Card,
	onChanged: () => void,
): (act: Act, id?: string) => Promise<string | undefined> {
	const { card: words, people, shell } = useWords();
	const site = useSite();
	async function send(act: Act, id: string): Promise<string | undefined> {
		const { people: outcomes } = await call<Acted>("POST", `${site.api}/acts`, {
			id,
			act,
			people: [card.person],
		});
		const [outcome] = outcomes;
		if (outcome?.is !== "refused") return undefined;
		const why = outcome.why ?? "fault";
		return people.whyRefused[why as keyof typeof people.whyRefused] ?? why;
	}
	return async (act, id = newId()) => {
		try {
			const refused = await send(act, id);
			onChanged();
			if (refused !== undefined) return refused;
			const back = inverse(act, card);
			say(
				words.acted,
				back &&
					(() =>
						void send(back, newId()).then((why) => {
							onChanged();
							say(why ?? shell.undone);
						}, sayRefused)),
			);
			return undefined;
		} catch (error) {
			sayRefused(error);
			return "";
		}
	};
}

const channels = ["email", "sms", "webpush", "phone", "post"] as const satisfies readonly Channel[];
/** A site's own name for a purpose, as the API takes it. */
const isPurpose = (text: string) => /^[a-z0-9][a-z0-9-]*$/.test(text);

export function HandDialog({
	card,
	begun: kind,
	onClose,
	onDone,
}: {
	readonly card: Card;
	readonly begun: ByHand;
	readonly onClose: () => void;
	readonly onDone: () => void;
}) {
	const { card: words, shell } = useWords();
	const hand = useHand(card, onDone);
	const [told, setTold] = useState(untold);
	const [note, setNote] = useState("");
	const [channel, setChannel] = useState<Channel>("email");
	const [purpose, setPurpose] = useState(card.consents[0]?.purpose ?? "newsletter");
	const [state, setState] = useState<"given" | "withdrawn">("given");
	const [refused, setRefused] = useState<string>();
	const [busy, setBusy] = useState(false);
	// However often it is pressed, it happens once.
	const [id] = useState(newId);
	const purposes = [...new Set([...card.consents.map((one) => one.purpose), "newsletter", "marketing"])];
	const act: Act | undefined =
		kind === "note"
			? note.trim() === ""
				? undefined
				: { kind, text: note.trim() }
			: kind === "consent"
				? isPurpose(purpose)
					? { kind, channel, purpose, state }
					: undefined
				: actOf(kind, told);
	async function save(event: Event): Promise<void> {
		event.preventDefault();
		if (!act) return;
		setBusy(true);
		const why = await hand(act, id);
		setBusy(false);
		setRefused(why === "" ? undefined : why);
		if (why === undefined) onClose();
	}
	return (
		<Dialog
			title={words.act[kind]}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="by-hand" busy={busy} disabled={!act}>
						{shell.save}
					</Button>
				</>
			}
		>
			<form id="by-hand" class="stack" onSubmit={(event) => void save(event)}>
				{refused !== undefined && <Notice kind="bad">{words.actRefused(refused)}</Notice>}
				{kind === "note" && (
					<Textarea
						label={words.note}
						hint={words.noteHint}
						value={note}
						rows={5}
						maxLength={1_000}
						onInput={setNote}
					/>
				)}
				{kind === "consent" && (
					<>
						<Select
							label={words.channel}
							value={channel}
							options={channels.map((value) => ({ value, label: words.channels[value] }))}
							onChange={setChannel}
						/>
						<Combobox
							label={words.purpose}
							hint={words.purposeHint}
							value={purpose}
							suggest={() => purposes.map((value) => ({ value }))}
							onChange={setPurpose}
							onWrite={setPurpose}
						/>
						<Choice
							label={words.consentState}
							value={state}
							options={(["given", "withdrawn"] as const).map((value) => ({
								value,
								label: words.consentStates[value],
							}))}
							onChange={setState}
						/>
						<p class="hint">{words.consentHint}</p>
					</>
				)}
				{kind !== "note" && kind !== "consent" && <ActFields kind={kind} told={told} onChange={setTold} />}
			</form>
		</Dialog>
	);
}
