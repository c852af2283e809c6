// What a definition was before, what has changed since, and the way back.

import { useState } from "preact/hooks";
import type { Difference, Revisions } from "../../../protocol/definition.ts";
import { useAsked } from "../api/asked.ts";
import { call } from "../api/call.ts";
import { useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Answered } from "../parts/page.tsx";
import { Badge } from "../parts/show.tsx";
import { say, sayRefused } from "../shell/toasts.tsx";
import { useMay, useSite } from "../site.ts";
import { addressOf, type Kept } from "./kept.ts";
import { ChangedBy } from "./state.tsx";

export default function RevisionsDialog({
	of,
	onClose,
	onBack,
}: {
	readonly of: Kept;
	readonly onClose: () => void;
	readonly onBack: () => void;
}) {
	const { definitions: words } = useWords();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const address = addressOf(site, of.kind, of.id);
	const asked = useAsked<Revisions>(`${address}/revisions`);
	const [shown, setShown] = useState<number>();
	async function goBack(to: number): Promise<void> {
		try {
			await call("POST", `${address}/rollback`, { version: of.version, to });
			say(words.broughtBack);
			onBack();
			onClose();
		} catch (error) {
			sayRefused(error);
		}
	}
	return (
		<Dialog title={words.revisions} side onClose={onClose}>
			<Answered asked={asked}>
				{({ revisions }) => (
					<ol class="stack">
						{revisions.map(({ version, at, by, isLive, isDeletion }) => (
							<li key={version} class="stack">
								<div class="row">
									<b>{words.version(version)}</b>
									{isLive && <Badge kind="good">{words.states.live}</Badge>}
									{isDeletion && <Badge kind="bad">{words.states.deleted}</Badge>}
									<small>
										<ChangedBy at={at} by={by} />
									</small>
								</div>
								{version !== of.version && (
									<div class="row">
										<Button small onClick={() => setShown(shown === version ? undefined : version)}>
											{words.compare}
										</Button>
										{mayEdit && !isDeletion && (
											<Button small onClick={() => void goBack(version)}>
												{words.bringBack}
											</Button>
										)}
									</div>
								)}
								{shown === version && <Changes address={address} from={version} to={of.version} />}
							</li>
						))}
					</ol>
				)}
			</Answered>
		</Dialog>
	);
}

const shownOf = (value: unknown) =>
	typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value, undefined, " ");
const stepOf = (step: Difference["changes"][number]["at"][number]) =>
	typeof step === "object" ? step.id : String(step);

/** Field by field, before and after. */
function Changes({
	address,
	from,
	to,
}: {
	readonly address: string;
	readonly from: number;
	readonly to: number;
}) {
	const { definitions: words } = useWords();
	const asked = useAsked<Difference>(`${address}/difference?from=${from}&to=${to}`);
	return (
		<Answered asked={asked}>
			{({ changes }) =>
				changes.length === 0 ? (
					<p class="hint">{words.same}</p>
				) : (
					<dl class="changes">
						{changes.map(({ at, before, after, moved }) => (
							<div key={at.map(stepOf).join(".")}>
								<dt>{at.map(stepOf).join(" › ") || words.all}</dt>
								{moved && <dd>{words.moved(moved.from + 1, moved.to + 1)}</dd>}
								{before !== undefined && (
									<dd>
										<del>{shownOf(before)}</del>
									</dd>
								)}
								{after !== undefined && (
									<dd>
										<ins>{shownOf(after)}</ins>
									</dd>
								)}
							</div>
						))}
					</dl>
				)
			}
		</Answered>
	);
}
