// Messages to the site's own people: an invitation, and the way back to an account.

import type { Message } from "../automation/message.ts";
import { overSmtp } from "../automation/over-smtp.ts";
import { type Sent, senderOf } from "../automation/sender.ts";
import type { AdminEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";

type Language = "pl" | "en";
type Words = Pick<Message, "subject" | "text">;

/** The latest first: kept where nothing is sent, on a developer's machine, which shows them at /demo/outbox. */
export const keptLetters: (Message & { readonly at: number })[] = [];
const mostKept = 50;

export function invitationLetter(language: Language, site: string, url: string): Words {
	return language === "pl"
		? {
				subject: `Zaproszenie do serwisu ${site}`,
				text: `Dzień dobry,\n\nzaproszono Cię do pracy nad serwisem ${site} w Witaj. Zaproszenie przyjmiesz tutaj:\n\n${url}\n\nLink działa przez 7 dni i tylko raz. Jeśli nie spodziewasz się tej wiadomości, po prostu ją pomiń.\n`,
			}
		: {
				subject: `You are invited to ${site}`,
				text: `Hello,\n\nyou are invited to work on ${site} in Witaj. Accept the invitation here:\n\n${url}\n\nThe link works for 7 days, and once. If you do not expect this message, just leave it.\n`,
			};
}

export function recoveryLetter(language: Language, url: string): Words {
	return language === "pl"
		? {
				subject: "Nowe hasło do Witaj",
				text: `Dzień dobry,\n\nnowe hasło do swojego konta ustawisz tutaj:\n\n${url}\n\nLink działa przez godzinę i tylko raz. Jeśli to nie Ty o niego prosisz, pomiń tę wiadomość: hasło się nie zmieni.\n`,
			}
		: {
				subject: "A new password for Witaj",
				text: `Hello,\n\nset a new password for your account here:\n\n${url}\n\nThe link works for one hour, and once. If you did not ask for it, leave this message: your password stays as it is.\n`,
			};
}

/** `none` where the deployment has no way to send. Throws where the mail server does not answer. */
export async function post(env: AdminEnv, address: string, words: Words): Promise<Sent | "none"> {
	const sender = senderOf(env, overSmtp);
	if (!sender) return "none";
	const at = Date.now();
	const message: Message = { id: uuidv7(at), from: sender.from, to: { address }, ...words };
	const sent = await sender.send(message);
	if (sent === "kept") {
		keptLetters.unshift({ ...message, at });
		keptLetters.length = Math.min(keptLetters.length, mostKept);
	}
	return sent;
}
