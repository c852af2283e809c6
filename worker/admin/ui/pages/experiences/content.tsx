// What an experience says: its languages, its blocks, and the properties of the one that is chosen.

import { Languages } from "lucide";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Choice } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { addLanguage, dropLanguage, type Language, languages, languagesOf, untranslated } from "./draft.ts";
import { useEditing } from "./editing.ts";
import { WordsInput } from "./properties.tsx";
import { Structure } from "./structure.tsx";

export function ContentForm({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
	const { experiences: words, shell } = useWords();
	const { draft, change, language, chosen, mayEdit } = useEditing();
	const there = languagesOf(draft);
	const missing = languages.find((one) => !there.includes(one));
	const same = untranslated(draft).length;
	return (
		<>
			<Section
				title={words.content}
				actions={
					<>
						{there.length > 1 && (
							<Choice
								label={words.language}
								hideLabel
								value={language}
								options={there.map((value) => ({ value, label: shell.languages[value] }))}
								onChange={onLanguage}
							/>
						)}
						{missing && mayEdit && (
							<Button small icon={Languages} onClick={() => change(addLanguage(draft, missing))}>
								{words.addLanguage(shell.languages[missing])}
							</Button>
						)}
					</>
				}
			>
				{same > 0 && <p class="hint">{words.toTranslate(same)}</p>}
				<Structure />
			</Section>
			{!chosen && (
				<Section title={words.whole} hint={words.wholeHint}>
					<WordsInput prop={{ name: "called", is: "words" }} at={["label"]} />
					{there.length > 1 && mayEdit && (
						<div>
							<Button small kind="quiet" onClick={() => change(dropLanguage(draft, language))}>
								{words.dropLanguage(shell.languages[language])}
							</Button>
						</div>
					)}
				</Section>
			)}
		</>
	);
}
