import { useWords } from "../../language.ts";
import { Switch } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import type { Editing, Settings } from "./form.ts";
import { Lines } from "./lines.tsx";

type Collect = NonNullable<Settings["collect"]>;
const mostForms = 20;

function selectorOf(written: string): string | undefined {
	try {
		document.createDocumentFragment().querySelector(written);
		return written;
	} catch {
		return undefined;
	}
}

export function Collection({ settings: { collect = {}, catalogue }, edit }: Editing) {
	const { settings: words } = useWords();
	const put = (change: Partial<Collect>) => edit("collect", { ...collect, ...change });
	const { forms = [] } = collect;
	return (
		<>
			<Section title={words.understood}>
				<Switch
					label={words.dataLayer}
					hint={words.dataLayerHint}
					checked={collect.dataLayer ?? false}
					onChange={(dataLayer) => put({ dataLayer })}
				/>
				<Switch
					label={words.schema}
					hint={words.schemaHint}
					checked={collect.schema ?? false}
					onChange={(schema) => put({ schema })}
				/>
				<Switch
					label={words.learns}
					hint={words.learnsHint}
					checked={catalogue?.learns ?? false}
					onChange={(learns) => edit("catalogue", { ...catalogue, learns })}
				/>
			</Section>
			<Section title={words.forms} hint={words.formsHint}>
				<Lines
					label={words.addForm}
					at="collect.forms"
					placeholder="#newsletter form"
					lines={forms}
					read={(written) => (forms.length < mostForms ? selectorOf(written) : undefined)}
					wrong={words.wrongForm}
					onChange={(next) => put({ forms: next })}
				/>
			</Section>
		</>
	);
}
