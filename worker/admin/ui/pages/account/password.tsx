import { useState } from "preact/hooks";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { proven } from "../../proof.tsx";
import { whoami } from "../../session.ts";
import { say } from "../../shell/toasts.tsx";
import { NewPassword } from "../session/new-password.tsx";

export function Password() {
	const { account: words } = useWords();
	const wordsOf = useRefusalWords();
	const [password, setPassword] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	async function save(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		setRefusal(undefined);
		try {
			if (!(await proven(() => call("PUT", "/api/account/password", { password })))) return;
			setPassword("");
			say(words.passwordChanged);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		} finally {
			setBusy(false);
		}
	}
	return (
		<Section title={words.password} hint={words.passwordWhy}>
			<form class="stack account-narrow" onSubmit={save}>
				{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
				{/* For password managers: whose it is. */}
				<input type="email" autocomplete="username" hidden value={whoami.value?.account?.email} readOnly />
				<NewPassword value={password} onInput={setPassword} />
				<div class="row">
					<Button type="submit" busy={isBusy} disabled={password.length === 0}>
						{words.changePassword}
					</Button>
				</div>
			</form>
		</Section>
	);
}
