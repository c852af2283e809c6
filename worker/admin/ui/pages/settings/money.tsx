import { Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { folded } from "../../folded.ts";
import { useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Combobox } from "../../parts/combobox.tsx";
import { NumberInput } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import type { Editing } from "./form.ts";

const mostSuggested = 12;

function useCurrencies() {
	const lang = useLang();
	const names = new Intl.DisplayNames(lang, { type: "currency" });
	const nameOf = (code: string) => names.of(code) ?? code;
	const suggest = (written: string) =>
		Intl.supportedValuesOf("currency")
			.map((value) => ({ value, label: `${value} · ${nameOf(value)}` }))
			.filter(({ label }) => folded(label).includes(folded(written)))
			.slice(0, mostSuggested);
	return { nameOf, suggest };
}

export function Money({ settings, edit }: Editing) {
	const { settings: words, shell } = useWords();
	const { nameOf, suggest } = useCurrencies();
	const [added, setAdded] = useState("");
	const { currency, rates = {} } = settings;
	const put = (code: string, rate: number | undefined) => {
		const { [code]: _, ...others } = rates;
		const next = rate === undefined ? others : { ...others, [code]: rate };
		edit("rates", Object.keys(next).length === 0 ? undefined : next);
	};
	const mayAdd = /^[A-Z]{3}$/.test(added) && added !== currency && !(added in rates);
	return (
		<>
			<Section title={words.currency} hint={words.currencyHint}>
				<div class="settings-narrow">
					<Combobox
						label={words.currency}
						at="currency"
						hideLabel
						strict
						placeholder="PLN"
						hint={currency && nameOf(currency)}
						value={currency ?? ""}
						suggest={suggest}
						onChange={(code) => edit("currency", code || undefined)}
					/>
				</div>
			</Section>
			<Section title={words.rates} hint={words.ratesHint}>
				{currency === undefined ? (
					<p class="hint">{words.currencyFirst}</p>
				) : (
					<>
						<ul class="stack">
							{Object.entries(rates).map(([code, rate]) => (
								<li key={code} class="settings-line">
									<NumberInput
										label={words.rateOf(nameOf(code))}
										at={`rates.${code}`}
										unit={currency}
										min={0}
										step={0.0001}
										value={rate}
										onInput={(next) => next !== undefined && next > 0 && put(code, next)}
									/>
									<IconButton
										icon={Trash2}
										label={words.removeRate(code)}
										onClick={() => put(code, undefined)}
									/>
								</li>
							))}
						</ul>
						<div class="settings-line">
							<Combobox
								label={words.otherCurrency}
								strict
								placeholder="EUR"
								value={added}
								suggest={suggest}
								onChange={setAdded}
							/>
							<Button
								icon={Plus}
								disabled={!mayAdd}
								onClick={() => {
									put(added, 1);
									setAdded("");
								}}
							>
								{shell.add}
							</Button>
						</div>
					</>
				)}
			</Section>
		</>
	);
}
