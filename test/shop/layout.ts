// The frame around every page. The one place where the shop mentions Witaj: the script tag in the head.

import { categories, type Product } from "./catalogue.ts";
import { renderCommerce, type Told } from "./commerce.ts";
import { type Html, html } from "./html.ts";
import { countItems } from "./orders.ts";
import { linkTo, say, type View } from "./view.ts";

export type Page = {
	status?: number;
	title: string;
	description?: string;
	/** The way from the home page; the last one is this page. */
	crumbs?: readonly { name: string; path?: string }[];
	head?: Html;
	/** What opening the page tells of the shop's trade. */
	told?: readonly Told[];
	/** What can be put into the cart here. */
	offered?: Product;
	body: Html;
};

function renderTag(view: View, tagUrl: string | undefined): Html | undefined {
	if (!view.hasTag || !tagUrl) return undefined;
	if (view.consent === "off") return html`<script async src="${tagUrl}"></script>`;
	return html`<script async src="${tagUrl}" data-consent="${view.consent === "yes" ? "granted" : "ask"}"></script>`;
}

function renderSwitch(view: View): Html {
	const other = view.lang === "pl" ? "en" : "pl";
	const query = new URLSearchParams(view.query);
	for (const mode of ["consent", "witaj", "csp"]) query.delete(mode);
	const search = query.size > 0 ? `?${query}` : "";
	const path = linkTo({ ...view, lang: other }, view.path) + search;
	const name = other === "en" ? "English" : "Polski";
	return html`<a class="switch" href="${path}" hreflang="${other}" lang="${other}" aria-label="${name}">${other.toUpperCase()}</a>`;
}

function listPages(view: View): readonly { path: string; name: string }[] {
	const { words } = view;
	return [
		{ path: "/cennik", name: words.prices },
		{ path: "/blog", name: words.blog },
		{ path: "/kontakt", name: words.contact },
		{ path: "/logowanie", name: view.customer ? words.account : words.login },
	];
}

function renderMenuItem(view: View, path: string, name: string, style?: "phone"): Html {
	const current = view.path === path && html` aria-current="page"`;
	return html`<li${style && html` class="${style}"`}><a href="${linkTo(view, path)}"${current}>${name}</a></li>`;
}

function renderHeader(view: View): Html {
	const { words } = view;
	const count = countItems(view.lines);
	return html`<header class="header">
<p class="strip">${words.strip}</p>
<div class="bar wrap">
<a class="logo" href="${linkTo(view, "/")}"><img src="/img/logo.svg" width="36" height="36" alt=""><span><b>Zielony Kąt</b><small>${words.tagline}</small></span></a>
<nav class="side" aria-label="${words.footerShop}">
${listPages(view).map(({ path, name }) => html`<a class="wide" href="${linkTo(view, path)}">${name}</a>`)}
${renderSwitch(view)}
<a class="cart" href="${linkTo(view, "/koszyk")}">${words.cart} <span class="count" data-count>${count}</span></a>
</nav>
</div>
<nav class="menu" aria-label="${words.menu}"><ul class="wrap">
${categories.map((category) => renderMenuItem(view, `/${category.slug}`, say(view, category.name)))}
${listPages(view).map(({ path, name }) => renderMenuItem(view, path, name, "phone"))}
</ul></nav>
</header>`;
}

function renderCrumbs(view: View, crumbs: Page["crumbs"]): Html | undefined {
	if (!crumbs) return undefined;
	const all = [{ name: view.words.home, path: "/" }, ...crumbs];
	return html`<nav class="crumbs wrap" aria-label="${view.words.breadcrumb}"><ol>${all.map(
		({ name, path }) =>
			path
				? html`<li><a href="${linkTo(view, path)}">${name}</a></li>`
				: html`<li aria-current="page">${name}</li>`,
	)}</ol></nav>`;
}

function renderFooter(view: View): Html {
	const { words } = view;
	const link = (path: string, name: string) => html`<li><a href="${linkTo(view, path)}">${name}</a></li>`;
	return html`<footer class="footer"><div class="wrap columns">
<section><p class="brand">Zielony Kąt</p><p>${words.footerAbout}</p></section>
<section><h2>${words.footerShop}</h2><ul>
${link("/katalog", words.catalogue)}${link("/cennik", words.prices)}${link("/koszyk", words.cart)}${link("/logowanie", view.customer ? words.account : words.login)}
</ul></section>
<section><h2>${words.footerHelp}</h2><ul>
${link("/blog", words.blog)}${link("/kontakt", words.contact)}
${view.consent !== "off" && html`<li><button type="button" class="plain" data-consent-open>${words.privacy}</button></li>`}
</ul></section>
<section><h2>${words.contact}</h2><address>${words.address}<br><a href="tel:+48610000000">61 000 00 00</a><br><a href="mailto:sklep@zielony-kat.example">sklep@zielony-kat.example</a><br>${words.hours}</address></section>
</div><p class="wrap small">© 2026 Zielony Kąt. ${words.fiction}</p></footer>`;
}

function renderConsent(view: View): Html | undefined {
	if (view.consent === "off") return undefined;
	const { words } = view;
	const hidden = view.consent !== "unanswered" && html` hidden`;
	return html`<section class="consent" id="consent" aria-labelledby="consent-title" tabindex="-1"${hidden}><div>
<h2 id="consent-title">${words.consentTitle}</h2><p>${words.consentText}</p></div>
<div class="row"><button type="button" class="button quiet" data-consent-answer="no">${words.reject}</button><button type="button" class="button" data-consent-answer="yes">${words.accept}</button></div>
</section>`;
}

export function renderLayout(view: View, page: Page, tagUrl: string | undefined): string {
	const { words } = view;
	const title = view.path === "/" ? `Zielony Kąt – ${words.tagline}` : `${page.title} | Zielony Kąt`;
	return html`<!doctype html>
<html lang="${view.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${page.description !== undefined && html`<meta name="description" content="${page.description}">`}
<link rel="icon" href="/img/logo.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script defer src="/shop.js"></script>
${renderTag(view, tagUrl)}
${page.head}
${renderCommerce(page.told ?? [], view.lines, page.offered)}
</head>
<body>
<a class="skip" href="#content">${words.toContent}</a>
${renderHeader(view)}
${renderCrumbs(view, page.crumbs)}
<main id="content" tabindex="-1">${page.body}</main>
${renderFooter(view)}
<div class="toast" role="status" data-toast><p data-added="${words.added}"></p><a href="${linkTo(view, "/koszyk")}">${words.goToCart}</a></div>
${renderConsent(view)}
</body>
</html>
`.markup;
}
