// Products on pages: the card, and the product's own page.

import { categoryOf, listProducts, type Product, type SpecKey, skuOf } from "./catalogue.ts";
import { productViewed } from "./commerce.ts";
import { type Html, html, renderJsonLd } from "./html.ts";
import type { Page } from "./layout.ts";
import { linkTo, say, type View } from "./view.ts";
import { formatMeasure, formatPrice, specNames } from "./words.ts";

const months: ReadonlySet<SpecKey> = new Set(["warranty"]);

export function renderPicture(slug: string, alt: string, isLazy = true): Html {
	const loading = isLazy && html` loading="lazy"`;
	return html`<img src="/img/${slug}.svg" width="480" height="360" alt="${alt}"${loading}>`;
}

function renderMarks(view: View, product: Product): Html {
	const { words } = view;
	const cut = product.was ? Math.round((1 - product.price / product.was) * 100) : 0;
	return html`<p class="marks">
${cut > 0 && html`<span class="mark sale">${words.saleMark} −${cut}%</span>`}
${product.mark === "new" && html`<span class="mark new">${words.newMark}</span>`}
${product.mark === "favourite" && html`<span class="mark">${words.favouriteMark}</span>`}
${product.isSoldOut && html`<span class="mark gone">${words.soldOut}</span>`}
</p>`;
}

function renderPrice(view: View, product: Product): Html {
	const prices = product.variants?.map((variant) => variant.price) ?? [];
	const from = new Set(prices).size > 1 && html`<small>${view.words.from}</small> `;
	const was = product.was !== undefined && html` <s>${formatPrice(product.was, view.lang)}</s>`;
	return html`<p class="price">${from}<b>${formatPrice(product.price, view.lang)}</b>${was}</p>`;
}

export function renderCard(view: View, product: Product, level: 2 | 3 = 3): Html {
	const name = say(view, product.name);
	const link = html`<a href="${linkTo(view, `/p/${product.slug}`)}">${name}</a>`;
	const state = product.isSoldOut && html` is-gone`;
	return html`<li class="card${state}" data-group="${categoryOf(product).group}">
${renderPicture(product.slug, "")}
${renderMarks(view, product)}
${level === 2 ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
<p class="lead">${say(view, product.lead)}</p>
${renderPrice(view, product)}
</li>`;
}

export function renderGrid(view: View, products: readonly Product[], level: 2 | 3 = 3): Html {
	return html`<ul class="grid">${products.map((product) => renderCard(view, product, level))}</ul>`;
}

function renderBuy(view: View, product: Product): Html {
	const { words, lang } = view;
	if (product.isSoldOut) return html`<p class="stock gone">${words.soldOutText}</p>`;
	return html`<form class="buy" method="post" action="${linkTo(view, "/koszyk")}" data-add>
<input type="hidden" name="action" value="add"><input type="hidden" name="product" value="${product.slug}">
${
	product.variants &&
	html`<label class="field"><span>${words.variant}</span><select name="variant">${product.variants.map(
		(variant, i) =>
			html`<option value="${i}">${formatMeasure(variant.label, lang)} – ${formatPrice(variant.price, lang)}</option>`,
	)}</select></label>`
}
<label class="field short"><span>${words.quantity}</span><input type="number" name="quantity" value="1" min="1" max="20" required></label>
<button class="button big">${words.addToCart}</button>
</form><p class="stock">${words.inStock}</p>`;
}

function renderSpecs(view: View, product: Product): Html {
	const keys = Object.keys(specNames) as SpecKey[];
	const rows = keys.flatMap((key) => {
		const value = product.specs[key];
		if (value === undefined) return [];
		const measure = months.has(key) ? `${value} ${view.words.months}` : formatMeasure(value, view.lang);
		return [html`<tr><th scope="row">${say(view, specNames[key])}</th><td>${measure}</td></tr>`];
	});
	return html`<table class="specs"><tbody>${rows}<tr><th scope="row">${view.words.sku}</th><td>${skuOf(product)}</td></tr></tbody></table>`;
}

function describeProduct(view: View, product: Product, origin: string) {
	return {
		"@context": "https://schema.org",
		"@type": "Product",
		name: say(view, product.name),
		description: say(view, product.lead),
		sku: skuOf(product),
		productID: product.slug,
		category: say(view, categoryOf(product).name),
		image: `${origin}/img/${product.slug}.svg`,
		brand: { "@type": "Brand", name: product.brand },
		offers: {
			"@type": "Offer",
			url: origin + linkTo(view, `/p/${product.slug}`),
			price: (product.price / 100).toFixed(2),
			priceCurrency: "PLN",
			availability: `https://schema.org/${product.isSoldOut ? "OutOfStock" : "InStock"}`,
		},
	};
}

export function showProduct(view: View, product: Product, origin: string): Page {
	const { words, lang } = view;
	const category = categoryOf(product);
	const name = say(view, product.name);
	const related = listProducts(product.category).filter((other) => other !== product);
	return {
		title: name,
		description: say(view, product.lead),
		crumbs: [{ name: say(view, category.name), path: `/${category.slug}` }, { name }],
		head: renderJsonLd(describeProduct(view, product, origin)),
		told: [productViewed(product)],
		offered: product,
		body: html`<article class="wrap product">
<div class="stage">${renderPicture(product.slug, name, false)}</div>
<div class="details">
${renderMarks(view, product)}
<h1>${name}</h1>
<p class="intro">${say(view, product.lead)}</p>
${renderPrice(view, product)}
${product.was !== undefined && html`<p class="small">${words.lowest} ${formatPrice(product.was, lang)}</p>`}
${renderBuy(view, product)}
</div>
<section><h2>${words.specs}</h2>${renderSpecs(view, product)}</section>
<section class="advice"><h2>${words.howToChoose}</h2><p>${say(view, category.advice)}</p></section>
</article>
<section class="wrap"><div data-witaj="product"></div></section>
<section class="wrap"><h2>${words.related}</h2>${renderGrid(view, related.slice(0, 4))}</section>`,
	};
}
