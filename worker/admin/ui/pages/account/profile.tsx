import { useState } from "preact/hooks";
import { call, Refusal } from "../../api/call.ts";
import { chooseLanguage, langs, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Choice, Input } from "../../parts/field.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { findSession, whoami } from "../../session.ts";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { chooseTheme, theme, themes } from "../../theme.ts";

export function Profile() {
	const { account: words, shell } = useWords();
	const lang = useLang();
	return (
		<>
			<Section title={words.parts.profile}>
				<Name />
			</Section>
			<Section title={words.screen} hint={words.screenWhy}>
				<div class="columns">
					<Choice
						label={words.language}
						value={lang}
						options={langs.map((value) => ({ value, label: shell.languages[value] }))}
						onChange={(chosen) => void chooseLanguage(chosen).catch(sayRefused)}
					/>
					<Choice
						label={words.theme}
						value={theme.value}
						options={themes.map((value) => ({ value, label: words.themes[value] }))}
						onChange={chooseTheme}
					/>
				</div>
			</Section>
		</>
	);
}

function Name() {
	const { account: words, shell } = useWords();
	const wordsOf = useRefusalWords();
	const { name: known = "", email = "" } = whoami.value?.account ?? {};
	const [name, setName] = useState(known);
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	async function save(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		setRefusal(undefined);
		try {
			await call("PATCH", "/api/account", { name });
			await findSession();
			say(shell.saved);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		} finally {
			setBusy(false);
		}
	}
	return (
		<form class="stack" onSubmit={save}>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			<div class="columns">
				<Input
					label={words.name}
					hint={words.nameHint}
					autocomplete="name"
					required
					maxLength={100}
					value={name}
					onInput={setName}
				/>
				<Input label={words.email} type="email" disabled value={email} onInput={() => undefined} />
			</div>
			<div class="row">
				<Button kind="primary" type="submit" busy={isBusy} disabled={name.trim() === "" || name === known}>
					{shell.save}
				</Button>
			</div>
		</form>
	);
}
