// The pages with words: advice, contact, sign-in, and what one gets when there is nothing.

import { type Article, articles } from "./articles.ts";
import { findCategory, listProducts } from "./catalogue.ts";
import { type Html, html, renderJsonLd } from "./html.ts";
import type { Page } from "./layout.ts";
import { renderGrid, renderPicture } from "./shelf.ts";
import { linkTo, say, type View } from "./view.ts";

function renderDate(view: View, article: Article): Html {
	const format = new Intl.DateTimeFormat(view.lang, { dateStyle: "long", timeZone: "UTC" });
	const date = format.format(new Date(article.publishedOn));
	return html`<p class="small"><time datetime="${article.publishedOn}">${date}</time> · ${article.minutes} ${view.words.minutes}</p>`;
}

export function renderArticleCard(view: View, article: Article): Html {
	return html`<li class="article">${renderPicture(article.picture, "")}<div>${renderDate(view, article)}
<h3><a href="${linkTo(view, `/blog/${article.slug}`)}">${say(view, article.title)}</a></h3><p>${say(view, article.lead)}</p></div></li>`;
}

export function showBlog(view: View): Page {
	const { words } = view;
	return {
		title: words.articles,
		description: words.blogIntro,
		crumbs: [{ name: words.blog }],
		body: html`<section class="wrap"><h1>${words.articles}</h1><p class="intro">${words.blogIntro}</p>
<ul class="articles">${articles.map((article) => renderArticleCard(view, article))}</ul></section>`,
	};
}

export function showArticle(view: View, article: Article): Page {
	const title = say(view, article.title);
	const category = findCategory(article.category);
	const description = say(view, article.lead);
	return {
		title,
		description,
		crumbs: [{ name: view.words.blog, path: "/blog" }, { name: title }],
		head: renderJsonLd({
			"@context": "https://schema.org",
			"@type": "Article",
			headline: title,
			description,
			datePublished: article.publishedOn,
			inLanguage: view.lang,
		}),
		body: html`<article class="wrap narrow text"><h1>${title}</h1>${renderDate(view, article)}<p class="intro">${description}</p>
${renderPicture(article.picture, "", false)}
${article.sections.map((section) => html`<h2>${say(view, section.title)}</h2><p>${say(view, section.text)}</p>`)}
</article>
${category && html`<section class="wrap"><h2>${view.words.seeProducts} <a href="${linkTo(view, `/${category.slug}`)}">${say(view, category.name)}</a></h2>${renderGrid(view, listProducts(category.slug).slice(0, 4))}</section>`}`,
	};
}

export function showContact(view: View): Page {
	const { words } = view;
	return {
		title: words.contact,
		description: words.contactIntro,
		crumbs: [{ name: words.contact }],
		body: html`<section class="wrap split"><div><h1>${words.contact}</h1><p class="intro">${words.contactIntro}</p>
${view.query.has("sent") && html`<p class="note" role="status">${words.sent}</p>`}
<form class="form" method="post" action="${linkTo(view, "/kontakt")}">
<label class="field"><span>${words.name} *</span><input name="name" autocomplete="name" required maxlength="80"></label>
<label class="field"><span>${words.email} *</span><input name="email" type="email" autocomplete="email" required maxlength="120"></label>
<label class="field"><span>${words.message} *</span><textarea name="message" rows="6" required maxlength="2000"></textarea></label>
<button class="button big">${words.send}</button></form></div>
<aside class="panel"><h2>Zielony Kąt</h2><dl><dt>${words.addressLabel}</dt><dd>${words.address}</dd><dt>${words.hoursLabel}</dt><dd>${words.hours}</dd><dt>${words.phone}</dt><dd><a href="tel:+48610000000">61 000 00 00</a></dd><dt>${words.email}</dt><dd><a href="mailto:sklep@zielony-kat.example">sklep@zielony-kat.example</a></dd></dl></aside></section>`,
	};
}

export function showLogin(view: View): Page {
	const { words } = view;
	const action = linkTo(view, "/logowanie");
	const title = view.customer ? words.account : words.login;
	const form = view.customer
		? html`<p class="intro">${words.loggedIn} <b data-customer>${view.customer}</b>.</p>
<form method="post" action="${action}"><input type="hidden" name="action" value="logout"><button class="button quiet">${words.logout}</button></form>`
		: html`<p class="intro">${words.loginIntro}</p><form class="form" method="post" action="${action}">
<label class="field"><span>${words.email}</span><input name="email" type="email" autocomplete="username" required maxlength="120"></label>
<label class="field"><span>${words.password}</span><input name="password" type="password" autocomplete="current-password" required maxlength="120"></label>
<button class="button big">${words.login}</button></form>`;
	return {
		title,
		crumbs: [{ name: title }],
		body: html`<section class="wrap slim"><h1>${title}</h1>${form}</section>`,
	};
}

export function showMissing(view: View): Page {
	const { words } = view;
	return {
		status: 404,
		title: words.notFound,
		body: html`<section class="wrap slim lonely"><p class="code">404</p><h1>${words.notFound}</h1><p class="intro">${words.notFoundText}</p>
<p class="row"><a class="button" href="${linkTo(view, "/")}">${words.backToShop}</a></p></section>`,
	};
}

export function showFailure(view: View, id: string): Page {
	const { words } = view;
	return {
		status: 500,
		title: words.failed,
		body: html`<section class="wrap slim lonely"><h1>${words.failed}</h1><p class="intro">${words.failedText} ${id}</p></section>`,
	};
}
