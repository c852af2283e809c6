// The pages where one pays: cart, checkout and thanks.

import { priceOf } from "./catalogue.ts";
import { cartViewed, checkoutStarted, orderCompleted } from "./commerce.ts";
import { type Html, html, renderJsonLd } from "./html.ts";
import type { Page } from "./layout.ts";
import { findCoupon, type Line, type Order, type Sums, sumUp } from "./orders.ts";
import { renderPicture } from "./shelf.ts";
import { linkTo, say, type View } from "./view.ts";
import { formatMeasure, formatPrice } from "./words.ts";

export type Refusal = "missing" | "coupon";

function nameLine(view: View, line: Line): Html {
	const label = line.product.variants?.[line.variant]?.label;
	return html`${say(view, line.product.name)}${label !== undefined && html` <small>${formatMeasure(label, view.lang)}</small>`}`;
}

function renderSums(view: View, sums: Sums): Html {
	const { words, lang } = view;
	return html`<dl class="sums"><div><dt>${words.goods}</dt><dd>${formatPrice(sums.goods, lang)}</dd></div>
${sums.discount > 0 && html`<div class="discount"><dt>${words.discount} ${sums.percent}%</dt><dd data-discount>−${formatPrice(sums.discount, lang)}</dd></div>`}
<div><dt>${words.delivery}</dt><dd>${sums.delivery ? formatPrice(sums.delivery, lang) : words.free}</dd></div>
<div class="total"><dt>${words.total}</dt><dd data-total="${sums.total}">${formatPrice(sums.total, lang)}</dd></div></dl>`;
}

function renderEmpty(view: View): Html {
	return html`<p class="intro">${view.words.cartEmpty}</p><p><a class="button" href="${linkTo(view, "/katalog")}">${view.words.cartEmptyLink}</a></p>`;
}

function renderLine(view: View, line: Line): Html {
	const { words, lang } = view;
	const { product, variant, quantity } = line;
	return html`<li class="line" data-product="${product.slug}">${renderPicture(product.slug, "")}
<div><h2><a href="${linkTo(view, `/p/${product.slug}`)}">${nameLine(view, line)}</a></h2>
<form class="row" method="post" action="${linkTo(view, "/koszyk")}" data-line>
<input type="hidden" name="product" value="${product.slug}"><input type="hidden" name="variant" value="${variant}">
<label class="field short"><span>${words.quantity}</span><input type="number" name="quantity" value="${quantity}" min="0" max="20" required></label>
<button class="button quiet" name="action" value="set">${words.update}</button><button class="plain" name="action" value="remove">${words.remove}</button>
</form></div><p class="price"><b>${formatPrice(priceOf(product, variant) * quantity, lang)}</b></p></li>`;
}

export function showCart(view: View): Page {
	const { words, lines } = view;
	const body =
		lines.length === 0
			? renderEmpty(view)
			: html`<div class="split"><ul class="lines">${lines.map((line) => renderLine(view, line))}</ul>
<aside class="panel"><h2>${words.summary}</h2>${renderSums(view, sumUp(lines))}<a class="button big" href="${linkTo(view, "/zamowienie")}">${words.toCheckout}</a></aside></div>`;
	return {
		title: words.cart,
		told: lines.length > 0 ? [cartViewed(lines, sumUp(lines))] : [],
		crumbs: [{ name: words.cart }],
		body: html`<section class="wrap"><h1>${words.cart}</h1>${body}</section>
<section class="wrap"><div data-witaj="cart"></div></section>`,
	};
}

function renderCoupon(view: View, typed: string, percent: number | undefined): Html {
	const { words } = view;
	const verdict =
		percent === undefined
			? typed && html`<p class="error" id="coupon-verdict" role="alert">${words.couponBad}</p>`
			: html`<p class="ok" id="coupon-verdict" role="status">${words.couponOk} ${percent}%</p>`;
	const described = verdict && html` aria-describedby="coupon-verdict"`;
	return html`<div class="coupon"><label class="field"><span>${words.coupon}</span><input name="coupon" value="${typed}" maxlength="40" autocomplete="off" spellcheck="false"${described}></label><button class="button quiet" name="action" value="coupon" formnovalidate>${words.applyCoupon}</button></div>${verdict}`;
}

