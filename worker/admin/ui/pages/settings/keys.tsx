// With which the site's pages and its servers speak to us.

import { KeyRound, Plus } from "lucide";
import { useState } from "preact/hooks";
import type { KnownSecretKey, Scope } from "../../../../protocol/key.ts";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Confirm, Dialog } from "../../parts/dialog.tsx";
import { Checkbox, Input } from "../../parts/field.tsx";
import { Answered, Empty, Notice, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

const scopes = ["events", "people", "products"] as const satisfies readonly Scope[];
type Made = KnownSecretKey & { readonly key: string };
interface Asking {
	readonly name: string;
	readonly scopes: readonly Scope[];
	/** Whose place it is to take. */
	readonly of?: string;
}

export function Keys() {
	const { settings: words } = useWords();
	const site = useSite();
	const asked = useAsked<{ readonly key: string }>(`${site.api}/keys`);
	return (
		<>
			<Section
				title={words.publicKey}
				hint={words.publicKeyHint}
				actions={<LinkButton href={`${site.home}/start`}>{words.toTag}</LinkButton>}
			>
				<Answered asked={asked} rows={1}>
					{({ key }) => <Copyable label={words.publicKey} text={key} />}
				</Answered>
			</Section>
			<SecretKeys />
		</>
	);
}

function SecretKeys() {
	const { settings: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const address = `${site.api}/secret-keys`;
	const asked = useAsked<{ readonly keys: readonly KnownSecretKey[] }>(address);
	const [making, setMaking] = useState<Asking>();
	const [made, setMade] = useState<Made & { readonly of?: string }>();
	const [revoking, setRevoking] = useState<KnownSecretKey>();

	async function make({ of, ...body }: Asking): Promise<void> {
		try {
			const key = await call<Made>("POST", address, body);
			setMaking(undefined);
			setMade({ ...key, ...(of !== undefined && { of }) });
			asked.refresh();
		} catch (error) {
			sayRefused(error);
		}
	}
	async function revoke({ id }: KnownSecretKey): Promise<void> {
		setRevoking(undefined);
		try {
			await call("DELETE", `${address}/${id}`);
			say(words.revokedNow);
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	const begin = () => setMaking({ name: "", scopes: ["events"] });
	return (
		<Section
			plain
			title={words.secretKeys}
			hint={words.secretKeysHint}
			actions={
				<Button icon={Plus} onClick={begin}>
					{words.makeKey}
				</Button>
			}
		>
			<Answered asked={asked}>
				{({ keys }) =>
					keys.length === 0 ? (
						<Empty icon={KeyRound} title={words.noKeys}>
							{words.noKeysWhy}
						</Empty>
					) : (
						<Table
							label={words.secretKeys}
							rows={keys.toSorted(
								(one, other) =>
									Number(one.revokedAt !== null) - Number(other.revokedAt !== null) ||
									other.createdAt - one.createdAt,
							)}
							keyOf={({ id }) => id}
							columns={[
								{ id: "name", label: words.keyName, isMain: true, cell: ({ name }) => name },
								{
									id: "scopes",
									label: words.scopes,
									cell: ({ scopes: all }) => (
										<span class="row">
											{all.map((scope) => (
												<Badge key={scope}>{words.scope[scope]}</Badge>
											))}
										</span>
									),
								},
								{ id: "made", label: words.made, cell: ({ createdAt }) => format.date(createdAt) },
								{
									id: "acts",
									label: words.keyState,
									isNumber: true,
									cell: (one) =>
										one.revokedAt === null ? (
											<span class="row settings-end">
												<Button
													small
													onClick={() => setMaking({ name: one.name, scopes: one.scopes, of: one.name })}
												>
													{words.rotate}
												</Button>
												<Button small kind="danger" onClick={() => setRevoking(one)}>
													{words.revoke}
												</Button>
											</span>
										) : (
											<small>{words.revokedAt(format.date(one.revokedAt))}</small>
										),
								},
							]}
						/>
					)
				}
			</Answered>
			{making && <MakeKey asking={making} onMake={make} onClose={() => setMaking(undefined)} />}
			{made && (
				<Dialog
					title={words.keyMade(made.name)}
					onClose={() => setMade(undefined)}
					actions={
						<Button kind="primary" onClick={() => setMade(undefined)}>
							{words.keyKept}
						</Button>
					}
				>
					<Notice kind="warn">{words.keyOnce}</Notice>
					<Copyable label={words.secretKey} text={made.key} />
					{made.of !== undefined && <p>{words.rotated}</p>}
				</Dialog>
			)}
			{revoking && (
				<Confirm
					title={words.revokeKey(revoking.name)}
					act={words.revoke}
					danger
					onAct={() => void revoke(revoking)}
					onClose={() => setRevoking(undefined)}
				>
					<p>{words.revokeWhy}</p>
				</Confirm>
			)}
		</Section>
	);
}

function MakeKey({
	asking,
	onMake,
	onClose,
}: {
	readonly asking: Asking;
	readonly onMake: (asking: Asking) => Promise<void>;
	readonly onClose: () => void;
}) {
	const { settings: words, shell } = useWords();
	const [draft, setDraft] = useState(asking);
	const [isBusy, setBusy] = useState(false);
	const isRotation = asking.of !== undefined;
	return (
		<Dialog
			title={isRotation ? words.rotateKey(asking.name) : words.makeKey}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button
						kind="primary"
						type="submit"
						form="secret-key"
						busy={isBusy}
						disabled={draft.scopes.length === 0}
					>
						{isRotation ? words.rotate : words.makeKey}
					</Button>
				</>
			}
		>
			{isRotation && <p>{words.rotateWhy}</p>}
			<form
				id="secret-key"
				class="stack"
				onSubmit={(event) => {
					event.preventDefault();
					setBusy(true);
					void onMake({ ...draft, name: draft.name.trim() }).finally(() => setBusy(false));
				}}
			>
				<Input
					label={words.keyName}
					hint={words.keyNameHint}
					required
					autofocus
					maxLength={100}
					value={draft.name}
					onInput={(name) => setDraft({ ...draft, name })}
				/>
				<fieldset class="stack">
					<legend class="settings-legend">{words.scopes}</legend>
					{scopes.map((scope) => (
						<Checkbox
							key={scope}
							label={words.scope[scope]}
							hint={words.scopeHint[scope]}
							checked={draft.scopes.includes(scope)}
							onChange={(isIn) =>
								setDraft({
									...draft,
									scopes: scopes.filter((one) => (one === scope ? isIn : draft.scopes.includes(one))),
								})
							}
						/>
					))}
				</fieldset>
			</form>
		</Dialog>
	);
}
