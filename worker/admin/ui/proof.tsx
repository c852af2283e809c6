// What could take an account away asks for fresh proof of who one is: asked for when the API wants it, and for a quarter of
// an hour not again.

import { signal } from "@preact/signals";
import { KeyRound } from "lucide";
import { useState } from "preact/hooks";
import type { Whoami } from "../../protocol/account.ts";
import { call, Refusal } from "./api/call.ts";
import { useWords } from "./language.ts";
import { Button } from "./parts/button.tsx";
import { Dialog } from "./parts/dialog.tsx";
import { Input } from "./parts/field.tsx";
import { Notice } from "./parts/page.tsx";
import { useRefusalWords } from "./parts/refusal.ts";
import { knowsPasskeys, signWithPasskey } from "./passkey.ts";
import { whoami } from "./session.ts";

const asking = signal<(isProven: boolean) => void>();

/** Does it, asking for proof where the API wants it. Undefined where none was given. `ProofDialog` stands on the page. */
export async function proven<T>(doing: () => Promise<T>): Promise<T | undefined> {
	try {
		return await doing();
	} catch (error) {
		if (!(error instanceof Refusal) || error.body.error !== "confirmation-needed") throw error;
		const isProven = await new Promise<boolean>((answer) => {
			asking.value = answer;
		});
		return isProven ? doing() : undefined;
	}
}

/** Drawn once by each page that calls `proven`. */
export function ProofDialog() {
	return asking.value ? <Proving answer={asking.value} /> : null;
}

function Proving({ answer }: { readonly answer: (isProven: boolean) => void }) {
	const { session, shell } = useWords();
	const wordsOf = useRefusalWords();
	const [password, setPassword] = useState("");
	const [code, setCode] = useState("");
	const [asksCode, setAsksCode] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	function close(isProven: boolean): void {
		asking.value = undefined;
		answer(isProven);
	}
	async function confirm(body: object | undefined): Promise<void> {
		if (!body) return;
		whoami.value = await call<Whoami>("POST", "/api/session/confirmation", body);
		close(true);
	}
	async function attempt(doing: () => Promise<void>): Promise<void> {
		setBusy(true);
		try {
			await doing();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const isAsked = error.body.error === "code-required";
			setAsksCode(asksCode || isAsked);
			setRefusal(isAsked ? undefined : error);
		} finally {
			setBusy(false);
		}
	}
	const byPasskey = async () => {
		const passkey = await signWithPasskey("/api/account/passkeys/challenge");
		return confirm(passkey && { passkey });
	};
	return (
		<Dialog
			title={session.prove}
			onClose={() => close(false)}
			actions={
				<>
					<Button onClick={() => close(false)}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="proof" busy={isBusy}>
						{session.confirm}
					</Button>
				</>
			}
		>
			<p>{session.proveWhy}</p>
			{refusal && (
				<Notice kind="bad">
					{refusal.body.error === "sign-in-refused" ? session.wrongPassword : wordsOf(refusal)}
				</Notice>
			)}
			<form
				id="proof"
				class="stack"
				onSubmit={(event) => {
					event.preventDefault();
					void attempt(() => confirm({ password, ...(asksCode && { code }) }));
				}}
			>
				<Input
					label={session.password}
					type="password"
					autocomplete="current-password"
					required
					autofocus
					value={password}
					onInput={setPassword}
				/>
				{asksCode && <CodeInput value={code} onInput={setCode} />}
			</form>
			{knowsPasskeys && (
				<Button kind="quiet" icon={KeyRound} disabled={isBusy} onClick={() => void attempt(byPasskey)}>
					{session.byPasskey}
				</Button>
			)}
		</Dialog>
	);
}

export function CodeInput({
	value,
	onInput,
}: {
	readonly value: string;
	readonly onInput: (code: string) => void;
}) {
	const { session } = useWords();
	return (
		<Input
			label={session.code}
			hint={session.codeHint}
			autocomplete="one-time-code"
			required
			autofocus
			value={value}
			onInput={onInput}
		/>
	);
}
