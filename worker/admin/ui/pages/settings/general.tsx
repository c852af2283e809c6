import { folded } from "../../folded.ts";
import { useWords } from "../../language.ts";
import { Combobox } from "../../parts/combobox.tsx";
import { Input } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import type { Editing } from "./form.ts";

const mostSuggested = 12;

export function General({ settings, edit }: Editing) {
	const { settings: words } = useWords();
	const { sender } = settings;
	const editSender = (change: { readonly name?: string; readonly address?: string }) => {
		const next = { name: "", address: "", ...sender, ...change };
		edit("sender", next.name === "" && next.address === "" ? undefined : next);
	};
	return (
		<>
			<Section>
				<div class="columns">
					<Input
						label={words.name}
						at="name"
						hint={words.nameHint}
						required
						maxLength={100}
						value={settings.name}
						onInput={(name) => edit("name", name)}
					/>
					<Combobox
						label={words.timeZone}
						at="timeZone"
						hint={words.timeZoneHint}
						strict
						placeholder="Europe/Warsaw"
						value={settings.timeZone ?? ""}
						suggest={(written) =>
							Intl.supportedValuesOf("timeZone")
								.filter((zone) => folded(zone).includes(folded(written)))
								.slice(0, mostSuggested)
								.map((value) => ({ value }))
						}
						onChange={(zone) => edit("timeZone", zone || undefined)}
					/>
				</div>
			</Section>
			<Section title={words.sender} hint={words.senderHint}>
				<div class="columns">
					<Input
						label={words.senderName}
						at="sender.name"
						placeholder={settings.name}
						maxLength={100}
						value={sender?.name ?? ""}
						onInput={(name) => editSender({ name })}
					/>
					<Input
						label={words.senderAddress}
						at="sender.address"
						type="email"
						maxLength={254}
						value={sender?.address ?? ""}
						onInput={(address) => editSender({ address })}
					/>
				</div>
			</Section>
		</>
	);
}
