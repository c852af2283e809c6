// Why something is so or is not, what was asked and what would change it: in sentences.

import type { Explanation as Explained } from "../../admin/sentences.ts";
import { useLanguage } from "./language.ts";

export function Explanation({ of }: { readonly of: Explained }) {
	const { lang, words } = useLanguage();
	return (
		<div class="explanation">
			<ul>
				{of.sentences[lang].map((sentence, place) => (
					<li key={place}>{sentence}</li>
				))}
			</ul>
			<details>
				<summary>{words.explanation}</summary>
				<p>{of.sentence[lang]}</p>
				<p>{of.change.sentence[lang]}</p>
			</details>
		</div>
	);
}
