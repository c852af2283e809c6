// The screen's pages by their addresses, as its router takes them: the first route that fits.

import { exec } from "preact-iso/router";
import { expect, it } from "vitest";
import { placesOf, routes } from "../support/places.ts";

const definition = ["segment", "experience", "interest-tag", "tag-rule", "programme", "score-rule", "list"];
const places = placesOf("demo", {
	people: ["0197-id"],
	products: ["P-1"],
	imports: ["0198-id"],
	conversations: ["0199-id"],
	definitions: Object.fromEntries(definition.map((kind) => [kind, ["some-id"]])),
});

it("every page is the first that its own address fits", () => {
	const taken = Object.entries(places).flatMap(([route, addresses]) =>
		addresses.map((address) => [
			address,
			route,
			routes().find((one) => exec(address, one, { path: address, query: {}, params: {} } as never)),
		]),
	);
	expect(taken.length).toBeGreaterThan(40);
	expect(taken.filter(([, route, first]) => first !== route)).toEqual([]);
});
