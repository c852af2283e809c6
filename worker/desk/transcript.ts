// A conversation as a letter: what its visitor may see, in plain text.

import type { Message } from "../automation/message.ts";
import type { Sender } from "../automation/sender.ts";
import { type Event, forVisitor } from "../domain/conversation/event.ts";
import { wordsFor } from "./words.ts";

export interface TranscriptLetter {
	readonly to: string;
	readonly site: string;
	readonly language: string | null;
	readonly timeZone: string;
	readonly events: readonly Event[];
}

export function writeTranscript(letter: TranscriptLetter, id: string, sender: Sender): Message {
	const words = wordsFor(letter.language);
	const at = new Intl.DateTimeFormat(letter.language === "pl" ? "pl" : "en-GB", {
		timeZone: letter.timeZone,
		dateStyle: "short",
		timeStyle: "short",
	});
	const texts = new Map<string, string>();
	for (const event of letter.events) {
		if (event.is === "edited") texts.set(event.message, event.text);
		if (event.is === "deleted") texts.set(event.message, words.tookBack);
	}
	const lines = letter.events.flatMap((event) => {
		if (event.is !== "sent" || !forVisitor(event)) return [];
		const who =
			event.by.who === "visitor" ? words.visitor : event.by.who === "agent" ? event.by.name : letter.site;
		const files = (event.attachments ?? []).map(({ name }) => `[${name}]`);
		return [`${at.format(event.at)}  ${who}`, texts.get(event.id) ?? event.text, ...files, ""];
	});
	return {
		id,
		from: sender.from,
		to: { address: letter.to },
		subject: words.transcript(letter.site),
		text: lines.join("\n"),
	};
}
