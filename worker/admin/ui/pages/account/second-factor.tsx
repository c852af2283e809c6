// A code of an authenticator beside the password, and the codes for when the phone is gone.

import { Download } from "lucide";
import { useState } from "preact/hooks";
import type { AccountView, RecoveryCodes, SecondFactorBegun } from "../../../../protocol/account.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Confirm, Dialog } from "../../parts/dialog.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Badge } from "../../parts/show.tsx";
import { proven } from "../../proof.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { Qr } from "./qr.tsx";

export function SecondFactor({
	account,
	onChange,
}: {
	readonly account: AccountView;
	readonly onChange: () => void;
}) {
	const { account: words } = useWords();
	const [begun, setBegun] = useState<SecondFactorBegun>();
	const [codes, setCodes] = useState<readonly string[]>();
	const [asks, setAsks] = useState<"remove" | "codes">();

	async function begin(): Promise<void> {
		try {
			setBegun(await proven(() => call<SecondFactorBegun>("POST", "/api/account/second-factor")));
		} catch (error) {
			sayRefused(error);
		}
	}
	async function act(doing: () => Promise<unknown>): Promise<void> {
		setAsks(undefined);
		try {
			const answer = await proven(doing);
			if (!answer) return;
			onChange();
			if (Object(answer).codes) setCodes((answer as RecoveryCodes).codes);
			else say(words.factorRemoved);
		} catch (error) {
			sayRefused(error);
		}
	}
	return (
		<Section
			title={words.factor}
			hint={words.factorWhy}
			actions={
				<Badge kind={account.hasSecondFactor ? "good" : "plain"}>
					{account.hasSecondFactor ? words.factorOn : words.factorOff}
				</Badge>
			}
		>
			{account.hasSecondFactor ? (
				<div class="row">
					<span>{words.codesLeft(account.recoveryCodes)}</span>
					<Button small onClick={() => setAsks("codes")}>
						{words.newCodes}
					</Button>
					<Button small kind="danger" onClick={() => setAsks("remove")}>
						{words.removeFactor}
					</Button>
				</div>
			) : (
				<div class="row">
					<Button onClick={() => void begin()}>{words.addFactor}</Button>
				</div>
			)}
			{begun && (
				<Adding
					begun={begun}
					onClose={() => setBegun(undefined)}
					onDone={(made) => {
						setBegun(undefined);
						setCodes(made);
						onChange();
					}}
				/>
			)}
			{codes && <Codes codes={codes} onClose={() => setCodes(undefined)} />}
			{asks === "remove" && (
				<Confirm
					title={words.removeFactor}
					act={words.removeFactor}
					danger
					onAct={() => void act(() => call("DELETE", "/api/account/second-factor"))}
					onClose={() => setAsks(undefined)}
				>
					<p>{words.removeFactorWhy}</p>
				</Confirm>
			)}
			{asks === "codes" && (
				<Confirm
					title={words.newCodes}
					act={words.newCodes}
					onAct={() => void act(() => call<RecoveryCodes>("POST", "/api/account/recovery-codes"))}
					onClose={() => setAsks(undefined)}
				>
					<p>{words.newCodesWhy}</p>
				</Confirm>
			)}
		</Section>
	);
}

function Adding({
	begun,
	onClose,
	onDone,
}: {
	readonly begun: SecondFactorBegun;
	readonly onClose: () => void;
	readonly onDone: (codes: readonly string[]) => void;
}) {
	const { account: words, shell } = useWords();
	const wordsOf = useRefusalWords();
	const [code, setCode] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	async function turnOn(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		try {
			const made = await proven(() =>
				call<RecoveryCodes>("PUT", "/api/account/second-factor", { code: code.replace(/\s/g, "") }),
			);
			if (made) onDone(made.codes);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		} finally {
			setBusy(false);
		}
	}
	const isWrong = refusal?.body.error === "code-refused";
	return (
		<Dialog
			title={words.factor}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="second-factor" busy={isBusy}>
						{words.turnOn}
					</Button>
				</>
			}
		>
			<p>{words.scan}</p>
			<Qr text={begun.uri} label={words.qr} />
			<div class="stack account-tight">
				<h3>{words.orType}</h3>
				<Copyable label={words.orType} text={begun.secret} />
			</div>
			<form id="second-factor" class="stack" onSubmit={turnOn}>
				{refusal && !isWrong && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
				<Input
					label={words.sixDigits}
					error={isWrong ? words.codeWrong : undefined}
					autocomplete="one-time-code"
					inputmode="numeric"
					maxLength={7}
					required
					autofocus
					value={code}
					onInput={setCode}
				/>
			</form>
		</Dialog>
	);
}

function Codes({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
	const { account: words } = useWords();
	const text = codes.join("\n");
	function save(): void {
		const link = document.createElement("a");
		link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
		link.download = "witaj-recovery-codes.txt";
		link.click();
		URL.revokeObjectURL(link.href);
	}
	return (
		<Dialog
			title={words.codes}
			onClose={onClose}
			actions={
				<>
					<Button icon={Download} onClick={save}>
						{words.download}
					</Button>
					<Button kind="primary" onClick={onClose}>
						{words.codesKept}
					</Button>
				</>
			}
		>
			<p>{words.codesWhy}</p>
			<Copyable label={words.codes} text={text} />
		</Dialog>
	);
}
