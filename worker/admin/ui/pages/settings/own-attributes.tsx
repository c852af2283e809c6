// The site's own attributes: what they are called and hold, how many have them, and what asks for them.

import { Pencil } from "lucide";
import { useState } from "preact/hooks";
import type { Attribute, AttributeConflict, Attributes } from "../../../../protocol/attribute.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { langs, useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input, Select } from "../../parts/field.tsx";
import { Answered, Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Table } from "../../parts/table.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { type OpenSite, useMay, useSite } from "../../site.ts";

const kinds = ["text", "number", "date", "list"] as const;
const homes: Partial<Record<Attribute["uses"][number]["kind"], string>> = {
	segment: "segments",
	"tag-rule": "tags",
	"score-rule": "scores",
	programme: "scores/programmes",
};

function hrefOf(site: OpenSite, { kind, id }: Attribute["uses"][number]): string {
	return `${site.home}/${homes[kind] ?? "segments"}/${id}`;
}

export default function OwnAttributes() {
	const { settings, site: words, shell } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const asked = useAsked<Attributes>(`${site.api}/attributes`);
	const [open, setOpen] = useState<Attribute>();
	return (
		<Section plain title={settings.ownAttributes} hint={settings.ownAttributesHint}>
			<Answered asked={asked}>
				{({ attributes, looked, contacts }) =>
					attributes.length === 0 ? (
						<p class="hint">{settings.noOwnAttributes}</p>
					) : (
						<>
							<Table
								label={settings.ownAttributes}
								rows={attributes}
								keyOf={({ name }) => name}
								columns={[
									{
										id: "name",
										label: words.called,
										isMain: true,
										cell: ({ name, names }) => (
											<span class="two-lines">
												{names ? names[lang] : <code>{name}</code>}
												{names && (
													<small>
														<code>{name}</code>
													</small>
												)}
											</span>
										),
									},
									{
										id: "holds",
										label: words.holds,
										cell: ({ kind, holds }) =>
											kind ? words.kinds[kind] : format.list(holds.map(({ type }) => words.types[type])),
									},
									{
										id: "people",
										label: words.filled,
										isNumber: true,
										cell: ({ people }) => format.number(people),
									},
									{
										id: "uses",
										label: words.usedIn,
										cell: ({ uses }) =>
											uses.length === 0
												? "–"
												: uses.map((use, i) => (
														<>
															{i > 0 && ", "}
															<a href={hrefOf(site, use)}>{use.names[lang]}</a>
														</>
													)),
									},
									...(mayEdit
										? [
												{
													id: "edit",
													label: shell.edit,
													isActs: true,
													cell: (one: Attribute) => (
														<Button small icon={Pencil} onClick={() => setOpen(one)}>
															{words.rename}
														</Button>
													),
												},
											]
										: []),
								]}
							/>
							{looked < contacts && (
								<p class="hint">{words.lookedAt(format.number(looked), format.number(contacts))}</p>
							)}
						</>
					)
				}
			</Answered>
			{open && (
				<Naming
					of={open}
					onClose={() => setOpen(undefined)}
					onDone={() => {
						setOpen(undefined);
						asked.refresh();
					}}
				/>
			)}
		</Section>
	);
}

function Naming({
	of,
	onClose,
	onDone,
}: {
	readonly of: Attribute;
	readonly onClose: () => void;
	readonly onDone: () => void;
}) {
	const { site: words, shell } = useWords();
	const lang = useLang();
	const format = useFormat();
	const wordsOf = useRefusalWords();
	const site = useSite();
	const path = `${site.api}/attributes/${encodeURIComponent(of.name)}`;
	const [names, setNames] = useState(of.names ?? { pl: of.name, en: of.name });
	const [kind, setKind] = useState(of.kind);
	const [state, setState] = useState<{ isBusy?: boolean; wrong?: string; refusal?: Refusal }>({});

	function wrongIn({ error, people = 0, uses = [] }: AttributeConflict): string {
		if (error === "values-differ") return words.differ(people);
		if (error === "changed-meanwhile") return words.changedMeanwhile;
		return words.askedOtherwise(format.list(uses.map((use) => use.names[lang])));
	}
	async function save(event: Event): Promise<void> {
		event.preventDefault();
		setState({ isBusy: true });
		try {
			await call("PUT", path, { names, kind, version: of.version });
			say(words.named);
			onDone();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setState(
				error.status === 409 && error.body.error !== "site-closed"
					? { wrong: wrongIn(error.body as AttributeConflict) }
					: { refusal: error },
			);
		}
	}
	async function unname(): Promise<void> {
		try {
			await call("DELETE", path);
			say(words.unnamed);
			onDone();
		} catch (error) {
			sayRefused(error);
		}
	}
	return (
		<Dialog
			title={words.nameOf(of.name)}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="attribute" busy={state.isBusy}>
						{shell.save}
					</Button>
				</>
			}
		>
			{state.wrong && <Notice kind="bad">{state.wrong}</Notice>}
			{state.refusal && <Notice kind="bad">{wordsOf(state.refusal)}</Notice>}
			<form id="attribute" class="stack" onSubmit={(event) => void save(event)}>
				<p class="hint">{words.calledHint}</p>
				<div class="settings-grid">
					{langs.map((one) => (
						<Input
							key={one}
							label={words.calledIn[one]}
							required
							maxLength={100}
							autofocus={one === lang}
							value={names[one]}
							onInput={(name) => setNames({ ...names, [one]: name })}
						/>
					))}
				</div>
				<Select
					label={words.kind}
					hint={words.kindHint}
					value={kind ?? ""}
					options={[
						{ value: "", label: words.anyKind },
						...kinds.map((value) => ({ value, label: words.kinds[value] })),
					]}
					onChange={(value) => setKind(kinds.find((one) => one === value) ?? null)}
				/>
			</form>
			{of.names && (
				<details class="settings-more">
					<summary>{words.unname}</summary>
					<p class="hint">{words.unnameWhy}</p>
					<Button small kind="danger" onClick={() => void unname()}>
						{words.unname}
					</Button>
				</details>
			)}
		</Dialog>
	);
}
