// A link by which this experience is seen on the real page, published or not: for the site's own people.

import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/preview.schema.ts";
import type { SiteSettings } from "../../../../protocol/site.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Checkbox, Choice, Input, NumberInput } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useSite } from "../../site.ts";

type Link = z.infer<typeof schema.PreviewLink>;

export function OnPageDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
	const { experiences: words, shell } = useWords();
	const wordsOf = useRefusalWords();
	const format = useFormat();
	const site = useSite();
	const origins =
		useAsked<{ readonly settings: Pick<SiteSettings, "origins"> }>(`${site.api}/settings`).value?.settings
			.origins ?? [];
	const [written, setUrl] = useState<string>();
	const [who, setWho] = useState<"nobody" | "persona" | "person">("nobody");
	const [name, setName] = useState("Ola");
	const [score, setScore] = useState<number>();
	const [person, setPerson] = useState("");
	const [atOnce, setAtOnce] = useState(true);
	const [made, setMade] = useState<Link>();
	const [refusal, setRefusal] = useState<Refusal>();
	const url = written ?? (origins[0] ? `${origins[0]}/` : "");
	async function make(): Promise<void> {
		const persona = { person: { first_name: name }, ...(score !== undefined && { score }) };
		try {
			setRefusal(undefined);
			setMade(
				await call<Link>("POST", `${site.api}/experiences/${id}/preview`, {
					url,
					...(atOnce && { atOnce }),
					...(who === "persona" && { persona }),
					...(who === "person" && { person }),
				}),
			);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		}
	}
	return (
		<Dialog
			title={words.onPage}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.close}</Button>
					{made ? (
						<LinkButton kind="primary" href={made.url} target="_blank">
							{words.openPage}
						</LinkButton>
					) : (
						<Button kind="primary" disabled={url === ""} onClick={() => void make()}>
							{words.makeLink}
						</Button>
					)}
				</>
			}
		>
			<div class="stack">
				<p class="hint">{words.onPageWhy}</p>
				<Input
					label={words.pageAddress}
					type="url"
					value={url}
					onInput={(text) => {
						setUrl(text);
						setMade(undefined);
					}}
				/>
				<Choice
					label={words.seenBy}
					value={who}
					options={(["nobody", "persona", "person"] as const).map((value) => ({
						value,
						label: words.seers[value],
					}))}
					onChange={(next) => {
						setWho(next);
						setMade(undefined);
					}}
				/>
				{who === "persona" && (
					<div class="editor-pair">
						<Input label={words.firstName} value={name} onInput={setName} />
						<NumberInput label={words.score} value={score} onInput={setScore} />
					</div>
				)}
				{who === "person" && (
					<Input label={words.personId} hint={words.personHint} value={person} onInput={setPerson} />
				)}
				<Checkbox label={words.atOnce} checked={atOnce} onChange={setAtOnce} />
				{refusal && (
					<Notice kind="bad">
						{refusal.body.error === "origin-refused"
							? words.originRefused(format.list(origins))
							: wordsOf(refusal)}
					</Notice>
				)}
				{made && <Notice kind="good">{words.linkUntil(format.time(made.expiresAt))}</Notice>}
			</div>
		</Dialog>
	);
}
