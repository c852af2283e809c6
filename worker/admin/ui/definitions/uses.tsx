// Where a definition is used.

import type { KeptOne } from "../../../protocol/definition.ts";
import { useLang, useWords } from "../language.ts";
import { Section } from "../parts/page.tsx";
import { useSite } from "../site.ts";

/** Where the pages of each kind are. */
export const homeOf = {
	"tag-rule": "tags",
	"interest-tag": "tags/interests",
	"score-rule": "scores",
	programme: "scores/programmes",
	list: "people/lists",
	segment: "segments",
	experience: "experiences",
	group: "settings/attention",
	attention: "settings/attention",
} as const;

export function UsesList({ uses }: { readonly uses: KeptOne["uses"] }) {
	const { definitions: words } = useWords();
	const lang = useLang();
	const site = useSite();
	return (
		<Section title={words.usedBy}>
			{uses.length === 0 && <p class="hint">{words.unused}</p>}
			<ul>
				{uses.map(({ by, at }) => (
					<li key={`${by.kind} ${by.id} ${at.join(".")}`}>
						<a href={`${site.home}/${homeOf[by.kind]}/${by.id}`}>{by.names[lang]}</a>{" "}
						<small>{words.kinds[by.kind]}</small>
					</li>
				))}
			</ul>
		</Section>
	);
}
