import { expect, it } from "vitest";
import { learned } from "../../worker/domain/catalogue/learned.ts";

const props = {
	product_id: "kx-40",
	name: "Kosiarka KX-40",
	url: "https://shop.example/kx-40",
	image_url: "https://shop.example/kx-40.jpg",
	price: 1_299.9,
	category: "Kosiarki",
	brand: "Brzost",
};
const origins = ["https://shop.example", "http://localhost:8788"];
const learn = (more: Record<string, string | number> = {}, visitors = 3, own = origins) =>
	learned({ props: { ...props, ...more }, visitors }, own, "PLN");

it("a product is learned once three visitors' pages told the same of it", () => {
	expect(learn({}, 2)).toBeUndefined();
	expect(learn()).toEqual({
		id: "kx-40",
		name: "Kosiarka KX-40",
		url: "https://shop.example/kx-40",
		image: "https://shop.example/kx-40.jpg",
		currency: "PLN",
		price: 129_990,
		availability: "in-stock",
		brand: "Brzost",
		categories: ["Kosiarki"],
		labels: {},
	});
	expect(learn({ currency: "EUR" })?.currency).toBe("EUR");
});

it.each([
	"https://evil.example/kx-40",
	"https://shop.example.evil.example/",
	"https://shop.example@evil.example/",
	"https://shop.example:8443/",
	"http://shop.example/",
	"https://evil.example/https://shop.example/",
	"https://shop.example\\@evil.example/",
	"javascript:alert(1)//https://shop.example",
	"/kx-40",
	"",
])("one that leads elsewhere than to the site is not: %j", (url) => {
	expect(learn({ url })).toBeUndefined();
});

it("one without a name, an id or a price is not, and a site that names no origin learns none", () => {
	for (const missing of ["product_id", "name", "price"]) expect(learn({ [missing]: "" })).toBeUndefined();
	expect(learn({}, 9, [])).toBeUndefined();
});

it("a picture from elsewhere is left out", () => {
	expect(learn({ image_url: "https://evil.example/pixel.gif" })).not.toHaveProperty("image");
});
