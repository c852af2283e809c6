// Microdata read off the page, in the shape of JSON-LD.

const inAttribute: Readonly<Record<string, string>> = {
	META: "content",
	A: "href",
	LINK: "href",
	AREA: "href",
	IMG: "src",
	SOURCE: "src",
	IFRAME: "src",
	OBJECT: "data",
	DATA: "value",
	METER: "value",
	TIME: "datetime",
};

function saidBy(element: Element): unknown {
	if (element.hasAttribute("itemscope")) return itemOf(element);
	// Many shops write what machines are to read beside what people are.
	const name = element.hasAttribute("content") ? "content" : inAttribute[element.tagName];
	return (name && element.getAttribute(name)) || element.textContent;
}

function itemOf(item: Element): Record<string, unknown> {
	const read: Record<string, unknown> = { "@type": item.getAttribute("itemtype")?.split(/\s+/) ?? [] };
	for (const element of item.querySelectorAll("[itemprop]")) {
		// What belongs to an item within is that one's.
		if (element.parentElement?.closest("[itemscope]") !== item) continue;
		for (const name of (element.getAttribute("itemprop") ?? "").split(/\s+/)) {
			const said = Object.hasOwn(read, name) ? [read[name]].flat() : [];
			read[name] = said.length > 0 ? [...said, saidBy(element)] : saidBy(element);
		}
	}
	return read;
}

/** The page's items that are part of no other. */
export function itemsOn(page: ParentNode): readonly unknown[] {
	return Array.from(page.querySelectorAll("[itemscope]:not([itemprop])"), itemOf);
}
