import { Download } from "lucide";
import { useState } from "preact/hooks";
import { download } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Choice } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

const formats = ["csv", "ndjson"] as const;
const kinds = ["people", "history"] as const;

export function Data() {
	const { settings: words } = useWords();
	const site = useSite();
	const [format, setFormat] = useState<(typeof formats)[number]>("csv");
	const [busy, setBusy] = useState<(typeof kinds)[number] | "configuration">();
	const take = (of: (typeof kinds)[number]) =>
		taking(of, () => download("POST", `${site.api}/export`, { of, format }));
	const takeSetUp = () => taking("configuration", () => download("GET", `${site.api}/configuration`));
	async function taking(of: typeof busy, fetched: () => Promise<void>): Promise<void> {
		setBusy(of);
		try {
			await fetched();
		} catch (error) {
			sayRefused(error);
		} finally {
			setBusy(undefined);
		}
	}
	return (
		<>
			<Section title={words.export} hint={words.exportHint}>
				<Choice
					label={words.format}
					value={format}
					options={formats.map((value) => ({ value, label: words.formats[value] }))}
					onChange={setFormat}
				/>
				<div class="settings-takes">
					{kinds.map((of) => (
						<div key={of}>
							<h3>{words.takes[of]}</h3>
							<p class="hint">{words.takesWhat[of]}</p>
							<Button icon={Download} busy={busy === of} onClick={() => void take(of)}>
								{words.takeIt[of]}
							</Button>
						</div>
					))}
				</div>
			</Section>
			<Section title={words.setUp} hint={words.setUpHint}>
				<div class="row">
					<Button icon={Download} busy={busy === "configuration"} onClick={() => void takeSetUp()}>
						{words.takeSetUp}
					</Button>
				</div>
			</Section>
			<Section title={words.onePerson} hint={words.onePersonHint}>
				<div class="row">
					<LinkButton href={`${site.home}/people`}>{words.toPeople}</LinkButton>
				</div>
			</Section>
		</>
	);
}
