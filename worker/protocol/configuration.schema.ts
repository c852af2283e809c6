// All that a site's people set up, as one file: what its own addresses take it back by.

import * as z from "zod/mini";
import { AttributeNames } from "./attribute.schema.ts";
import { FaqTexts } from "./faq.schema.ts";
import { Definitions, SettingsBody } from "./site.schema.ts";

export const Configuration = z.strictObject({
	/** Without the key of the login, which leaves nowhere. */
	settings: SettingsBody,
	/** The drafts; what is archived is not among them. */
	definitions: Definitions,
	attributes: AttributeNames.shape.attributes,
	/** In their order. */
	faq: z.array(FaqTexts),
});
