// What a template asks of whoever begins with it: the segment that it is meant for, and what the site has to have.

import { useState } from "preact/hooks";
import { forget } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { type One, useDefinitions } from "../../definitions/kept.ts";
import { useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Notice } from "../../parts/page.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import type { Template } from "../../templates/template.ts";
import { useEditing } from "./editing.ts";

export function FromTemplate({ template: { audience, needs } }: { readonly template: Template }) {
	const { experiences: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const { draft, change } = useEditing();
	const asked = useDefinitions("segment");
	const [isBusy, setBusy] = useState(false);
	const known = audience && asked.value?.definitions.find(({ id }) => id === audience.id);
	const take = (segment: string) => change({ ...draft, segment });
	async function make(): Promise<void> {
		if (!audience) return;
		if (known) return take(known.id);
		setBusy(true);
		try {
			const body = { name: audience.names[lang], condition: audience.condition };
			const { definition } = await call<One<"segment">>("POST", `${site.api}/definitions/segment`, body);
			// All that offers segments to choose from offers this one.
			forget(`${site.api}/definitions`);
			take(definition.id);
			say(words.segmentMade);
		} catch (error) {
			sayRefused(error);
		}
		setBusy(false);
	}
	return (
		<>
			{audience && draft.segment === undefined && (
				<Notice
					action={
						<Button small busy={isBusy} onClick={() => void make()}>
							{known ? words.useSegment : words.makeSegment}
						</Button>
					}
				>
					{words.meantFor(audience.names[lang])}
				</Notice>
			)}
			{needs && <Notice kind="warn">{needs[lang]}</Notice>}
		</>
	);
}
