import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { SiteMade } from "../../../../protocol/account.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Table } from "../../parts/table.tsx";
import { findSession, whoami } from "../../session.ts";

export function Sites() {
	const { account: words, roles } = useWords();
	const sites = whoami.value?.sites ?? [];
	const isFounder = sites.some(({ role }) => role === "owner");
	return (
		<>
			<Section plain title={words.yourSites}>
				<Table
					label={words.yourSites}
					rows={sites}
					keyOf={({ id }) => id}
					columns={[
						{
							id: "name",
							label: words.site,
							isMain: true,
							cell: ({ id, name }) => <a href={`/admin/${id}`}>{name}</a>,
						},
						{ id: "role", label: roles.role, cell: ({ role }) => roles.names[role] },
						{ id: "may", label: words.may, cell: ({ role }) => <small>{roles.what[role]}</small> },
					]}
				/>
			</Section>
			<Section title={words.newSite} hint={isFounder ? words.newSiteWhy : words.noFounder}>
				{isFounder && <NewSite />}
			</Section>
		</>
	);
}

function NewSite() {
	const { account: words } = useWords();
	const wordsOf = useRefusalWords();
	const { route } = useLocation();
	const [name, setName] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	async function make(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		try {
			const { id } = await call<SiteMade>("POST", "/api/sites", { name });
			await findSession();
			route(`/admin/${id}/start`);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
			setBusy(false);
		}
	}
	return (
		<form class="stack" onSubmit={make}>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			<div class="account-add">
				<Input
					label={words.siteName}
					placeholder={words.siteNamePlaceholder}
					required
					maxLength={100}
					value={name}
					onInput={setName}
				/>
				<Button kind="primary" type="submit" busy={isBusy}>
					{words.makeSite}
				</Button>
			</div>
		</form>
	);
}
