// What the linter of conditions found, in words.

import type { Warning } from "../../../domain/lint/warning.ts";
import { useFormat, useWords } from "../language.ts";

type Told = { readonly kind: string };

export function useWarningWords(): (warning: Told) => string {
	const { builder } = useWords();
	const format = useFormat();
	return (told) => {
		const warning = told as Warning;
		const words = builder.warnings;
		switch (warning.kind) {
			case "always-true":
			case "never-true": {
				const said = warning.kind === "always-true" ? words.always : words.never;
				const { because } = warning;
				const value = "example" in because ? because.example?.value : undefined;
				return value === undefined || value === null ? said : `${said} ${words.example(String(value))}`;
			}
			case "over":
				return words.over(format.date(warning.endedAt));
			case "contacts-only":
				return words.contactsOnly(format.span(warning.windowMs), format.span(warning.retentionMs));
			case "empty-window":
				return words.windows[warning.why];
			case "odd-text":
				return words.odd[warning.why](warning.value);
			default:
				return words[warning.kind];
		}
	};
}
