import { useState } from "preact/hooks";
import { useAsked } from "../../api/asked.ts";
import { useWords } from "../../language.ts";
import { Copyable } from "../../parts/copyable.tsx";
import { Input } from "../../parts/field.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import type { Settings } from "./form.ts";

interface Keys {
	readonly key: string;
	readonly staffMark: string;
}

function linkOf(page: string, mark: string): string | undefined {
	if (!URL.canParse(page)) return undefined;
	const url = new URL(page);
	url.searchParams.set("witaj-staff", mark);
	return url.href;
}

export function Staff() {
	const { settings: words } = useWords();
	const site = useSite();
	const keys = useAsked<Keys>(`${site.api}/keys`);
	const { value } = useAsked<{ readonly settings: unknown }>(`${site.api}/settings`);
	const [written, setWritten] = useState<string>();
	const known = (value?.settings as Settings | undefined)?.origins[0];
	const page = written ?? (known ? `${known}/` : "https://");
	return (
		<Section title={words.mark} hint={words.markHint}>
			<div class="settings-narrow">
				<Input label={words.markPage} type="url" value={page} onInput={setWritten} />
			</div>
			<Answered asked={keys} rows={1}>
				{({ staffMark }) => {
					const link = linkOf(page, staffMark);
					return link ? (
						<Copyable label={words.markLink} text={link} />
					) : (
						<p class="hint">{words.markNone}</p>
					);
				}}
			</Answered>
		</Section>
	);
}
