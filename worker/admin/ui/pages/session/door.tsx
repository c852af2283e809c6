// What stands before all pages: our name, and one card to fill in.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { chooseLanguage, langs, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Section } from "../../parts/page.tsx";
import { sayRefused } from "../../shell/toasts.tsx";

export function Door({
	title,
	lead,
	children,
}: {
	readonly title: string;
	readonly lead?: string;
	readonly children: ComponentChildren;
}) {
	const { shell } = useWords();
	const lang = useLang();
	useEffect(() => {
		document.title = `${title} · Witaj`;
	}, [title]);
	return (
		<main class="door">
			<div class="door-name">
				<span class="logo" aria-hidden="true">
					W
				</span>
				<h1>{title}</h1>
				{lead && <p>{lead}</p>}
			</div>
			<Section>{children}</Section>
			<div class="row">
				{langs
					.filter((one) => one !== lang)
					.map((one) => (
						<Button key={one} kind="quiet" small onClick={() => void chooseLanguage(one).catch(sayRefused)}>
							{shell.languages[one]}
						</Button>
					))}
			</div>
		</main>
	);
}
