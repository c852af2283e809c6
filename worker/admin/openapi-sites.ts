// The part of the API's description that is about a site as a whole: its own attributes, its questions and answers, and its deletion.

import {
	Attribute,
	AttributeBody,
	AttributeConflict,
	AttributeNames,
	Attributes,
} from "../protocol/attribute.schema.ts";
import * as faq from "../protocol/faq.schema.ts";
import { RemovalBody, RemovalView } from "../protocol/removal.schema.ts";
import type { Operation } from "./openapi.ts";

const { FaqQuery, FaqTexts: _texts, ...entries } = faq;
export const siteQueries = { FaqQuery } as const;
export const siteComponents = {
	Attribute,
	AttributeBody,
	AttributeConflict,
	AttributeNames,
	Attributes,
	...entries,
	RemovalBody,
	RemovalView,
};

export const siteOperations: readonly Operation[] = [
	{
		method: "get",
		path: "/sites/{site}/attributes",
		summary:
			"The site's own attributes: what they are called and hold, how many contacts have them, and which definitions ask for them.",
		answer: "Attributes",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/attribute-names",
		summary: "What those of the site's own attributes that somebody named are called and hold, and no more.",
		answer: "AttributeNames",
		refusals: [],
	},
	{
		method: "put",
		path: "/sites/{site}/attributes/{attribute}",
		summary:
			"Gives an attribute a name in each language and a type, where what people have of it is of that type and nothing asks otherwise.",
		body: "AttributeBody",
		answer: "Done",
		conflict: "AttributeConflict",
		refusals: ["404", "409", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/attributes/{attribute}",
		summary: "Takes its name and its type away. What people have of it stays with them.",
		answer: "Done",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/faq",
		summary: "Questions that visitors ask, with the site's own answers, in their order.",
		answer: "FaqEntries",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/faq/search",
		summary: "Which of the answers speak of what somebody asks, the best first.",
		query: "FaqQuery",
		answer: "FaqFound",
		refusals: ["422"],
	},
	{
		method: "post",
		path: "/sites/{site}/faq",
		summary: "Adds a question with its answer, behind the others. 500 at most.",
		body: "FaqBody",
		answer: "FaqEntry",
		refusals: ["409", "422"],
	},
	{
		method: "put",
		path: "/sites/{site}/faq",
		summary: "Puts all questions in another order.",
		body: "FaqOrder",
		answer: "Done",
		refusals: ["409", "422"],
	},
	{
		method: "put",
		path: "/sites/{site}/faq/{entry}",
		summary: "Changes a question or its answer, unless somebody has since it was read.",
		body: "FaqChange",
		answer: "FaqEntry",
		conflict: "FaqConflict",
		refusals: ["404", "409", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/faq/{entry}",
		summary: "Removes a question.",
		answer: "Done",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/removal",
		summary:
			"Whether the site is to be deleted, when, by whom and how far that has come; and what goes with it.",
		answer: "RemovalView",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/removal",
		summary:
			"Closes the site at once, and deletes it for good after seven days. By an owner, by the site's name, and with fresh proof of who they are.",
		body: "RemovalBody",
		answer: "RemovalView",
		refusals: ["404", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/removal",
		summary:
			"Opens a site again that is to be deleted, with all that it has. Not once the deletion has begun.",
		answer: "Done",
		refusals: ["409"],
	},
];
