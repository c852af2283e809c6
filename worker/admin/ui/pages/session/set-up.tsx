// The very first account of a deployment, and the site that it begins with where there is none: whoever has the operator's
// token makes them. What is asked depends on what the token opens, so it comes first.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { MySites, SiteMade, Whoami } from "../../../../protocol/account.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { whoami } from "../../session.ts";
import { Door } from "./door.tsx";

export default function SetUp() {
	const { session } = useWords();
	const wordsOf = useRefusalWords();
	const { route } = useLocation();
	const [token, setToken] = useState("");
	const [hasSites, setHasSites] = useState<boolean>();
	const [site, setSite] = useState("");
	const [name, setName] = useState("");
	const [email, setEmail] = useState("");
	const [password, setPassword] = useState("");
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();

	const asks = hasSites !== undefined;
	const form = useRef<HTMLFormElement>(null);
	useLayoutEffect(() => {
		if (asks) form.current?.querySelector("input")?.focus();
	}, [asks]);

	const wrong = refusal && (
		<Notice kind="bad">{refusal.status === 401 ? session.wrongToken : wordsOf(refusal)}</Notice>
	);
	async function lookAround(): Promise<void> {
		const { sites } = await call<MySites>("GET", "/api/sites", undefined, { token });
		setHasSites(sites.length > 0);
	}
	async function setUp(): Promise<void> {
		// The first account owns every site that there is: so the site comes first, and once, however often this is tried.
		if (!hasSites) {
			const { id } = await call<SiteMade>("POST", "/api/sites", { name: site }, { token });
			setHasSites(true);
			route(`/admin/${id}/start`, true);
		}
		await call("POST", "/api/setup", { email, name, password }, { token });
		whoami.value = await call<Whoami>("POST", "/api/session", { email, password });
	}
	async function goOn(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		setRefusal(undefined);
		try {
			await (asks ? setUp() : lookAround());
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		} finally {
			setBusy(false);
		}
	}
	if (!asks)
		return (
			<Door title={session.setUpTitle} lead={session.setUpLead}>
				<form key="token" onSubmit={goOn}>
					{wrong}
					<Input
						label={session.token}
						hint={session.tokenHint}
						type="password"
						autocomplete="off"
						required
						autofocus
						value={token}
						onInput={setToken}
					/>
					<Button kind="primary" type="submit" busy={isBusy}>
						{session.goOn}
					</Button>
				</form>
			</Door>
		);
	return (
		<Door title={session.setUpTitle} lead={session.setUpLead}>
			<form key="account" ref={form} onSubmit={goOn}>
				{wrong}
				{!hasSites && (
					<Input
						label={session.firstSite}
						hint={session.firstSiteHint}
						required
						maxLength={100}
						value={site}
						onInput={setSite}
					/>
				)}
				<Input label={session.name} autocomplete="name" required value={name} onInput={setName} />
				<Input
					label={session.email}
					type="email"
					autocomplete="username"
					required
					value={email}
					onInput={setEmail}
				/>
				<Input
					label={session.password}
					hint={session.passwordHint}
					type="password"
					autocomplete="new-password"
					minLength={10}
					required
					value={password}
					onInput={setPassword}
				/>
				<Button kind="primary" type="submit" busy={isBusy}>
					{session.setUp}
				</Button>
			</form>
		</Door>
	);
}
