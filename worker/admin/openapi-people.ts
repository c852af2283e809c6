// What the lists of people are described by: saved views.

import { View, ViewBody, ViewChange, Views } from "../protocol/view.schema.ts";
import type { Operation } from "./openapi.ts";

export const peopleComponents = { View, ViewBody, ViewChange, Views };

export const peopleOperations: readonly Operation[] = [
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
];
