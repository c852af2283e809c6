// Two cards that are one person: looked for, compared, merged, and taken back.

import { Search } from "lucide";
import { useState } from "preact/hooks";
import { forget, useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input } from "../../parts/field.tsx";
import { Answered, Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Badge } from "../../parts/show.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { contacts } from "../people/listing.ts";
import type { Merged, Table } from "../people/types.ts";

const afterMs = 250;
const foundAtMost = 8;

export function MergeDialog({
	into,
	other: begun,
	onClose,
	onDone,
}: {
	/** The card that stays. */
	readonly into: string;
	readonly other?: string;
	readonly onClose: () => void;
	readonly onDone: () => void;
}) {
	const { card: words, shell } = useWords();
	const site = useSite();
	const wordsOf = useRefusalWords();
	const [other, setOther] = useState(begun);
	const [busy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	const asked = useAsked<Merged>(other === undefined ? undefined : `${site.api}/people/${other}/merge`, {
		body: { into, preview: true },
	});
	async function merge(person: string): Promise<void> {
		setBusy(true);
		try {
			await call("POST", `${site.api}/people/${person}/merge`, { into });
			forget(`${site.api}/people`);
			say(words.merged, () => {
				call("POST", `${site.api}/people/${person}/unmerge`).then(() => {
					forget(`${site.api}/people`);
					say(words.unmerged);
					onDone();
				}, sayRefused);
			});
			onDone();
			onClose();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
			setBusy(false);
		}
	}
	return (
		<Dialog
			wide
			title={words.merge}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button
						kind="primary"
						busy={busy}
						disabled={other === undefined || !asked.value}
						onClick={() => other !== undefined && void merge(other)}
					>
						{words.mergeNow}
					</Button>
				</>
			}
		>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			{other === undefined ? (
				<Finding not={into} onFound={setOther} />
			) : (
				<>
					<p>{words.mergeWhat}</p>
					<Answered asked={asked}>{(evidence) => <Evidence of={evidence} />}</Answered>
				</>
			)}
		</Dialog>
	);
}

function Finding({ not, onFound }: { readonly not: string; readonly onFound: (person: string) => void }) {
	const { card: words, people } = useWords();
	const site = useSite();
	const [written, setWritten] = useState("");
	const q = useSettled(written.trim(), afterMs);
	const asked = useAsked<Table>(q === "" ? undefined : `${site.api}/conditions/people`, {
		body: {
			...{ condition: contacts, q, limit: foundAtMost, only: "page" },
			columns: ["name", "attribute.email", "attribute.phone"],
		},
	});
	const rows = (asked.value?.rows ?? []).filter(({ id }) => id !== not);
	return (
		<>
			<Input
				type="search"
				label={words.mergeFind}
				placeholder={people.seekWhat}
				value={written}
				maxLength={100}
				autofocus
				onInput={setWritten}
			/>
			{q !== "" && (
				<Answered asked={asked} rows={3}>
					{() =>
						rows.length === 0 ? (
							<p class="hint">{people.noneSuch}</p>
						) : (
							<ul class="person-found">
								{rows.map(({ id, cells: [name, ...rest] }) => (
									<li key={id}>
										<Button icon={Search} kind="quiet" onClick={() => onFound(id)}>
											{name === null || name === undefined ? people.anonymous : String(name)}
										</Button>
										<small>{rest.filter((one) => one !== null && one !== name).join(" · ")}</small>
									</li>
								))}
							</ul>
						)
					}
				</Answered>
			)}
		</>
	);
}

/** What speaks for it and against it. */
function Evidence({ of: { sides, different, into } }: { readonly of: Merged }) {
	const { card: words } = useWords();
	const format = useFormat();
	const site = useSite();
	return (
		<>
			{different.length > 0 && (
				<Notice kind="warn">{words.different(different.map((kind) => words.identifiers[kind]))}</Notice>
			)}
			<div class="columns">
				{sides.map(({ person, identifiers, parts }) => (
					<section key={person} class="person-side">
						<h3>
							<a href={`${site.home}/people/${person}`}>{identifiers[0]?.value ?? words.noIdentifiers}</a>{" "}
							{person === into && <Badge kind="accent">{words.stays}</Badge>}
						</h3>
						<dl class="facts">
							{identifiers.map(({ kind, value }) => (
								<>
									<dt key={`${kind} of`}>{words.identifiers[kind]}</dt>
									<dd key={kind}>{value}</dd>
								</>
							))}
						</dl>
						<ul class="person-rows">
							{parts.map(({ id, kind, proof, visits, firstSeenAt, lastSeenAt }) => (
								<li key={id}>
									<span>
										{words.kinds[kind as keyof typeof words.kinds] ?? kind}
										<small>
											{[
												visits > 0 && words.visits(visits),
												firstSeenAt !== null && format.date(firstSeenAt),
												lastSeenAt !== null && words.lastSeen(format.relative(lastSeenAt)),
											]
												.filter(Boolean)
												.join(" · ")}
										</small>
									</span>
									{proof && <Badge>{words.proof[proof as keyof typeof words.proof] ?? proof}</Badge>}
								</li>
							))}
						</ul>
					</section>
				))}
			</div>
		</>
	);
}
