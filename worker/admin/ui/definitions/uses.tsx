// Where a definition is used.

import type { Ref } from "../../../domain/kinds.ts";
import type { KeptOne } from "../../../protocol/definition.ts";
import { useLang, useWords } from "../language.ts";
import { Section } from "../parts/page.tsx";
import { type OpenSite, useSite } from "../site.ts";

/** Where the pages of each kind are. */
const homeOf = {
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

/** The page of one definition, or that on which all of its kind stand. */
export function hrefOf({ home }: OpenSite, { kind, id }: Ref): string {
	const own = kind === "group" || kind === "attention" ? "" : `/${encodeURIComponent(id)}`;
	return `${home}/${homeOf[kind]}${own}`;
}

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
						<a href={hrefOf(site, by)}>{by.names[lang]}</a> <small>{words.kinds[by.kind]}</small>
					</li>
				))}
			</ul>
		</Section>
	);
}
