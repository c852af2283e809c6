// The pages on which one looks around: home, a category, the catalogue and the price list.

import { articles, services } from "./articles.ts";
import { type Category, categories, listProducts, type Product, products } from "./catalogue.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { renderArticleCard } from "./reading.ts";
import { renderGrid, renderPicture } from "./shelf.ts";
import { linkTo, say, type View } from "./view.ts";
import { countProducts, formatPrice, type Text } from "./words.ts";

const groups: readonly { slug: string; name: Text }[] = [
	{ slug: "kosiarki", name: { pl: "Kosiarki", en: "Mowers" } },
	...categories
		.filter((category) => category.group !== "kosiarki")
		.map((category) => ({ slug: category.group, name: category.name })),
];

export function showHome(view: View): Page {
	const { words } = view;
	const isOffered = (product: Product) => !product.isSoldOut;
	const onSale = products.filter((product) => product.was !== undefined && isOffered(product));
	const favourites = products.filter((product) => product.mark === "favourite");
	const perks = [
		[words.perkShipping, words.perkShippingText],
		[words.perkReturns, words.perkReturnsText],
		[words.perkService, words.perkServiceText],
	];
	return {
		title: words.home,
		description: words.heroLead,
		body: html`<section class="hero"><div class="wrap">
<div><h1>${words.heroTitle}</h1><p class="intro">${words.heroLead}</p>
<p class="row"><a class="button big" href="${linkTo(view, "/kosiarki-akumulatorowe")}">${words.heroMain}</a><a class="button big quiet" href="${linkTo(view, "/katalog")}">${words.heroSide}</a></p></div>
<img src="/img/hero.svg" width="640" height="480" alt="${words.heroPicture}">
</div></section>
<section class="wrap"><ul class="perks">${perks.map(([title, text]) => html`<li><b>${title}</b><span>${text}</span></li>`)}</ul></section>
<section class="wrap"><div data-witaj="home"></div></section>
<section class="wrap"><h2>${words.shopBy}</h2><ul class="tiles">${categories.map((category) => {
			const ours = listProducts(category.slug);
			return html`<li>${renderPicture(ours[0]?.slug ?? "", "")}<a href="${linkTo(view, `/${category.slug}`)}">${say(view, category.name)}</a><small>${countProducts(ours.length, view.lang)}</small></li>`;
		})}</ul></section>
<section class="wrap"><h2>${words.sale}</h2>${renderGrid(view, onSale.slice(0, 4))}</section>
<section class="wrap"><h2>${words.favourites}</h2>${renderGrid(view, favourites.slice(-4))}</section>
<section class="wrap"><h2>${words.articles}</h2><ul class="articles">${articles.map((article) => renderArticleCard(view, article))}</ul></section>`,
	};
}

export function showCategory(view: View, category: Category): Page {
	const name = say(view, category.name);
	const ours = listProducts(category.slug);
	return {
		title: name,
		description: say(view, category.intro),
		crumbs: [{ name }],
		body: html`<section class="wrap"><h1>${name}</h1><p class="intro">${say(view, category.intro)}</p>
<p class="small">${countProducts(ours.length, view.lang)}</p>${renderGrid(view, ours, 2)}</section>
<section class="wrap"><div data-witaj="category"></div></section>
<section class="wrap"><div class="advice"><h2>${view.words.howToChoose}</h2><p>${say(view, category.advice)}</p></div></section>`,
	};
}

/** A single-page application in small: shop.js changes the group and the address, and the server knows each address too. */
export function showCatalogue(view: View, group: string): Page | undefined {
	const { words } = view;
	const chosen = groups.find((known) => known.slug === group);
	if (group !== "" && !chosen) return undefined;
	const title = chosen ? say(view, chosen.name) : words.catalogue;
	const filters = [{ slug: "", label: words.all, title: words.catalogue }].concat(
		groups.map(({ slug, name }) => ({ slug, label: say(view, name), title: say(view, name) })),
	);
	// The grid comes whole; which cards show is a class that style.css knows, so that it works before shop.js runs.
	return {
		title,
		description: words.catalogueIntro,
		crumbs: [{ name: words.catalogue }],
		body: html`<section class="wrap" data-catalogue><h1 data-title>${title}</h1><p class="intro">${words.catalogueIntro}</p>
<nav class="filters" aria-label="${words.filter}">${filters.map((filter) => {
			const current = filter.slug === group && html` aria-current="page"`;
			const path = linkTo(view, filter.slug ? `/katalog/${filter.slug}` : "/katalog");
			return html`<a href="${path}" data-filter="${filter.slug}" data-name="${filter.title}"${current}>${filter.label}</a>`;
		})}</nav>
<div class="shown-${group || "all"}" data-shown>${renderGrid(view, products, 2)}</div></section>`,
	};
}

export function showPrices(view: View): Page {
	const { words, lang } = view;
	const head = (name: string) =>
		html`<thead><tr><th scope="col">${name}</th><th scope="col">${words.price}</th></tr></thead>`;
	return {
		title: words.prices,
		description: words.pricesIntro,
		crumbs: [{ name: words.prices }],
		body: html`<section class="wrap narrow"><h1>${words.prices}</h1><p class="intro">${words.pricesIntro}</p>
<h2>${words.services}</h2><table class="prices">${head(words.service)}<tbody>${services.map(
			(service) =>
				html`<tr><td>${say(view, service.name)}</td><td>${words.from} ${formatPrice(service.price, lang)}</td></tr>`,
		)}</tbody></table>
${categories.map(
	(category) =>
		html`<h2>${say(view, category.name)}</h2><table class="prices">${head(words.product)}<tbody>${listProducts(
			category.slug,
		).map(
			(product) =>
				html`<tr><td><a href="${linkTo(view, `/p/${product.slug}`)}">${say(view, product.name)}</a>${product.isSoldOut && html` <small>(${words.soldOut.toLowerCase()})</small>`}</td><td>${product.was !== undefined && html`<s>${formatPrice(product.was, lang)}</s> `}${formatPrice(product.price, lang)}</td></tr>`,
		)}</tbody></table>`,
)}</section>`,
	};
}
