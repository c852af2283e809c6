import type { Words } from "../words.ts";

export const tags: Words["tags"] = {
	title: "Tagi",
	lead: "Znaczniki, które liczą: CENNIK (3) to trzy wyświetlenia cennika. Reguły nadają je osobom na bieżąco.",
	rules: "Reguły tagów",
	add: "Nowa reguła tagu",
	none: "Nie ma jeszcze reguł tagów",
	noneWhy:
		"Reguła nadaje tag każdemu, kto coś zrobi: przeczyta cennik, przyjdzie z kampanii, obejrzy kategorię. O tag mogą potem pytać segmenty i treści na stronie.",
	does: "Co robi",
	adds: "Nadaje tag",
	removes: "Zdejmuje tag",
	tag: "Tag",
	tagHint:
		"Wielkimi literami. {category} oznacza to, co mówi zdarzenie: KATEGORIA_{category} da KATEGORIA_BUTY.",
	tagPlaceholder: "CENNIK",
	optional: "opcjonalnie",
	nameHint: "Dla zespołu, gdy sam tag nie mówi, do czego służy.",
	stays: "Jak długo zostaje",
	expires: "Tag znika po pewnym czasie",
	expiresHint: "Liczonym od ostatniego nadania. Bez tego tag zostaje.",
	interests: "Tagi zainteresowań",
	interestsWhy:
		"Tag dla każdej kategorii lub marki, którą ktoś się interesuje – tak długo, jak się interesuje.",
	addInterest: "Nowy tag zainteresowań",
	interestIn: "Zainteresowanie",
	interestTagHint: (of) => `{${of}} oznacza nazwę.`,
	interestTagWrong: "Tag musi zawierać {category} albo {brand}.",
	interestWhen: "Od kiedy",
	interestWhenHint: "Zainteresowanie rośnie z tym, co ktoś ogląda, dodaje i kupuje, a z czasem słabnie.",
};
