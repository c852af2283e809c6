import { Trash2 } from "lucide";
import { useState } from "preact/hooks";
import type { AccountView, Passkeys as All } from "../../../../protocol/account.ts";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Input } from "../../parts/field.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { knowsPasskeys, makePasskey } from "../../passkey.ts";
import { proven } from "../../proof.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";

type Passkey = All["passkeys"][number];

export function Passkeys({ account }: { readonly account: AccountView }) {
	const { account: words, shell } = useWords();
	const format = useFormat();
	const asked = useAsked<All>("/api/account/passkeys");
	const [removing, setRemoving] = useState<Passkey>();
	const [name, setName] = useState("");

	async function add(event: Event): Promise<void> {
		event.preventDefault();
		try {
			const isMade = await proven(() => makePasskey(name.trim(), account));
			if (isMade === undefined) return;
			say(isMade ? words.passkeyAdded : words.passkeyDeclined);
			if (!isMade) return;
			setName("");
			asked.refresh();
		} catch (error) {
			sayRefused(error);
		}
	}
	async function remove({ id }: Passkey): Promise<void> {
		setRemoving(undefined);
		try {
			await proven(() => call("DELETE", `/api/account/passkeys/${id}`));
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	return (
		<Section title={words.passkeys} hint={words.passkeysWhy}>
			<Answered asked={asked} rows={1}>
				{({ passkeys }) =>
					passkeys.length === 0 ? (
						<p class="hint">{words.noPasskeys}</p>
					) : (
						<Table
							label={words.passkeys}
							rows={passkeys}
							keyOf={({ id }) => id}
							columns={[
								{ id: "name", label: words.passkeyName, isMain: true, cell: ({ name }) => name },
								{ id: "added", label: words.added, cell: ({ createdAt }) => format.date(createdAt) },
								{
									id: "used",
									label: words.used,
									cell: ({ usedAt }) => (usedAt === null ? words.never : format.relative(usedAt)),
								},
								{
									id: "acts",
									label: shell.remove,
									isActs: true,
									cell: (one) => (
										<IconButton
											small
											icon={Trash2}
											label={words.removePasskey(one.name)}
											onClick={() => setRemoving(one)}
										/>
									),
								},
							]}
						/>
					)
				}
			</Answered>
			{knowsPasskeys && (
				<form class="account-add" onSubmit={add}>
					<Input
						label={words.passkeyName}
						placeholder={words.passkeyPlaceholder}
						required
						maxLength={100}
						value={name}
						onInput={setName}
					/>
					<Button type="submit">{words.addPasskey}</Button>
				</form>
			)}
			{removing && (
				<Confirm
					title={words.removePasskey(removing.name)}
					act={shell.remove}
					danger
					onAct={() => void remove(removing)}
					onClose={() => setRemoving(undefined)}
				>
					<p>{words.removePasskeyWhy}</p>
				</Confirm>
			)}
		</Section>
	);
}
