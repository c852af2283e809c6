// One product: what it costs and has cost, and what changed of it.

import { ExternalLink } from "lucide";
import { useMemo } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked } from "../../api/asked.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Chart } from "../../parts/chart.tsx";
import { Answered, Page, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { linkIn, type ProductList, type ProductView, steps } from "./kept.ts";
import { Availability, Picture, Price } from "./price.tsx";

export default function ProductPage() {
	const { products: words } = useWords();
	const site = useSite();
	const { params } = useRoute();
	const asked = useAsked<ProductView>(`${site.api}/products/${encodeURIComponent(params.id ?? "")}`);
	const address = linkIn(asked.value?.url);
	return (
		<Page
			title={asked.value?.name ?? params.id ?? ""}
			above={[{ name: words.title, href: `${site.home}/products` }]}
			lead={asked.value && <Availability of={asked.value} />}
			actions={
				address && (
					<LinkButton icon={ExternalLink} href={address} target="_blank">
						{words.onShop}
					</LinkButton>
				)
			}
		>
			<Answered asked={asked}>{(product) => <Shown key={product.id} product={product} />}</Answered>
		</Page>
	);
}

function Shown({ product }: { readonly product: ProductView }) {
	const { products: words } = useWords();
	const format = useFormat();
	const { group, currency } = product;
	return (
		<>
			<section class="section is-card product-card">
				<Picture of={product} large />
				<Facts product={product} />
			</section>
			<Section title={words.prices} hint={words.pricesHint}>
				{product.prices.length < 2 ? (
					<p class="hint">{words.noPrices}</p>
				) : (
					<Prices prices={product.prices} currency={currency} />
				)}
			</Section>
			{product.changes.length > 0 && (
				<Section title={words.changes}>
					<ul class="product-changes">
						{product.changes.map(({ kind, at, from, to }) => (
							<li key={`${kind} ${at}`}>
								<Badge kind={kind === "price-dropped" || kind === "back-in-stock" ? "good" : "plain"}>
									{words.changeKinds[kind]}
								</Badge>
								{from !== undefined && to !== undefined && (
									<span>{words.change(format.money(from, currency), format.money(to, currency))}</span>
								)}
								<small>{format.dateTime(at)}</small>
							</li>
						))}
					</ul>
				</Section>
			)}
			{group !== undefined && <Variants group={group} but={product.id} />}
		</>
	);
}

function Facts({ product }: { readonly product: ProductView }) {
	const { products: words } = useWords();
	const format = useFormat();
	const { currency, regularPrice, before, sale, brand, categories, labels, origin, knownAt, goneAt, id } =
		product;
	const facts: readonly (readonly [string, string] | false | undefined | "")[] = [
		before !== undefined && [words.lowest, format.money(before, currency)],
		sale && [
			words.regular,
			[
				format.money(regularPrice, currency),
				sale.from !== undefined && words.saleFrom(format.dateTime(sale.from)),
				sale.until !== undefined && words.saleUntil(format.dateTime(sale.until)),
			]
				.filter(Boolean)
				.join(" "),
		],
		goneAt !== null && [words.gone, words.goneSince(format.dateTime(goneAt))],
		brand && [words.brand, brand],
		categories.length > 0 && [words.categories, categories.join(" › ")],
		...Object.entries(labels),
		[words.id, id],
		[words.from, words.origins[origin]],
		[words.updated, format.dateTime(knownAt)],
	];
	return (
		<div class="stack">
			<p class="product-price">
				<b>{format.money(product.price, currency)}</b>
			</p>
			<dl class="facts">
				{facts.map(
					(fact) =>
						fact && (
							<>
								<dt key={fact[0]}>{fact[0]}</dt>
								<dd>{fact[1]}</dd>
							</>
						),
				)}
			</dl>
		</div>
	);
}

function Prices({ prices, currency }: { readonly prices: ProductView["prices"]; readonly currency: string }) {
	const { products: words } = useWords();
	const format = useFormat();
	const { at, series } = useMemo(() => {
		const { at, values } = steps(prices, Date.now());
		return { at, series: [{ name: words.price, values }] };
	}, [prices, words]);
	const show = useMemo(() => (value: number) => format.money(value, currency), [format, currency]);
	return <Chart label={words.prices} at={at} series={series} by="day" show={show} />;
}

/** Others of its group: the API finds them by the group, which most shops put into the ids of its variants. */
function Variants({ group, but }: { readonly group: string; readonly but: string }) {
	const { products: words } = useWords();
	const site = useSite();
	const { value } = useAsked<ProductList>(`${site.api}/products?${new URLSearchParams({ q: group })}`);
	const others = value?.products.filter((one) => one.group === group && one.id !== but) ?? [];
	if (others.length === 0) return null;
	return (
		<Section title={words.variantsTitle}>
			<ul class="product-variants">
				{others.map((one) => (
					<li key={one.id}>
						<span class="product">
							<Picture of={one} />
							<a href={`${site.home}/products/item/${encodeURIComponent(one.id)}`}>{one.name}</a>
						</span>
						<Price of={one} />
						<Availability of={one} />
					</li>
				))}
			</ul>
		</Section>
	);
}
