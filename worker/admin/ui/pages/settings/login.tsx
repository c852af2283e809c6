// How the shop's own login vouches for people: a JWT that it signs, and we check.

import { useWords } from "../../language.ts";
import { Input, Select, Switch, Textarea } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import type { Editing, Settings } from "./form.ts";

const algorithms = ["RS256", "ES256", "HS256"] as const;
const begun: NonNullable<Settings["login"]> = { algorithm: "RS256", audience: "witaj" };

export function Login({ settings: { login }, edit }: Editing) {
	const { settings: words } = useWords();
	const put = (change: Partial<typeof begun>) => edit("login", { ...begun, ...login, ...change });
	return (
		<Section title={words.login} hint={words.loginHint}>
			<Switch
				label={words.loginOn}
				checked={login !== undefined}
				onChange={(isOn) => edit("login", isOn ? begun : undefined)}
			/>
			{login && (
				<>
					<div class="columns">
						<Select
							label={words.algorithm}
							hint={words.algorithmHint[login.algorithm]}
							value={login.algorithm}
							options={algorithms.map((value) => ({ value, label: value }))}
							onChange={(algorithm) => put({ algorithm })}
						/>
						<Input
							label={words.audience}
							at="login.audience"
							hint={words.audienceHint}
							required
							maxLength={255}
							value={login.audience}
							onInput={(audience) => put({ audience })}
						/>
						<Input
							label={words.issuer}
							at="login.issuer"
							hint={words.issuerHint}
							maxLength={255}
							value={login.issuer ?? ""}
							onInput={(issuer) => {
								const { issuer: _, ...others } = login;
								edit("login", issuer === "" ? others : { ...others, issuer });
							}}
						/>
					</div>
					<Textarea
						label={login.algorithm === "HS256" ? words.loginSecret : words.loginKey}
						at="login.key"
						hint={words.loginKeyHint}
						rows={5}
						maxLength={8_192}
						value={login.key ?? ""}
						onInput={(key) => {
							const { key: _, ...others } = login;
							edit("login", key.trim() === "" ? others : { ...others, key });
						}}
					/>
				</>
			)}
		</Section>
	);
}
