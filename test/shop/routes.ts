// From a request to an answer. Knows nothing of sockets.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { findArticle } from "./articles.ts";
import { findCategory, findProduct, products } from "./catalogue.ts";
import { renderFeed } from "./feed.ts";
import { type Page, renderLayout } from "./layout.ts";
import { changeCart, findCoupon, type Orders, writeCart } from "./orders.ts";
import { showCatalogue, showCategory, showHome, showPrices } from "./pages.ts";
import { drawPicture } from "./pictures.ts";
import { showArticle, showBlog, showContact, showFailure, showLogin, showMissing } from "./reading.ts";
import { drawHero, drawLogo } from "./scene.ts";
import { showProduct } from "./shelf.ts";
import { showCart, showCheckout, showThanks } from "./till.ts";
import { createView, formatCookie, linkTo, readCookies, switchModes, type View } from "./view.ts";

export type Shop = { edge: string; site: string; isStrict: boolean; orders: Orders };
export type Ask = { method: string; url: URL; cookie: string | undefined; form: URLSearchParams };
export type Answer = { status: number; headers: Record<string, string | string[]>; body: string };

const formPaths: ReadonlySet<string> = new Set(["/koszyk", "/zamowienie", "/kontakt", "/logowanie"]);
const needed = ["email", "name", "phone", "street", "postcode", "city"] as const;

/** Later ones win: the order matters. */
const styles = ["base.css", "frame.css", "shelf.css", "pages.css"];

function readSource(name: string): string {
	return readFileSync(new URL(name, import.meta.url), "utf8");
}

const files: ReadonlyMap<string, { type: string; body: string }> = new Map([
	["/style.css", { type: "text/css", body: styles.map(readSource).join("\n") }],
	["/shop.js", { type: "text/javascript", body: readSource("shop.js") }],
	["/robots.txt", { type: "text/plain", body: "User-agent: *\nDisallow:\n" }],
	["/img/logo.svg", { type: "image/svg+xml", body: drawLogo() }],
	["/img/hero.svg", { type: "image/svg+xml", body: drawHero() }],
	...products.map(
		({ slug, shape }) =>
			[`/img/${slug}.svg`, { type: "image/svg+xml", body: drawPicture(slug, shape) }] as const,
	),
]);

function buildPolicy(edge: string): string {
	return [
		"default-src 'none'",
		`script-src 'self' ${edge}`,
		"style-src 'self'",
		`img-src 'self' ${edge}`,
		// The second is the live chat's.
		`connect-src ${edge} ${edge.replace(/^http/, "ws")}`,
		"form-action 'self'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	].join("; ");
}

function choosePage(view: View, shop: Shop, origin: string): Page | undefined {
	const [, first = "", second, ...rest] = view.path.split("/");
	if (rest.length > 0) return undefined;
	if (second !== undefined) {
		const product = first === "p" ? findProduct(second) : undefined;
		const article = first === "blog" ? findArticle(second) : undefined;
		if (product) return showProduct(view, product, origin);
		if (article) return showArticle(view, article);
		return first === "katalog" ? showCatalogue(view, second) : undefined;
	}
	const category = findCategory(first);
	if (category) return showCategory(view, category);
	const order = shop.orders.find(view.query.get("order") ?? "");
	const pages: Record<string, () => Page | undefined> = {
		"": () => showHome(view),
		katalog: () => showCatalogue(view, ""),
		cennik: () => showPrices(view),
		blog: () => showBlog(view),
		kontakt: () => showContact(view),
		logowanie: () => showLogin(view),
		koszyk: () => showCart(view),
		zamowienie: () => showCheckout(view, view.query),
		dziekujemy: () => order && showThanks(view, order),
	};
	return Object.hasOwn(pages, first) ? pages[first]?.() : undefined;
}

function answerPage(view: View, shop: Shop, page: Page): Answer {
	const tagUrl = shop.site && `${shop.edge}/w.js?site=${encodeURIComponent(shop.site)}`;
	const cookies = [...switchModes(view.query)].map(([name, value]) => formatCookie(name, value));
	return {
		status: page.status ?? 200,
		headers: {
			"Content-Type": "text/html; charset=utf-8",
			// Not no-store, which would keep pages out of the back/forward cache.
			"Cache-Control": "no-cache",
			"X-Content-Type-Options": "nosniff",
			...(view.isStrict && { "Content-Security-Policy": buildPolicy(shop.edge) }),
			...(cookies.length > 0 && { "Set-Cookie": cookies }),
		},
		body: renderLayout(view, page, tagUrl),
	};
}

function redirect(view: View, path: string, ...cookies: string[]): Answer {
	const headers = { Location: linkTo(view, path), "Cache-Control": "no-cache", "Set-Cookie": cookies };
	return { status: 303, headers, body: "" };
}

function placeOrder(view: View, shop: Shop, form: URLSearchParams): Answer {
	const refuse = (refusal: "missing" | "coupon" | undefined) =>
		answerPage(view, shop, showCheckout(view, form, refusal));
	const code = form.get("coupon")?.trim() ?? "";
	const coupon = findCoupon(code);
	if (code !== "" && !coupon) return refuse("coupon");
	if (form.get("action") === "coupon") return refuse(undefined);
	const isComplete = needed.every((name) => (form.get(name) ?? "").trim() !== "");
	if (!isComplete || !form.get("email")?.includes("@")) return refuse("missing");
	if (view.lines.length === 0) return redirect(view, "/koszyk");
	const order = shop.orders.place(view.lines, coupon);
	return redirect(view, `/dziekujemy?order=${order.id}`, formatCookie("cart", undefined));
}

function answerForm(view: View, shop: Shop, form: URLSearchParams): Answer {
	if (view.path === "/zamowienie") return placeOrder(view, shop, form);
	if (view.path === "/kontakt") return redirect(view, "/kontakt?sent=1");
	if (view.path === "/koszyk") {
		const lines = changeCart(view.lines, form);
		return redirect(view, "/koszyk", formatCookie("cart", writeCart(lines) || undefined));
	}
	const email = form.get("email")?.trim() ?? "";
	const isIn = form.get("action") !== "logout" && email.includes("@") && email.length <= 120;
	const customer = isIn ? encodeURIComponent(email.toWellFormed()) : undefined;
	return redirect(view, "/logowanie", formatCookie("customer", customer, "; HttpOnly"));
}

export function answer(ask: Ask, shop: Shop): Answer {
	const { method, url } = ask;
	const view = createView(url, readCookies(ask.cookie), shop.isStrict);
	const takesForm = formPaths.has(view.path);
	if (method === "POST" && takesForm) return answerForm(view, shop, ask.form);
	if (method !== "GET" && method !== "HEAD") {
		return { status: 405, headers: { Allow: takesForm ? "GET, HEAD, POST" : "GET, HEAD" }, body: "" };
	}
	const file = files.get(url.pathname);
	if (file) {
		const headers = { "Content-Type": `${file.type}; charset=utf-8`, "Cache-Control": "max-age=300" };
		return { status: 200, headers, body: file.body };
	}
	if (url.pathname === "/feed.xml") {
		const headers = { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "no-cache" };
		return { status: 200, headers, body: renderFeed(url.origin) };
	}
	return answerPage(view, shop, choosePage(view, shop, url.origin) ?? showMissing(view));
}

export function answerFailure(ask: Ask, shop: Shop, error: unknown): Answer {
	const id = randomUUID();
	console.error(JSON.stringify({ id, error: error instanceof Error ? error.stack : String(error) }));
	const view = createView(ask.url, new Map(), shop.isStrict);
	return answerPage(view, shop, showFailure(view, id));
}
