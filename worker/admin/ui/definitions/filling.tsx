// A new definition has a past: how far the events from before its publication have been counted.

import { useEffect, useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../protocol/admin.schema.ts";
import { useAsked } from "../api/asked.ts";
import { useWords } from "../language.ts";
import { Progress } from "../parts/show.tsx";
import { useSite } from "../site.ts";
import type { Kept } from "./kept.ts";

type Answer = z.infer<typeof schema.Filling>;

const whileFillingMs = 1_000;
const usuallyMs = 15_000;

export function Filling({ of: { id, live } }: { readonly of: Pick<Kept, "id" | "live"> }) {
	const { definitions: words } = useWords();
	const site = useSite();
	const [isFilling, setFilling] = useState(false);
	const everyMs = isFilling ? whileFillingMs : usuallyMs;
	const asked = useAsked<Answer>(live ? `${site.api}/filling` : undefined, { everyMs });
	const { people = 0, done = 0, definitions = [] } = asked.value ?? {};
	const isOne = definitions.includes(id) && done < people;
	useEffect(() => setFilling(isOne), [isOne]);
	return isOne && <Progress label={words.filling} share={people > 0 ? done / people : 1} />;
}
