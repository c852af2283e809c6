// A page that the browser renders ahead of a click. Chromium does it for real here, and its pages drive themselves.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openAlone } from "../support/chromium.ts";
import { soon } from "../support/host.ts";
import { type Stub, startStub } from "../support/stub.ts";

let stub: Stub;
let close: (() => Promise<void>) | undefined;

beforeEach(async () => {
	stub = await startStub();
});
afterEach(async () => {
	await close?.();
	close = undefined;
	await stub.stop();
});

/** Has `/next` rendered ahead; does `before` when it is told to go on, and goes to `target`. */
function ahead(target: string, before = ""): string {
	const rules = { prerender: [{ urls: ["/next"], eagerness: "immediate" }] };
	return `<script type="speculationrules">${JSON.stringify(rules)}</script>
		<script>fetch("/signal").then(async () => { ${before}; location.assign("${target}") })</script>`;
}

/** Until the page's first answer is in: whoever leaves a newcomer's page before that, leaves no word. */
const known = "while (!localStorage['witaj.token']) await new Promise((done) => setTimeout(done))";

/**
 * Tracks an event when it has loaded, and so when the script has run; tells when a request of the script's would have
 * been there, having made one of its own after it.
 */
const telling = `<script>
	const tell = (what) => fetch("/told?" + what + " " + (document.prerendering ? "unseen" : "seen"));
	addEventListener("load", async () => {
		witaj("track", "Product Viewed");
		await tell("ran");
		await tell("waits");
	});
	document.addEventListener("prerenderingchange", () => tell("shown"));
</script>`;

async function open(target: string, before?: string): Promise<() => void> {
	let go = () => {};
	stub.signal = new Promise((resolve) => {
		go = resolve;
	});
	stub.head = (path) => (path === "/" ? ahead(target, before) : path === "/next" ? telling : "");
	close = await openAlone(`${stub.page}/`);
	await soon(() => stub.told).toEqual(["ran unseen", "waits unseen"]);
	return go;
}

/** Names and pages of the events so far, each once however often it was sent. */
function told(): string[] {
	const events = stub.received.flatMap((one) => one.events);
	const unique = new Map(events.map(({ id, name, props }) => [id, `${name} ${props?.path ?? ""}`.trim()]));
	return [...unique.values()].sort();
}

describe("a page that is rendered ahead", () => {
	test("is counted when it is shown, once, and not before", async () => {
		const go = await open("/next", known);
		await soon(told).toEqual(["Page Viewed /"]);
		expect(stub.received).toHaveLength(1);
		go();
		await soon(told).toEqual(["Page Left /", "Page Viewed /", "Page Viewed /next", "Product Viewed"]);
		await soon(() => stub.told).toEqual(["ran unseen", "waits unseen", "shown seen"]);
		expect(stub.received.filter((one) => one.decide).map((one) => one.page.url)).toEqual([
			`${stub.page}/`,
			`${stub.page}/next`,
		]);
	});

	test("and never shown is never counted, nor what it tracked", async () => {
		const go = await open("/third");
		go();
		await soon(told).toEqual(["Page Left /", "Page Viewed /", "Page Viewed /third"]);
	});

	test("goes by the consent of the moment in which it is shown", async () => {
		stub.consent = "ask";
		const go = await open("/next", 'witaj("consent", "granted")');
		await soon(() => stub.received.map(({ consent }) => consent)).toEqual(["required"]);
		go();
		await soon(told).toContain("Product Viewed");
		expect(told()).toContain("Page Viewed /next");
	});
});
