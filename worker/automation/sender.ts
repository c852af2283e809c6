// Who sends messages to people: an interface, because what delivers them differs from one deployment to the next. Over SMTP
// where the operator has a server; on a developer's machine into a list that the demo shows.

import { connect } from "cloudflare:sockets";
import type { EdgeEnv } from "../platform/env.ts";
import { addressOf, type Mailbox, type Message, writeMessage } from "./message.ts";
import { deliver, type Server, SmtpError } from "./smtp.ts";

/**
 * `sent`: somebody answers for it now. `kept`: it goes nowhere, and whoever asked keeps it to be shown. `refused`: it will
 * never be taken as it is. A sender that cannot say throws, and may be asked again.
 */
export type Sent = "sent" | "kept" | "refused";

export interface Sender {
	readonly from: Mailbox;
	/** `isWanted`: asked at the last moment; a message that is not wanted any more goes nowhere. */
	send(message: Message, isWanted?: () => boolean): Promise<Sent>;
}

/** The secret `SMTP`, as JSON. */
interface Smtp extends Server {
	readonly host: string;
	readonly port: number;
	readonly from: Mailbox;
}

const withinMs = 20_000;

/** Nothing where the deployment has no way to send. */
export function senderOf({ SMTP, LOCAL }: Pick<EdgeEnv, "SMTP" | "LOCAL">): Sender | undefined {
	if (SMTP !== undefined) return overSmtp(JSON.parse(SMTP));
	return LOCAL === "1"
		? { from: { name: "Witaj", address: "witaj@shop.example" }, send: async () => "kept" }
		: undefined;
}

function overSmtp(smtp: Smtp): Sender {
	const { host, port, security, from } = smtp;
	return {
		from,
		send: async (message, isWanted) => {
			const to = addressOf(message.to.address);
			const sender = addressOf(from.address);
			if (to === undefined || sender === undefined) return "refused";
			const secureTransport = security === "tls" ? "on" : security === "starttls" ? "starttls" : "off";
			const socket = connect({ hostname: host, port }, { secureTransport, allowHalfOpen: false });
			const envelope = {
				from: sender,
				to,
				message: writeMessage(message, Date.now()),
				...(isWanted && { isWanted }),
			};
			try {
				await deliver(socket, smtp, envelope, sender.split("@")[1] ?? "localhost", withinMs);
			} catch (error) {
				if (error instanceof SmtpError && error.isFinal) return "refused";
				throw error;
			}
			return "sent";
		},
	};
}
