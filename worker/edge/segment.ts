// What a message of Segment's means here: whom it is about, and what happened. Nothing is asked of anybody for it.

import type { ToldEvent } from "../cell/receive.ts";
import { type Identifier, normalise } from "../domain/contact.ts";
import { eventNames, type Value } from "../domain/event.ts";
import type { Environment } from "../domain/facts.ts";
import { type Touch, touchOf } from "../domain/source.ts";
import { addressOf } from "../platform/address.ts";
import { agentOf, isBot } from "../platform/agent.ts";
import { type Flat, flatProperties, isTree } from "../protocol/flat.ts";
import { TimeZone } from "../protocol/id.schema.ts";
import { limits } from "../protocol/limits.ts";
import { type messageTypes, SegmentMessage } from "../protocol/segment.schema.ts";
import { attributesOf, companyOf, identifiersIn, traitsOf } from "./traits.ts";

export type MessageType = (typeof messageTypes)[number];

/** What a message says. Its event has no id yet. */
export interface Meaning {
	readonly messageId: string | undefined;
	/** Under which whoever sent it knows somebody of whom it knows no more. */
	readonly anonymousId: string | undefined;
	/** Another name of the same person. */
	readonly previousId: string | undefined;
	/** The names that say who it is, none of which is an anonymous id. */
	readonly identifiers: readonly Identifier[];
	readonly event: Omit<ToldEvent, "id">;
	readonly without: readonly string[];
}
export type Understood =
	| { readonly is: "understood"; readonly meaning: Meaning }
	| { readonly is: "dropped"; readonly messageId: string | null; readonly why: string };

/** What the request says of all its messages. `type` is the address's, where it has one. */
export interface Envelope {
	readonly type: MessageType | undefined;
	readonly receivedAt: number;
	readonly sentAt: number | undefined;
	readonly context: Readonly<Record<string, unknown>>;
	/** Of the page that sends it, where a page does. */
	readonly environment: Environment;
}

export function understand(sent: unknown, envelope: Envelope): Understood {
	const parsed = SegmentMessage.safeParse(sent);
	const messageId = parsed.data?.messageId ?? null;
	const dropped = (why: string): Understood => ({ is: "dropped", messageId, why });
	if (!parsed.success) return dropped("malformed");
	const message = parsed.data;
	const type = envelope.type ?? message.type;
	if (!type) return dropped("type-missing");
	if (JSON.stringify(sent).length > limits.serverEvent) return dropped("too-large");
	const context = { ...envelope.context, ...message.context };
	const userAgent = textOf(context.userAgent);
	if (userAgent !== undefined && isBot(userAgent)) return dropped("bot");
	const happening = happeningOf(type, message, context);
	if (!happening) return dropped("event-name");
	const { name, props, attributes } = happening;
	const typed = name === eventNames.formSubmitted ? identifiersIn(attributesOf(props.values).values) : [];
	const user = message.userId ? normalise("user", message.userId) : undefined;
	const identifiers = [...(user ? [user] : []), ...identifiersIn(attributes.values), ...typed];
	const { previousId } = message;
	const anonymousId = message.anonymousId ? normalise("anonymous", message.anonymousId)?.value : undefined;
	if (anonymousId === undefined && identifiers.length === 0) return dropped("nobody");
	const environment = environmentOf(userAgent, context, envelope.environment);
	const touch = touchIn(context);
	return {
		is: "understood",
		meaning: {
			messageId: messageId ?? undefined,
			anonymousId,
			previousId: type === "alias" ? (previousId ?? undefined) : undefined,
			identifiers,
			event: {
				name,
				at: timeOf(message, envelope),
				props: props.values,
				attributes: attributes.values,
				...(touch && { touch }),
				...(Object.keys(environment).length > 0 && { environment }),
			},
			without: [...props.without, ...attributes.without],
		},
	};
}

interface Happening {
	readonly name: string;
	readonly props: ReturnType<typeof flatProperties>;
	readonly attributes: Flat<Value>;
}

const nothing = { values: {}, without: [] };

function happeningOf(
	type: MessageType,
	{ event, name, category, properties, traits, groupId, previousId }: SegmentMessage,
	context: Envelope["context"],
): Happening | undefined {
	const own = properties ?? {};
	const named = { ...(name && { name }), ...(category && { category }) };
	switch (type) {
		case "track":
			return event && event.length <= limits.eventName
				? { name: event, props: flatProperties(own), attributes: nothing }
				: undefined;
		case "page": {
			const page = isTree(context.page) ? context.page : {};
			const { url, path, referrer, title } = page;
			const props = flatProperties({ url, path, referrer, title, ...named, ...own });
			return { name: eventNames.pageViewed, props: withPath(props), attributes: nothing };
		}
		case "screen":
			return { name: "Screen Viewed", props: flatProperties({ ...named, ...own }), attributes: nothing };
		case "identify":
			// RudderStack's tells them in the context alone where they come with another event.
			return {
				name: "Identified",
				props: nothing,
				attributes: attributesOf(traitsOf(context.traits, traits)),
			};
		case "group": {
			const attributes = companyOf(groupId ?? undefined, traits ?? {});
			return { name: "Group Joined", props: flatProperties({ groupId }), attributes };
		}
		case "alias":
			return { name: "Aliased", props: flatProperties({ previousId }), attributes: nothing };
	}
}

/** Conditions ask for the path, which not every sender tells beside the address. */
function withPath(props: Happening["props"]): Happening["props"] {
	const { url, path } = props.values;
	if (path !== undefined || typeof url !== "string") return props;
	const found = addressOf(url)?.path;
	return found === undefined ? props : { ...props, values: { ...props.values, path: found } };
}

/** As Segment reckons: what the sender's clock said, less the error of that clock. Never later than now. */
function timeOf(message: SegmentMessage, { receivedAt, ...envelope }: Envelope): number {
	const told = message.originalTimestamp ?? message.timestamp;
	const sentAt = message.sentAt ?? envelope.sentAt;
	if (told === undefined || told === null) return receivedAt;
	const skew = sentAt === undefined || sentAt === null ? 0 : receivedAt - sentAt;
	return Math.max(0, Math.min(told + skew, receivedAt));
}

/** No address of the network, and no place: a server's is not the visitor's. */
function environmentOf(
	userAgent: string | undefined,
	{ locale, timezone }: Envelope["context"],
	page: Environment,
): Environment {
	const language = /^[a-z]{2,3}/i.exec(textOf(locale) ?? "")?.[0].toLowerCase();
	const zone = TimeZone.safeParse(timezone);
	return {
		...(userAgent === undefined ? {} : agentOf(userAgent)),
		...page,
		...(language ? { language } : {}),
		...(zone.success ? { timeZone: zone.data } : {}),
	};
}

/** The campaign that a server tells of. Of a page its address tells it, with the page view. */
function touchIn({ campaign, page }: Envelope["context"]): Touch | undefined {
	if (!isTree(campaign) || isTree(page)) return undefined;
	const params = Object.fromEntries(
		Object.entries(campaignParameters).flatMap(([name, parameter]) => {
			const value = textOf(campaign[name]);
			return value === undefined ? [] : [[parameter, value]];
		}),
	);
	return params.utm_source ? touchOf({ host: "", path: "/", params }, undefined) : undefined;
}

const campaignParameters = {
	source: "utm_source",
	medium: "utm_medium",
	name: "utm_campaign",
	term: "utm_term",
	content: "utm_content",
} as const;

function textOf(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" && value.length <= limits.text ? value : undefined;
}
