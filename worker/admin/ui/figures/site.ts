// What the pages of figures know of their site: names of its definitions, its currency, and where people are listed.

import { useMemo } from "preact/hooks";
import type { Condition } from "../../../domain/condition.ts";
import type { Origin } from "../../../domain/figure.ts";
import type { Kind } from "../../../domain/kinds.ts";
import { useAsked } from "../api/asked.ts";
import { useDefinitions } from "../definitions/kept.ts";
import { useFormat, useLang, useWords } from "../language.ts";
import { type OpenSite, useSite } from "../site.ts";

/** A definition that is gone is called by its id. */
export function useNames(kind: Kind): (id: string) => string {
	const lang = useLang();
	const kept = useDefinitions(kind).value?.definitions;
	return useMemo(() => {
		const names = new Map(kept?.map((one) => [one.id, one.names[lang]]));
		return (id) => names.get(id) ?? id;
	}, [kept, lang]);
}

interface SettingsView {
	readonly settings: { readonly currency?: string };
}

/** Sums in the site's currency, without what is less than one of it where nothing is said: nobody reads that in a report. */
export function useMoney(digits = 0): (amount: number) => string {
	const { currency = "PLN" } = useAsked<SettingsView>(`${useSite().api}/settings`).value?.settings ?? {};
	const { money } = useFormat();
	return useMemo(() => (amount) => money(amount, currency, digits), [money, currency, digits]);
}

/** The list of people whom a figure is made of, as far as they are still known. */
export function peopleOf(site: OpenSite, condition: unknown): string {
	return `${site.home}/people?where=${encodeURIComponent(JSON.stringify(condition as Condition))}`;
}

/** What a value of an origin is called: "" is all that came when there were too many names. */
export function useOriginName(): (by: Origin, value: string) => string {
	const { figures } = useWords();
	const lang = useLang();
	return useMemo(() => {
		const countries = new Intl.DisplayNames(lang, { type: "region", fallback: "code" });
		const named: Partial<Record<Origin, Readonly<Record<string, string>>>> = {
			channel: figures.channels,
			device: figures.devices,
		};
		const plain: Readonly<Record<string, string>> = { "(direct)": figures.direct, "(none)": figures.none };
		return (by, value) => {
			if (value === "") return figures.others;
			if (by === "country" && /^[A-Z]{2}$/.test(value)) return countries.of(value) ?? value;
			const names = named[by] ?? plain;
			return Object.hasOwn(names, value) ? (names[value] ?? value) : value;
		};
	}, [figures, lang]);
}
