import { KeyRound } from "lucide";
import { useState } from "preact/hooks";
import type { Whoami } from "../../../../protocol/account.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { knowsPasskeys, signWithPasskey } from "../../passkey.ts";
import { CodeInput } from "../../proof.tsx";
import { whoami } from "../../session.ts";
import { Door } from "./door.tsx";

export default function SignIn() {
	const { session } = useWords();
	return (
		<Door title={session.title} lead={session.lead}>
			<SignInForm />
		</Door>
	);
}

/** Whoever is signed in by it is in `whoami` then. */
export function SignInForm({ email: known = "" }: { readonly email?: string }) {
	const { session } = useWords();
	const wordsOf = useRefusalWords();
	const [email, setEmail] = useState(known);
	const [password, setPassword] = useState("");
	const [code, setCode] = useState("");
	const [asksCode, setAsksCode] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [refused, setRefused] = useState<string>();

	async function signIn(bodyOf: () => object | Promise<object | undefined>, wrong?: string): Promise<void> {
		setBusy(true);
		try {
			const body = await bodyOf();
			if (body) whoami.value = await call<Whoami>("POST", "/api/session", body);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const isAsked = error.body.error === "code-required";
			setAsksCode(asksCode || isAsked);
			const said = error.body.error === "sign-in-refused" ? wrong : undefined;
			setRefused(isAsked ? undefined : (said ?? wordsOf(error)));
		} finally {
			setBusy(false);
		}
	}
	async function passkeyBody(): Promise<object | undefined> {
		const passkey = await signWithPasskey("/api/session/challenge");
		return passkey && { passkey };
	}
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void signIn(() => ({ email, password, ...(asksCode && { code }) }));
			}}
		>
			{refused && <Notice kind="bad">{refused}</Notice>}
			<Input
				label={session.email}
				type="email"
				autocomplete="username"
				required
				autofocus={known === ""}
				value={email}
				onInput={setEmail}
			/>
			<Input
				label={session.password}
				type="password"
				autocomplete="current-password"
				required
				autofocus={known !== ""}
				value={password}
				onInput={setPassword}
			/>
			{asksCode && <CodeInput value={code} onInput={setCode} />}
			<Button kind="primary" type="submit" busy={isBusy}>
				{session.signIn}
			</Button>
			{knowsPasskeys && (
				<Button
					icon={KeyRound}
					disabled={isBusy}
					onClick={() => void signIn(passkeyBody, session.unknownPasskey)}
				>
					{session.byPasskey}
				</Button>
			)}
			<a href="/admin/recovery">{session.forgotten}</a>
		</form>
	);
}
