import { useWords } from "../../language.ts";
import { Section } from "../../parts/page.tsx";
import type { Editing } from "./form.ts";
import { retentions, Span } from "./spans.tsx";

export function Privacy({ settings: { retentionMs }, edit }: Editing) {
	const { settings: words } = useWords();
	return (
		<>
			<Section title={words.retention} hint={words.retentionHint}>
				<div class="settings-narrow">
					<Span
						label={words.retentionFor}
						ms={retentionMs}
						among={retentions}
						onChange={(ms) => typeof ms === "number" && edit("retentionMs", ms)}
					/>
				</div>
			</Section>
			<Section title={words.goes}>
				<dl class="facts">
					{words.goesWhat.map(({ what, when }) => (
						<>
							<dt key={what}>{what}</dt>
							<dd>{when}</dd>
						</>
					))}
				</dl>
			</Section>
		</>
	);
}
