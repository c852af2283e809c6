// The parts that a card is made of: browsers with what proves that they are the person's, imports, acts by hand.

import { FileUp, Hand, Monitor, Server, Smartphone, Unlink } from "lucide";
import { useState } from "preact/hooks";
import type { Card } from "../../../../protocol/person.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Icon, type IconNode } from "../../parts/icon.tsx";
import { Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

type Part = Card["parts"][number];
const proofs = { typed: "warn", linked: "plain", verified: "good" } as const;

function iconOf({ kind, device }: Part): IconNode {
	if (kind === "browser") return device === "phone" ? Smartphone : Monitor;
	return { import: FileUp, hand: Hand, server: Server }[kind];
}

export function Browsers({
	card,
	mayUntie,
	onChanged,
}: {
	readonly card: Card;
	readonly mayUntie: boolean;
	readonly onChanged: () => void;
}) {
	const { card: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const [asked, setAsked] = useState<Part>();
	const [busy, setBusy] = useState(false);
	async function untie({ id }: Part): Promise<void> {
		setBusy(true);
		try {
			await call("POST", `${site.api}/people/${card.person}/untie`, { part: id });
			say(words.untied);
			onChanged();
			setAsked(undefined);
		} catch (error) {
			sayRefused(error);
		}
		setBusy(false);
	}
	return (
		<Section title={words.browsers} hint={words.browsersHint}>
			<ul class="person-parts">
				{card.parts.map((part) => {
					const { id, kind, proof, browser, system, device, visits, lastSeenAt, sealed, counts } = part;
					return (
						<li key={id}>
							<Icon of={iconOf(part)} />
							<span>
								{sealed.length > 0
									? words.sealed[kind === "browser" ? "browsers" : "others"](sealed.length, words.kinds[kind])
									: [browser, system].filter(Boolean).join(" · ") ||
										(kind === "browser" && device ? device : words.kinds[kind])}
								<small>
									{[
										visits > 0 && words.visits(visits),
										lastSeenAt !== null && words.lastSeen(format.relative(lastSeenAt)),
										!counts && words.countsNot,
									]
										.filter(Boolean)
										.join(" · ")}
								</small>
							</span>
							{proof && (
								<Badge kind={proofs[proof]} title={words.proofMeans[proof]}>
									{words.proof[proof]}
								</Badge>
							)}
							{mayUntie && kind === "browser" && proof === "typed" && (
								<IconButton
									small
									kind="quiet"
									icon={Unlink}
									label={words.untie}
									onClick={() => setAsked(part)}
								/>
							)}
						</li>
					);
				})}
			</ul>
			{asked && (
				<Confirm
					danger
					title={words.untie}
					act={words.untie}
					busy={busy}
					onAct={() => void untie(asked)}
					onClose={() => setAsked(undefined)}
				>
					<p>{words.untieWhat}</p>
				</Confirm>
			)}
		</Section>
	);
}
