// Why of a tag or of the score, asked when somebody opens it.

import { useEffect, useState } from "preact/hooks";
import type { Explanation as Explained } from "../../admin/sentences.ts";
import type { Visitor } from "../report.ts";
import { Explanation } from "./explanation.tsx";
import { timeZone } from "./live.ts";

/** Of the score where there is no tag; asked anew whenever `count` is another. */
export function Why(props: { readonly visitor: Visitor; readonly tag?: string; readonly count: number }) {
	const { tag, count } = props;
	const { cell, person } = props.visitor;
	const [told, setTold] = useState<Explained | null>(null);
	useEffect(() => {
		const end = new AbortController();
		const query = new URLSearchParams({ person: person.person, cell, timeZone, ...(tag && { tag }) });
		fetch(`/demo/api/why?${query}`, { signal: end.signal })
			.then((response): Promise<Explained | null> => {
				if (!response.ok) throw new Error(String(response.status));
				return response.json();
			})
			.then(setTold)
			// Asked again with the next change; until then what was told stays.
			.catch(() => {});
		return () => end.abort();
	}, [person.person, cell, tag, count]);
	return told && <Explanation of={told} />;
}
