// Somebody's own account. It belongs to no site.

import { useRoute } from "preact-iso";
import type { AccountView } from "../../../../protocol/account.ts";
import { useAsked } from "../../api/asked.ts";
import { AuditRows } from "../../audit/rows.tsx";
import { useWords } from "../../language.ts";
import { Answered, Page, Section, Tabs } from "../../parts/page.tsx";
import { ProofDialog } from "../../proof.tsx";
import { Passkeys } from "./passkeys.tsx";
import { Password } from "./password.tsx";
import { Profile } from "./profile.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { Sessions } from "./sessions.tsx";
import { Sites } from "./sites.tsx";

const home = "/admin/account";
const parts = ["profile", "security", "sessions", "activity", "sites"] as const;

export default function Account() {
	const { account: words } = useWords();
	const { params } = useRoute();
	const part = parts.find((one) => one === params.part) ?? "profile";
	return (
		<Page
			title={words.title}
			tabs={
				<Tabs
					label={words.title}
					tabs={parts.map((one) => ({
						name: words.parts[one],
						href: one === "profile" ? home : `${home}/${one}`,
					}))}
				/>
			}
		>
			{part === "profile" && <Profile />}
			{part === "security" && <Security />}
			{part === "sessions" && <Sessions />}
			{part === "activity" && (
				<Section plain title={words.parts.activity} hint={words.activityWhy}>
					<AuditRows path="/api/account/audit" />
				</Section>
			)}
			{part === "sites" && <Sites />}
			<ProofDialog />
		</Page>
	);
}

function Security() {
	const asked = useAsked<AccountView>("/api/account");
	return (
		<Answered asked={asked}>
			{(account) => (
				<>
					<Password />
					<SecondFactor account={account} onChange={asked.refresh} />
					<Passkeys account={account} />
				</>
			)}
		</Answered>
	);
}
