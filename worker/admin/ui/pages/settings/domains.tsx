import { useWords } from "../../language.ts";
import { Notice, Section } from "../../parts/page.tsx";
import type { Editing } from "./form.ts";
import { Lines } from "./lines.tsx";

/** `shop.pl` is as good as `https://shop.pl/`. */
function originOf(written: string): string | undefined {
	const address = /^https?:\/\//i.test(written) ? written : `https://${written}`;
	if (!URL.canParse(address)) return undefined;
	const { origin, hostname } = new URL(address);
	return hostname.includes(".") || hostname === "localhost" ? origin : undefined;
}

export function Domains({ settings: { origins }, edit }: Editing) {
	const { settings: words } = useWords();
	return (
		<Section title={words.origins} hint={words.originsHint}>
			{origins.length === 0 && <Notice kind="warn">{words.anyOrigin}</Notice>}
			<Lines
				label={words.addOrigin}
				at="origins"
				placeholder="https://www.shop.pl"
				lines={origins}
				read={originOf}
				wrong={words.wrongOrigin}
				onChange={(next) => edit("origins", next)}
			/>
		</Section>
	);
}
