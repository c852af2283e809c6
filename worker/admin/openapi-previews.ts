// The previews' part of the API's description.

import { PreviewLink, PreviewLinkBody } from "../protocol/preview.schema.ts";
import type { Operation } from "./openapi.ts";

export const previewComponents = { PreviewLink, PreviewLinkBody };

export const previewOperations: readonly Operation[] = [
	{
		method: "post",
		path: "/sites/{site}/experiences/{experience}/preview",
		summary:
			"A link to a page of the site that shows an experience as it stands, for some hours and to whoever has the link: filled as for a person or a made-up one, marked as a preview, and recorded and counted nowhere. A browser that opened it counts as the staff's for so long.",
		body: "PreviewLinkBody",
		answer: "PreviewLink",
		refusals: ["404", "422"],
	},
];
