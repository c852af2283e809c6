// Light, dark, or as the system has it.

import { signal } from "@preact/signals";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const rememberedAs = "witaj.theme";
const isTheme = (text: string | null): text is Theme => themes.some((one) => one === text);

const remembered = localStorage.getItem(rememberedAs);
export const theme = signal<Theme>(isTheme(remembered) ? remembered : "system");

export function chooseTheme(chosen: Theme): void {
	theme.value = chosen;
	localStorage.setItem(rememberedAs, chosen);
	applyTheme();
}

export function applyTheme(): void {
	document.documentElement.dataset.theme = theme.value;
}
