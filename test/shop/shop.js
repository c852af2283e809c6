// What the shop does in the browser. All of it works under a strict policy: no markup is ever parsed here.

const maxQuantity = 20;
const cartAtLoad = readCookie("cart");
/** What the server says of the shop's trade: what happened on this page, and what may lie in the cart. */
const { told, items, currency } = JSON.parse(document.querySelector("script[data-commerce]").textContent);

/** Witaj's script is async: until it has run, calls wait in a queue. */
window.witaj ??= (...command) => {
	window.witaj.q ??= [];
	window.witaj.q.push(command);
};

function track(name, props) {
	window.witaj("track", name, props);
}

/** What was told of the cart last, by any tab: the cart changes on pages of the server's too. */
function cartTold() {
	return JSON.parse(localStorage.getItem("cart-told") ?? "[]");
}

/** Tells what was added and removed since, and then what lies in the cart: the last is what counts. */
function tellCart() {
	const before = cartTold();
	const products = readCart().map(({ slug, variant, quantity }) => {
		const key = `${slug}:${variant}`;
		const known = items[key] ?? before.find((item) => item.key === key) ?? { product_id: slug };
		return { ...known, key, quantity };
	});
	localStorage.setItem("cart-told", JSON.stringify(products));
	// An order empties the cart by itself.
	if (told.some(({ name }) => name === "Order Completed")) return;
	let hasChanged = false;
	for (const key of new Set([...before, ...products].map((item) => item.key))) {
		const [was, is] = [before, products].map((list) => list.find((item) => item.key === key));
		const more = (is?.quantity ?? 0) - (was?.quantity ?? 0);
		if (more === 0) continue;
		hasChanged = true;
		const { key: _, ...item } = is ?? was;
		track(more > 0 ? "Product Added" : "Product Removed", { ...item, quantity: Math.abs(more), currency });
	}
	if (!hasChanged) return;
	const worth = products.reduce(
		(sum, { price = 0, quantity }) => sum + Math.round(price * 100) * quantity,
		0,
	);
	track("Cart Updated", {
		value: worth / 100,
		currency,
		products: products.map(({ key: _, ...item }) => item),
	});
}

function readCookie(name) {
	const pair = document.cookie.split("; ").find((item) => item.startsWith(`${name}=`));
	return pair ? pair.slice(name.length + 1) : "";
}

function writeCookie(name, value) {
	// biome-ignore lint/suspicious/noDocumentCookie: cookieStore answers later than the click that follows may need it
	document.cookie = `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? 2592000 : 0}`;
}

function readCart() {
	return readCookie("cart")
		.split("|")
		.filter(Boolean)
		.map((item) => item.split(":"))
		.map(([slug, variant, quantity]) => ({ slug, variant, quantity: Number(quantity) || 0 }));
}

function showCount() {
	const count = readCart().reduce((sum, line) => sum + line.quantity, 0);
	for (const element of document.querySelectorAll("[data-count]")) element.textContent = String(count);
}

function addToCart(form) {
	const fields = new FormData(form);
	const slug = String(fields.get("product"));
	const variant = String(fields.get("variant") ?? "0");
	const lines = readCart();
	const known = lines.find((line) => line.slug === slug && line.variant === variant);
	const line = known ?? { slug, variant, quantity: 0 };
	if (!known) lines.push(line);
	line.quantity = Math.min(line.quantity + Number(fields.get("quantity")), maxQuantity);
	writeCookie("cart", lines.map((item) => `${item.slug}:${item.variant}:${item.quantity}`).join("|"));
	showCount();
	showToast();
	tellCart();
}

let toastTimer;

function showToast() {
	const toast = document.querySelector("[data-toast]");
	const text = toast?.querySelector("[data-added]");
	if (!toast || !text) return;
	text.textContent = text.dataset.added;
	toast.classList.add("is-shown");
	clearTimeout(toastTimer);
	toastTimer = setTimeout(() => {
		toast.classList.remove("is-shown");
		text.textContent = "";
	}, 6000);
}

function watchCart() {
	for (const form of document.querySelectorAll("form[data-add]")) {
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			addToCart(form);
		});
	}
	for (const form of document.querySelectorAll("form[data-line]")) {
		form.elements.quantity.addEventListener("change", () =>
			form.requestSubmit(form.querySelector("[value=set]")),
		);
	}
	const checkout = document.querySelector("form[data-checkout]");
	checkout?.elements.coupon.addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		checkout.requestSubmit(checkout.querySelector("[value=coupon]"));
	});
	// A page out of the back/forward cache still shows the cart of when it was left.
	addEventListener("pageshow", (event) => {
		if (!event.persisted) return;
		showCount();
		const isStale = readCookie("cart") !== cartAtLoad;
		if (isStale && document.querySelector("form[data-line], form[data-checkout]")) location.reload();
	});
}

function watchConsent() {
	const banner = document.getElementById("consent");
	if (!banner) return;
	document.querySelector("[data-consent-open]")?.addEventListener("click", () => {
		banner.hidden = false;
		banner.focus();
	});
	for (const button of banner.querySelectorAll("[data-consent-answer]")) {
		button.addEventListener("click", () => {
			const answer = button.dataset.consentAnswer;
			writeCookie("consent", answer);
			banner.hidden = true;
			const tag = document.querySelector("script[data-consent]");
			// The tag is async: an answer may come before it has run, and then it reads the attribute.
			if (tag) tag.dataset.consent = answer === "yes" ? "granted" : "ask";
			window.witaj?.("consent", answer === "yes" ? "granted" : "denied");
		});
	}
}

function watchCatalogue() {
	const catalogue = document.querySelector("[data-catalogue]");
	if (!catalogue) return;
	const links = [...catalogue.querySelectorAll("[data-filter]")];
	const show = () => {
		const chosen = links.find((link) => link.pathname === location.pathname) ?? links[0];
		for (const link of links) {
			if (link === chosen) link.setAttribute("aria-current", "page");
			else link.removeAttribute("aria-current");
		}
		catalogue.querySelector("[data-shown]").className = `shown-${chosen.dataset.filter || "all"}`;
		catalogue.querySelector("[data-title]").textContent = chosen.dataset.name;
		document.title = `${chosen.dataset.name} | Zielony Kąt`;
	};
	for (const link of links) {
		link.addEventListener("click", (event) => {
			if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
			event.preventDefault();
			if (link.pathname === location.pathname) return;
			history.pushState({}, "", link.pathname);
			show();
		});
	}
	addEventListener("popstate", show);
}

for (const { name, props } of told) track(name, props);
tellCart();
watchCart();
watchConsent();
watchCatalogue();
