// A link to a page of the site by which whoever follows it is recognised as this person.

import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { call, Refusal } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input, NumberInput } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { useSite } from "../../site.ts";

const usualDays = 90;

export function LinkDialog({ person, onClose }: { readonly person: string; readonly onClose: () => void }) {
	const { card: words, shell } = useWords();
	const format = useFormat();
	const site = useSite();
	const wordsOf = useRefusalWords();
	const [url, setUrl] = useState("https://");
	const [days, setDays] = useState<number | undefined>(usualDays);
	const [made, setMade] = useState<z.infer<typeof schema.PersonalLink>>();
	const [refusal, setRefusal] = useState<Refusal>();
	const [busy, setBusy] = useState(false);
	const isUrl = URL.canParse(url) && /^https?:\/\/[^/]+/.test(url);
	async function make(event: Event): Promise<void> {
		event.preventDefault();
		setBusy(true);
		setRefusal(undefined);
		try {
			setMade(await call("POST", `${site.api}/people/${person}/link`, { url, days }));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
		}
		setBusy(false);
	}
	return (
		<Dialog
			title={words.link}
			onClose={onClose}
			actions={
				made ? (
					<Button onClick={onClose}>{shell.close}</Button>
				) : (
					<Button kind="primary" type="submit" form="personal-link" busy={busy} disabled={!isUrl || !days}>
						{words.makeLink}
					</Button>
				)
			}
		>
			<p>{words.linkWhat}</p>
			{refusal && <Notice kind="bad">{wordsOf(refusal)}</Notice>}
			{made ? (
				<>
					<Copyable label={words.link} text={made.url} />
					<p class="hint">{words.linkUntil(format.date(made.expiresAt))}</p>
				</>
			) : (
				<form id="personal-link" class="stack" onSubmit={(event) => void make(event)}>
					<Input type="url" label={words.linkTo} hint={words.linkToHint} value={url} onInput={setUrl} />
					<NumberInput label={words.linkDays} value={days} min={1} max={400} onInput={setDays} />
				</form>
			)}
		</Dialog>
	);
}
