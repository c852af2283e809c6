// The live chat's part of the API's description. What goes over the sockets is in protocol/chat.schema.ts.

import * as chat from "../protocol/chat.schema.ts";
import { ChatReport, ChatReportQuery } from "../protocol/chat-report.schema.ts";
import type { Operation } from "./openapi.ts";

const { ConversationsQuery, LogQuery } = chat;
export const deskQueries = { ChatReportQuery, ConversationsQuery, LogQuery } as const;
const {
	AgentPost,
	BesideView,
	ConversationsView,
	DeskFigures,
	FileView,
	InviteBody,
	InviteView,
	MailBody,
	VisitorsView,
} = chat;
export const deskComponents = {
	ChatReport,
	AgentPost,
	BesideView,
	VisitorsView,
	ConversationsView,
	DeskFigures,
	FileView,
	InviteBody,
	InviteView,
	MailBody,
};

export const deskOperations: readonly Operation[] = [
	{
		method: "get",
		path: "/sites/{site}/desk",
		summary: "An agent's WebSocket: conversations as they go, whoever is there, and commands.",
		refusals: ["403"],
	},
	{
		method: "get",
		path: "/sites/{site}/desk/figures",
		summary:
			"How the live chat goes now, and over the last 30 days: waiting, first answers, ratings, and each agent's.",
		answer: "DeskFigures",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/reports/chat",
		summary:
			"What the live chat came to over days of the site's zone: conversations, first answers and ratings, by day and by who answered; and the hours in which conversations began. As a file, its days or its agents.",
		query: "ChatReportQuery",
		answer: "ChatReport",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/conversations",
		summary:
			"Conversations, the latest first; those of a state, an agent or a person, or with words in them.",
		query: "ConversationsQuery",
		answer: "ConversationsView",
		refusals: ["422"],
	},
	{
		method: "post",
		path: "/sites/{site}/conversations",
		summary:
			"Invites a visitor who is on a page with the chat connected: begins a conversation with a message.",
		body: "InviteBody",
		answer: "InviteView",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/conversations/{conversation}",
		summary: "A conversation's log after a number, or its end where that is more than 200 events.",
		query: "LogQuery",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/conversations/{conversation}",
		summary: "Commands of an agent without a socket: each done once, however often it comes.",
		body: "AgentPost",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/desk/visitors",
		summary: "Who has a page open with the chat connected: cart, segments, score and what they are called.",
		answer: "VisitorsView",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/desk/visitors/{visitor}",
		summary: "One of them, as beside a conversation.",
		answer: "BesideView",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/conversations/{conversation}/beside",
		summary:
			"Whose it is: the page that is open now, the path, the cart, tags, segments, score, and what was shown and why.",
		answer: "BesideView",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/conversations/{conversation}/files",
		summary: "A file to be sent: an image or a PDF by its first bytes, at most 5 MB.",
		takesFile: true,
		query: ["name"],
		answer: "FileView",
		refusals: ["404", "413", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/conversations/{conversation}/files/{file}",
		summary: "A file of the conversation, to be kept: it is never to be opened in place.",
		gives: ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"],
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/conversations/{conversation}/mail",
		summary: "Sends the transcript by mail.",
		body: "MailBody",
		refusals: ["404", "422"],
	},
];