export function showCheckout(view: View, typed: URLSearchParams, refusal?: Refusal): Page {
	const { words, lines } = view;
	const title = words.checkout;
	const crumbs = [{ name: words.cart, path: "/koszyk" }, { name: title }];
	if (lines.length === 0)
		return {
			title,
			crumbs,
			body: html`<section class="wrap"><h1>${title}</h1>${renderEmpty(view)}</section>`,
		};
	const code = typed.get("coupon")?.trim() ?? "";
	const coupon = findCoupon(code);
	const field = (name: string, label: string, complete: string, type = "text") =>
		html`<label class="field"><span>${label} *</span><input name="${name}" type="${type}" value="${typed.get(name) ?? (name === "email" ? view.customer : undefined)}" autocomplete="${complete}" required maxlength="120"></label>`;
	const pay = (value: string, label: string) => {
		const checked = (typed.get("payment") ?? "blik") === value && html` checked`;
		return html`<label class="choice"><input type="radio" name="payment" value="${value}"${checked}> ${label}</label>`;
	};
	const wantsNews = typed.has("newsletter") && html` checked`;
	// Return presses a form's first button: the hidden one keeps that from being the coupon's.
	return {
		...(refusal && { status: 422 }),
		// A coupon that is tried, or a field that was forgotten, starts no second checkout.
		told: typed === view.query ? [checkoutStarted(lines, sumUp(lines))] : [],
		title,
		crumbs,
		body: html`<section class="wrap"><h1>${title}</h1>
<form class="split" method="post" action="${linkTo(view, "/zamowienie")}" data-checkout><button class="unseen" name="action" value="order" tabindex="-1" aria-hidden="true">${words.placeOrder}</button>
<div>${refusal === "missing" && html`<p class="error" role="alert">${words.missing}</p>`}
<fieldset class="form"><legend>${words.yourData}</legend>
${field("email", words.email, "email", "email")}${field("name", words.name, "name")}${field("phone", words.phone, "tel", "tel")}${field("street", words.street, "street-address")}
<div class="pair">${field("postcode", words.postcode, "postal-code")}${field("city", words.city, "address-level2")}</div>
<label class="choice"><input type="checkbox" name="newsletter" value="yes"${wantsNews}> ${words.newsletter}</label></fieldset>
<fieldset class="form"><legend>${words.payment}</legend>${pay("blik", "BLIK")}${pay("card", words.card)}${pay("transfer", words.transfer)}</fieldset></div>
<aside class="panel"><h2>${words.summary}</h2>
<ul class="short-lines">${lines.map((line) => html`<li><span>${line.quantity} × ${nameLine(view, line)}</span><span>${formatPrice(priceOf(line.product, line.variant) * line.quantity, view.lang)}</span></li>`)}</ul>
${renderCoupon(view, code, coupon?.percent)}
${renderSums(view, sumUp(lines, coupon?.percent))}
<button class="button big" name="action" value="order">${words.placeOrder}</button></aside></form></section>`,
	};
}

function describeOrder(view: View, order: Order) {
	return {
		"@context": "https://schema.org",
		"@type": "Order",
		orderNumber: order.id,
		price: (order.sums.total / 100).toFixed(2),
		priceCurrency: "PLN",
		...(order.coupon && { discount: (order.sums.discount / 100).toFixed(2), discountCode: order.coupon }),
		acceptedOffer: order.lines.map((line) => ({
			"@type": "Offer",
			price: (priceOf(line.product, line.variant) / 100).toFixed(2),
			priceCurrency: "PLN",
			eligibleQuantity: { "@type": "QuantitativeValue", value: line.quantity },
			itemOffered: { "@type": "Product", productID: line.product.slug, name: say(view, line.product.name) },
		})),
	};
}

export function showThanks(view: View, order: Order): Page {
	const { words } = view;
	return {
		title: words.thanks,
		head: renderJsonLd(describeOrder(view, order)),
		told: [orderCompleted(order)],
		body: html`<section class="wrap slim lonely"><p class="tick" aria-hidden="true">✓</p><h1>${words.thanks}</h1><p class="intro">${words.thanksText}</p>
<div class="panel"><p>${words.orderNumber}<br><b class="number" data-order>${order.id}</b></p>${renderSums(view, order.sums)}</div>
<p class="row"><a class="button" href="${linkTo(view, "/")}">${words.backToShop}</a></p></section>`,
	};
}
