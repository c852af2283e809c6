// The way back to an account whose password is lost: asked for by mail, and set anew by the link in it.

import { useState } from "preact/hooks";
import { call, Refusal } from "../../api/call.ts";
import { useLang, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { findSession } from "../../session.ts";
import { Door } from "./door.tsx";
import { NewPassword } from "./new-password.tsx";
import { forgetToken, useToken } from "./token.ts";

export default function Recovery() {
	const token = useToken();
	return token === undefined ? <Ask /> : <SetAnew token={token} />;
}

type State = "asking" | "busy" | "done";

function useSending(send: () => Promise<unknown>) {
	const [state, setState] = useState<State>("asking");
	const [refusal, setRefusal] = useState<Refusal>();
	async function submit(event: Event): Promise<void> {
		event.preventDefault();
		setState("busy");
		setRefusal(undefined);
		try {
			await send();
			setState("done");
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
			setState("asking");
		}
	}
	return { state, refusal, submit };
}

function Ask() {
	const { session } = useWords();
	const wordsOf = useRefusalWords();
	const language = useLang();
	const [email, setEmail] = useState("");
	const { state, refusal, submit } = useSending(() => call("POST", "/api/recovery", { email, language }));
	if (state === "done")
		return (
			<Door title={session.recoverySent} lead={session.recoverySentWhy(email)}>
				<LinkButton href="/admin">{session.toSignIn}</LinkButton>
			</Door>
		);
	return (
		<Door title={session.recovery} lead={session.recoveryWhy}>
			<form onSubmit={submit}>
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
				<Button kind="primary" type="submit" busy={state === "busy"}>
					{session.sendLink}
				</Button>
				<a href="/admin">{session.toSignIn}</a>
			</form>
		</Door>
	);
}

function SetAnew({ token }: { readonly token: string }) {
	const { session } = useWords();
	const wordsOf = useRefusalWords();
	const [password, setPassword] = useState("");
	const { state, refusal, submit } = useSending(async () => {
		await call("PUT", "/api/recovery", { token, password });
		forgetToken();
		// Every session has ended, this browser's too.
		await findSession();
	});
	const isUnknown =
		refusal !== undefined && (refusal.status === 404 || refusal.body.problems?.[0]?.at === "token");
	if (isUnknown)
		return (
			<Door title={session.linkUnknown} lead={session.recoveryUnknownWhy}>
				{/* Not a link: the address is the same but for what stands behind its #. */}
				<Button
					kind="primary"
					onClick={() => {
						forgetToken();
						location.reload();
					}}
				>
					{session.sendLink}
				</Button>
			</Door>
		);
	if (state === "done")
		return (
			<Door title={session.passwordSet} lead={session.passwordSetWhy}>
				<LinkButton kind="primary" href="/admin">
					{session.toSignIn}
				</LinkButton>
			</Door>
		);
	return (
		<Door title={session.setAnew}>
			<form onSubmit={submit}>
				{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
				<NewPassword value={password} onInput={setPassword} />
				<Button kind="primary" type="submit" busy={state === "busy"}>
					{session.savePassword}
				</Button>
			</form>
		</Door>
	);
}
