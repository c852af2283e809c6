import { useAsked } from "../../api/asked.ts";
import { useFormat, useWords } from "../../language.ts";
import { Tabs } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import type { CatalogueView } from "./kept.ts";

export function CatalogueTabs() {
	const { products: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const { value } = useAsked<CatalogueView>(`${site.api}/catalogue`);
	return (
		<Tabs
			label={words.tabs.label}
			tabs={[
				{
					name: words.tabs.products,
					href: `${site.home}/products`,
					...(value && { count: format.number(value.offered) }),
				},
				{ name: words.tabs.feed, href: `${site.home}/products/feed` },
			]}
		/>
	);
}
