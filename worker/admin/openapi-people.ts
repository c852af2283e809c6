// The part of the API's description that is about many people: saved views of lists, and acts on all of a list.

import * as bulk from "../protocol/bulk.schema.ts";
import { Suggestions } from "../protocol/suggestion.schema.ts";
import { View, ViewBody, ViewChange, Views } from "../protocol/view.schema.ts";
import type { Operation } from "./openapi.ts";

export const peopleComponents = { ...bulk, Suggestions, View, ViewBody, ViewChange, Views };

export const peopleOperations: readonly Operation[] = [
	{
		method: "get",
		path: "/sites/{site}/suggestions",
		summary:
			"What a field of a condition may be asked for: values that the site really has, the most frequent first. Nothing that tells who somebody is.",
		query: "SuggestionsQuery",
		answer: "Suggestions",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/views",
		summary: "Saved views of the list of people: the site's, and the own of whoever asks.",
		answer: "Views",
		refusals: [],
	},
	{
		method: "post",
		path: "/sites/{site}/views",
		summary: "Saves a view of the list of people: whom, with which columns, in which order.",
		body: "ViewBody",
		answer: "View",
		refusals: ["404", "422"],
	},
	{
		method: "put",
		path: "/sites/{site}/views/{view}",
		summary:
			"Changes a view, unless it has changed since it was read: then it answers with the view as it is.",
		body: "ViewChange",
		answer: "View",
		refusals: ["404", "409", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/views/{view}",
		summary: "Forgets a view.",
		answer: "Done",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/bulk/preview",
		summary: "How many people an act would mean, and with how many of them it would find nothing to do.",
		body: "BulkPreviewBody",
		answer: "BulkPreview",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/bulk",
		summary:
			"Does the same to many people: whoever meets a condition now, or people one by one. However often it is interrupted, each of them once.",
		body: "BulkBody",
		answer: "BulkView",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/bulk/erasures",
		summary: "Erases many people everywhere, for good. Where there are not as many as is said, nobody.",
		body: "BulkErasureBody",
		answer: "BulkView",
		refusals: ["404", "409", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/bulk",
		summary: "Acts on many people, the latest first, each with how far it has come.",
		query: ["after"],
		answer: "BulkViews",
		refusals: [],
	},
	{
		method: "get",
		path: "/sites/{site}/bulk/{job}",
		summary: "An act on many people: how far it has come, and of whom it was refused.",
		answer: "BulkView",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/bulk/{job}/stop",
		summary: "Stops an act: whoever was acted on stays so.",
		answer: "BulkView",
		refusals: ["404", "409"],
	},
	{
		method: "post",
		path: "/sites/{site}/bulk/{job}/resume",
		summary: "Lets an act that was stopped go on.",
		answer: "BulkView",
		refusals: ["404", "409"],
	},
	{
		method: "post",
		path: "/sites/{site}/bulk/{job}/undo",
		summary:
			"Takes an act back, with all that rules made of it: what was there before stays as it was. Of erasures nothing comes back.",
		answer: "BulkView",
		refusals: ["404", "409"],
	},
];
