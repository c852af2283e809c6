// The transcript by mail, to an address that the agent gives.

import { useState } from "preact/hooks";
import type { ConversationRow } from "../../../../protocol/chat.ts";
import { call } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input } from "../../parts/field.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

export function MailDialog({
	row,
	onClose,
}: {
	readonly row: ConversationRow;
	readonly onClose: () => void;
}) {
	const { chat: words, shell } = useWords();
	const site = useSite();
	const [to, setTo] = useState(row.email ?? "");
	const [isBusy, setBusy] = useState(false);
	async function send(): Promise<void> {
		setBusy(true);
		try {
			await call("POST", `${site.api}/conversations/${row.id}/mail`, { to: to.trim() });
			say(words.mailed);
			onClose();
		} catch (error) {
			sayRefused(error);
			setBusy(false);
		}
	}
	return (
		<Dialog
			title={words.mail}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" busy={isBusy} disabled={!to.includes("@")} onClick={() => void send()}>
						{words.send}
					</Button>
				</>
			}
		>
			<Input label={words.mailTo} type="email" value={to} maxLength={254} autofocus onInput={setTo} />
		</Dialog>
	);
}
