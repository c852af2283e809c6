// Ceneo's XML (https://www.ceneo.pl, "Struktura pliku XML", version 1): offers of attributes and a few elements.

import { own } from "../../keyed.ts";
import { fold } from "../../text.ts";
import type { XmlElement } from "./elements.ts";

/** In how many days it is sent; 90 to order, 99 to be asked for, 110 before it is out. */
const availabilities: Readonly<Record<string, string>> = {
	"1": "in stock",
	"3": "in stock",
	"7": "in stock",
	"14": "in stock",
	"90": "backorder",
	"99": "in stock",
	"110": "preorder",
};

/** What a shop says in `attrs`, by Google's names. */
const attributes: Readonly<Record<string, string>> = {
	producent: "brand",
	marka: "brand",
	kolor: "color",
	rozmiar: "size",
	material: "material",
	plec: "gender",
};

const names: Readonly<Record<string, string>> = {
	title: "name",
	link: "url",
	image_link: "imgs",
	product_type: "cat",
	availability: "avail",
	brand: "Producent",
};

/** What a field by Google's name is called in a Ceneo feed. */
export function ceneoName(field: string): string {
	return own(names, field) ?? field;
}

/** The offer's fields by Google's names. */
export function ceneoFields(offer: XmlElement): Readonly<Record<string, string>> {
	const { id = "", url = "", price = "", avail = "", stock } = offer.attributes;
	const fields: Record<string, string> = Object.assign(Object.create(null), {
		id,
		link: url,
		price,
		availability: stock?.trim() === "0" ? "out of stock" : (own(availabilities, avail.trim()) ?? avail),
	});
	for (const { name, text, children } of offer.children) {
		if (name === "name") fields.title ??= text;
		else if (name === "cat") fields.product_type ??= text.split("/").join(" > ");
		else if (name === "imgs")
			fields.image_link ??= children.find((one) => one.name === "main")?.attributes.url ?? "";
		else if (name === "attrs")
			for (const one of children) {
				const known = own(attributes, fold(one.attributes.name ?? "").trim());
				if (known) fields[known] ??= one.text;
			}
	}
	return fields;
}
