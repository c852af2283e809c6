// Recommended products, drawn with the page's own means: there is nothing to keep between two states but a scroll position.

import type { FrameProduct, Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Host } from "../host.ts";
import { isLink, isText } from "../offer.ts";
import { tell } from "../tell.ts";
import { wordsIn } from "./words.ts";

export type ProductsBlock = Extract<Offer["content"]["blocks"][number], { kind: "products" }>;

type Child = Node | string | undefined | false;

/** An element with these attributes; properties that are functions listen. */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | undefined>>,
	...children: readonly Child[]
): HTMLElement {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (value !== undefined) made.setAttribute(key, value);
	made.append(...children.filter((child) => child !== undefined && child !== false));
	return made;
}

/** False, or a throw, where it is none that came over the wire as it should. */
export function areProducts({ products = [] }: ProductsBlock): boolean {
	return (
		products.length > 0 &&
		products.every(({ url, name, price }) => isLink(url) && isText(name) && isText(price))
	);
}

/** A part of its screen that a carousel goes on by. */
const stride = 0.9;

export function productsOf(
	{ layout, products = [], why }: ProductsBlock,
	offer: Offer,
	host: Host,
): HTMLElement {
	const words = wordsIn(offer.language);
	const list = element(
		"ul",
		{ class: "products" },
		...products.map((product) => element("li", {}, cardOf(product, why, offer, host))),
	);
	if (layout !== "carousel") return element("div", { class: layout }, list);
	// A scroll that can be reached by keyboard alone: what lies outside of it is still read, in its order.
	list.tabIndex = 0;
	list.ariaLabel = offer.content.label;
	list.setAttribute("role", "list");
	const [back, on] = [turner(list, -1, words.back), turner(list, 1, words.on)];
	const look = () => {
		const rest = list.scrollWidth - list.clientWidth;
		const at = Math.abs(list.scrollLeft);
		back.disabled = at < 2;
		on.disabled = at > rest - 2;
		back.hidden = on.hidden = rest < 2;
	};
	list.addEventListener("scroll", guard(look), { passive: true });
	new ResizeObserver(guard(look)).observe(list);
	list.addEventListener(
		"keydown",
		guard((event) => {
			const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
			// A link of a product moves on to the next one's.
			const links = [...list.querySelectorAll("a")];
			const root = list.getRootNode() as ShadowRoot;
			const next = links[links.indexOf(root.activeElement as HTMLAnchorElement) + (by ?? 0)];
			if (!by || !next || root.activeElement === list) return;
			event.preventDefault();
			next.focus();
		}),
	);
	return element("div", { class: layout }, list, back, on);
}

function turner(list: HTMLElement, by: -1 | 1, label: string): HTMLButtonElement {
	const turn = element("button", { type: "button", class: by < 0 ? "back" : "on", "aria-label": label });
	const sign = "http://www.w3.org/2000/svg";
	const arrow = document.createElementNS(sign, "svg");
	arrow.setAttribute("viewBox", "0 0 20 20");
	arrow.setAttribute("aria-hidden", "true");
	const path = document.createElementNS(sign, "path");
	path.setAttribute("d", by < 0 ? "M12 4l-6 6 6 6" : "M8 4l6 6-6 6");
	arrow.append(path);
	turn.append(arrow);
	turn.addEventListener(
		"click",
		guard(() => {
			const isRight = getComputedStyle(list).direction === "ltr";
			const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
			list.scrollBy({ left: by * (isRight ? 1 : -1) * list.clientWidth * stride, behavior });
		}),
	);
	return turn as HTMLButtonElement;
}

function cardOf(product: FrameProduct, why: boolean | undefined, offer: Offer, host: Host): HTMLElement {
	const { id, name, url, image, price, before, soldOut } = product;
	const words = wordsIn(offer.language);
	const link = element(
		"a",
		{ href: url, class: soldOut ? "sold-out" : undefined },
		element("span", { class: "picture" }, isLink(image) && pictureOf(image)),
		element(
			"span",
			{ class: "told" },
			element("span", { class: "name" }, name),
			element(
				"span",
				{ class: "price" },
				element("b", {}, price),
				before !== undefined && element("small", {}, `${words.before} `, element("s", {}, before)),
			),
			soldOut && element("em", {}, words.soldOut),
			why && product.why && element("span", { class: "why" }, product.why),
		),
	);
	link.addEventListener(
		"click",
		guard(() => {
			const { experience, revision } = offer;
			host.note(host.newEvent("Experience Clicked", { experience, revision, product: id, link: url }));
			tell(host, "clicked", { experience, revision, product: id, link: url });
		}),
	);
	return link;
}

/** The name beside it says what it is. Unseen until it is there: so it is never the page's largest paint either. */
function pictureOf(src: string): HTMLElement {
	const picture = element("img", { alt: "", loading: "lazy", decoding: "async" }) as HTMLImageElement;
	picture.addEventListener("load", () => picture.classList.add("loaded"));
	picture.addEventListener("error", () => picture.remove());
	picture.src = src;
	return picture;
}
