// What the API says of a condition while it is built.

import type * as z from "zod/mini";
import type { Condition } from "../../../domain/condition.ts";
import type * as schema from "../../../protocol/admin.schema.ts";
import { type Asked, useAsked } from "../api/asked.ts";
import { useLang } from "../language.ts";
import { useSite } from "../site.ts";
import { useSettled } from "./settled.ts";
import { pruned } from "./tree.ts";

export type Checked = z.infer<typeof schema.Checked>;

const afterMs = 400;

/** Once nothing has been written for a moment. `examples`: people whom it means and nearly means, which takes longer. */
export function useChecked(condition: Condition, { examples = false } = {}): Asked<Checked> {
	const site = useSite();
	const language = useLang();
	const settled = useSettled(pruned(condition), afterMs);
	const body = {
		condition: settled,
		definitions: "drafts",
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
		...(examples ? { examples } : { language }),
	};
	return useAsked(`${site.api}/conditions/check`, { body });
}
