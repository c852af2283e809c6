// A made-up visit to the demo shop: its pages in their order, what is looked at, put into the cart, bought, filled in.

import type { LivedEvent } from "../../worker/demo/lives.ts";
import type { Properties } from "../../worker/domain/event.ts";
import { articles } from "../shop/articles.ts";
import { type CategorySlug, listProducts, type Product, skuOf } from "../shop/catalogue.ts";
import type { Chance } from "./seed-chance.ts";
import type { Arrival } from "./seed-words.ts";

const shop = "https://zielonykat.example";

/** What is to happen in a visit beside looking around. */
export interface Plan {
	readonly arrival: Arrival;
	readonly categories: readonly CategorySlug[];
	readonly pages: number;
	/** Puts things into the cart; and buys them. */
	readonly basket: "none" | "left" | "bought";
	/** The form of the blog's pop-up, or the checkout's, is where a person says who they are. */
	readonly card?: { readonly form: Properties; readonly attributes: Properties };
}

export interface Bought {
	readonly order: string;
	readonly at: number;
	/** In units of the currency. */
	readonly revenue: number;
}

export class Visit {
	readonly events: LivedEvent[] = [];
	bought: Bought | undefined;
	at: number;
	readonly #chance: Chance;
	readonly #plan: Plan;
	#before: string;
	#view = "";
	readonly #cart: { product: Product; quantity: number }[] = [];

	constructor(chance: Chance, at: number, plan: Plan) {
		this.#chance = chance;
		this.#plan = plan;
		this.#before = plan.arrival.referrer;
		this.at = at;
		this.#live();
	}

	#live(): void {
		const chance = this.#chance;
		const { basket, card, pages } = this.#plan;
		if (card && basket !== "bought") this.#subscribe(card);
		while (this.events.filter(({ name }) => name === "Page Viewed").length < pages) this.#look();
		if (basket === "none") return;
		if (this.#cart.length === 0) this.#put(chance.of(listProducts(this.#category())));
		if (chance.is(0.5)) this.#put(chance.of(listProducts("akcesoria")));
		this.#open("/koszyk");
		if (basket === "bought") this.#buy(card);
	}

	#look(): void {
		const path = this.#chance.weighed([
			[8, "/"],
			[24, "category"],
			[40, "product"],
			[15, "/cennik"],
			[9, "article"],
			[4, "/kontakt"],
		] as const);
		const category = this.#category();
		if (path === "category") this.#open(`/${category}`);
		else if (path === "article") this.#read();
		else if (path === "product") {
			const product = this.#chance.of(listProducts(category));
			this.#open(`/p/${product.slug}`);
			this.#answer("frame-product", 0.07, 0);
			this.#say("Product Viewed", { ...aboutOf(product), path: `/p/${product.slug}` });
			if (this.#plan.basket !== "none" && this.#cart.length < 3 && this.#chance.is(0.4)) this.#put(product);
		} else this.#open(path);
	}

	/** A blog page; two in three read on until the pop-up comes, and most of them close it. */
	#read(): void {
		const isFar = this.#chance.is(0.66);
		this.#open(`/blog/${this.#chance.of(articles).slug}`, isFar ? "blog-newsletter" : undefined);
		if (isFar) this.#answer("blog-newsletter", 0, 0.8);
	}

	/** Clicks what the page showed, or closes it; nothing where it showed nothing. */
	#answer(experience: string, clicks: number, closes: number): void {
		const said = this.#chance.next();
		const name =
			said < clicks ? "Experience Clicked" : said < clicks + closes ? "Experience Closed" : undefined;
		if (!name) return;
		this.#wait(2, 12);
		const product = experience.startsWith("frame-") && skuOf(this.#chance.of(listProducts(this.#category())));
		this.#say(name, { experience, revision: 1, ...(product && { product }) });
		const last = this.events.pop();
		if (last) this.events.push({ ...last, answers: experience });
	}

	/** On a blog page, in the pop-up that asks for it. */
	#subscribe({ form, attributes }: NonNullable<Plan["card"]>): void {
		const experience = "blog-newsletter";
		this.#open(`/blog/${this.#chance.of(articles).slug}`, experience);
		this.#wait(20, 60);
		this.#say(
			"Form Submitted",
			{ experience, revision: 1, "consent.newsletter": "newsletter-pl-1", ...form },
			attributes,
		);
	}

	#put(product: Product): void {
		this.#wait(5, 40);
		const known = this.#cart.find((line) => line.product === product);
		if (known) known.quantity++;
		else this.#cart.push({ product, quantity: 1 });
		this.#say("Product Added", { ...aboutOf(product), quantity: 1 });
		this.#say("Cart Updated", { value: this.#value(), currency: "PLN", ...this.#lines() });
	}

	#buy(card: Plan["card"]): void {
		this.#open("/zamowienie");
		this.#wait(60, 240);
		if (card) this.#say("Form Submitted", { form: "zamowienie", ...card.form }, card.attributes);
		const order = `ZK-${this.#chance.id(this.at).slice(-10).toUpperCase()}`;
		this.#open("/dziekujemy");
		const revenue = this.#value();
		const shipping = revenue >= 299 ? 0 : 19.9;
		this.#say("Order Completed", { order_id: order, revenue, shipping, currency: "PLN", ...this.#lines() });
		this.bought = { order, at: this.at, revenue };
		this.#say("Cart Updated", { value: 0, currency: "PLN", items: 0, products: "" });
	}

	#value(): number {
		return this.#cart.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0) / 100;
	}

	#lines(): Properties {
		return {
			items: this.#cart.reduce((sum, { quantity }) => sum + quantity, 0),
			products: this.#cart.map(({ product }) => skuOf(product)).join("|"),
		};
	}

	#category(): CategorySlug {
		return this.#chance.of(this.#plan.categories);
	}

	#open(path: string, experience?: string): void {
		const isFirst = this.events.length === 0;
		if (!isFirst) this.#leave();
		const url = `${shop}${path}${isFirst ? this.#plan.arrival.query : ""}`;
		const props = { url, path, title: "Zielony Kąt", referrer: this.#before };
		const claim = experience && { claim: { id: this.#chance.id(this.at), experience } };
		this.#view = this.#chance.id(this.at);
		this.events.push({ id: this.#view, name: "Page Viewed", at: this.at, props, ...(claim && claim) });
		this.#before = `${shop}${path}`;
		if (path !== "/cennik") this.#answer("ready-to-buy", 0.3, 0.45);
	}

	/** The page that is left, and how long it was read. */
	#leave(): void {
		const seconds = this.#wait(6, this.#chance.is(0.15) ? 300 : 80);
		const path = this.#before.slice(shop.length);
		this.#say("Page Left", { view: this.#view, path, seconds, scroll: this.#chance.between(10, 100) });
		this.at += 400;
	}

	#wait(from: number, to: number): number {
		const seconds = this.#chance.between(from, to);
		this.at += seconds * 1_000;
		return seconds;
	}

	#say(name: string, props: Properties, attributes?: Properties): void {
		const event = { id: this.#chance.id(this.at), name, at: this.at, props };
		this.events.push({ ...event, ...(attributes && { attributes }) });
		this.at += 50;
	}
}

function aboutOf(product: Product): Properties {
	return {
		product_id: skuOf(product),
		name: product.name.pl,
		category: product.category,
		brand: product.brand,
		price: product.price / 100,
		currency: "PLN",
	};
}
