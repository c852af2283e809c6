// The chunk that understands what already stands on a site's pages: Google's e-commerce events, schema.org's products,
// the site's own forms, and what its banner was told of consent. Loaded only where the site's settings say so.

import type { CollectEvent } from "../worker/protocol/collect.ts";
import type { Collect, PublicSettings } from "../worker/protocol/settings.ts";
import { type Mode, modeAfter, strictest, wordOfMode, wordOfTcf } from "./collect/consent.ts";
import { watchForms } from "./collect/form.ts";
import { toldByLayer } from "./collect/ga4.ts";
import { follow } from "./collect/layer.ts";
import { itemsOn } from "./collect/microdata.ts";
import { productOfPage } from "./collect/product.ts";
import type { Told } from "./collect/told.ts";
import { guard, on } from "./guard.ts";
import type { Host } from "./host.ts";

type Props = CollectEvent["props"];

/** Soon enough for several events that are pushed in one go to share a request. */
const flushMs = 1_000;
const viewed = "Product Viewed";

let host: Host | undefined;
/** Products that the page view was said to be about, however many say so. */
let seen = new Set<string>();
let seenIn: unknown;
/** The structured data of the page view before: a route may be shown before its own is there. */
let before = "";

/** Called for each page view, and starts everything with the first. Asks, when what there is to know before its request is known. */
export async function look(lent: Host, { collect = {} }: PublicSettings): Promise<void> {
	if (!host) {
		host = lent;
		if (collect.consent) hearConsent(collect.consent);
		if (collect.dataLayer) follow((pushed) => toldByLayer(pushed).forEach(tell));
		if (collect.forms) watchForms(collect.forms, (props) => tell({ name: "Form Submitted", props }));
	}
	if (collect.schema) {
		await parsed();
		lookForProduct();
	}
	lent.ask();
}

/** What stands on the page is there when it is parsed; an async script may run before. */
function parsed(): Promise<void> {
	return new Promise((done) => {
		if (document.readyState !== "loading") done();
		else document.addEventListener("DOMContentLoaded", () => done());
	});
}

function lookForProduct(): void {
	const blocks = Array.from(
		document.querySelectorAll('script[type="application/ld+json"]'),
		({ textContent }) => textContent ?? "",
	);
	const items = itemsOn(document);
	const now = JSON.stringify([blocks, items]);
	if (now === before) return;
	before = now;
	const product = productOfPage([...blocks.map(parse), ...items]);
	const view = host?.view();
	if (!product || !view) return;
	const { image, ...said } = product;
	view.page.product = said;
	const { id, ...props } = said;
	const { url } = view.page;
	tell({ name: viewed, props: { product_id: id, ...props, url, ...pictured(image) } });
}

function pictured(image: string | undefined): { readonly image_url?: string } {
	return image && URL.canParse(image, location.href) ? { image_url: new URL(image, location.href).href } : {};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// The site's own mistake.
		return undefined;
	}
}

function tell({ name, props }: Told): void {
	if (!host) return;
	if (name === viewed) {
		const view = host.view();
		if (view !== seenIn) seen = new Set();
		seenIn = view;
		const id = String(props.product_id);
		if (seen.has(id)) return;
		seen.add(id);
	}
	host.note(host.newEvent(name, props as Props));
	setTimeout(() => host?.ask(), flushMs);
}

/** Each that is asked has to have agreed: of one that is not there yet nothing is known. */
function hearConsent(asked: NonNullable<Collect["consent"]>): void {
	let mode: Mode | undefined;
	let data: unknown;
	let isHeard = false;
	const say = () => {
		const words = asked.map((one) => (one === "google" ? wordOfMode(mode) : wordOfTcf(data)));
		if (isHeard) host?.say(strictest(words));
	};
	if (asked.includes("tcf")) {
		askTcf((next) => {
			data = next;
			say();
		});
	}
	if (asked.includes("google")) {
		follow((pushed) => {
			const next = modeAfter(mode, pushed);
			if (next === mode) return;
			mode = next;
			say();
		});
	}
	// Not before all that was said before us has been read.
	isHeard = true;
	say();
}

/** A banner may come after us, but is there when the page has loaded. */
function askTcf(listen: (data: unknown) => void): void {
	const api = (window as unknown as { __tcfapi?: unknown }).__tcfapi;
	if (typeof api === "function") {
		api(
			"addEventListener",
			2,
			guard((data: unknown, isRight: unknown) => {
				if (isRight) listen(data);
			}),
		);
	} else if (document.readyState !== "complete") on("load", () => askTcf(listen));
}
