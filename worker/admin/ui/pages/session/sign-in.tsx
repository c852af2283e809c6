import { useState } from "preact/hooks";
import type { Whoami } from "../../../../protocol/account.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { whoami } from "../../session.ts";
import { Door } from "./door.tsx";

export default function SignIn() {
	const { session } = useWords();
	const wordsOf = useRefusalWords();
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	const [code, setCode] = useState("");
	const [asksCode, setAsksCode] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();

	async function signIn(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		try {
			const body = { email, password, ...(asksCode && { code }) };
			whoami.value = await call<Whoami>("POST", "/api/session", body);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const isAsked = error.body.error === "code-required";
			setAsksCode(asksCode || isAsked);
			setRefusal(isAsked ? undefined : error);
		} finally {
			setBusy(false);
		}
	}
	return (
		<Door title={session.title} lead={session.lead}>
			<form onSubmit={signIn}>
				{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
				<Input
					label={session.email}
					type="email"
					autocomplete="username"
					required
					autofocus
					value={email}
					onInput={setEmail}
				/>
				<Input
					label={session.password}
					type="password"
					autocomplete="current-password"
					required
					value={password}
					onInput={setPassword}
				/>
				{asksCode && (
					<Input
						label={session.code}
						hint={session.codeHint}
						autocomplete="one-time-code"
						inputmode="numeric"
						required
						autofocus
						value={code}
						onInput={setCode}
					/>
				)}
				<Button kind="primary" type="submit" busy={isBusy}>
					{session.signIn}
				</Button>
				<a href="/admin/recovery">{session.forgotten}</a>
			</form>
		</Door>
	);
}
