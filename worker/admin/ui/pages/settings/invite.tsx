import { useState } from "preact/hooks";
import type { Role } from "../../../../domain/role.ts";
import type { InvitationMade } from "../../../../protocol/account.ts";
import { call, Refusal } from "../../api/call.ts";
import { type Lang, langs, useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Choice, Input, type Option, Select } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useSite } from "../../site.ts";

const order: readonly Role[] = ["analyst", "agent", "marketer", "owner"];

export function useRoleOptions(): readonly Option<Role>[] {
	const { roles } = useWords();
	return order.map((value) => ({ value, label: roles.names[value] }));
}

export function Invite({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
	const { settings: words, roles, shell, session } = useWords();
	const wordsOf = useRefusalWords();
	const format = useFormat();
	const lang = useLang();
	const site = useSite();
	const roleOptions = useRoleOptions();
	const [email, setEmail] = useState("");
	const [role, setRole] = useState<Role>("marketer");
	const [language, setLanguage] = useState<Lang>(lang);
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	const [made, setMade] = useState<InvitationMade>();
	async function invite(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		setRefusal(undefined);
		try {
			setMade(await call<InvitationMade>("POST", `${site.api}/invitations`, { email, role, language }));
			onDone();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		} finally {
			setBusy(false);
		}
	}
	if (made)
		return (
			<Dialog
				title={words.invitedOne(email)}
				onClose={onClose}
				actions={
					<Button kind="primary" onClick={onClose}>
						{words.done}
					</Button>
				}
			>
				<Notice kind={made.isMailed ? "good" : "warn"}>
					{made.isMailed ? words.mailed : words.notMailed}
				</Notice>
				<Copyable label={words.invitationLink} text={made.url} />
				<p class="hint">{words.linkHolds(format.dateTime(made.expiresAt))}</p>
			</Dialog>
		);
	return (
		<Dialog
			title={words.invite}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="invite" busy={isBusy}>
						{words.invite}
					</Button>
				</>
			}
		>
			<form id="invite" class="stack" onSubmit={invite}>
				{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
				<Input
					label={session.email}
					type="email"
					autocomplete="off"
					required
					autofocus
					value={email}
					onInput={setEmail}
				/>
				<Select
					label={roles.role}
					hint={roles.what[role]}
					value={role}
					options={roleOptions}
					onChange={setRole}
				/>
				<Choice
					label={words.letterIn}
					value={language}
					options={langs.map((value) => ({ value, label: shell.languages[value] }))}
					onChange={setLanguage}
				/>
			</form>
		</Dialog>
	);
}
