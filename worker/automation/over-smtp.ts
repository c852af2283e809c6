// One message over a connection of its own to the operator's mail server.

import { connect } from "cloudflare:sockets";
import { addressOf, type Message, writeMessage } from "./message.ts";
import type { IsWanted, Sent, Smtp } from "./sender.ts";
import { deliver, SmtpError } from "./smtp.ts";

const withinMs = 20_000;

export async function overSmtp(smtp: Smtp, message: Message, isWanted?: IsWanted): Promise<Sent> {
	const { host, port, security, from } = smtp;
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
}
