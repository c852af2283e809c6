import type { Words } from "../words.ts";

export const roles: Words["roles"] = {
	role: "Rola",
	names: { owner: "Właściciel", marketer: "Marketer", agent: "Konsultant", analyst: "Analityk" },
	what: {
		owner: "Może wszystko: ustawienia, klucze, zespół, usuwanie osób.",
		marketer: "Tworzy i publikuje treści, segmenty i reguły, importuje i eksportuje osoby.",
		agent: "Widzi osoby i pracuje na ich kartach: tagi, notatki, etapy.",
		analyst: "Widzi wszystko, niczego nie zmienia.",
	},
};
