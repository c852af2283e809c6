import type { Words } from "../words.ts";

export const roles: Words["roles"] = {
	role: "Rola",
	names: { owner: "Właściciel", marketer: "Marketer", agent: "Konsultant", analyst: "Analityk" },
	what: {
		owner: "może wszystko: ustawienia, klucze, zespół, usuwanie osób",
		marketer: "tworzy i publikuje treści, segmenty i reguły, importuje i eksportuje osoby",
		agent: "widzi osoby i pracuje na ich kartach: tagi, notatki, etapy",
		analyst: "widzi wszystko, niczego nie zmienia",
	},
};
