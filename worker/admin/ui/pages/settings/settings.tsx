// What a site is set to, and who works at it: pages side by side, of which each role sees those that it may use.

import { useEffect, useRef, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Role } from "../../../../domain/role.ts";
import { ConflictDialog } from "../../definitions/conflict.tsx";
import { PublishDialog } from "../../definitions/dialogs.tsx";
import { Found } from "../../definitions/found.tsx";
import { useWords } from "../../language.ts";
import { later } from "../../later.tsx";
import { Button } from "../../parts/button.tsx";
import { Answered, Notice, Page } from "../../parts/page.tsx";
import { ProblemsContext, useRefusalWords } from "../../parts/refusal.ts";
import { Badge } from "../../parts/show.tsx";
import { ProofDialog } from "../../proof.tsx";
import { isAtLeast } from "../../session.ts";
import { useSite } from "../../site.ts";
import { Attention } from "./attention.tsx";
import { Attributes } from "./attributes.tsx";
import { AuditLog } from "./audit.tsx";
import { Brand } from "./brand.tsx";
import { Collection } from "./collection.tsx";
import { Consent } from "./consent.tsx";
import { Data } from "./data.tsx";
import { Domains } from "./domains.tsx";
import { Faq } from "./faq.tsx";
import { useSettingsForm } from "./form.ts";
import { General } from "./general.tsx";
import { Keys } from "./keys.tsx";
import { Login } from "./login.tsx";
import { Money } from "./money.tsx";
import { Privacy } from "./privacy.tsx";
import { Removal } from "./removal.tsx";
import { Staff } from "./staff.tsx";
import { Team } from "./team.tsx";

/** The largest of them, which few open. */
const Chat = later(() => import("./chat.tsx"), "chatSettings");

const parts = [
	{ part: "general", group: "site", least: "owner", is: "settings", of: General },
	{ part: "brand", group: "site", least: "owner", is: "settings", of: Brand },
	{ part: "money", group: "site", least: "owner", is: "settings", of: Money },
	{ part: "domains", group: "page", least: "owner", is: "settings", of: Domains },
	{ part: "collection", group: "page", least: "owner", is: "settings", of: Collection },
	{ part: "chat", group: "page", least: "owner", is: "settings", of: Chat },
	{ part: "staff", group: "page", least: "analyst", is: "own", of: Staff },
	{ part: "consent", group: "people", least: "owner", is: "settings", of: Consent },
	{ part: "privacy", group: "people", least: "owner", is: "settings", of: Privacy },
	{ part: "attention", group: "people", least: "analyst", is: "own", of: Attention },
	{ part: "attributes", group: "people", least: "analyst", is: "own", of: Attributes },
	{ part: "faq", group: "people", least: "analyst", is: "own", of: Faq },
	{ part: "team", group: "access", least: "analyst", is: "own", of: Team },
	{ part: "keys", group: "access", least: "owner", is: "own", of: Keys },
	{ part: "login", group: "access", least: "owner", is: "settings", of: Login },
	{ part: "audit", group: "access", least: "owner", is: "own", of: AuditLog },
	{ part: "data", group: "access", least: "marketer", is: "own", of: Data },
	{ part: "removal", group: "access", least: "owner", is: "own", of: Removal },
] as const satisfies readonly {
	readonly part: string;
	readonly group: string;
	readonly least: Role;
	readonly is: "own" | "settings";
	readonly of: unknown;
}[];
const groups = ["site", "page", "people", "access"] as const;

export default function Settings() {
	const { settings: words, shell, definitions } = useWords();
	const wordsOf = useRefusalWords();
	const site = useSite();
	const { params } = useRoute();
	const form = useSettingsForm();
	const [isPublishing, setPublishing] = useState(false);
	const shown = parts.filter(({ least }) => isAtLeast(site.role, least));
	const open = shown.find(({ part }) => part === params.part) ?? (params.part ? undefined : shown[0]);
	const { asked, draft, theirs, refusal } = form;
	const isOfSettings = open?.is === "settings";
	const problems = refusal?.body.problems;
	return (
		<Page
			title={open ? words.parts[open.part] : words.title}
			lead={open && words.leads[open.part]}
			actions={
				isOfSettings && (
					<>
						{asked.value?.hasChanges && !form.isChanged && (
							<Badge kind="accent">{definitions.hasChanges}</Badge>
						)}
						<Button
							kind={form.isChanged ? "primary" : "plain"}
							busy={form.isSaving}
							disabled={!form.isChanged}
							onClick={() => void form.save()}
						>
							{shell.save}
						</Button>
						{asked.value?.hasChanges && !form.isChanged && (
							<Button kind="primary" onClick={() => setPublishing(true)}>
								{definitions.publish}
							</Button>
						)}
					</>
				)
			}
		>
			<div class="settings">
				<SettingsNav shown={shown} open={open?.part} />
				<div class="stack">
					{!open && <Notice>{words.notYours}</Notice>}
					{isOfSettings && refusal && !theirs && (
						<Notice kind="bad">
							{problems
								? shell.wrongIn(problems.map(({ at }) => words.placeOf(at)).join(", "))
								: wordsOf(refusal)}
						</Notice>
					)}
					{isOfSettings && form.isFound && <Found drop={form.take} />}
					{open?.is === "own" && <open.of />}
					{isOfSettings && (
						<ProblemsContext.Provider value={problems}>
							<Answered asked={asked}>
								{() => draft && <open.of settings={draft} edit={form.edit} />}
							</Answered>
						</ProblemsContext.Provider>
					)}
				</div>
			</div>
			{theirs && (
				<ConflictDialog
					theirs={theirs}
					onClose={form.yield}
					onTake={form.take}
					onOverwrite={() => void form.overwrite()}
				/>
			)}
			{isPublishing && (
				<PublishDialog
					of={[{ kind: "settings", id: "settings" }]}
					onClose={() => setPublishing(false)}
					onDone={asked.refresh}
				/>
			)}
			<ProofDialog />
		</Page>
	);
}

function SettingsNav({
	shown,
	open,
}: {
	readonly shown: readonly (typeof parts)[number][];
	readonly open: string | undefined;
}) {
	const { settings: words } = useWords();
	const site = useSite();
	const nav = useRef<HTMLElement>(null);
	// On a phone they stand in one row, which does not show all of them at once.
	useEffect(() => {
		if (open)
			nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
	}, [open]);
	return (
		<nav class="settings-nav" aria-label={words.title} ref={nav}>
			{groups.map((group) => {
				const within = shown.filter((one) => one.group === group);
				if (within.length === 0) return null;
				return (
					<div key={group}>
						<h2>{words.groups[group]}</h2>
						<ul>
							{within.map(({ part }) => (
								<li key={part}>
									<a href={`${site.home}/settings/${part}`} aria-current={part === open ? "page" : undefined}>
										{words.parts[part]}
									</a>
								</li>
							))}
						</ul>
					</div>
				);
			})}
		</nav>
	);
}
