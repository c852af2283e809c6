// The catalogue's part of the authenticated API, as OpenAPI.

import * as catalogue from "../protocol/catalogue.schema.ts";
import type { Operation } from "./openapi.ts";

const { ProductsQuery, ...bodies } = catalogue;
export const catalogueQueries = { ProductsQuery } as const;
export const catalogueComponents = bodies;

export const catalogueOperations: readonly Operation[] = [
	{
		method: "get",
		path: "/sites/{site}/catalogue",
		summary: "How many products there are, the feed, and how far its last run has come.",
		answer: "CatalogueView",
		refusals: ["404"],
	},
	{
		method: "put",
		path: "/sites/{site}/catalogue/feed",
		summary: "Where the shop's feed is, and how often it is fetched.",
		body: "FeedBody",
		answer: "CatalogueView",
		refusals: ["404", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/catalogue/feed",
		summary: "Fetches the feed no more. Its products stay.",
		answer: "CatalogueView",
		refusals: ["404"],
	},
	{
		method: "post",
		path: "/sites/{site}/catalogue/feed/try",
		summary: "Reads the beginning of a feed and says what is in it. Nothing is kept.",
		body: "FeedBody",
		answer: "FeedTried",
		refusals: ["404", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/catalogue/feed/run",
		summary: "Fetches the feed now.",
		answer: "CatalogueView",
		refusals: ["404", "409"],
	},
	{
		method: "post",
		path: "/sites/{site}/catalogue/feed/file",
		summary: "Takes a feed in as a file, of 100 MB at most, packed by gzip or not.",
		takesFile: true,
		answer: "CatalogueView",
		refusals: ["404", "409", "413", "422"],
	},
	{
		method: "post",
		path: "/sites/{site}/catalogue/feed/decision",
		summary: "Takes a feed that has shrunk suspiciously, or dismisses it.",
		body: "FeedDecision",
		answer: "CatalogueView",
		refusals: ["404", "409", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/catalogue/feed/problems",
		summary: "The first 100 things that are wrong in the last feed: where, what, and what to do.",
		answer: "FeedProblems",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/sites/{site}/products",
		summary: "Products, a page at a time, in the order in which they became known.",
		query: "ProductsQuery",
		answer: "ProductList",
		refusals: ["404", "422"],
	},
	{
		method: "put",
		path: "/sites/{site}/products",
		summary: "Adds products, or puts them in place of those with their ids; 1,000 at a time.",
		body: "ProductsBody",
		answer: "ProductsPut",
		refusals: ["404", "422"],
	},
	{
		method: "patch",
		path: "/sites/{site}/products",
		summary: "Changes of products what is said, such as a price or whether they are sold out.",
		body: "ProductsChange",
		answer: "ProductsPut",
		refusals: ["404", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/products",
		summary: "Offers products no more. They are remembered, for people have them in their past.",
		body: "ProductIds",
		answer: "ProductsGone",
		refusals: ["404", "422"],
	},
	{
		method: "get",
		path: "/sites/{site}/products/{product}",
		summary: "One product, with what it cost and what changed of it.",
		answer: "ProductView",
		refusals: ["404"],
	},
];
