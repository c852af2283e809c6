// What each column is: guessed from its name in Polish or English, else from what stands in it.

import { normaliseEmail, normalisePhone } from "../contact.ts";
import { fold } from "../text.ts";
import { importLimits, shortened } from "./limits.ts";
import { areMonthsFirst, type ColumnType, typeOf } from "./value.ts";

export const channels = ["email", "sms", "phone", "push"] as const;
export type Channel = (typeof channels)[number];
export const orderFields = ["id", "at", "revenue", "currency", "coupon"] as const;
/** As Segment names the members of a product. */
export const lineFields = ["product_id", "name", "price", "quantity", "category", "brand"] as const;

/** What becomes of a column. An address and a phone are attributes too. */
export type Target =
	| { readonly to: "nothing" }
	| { readonly to: "identifier"; readonly kind: "user" | "email" | "phone" }
	| {
			readonly to: "attribute";
			readonly name: string;
			readonly type: ColumnType;
			/** Of dates: 12/31/2024. */
			readonly isMonthFirst?: boolean;
	  }
	/** A list of tags, each of which is added once. */
	| { readonly to: "tags" }
	/** Given where it says yes; where it says no, nothing is: a withdrawal is the person's own. */
	| { readonly to: "consent"; readonly channel: Channel; readonly purpose: string }
	| { readonly to: "order"; readonly field: (typeof orderFields)[number]; readonly isMonthFirst?: boolean }
	| { readonly to: "line"; readonly field: (typeof lineFields)[number] };

export interface Column {
	readonly name: string;
	/** The first values that differ. */
	readonly samples: readonly string[];
	/** What it is taken for until somebody says otherwise. */
	readonly guess: Target;
}

const nothing: Target = { to: "nothing" };
const text = (name: string): Target => ({ to: "attribute", name, type: "text" });
const date = (name: string): Target => ({ to: "attribute", name, type: "date" });
const list = (name: string): Target => ({ to: "attribute", name, type: "list" });
const order = (field: (typeof orderFields)[number]): Target => ({ to: "order", field });
const line = (field: (typeof lineFields)[number]): Target => ({ to: "line", field });

/** Names of columns, folded and without what is no letter or digit. */
const known: readonly (readonly [target: Target, names: string])[] = [
	[
		{ to: "identifier", kind: "email" },
		"email emailaddress adresemail adresemailowy adresmail adresmailowy mail emailklienta poczta pocztaelektroniczna subscriberemail",
	],
	[
		{ to: "identifier", kind: "phone" },
		"phone phonenumber telefon tel numertelefonu nrtelefonu nrtel komorka telefonkomorkowy telefonkontaktowy mobile mobilephone mobilenumber contactphonenumber",
	],
	[
		{ to: "identifier", kind: "user" },
		"id userid customerid clientid contactid externalid idklienta numerklienta nrklienta kodklienta iduzytkownika idkontaktu idzewnetrzne",
	],
	[text("firstName"), "imie firstname first givenname"],
	[text("lastName"), "nazwisko lastname last surname familyname"],
	[text("name"), "imieinazwisko nazwiskoiimie name fullname klient kontakt customername"],
	[text("company"), "firma company companyname nazwafirmy organizacja organization"],
	[text("position"), "stanowisko position jobtitle job"],
	[text("industry"), "branza industry"],
	[text("city"), "miasto city miejscowosc town"],
	[text("postcode"), "kodpocztowy kod postcode postalcode zip zipcode"],
	[text("region"), "wojewodztwo region voivodeship state province"],
	[text("country"), "kraj country panstwo"],
	[text("sex"), "plec sex gender"],
	[text("language"), "jezyk language lang"],
	[text("education"), "wyksztalcenie education"],
	[text("owner"), "opiekun wlasciciel owner"],
	[date("birthday"), "dataurodzenia urodziny birthday birthdate dateofbirth dob"],
	[{ to: "tags" }, "tagi tags tag etykiety labels"],
	[list("categories"), "kategorie categories"],
	[order("id"), "orderid ordernumber order idzamowienia numerzamowienia nrzamowienia zamowienie"],
	[order("at"), "orderdate orderedat datazamowienia datazakupu purchasedate"],
	[order("revenue"), "revenue ordervalue ordertotal total wartosczamowienia kwotazamowienia kwota suma"],
	[order("currency"), "currency waluta"],
	[order("coupon"), "coupon kupon kodrabatowy"],
	[line("product_id"), "productid sku idproduktu kodproduktu"],
	[line("name"), "productname product produkt nazwaproduktu"],
	[line("price"), "price unitprice cena cenaproduktu cenajednostkowa"],
	[line("quantity"), "quantity qty ilosc liczbasztuk sztuk"],
	[line("category"), "productcategory kategoriaproduktu kategoria category"],
	[line("brand"), "brand marka producent"],
];
const byName: ReadonlyMap<string, Target> = new Map(
	known.flatMap(([target, names]) => names.split(" ").map((name) => [name, target] as const)),
);

/** The columns of a table, from its names and its first rows. */
export function columnsOf(names: readonly string[], rows: readonly (readonly string[])[]): readonly Column[] {
	const taken = new Set<string>();
	const hasOrders = names.some(
		(name) => JSON.stringify(byName.get(keyOf(name))) === JSON.stringify(order("id")),
	);
	return names.map((name, i) => {
		const values = rows.flatMap((cells) => cells[i]?.trim() || []);
		const samples = [...new Set(values)].slice(0, importLimits.samples).map(shortened);
		let guess = guessOf(name, values, hasOrders);
		// What only one column can be is the first that looks like it.
		if (guess.to !== "consent" && guess.to !== "tags" && guess.to !== "nothing") {
			const meant = JSON.stringify({ ...guess, isMonthFirst: undefined });
			if (taken.has(meant)) guess = guess.to === "attribute" ? nothing : ownAttribute(name, values);
			taken.add(meant);
		}
		return { name, samples, guess };
	});
}

function guessOf(name: string, values: readonly string[], hasOrders: boolean): Target {
	const key = keyOf(name);
	const target = byName.get(key);
	const isOfOrder = target?.to === "order" || target?.to === "line";
	if (target && (hasOrders || !isOfOrder)) return withDates(target, values);
	const consent = consentIn(key);
	if (consent) return consent;
	if (values.length > 0 && values.every((value) => normaliseEmail(value) !== undefined))
		return { to: "identifier", kind: "email" };
	// A number of nine digits may be anything: only one that is written as phones are is one.
	if (
		values.length > 0 &&
		values.every((value) => /^(\+|00)|^\d{3}[ -]\d{3}[ -]\d{3}$/.test(value) && normalisePhone(value))
	)
		return { to: "identifier", kind: "phone" };
	return ownAttribute(name, values);
}

/** An attribute of the site's own, named as the column. */
function ownAttribute(name: string, values: readonly string[]): Target {
	const own = attributeNameOf(name);
	return own === undefined
		? nothing
		: withDates({ to: "attribute", name: own, type: typeOf(values) }, values);
}

function withDates(target: Target, values: readonly string[]): Target {
	const isDated =
		(target.to === "attribute" && target.type === "date") || (target.to === "order" && target.field === "at");
	return isDated && areMonthsFirst(values) ? { ...target, isMonthFirst: true } : target;
}

function consentIn(key: string): Target | undefined {
	if (!/zgod|consent|optin|acceptsmarketing|^newsletter$/.test(key)) return undefined;
	const channel = key.includes("sms")
		? "sms"
		: /tel|phone/.test(key)
			? "phone"
			: key.includes("push")
				? "push"
				: "email";
	return { to: "consent", channel, purpose: "marketing" };
}

/** What has a kind of column, or a ledger, of its own is no attribute that a column could set. */
export function isReserved(attribute: string): boolean {
	return /^(email|phone|created|origin)$|^consent\./.test(attribute);
}

/** What a name may hold; nothing where none of it may. */
function attributeNameOf(name: string): string | undefined {
	const own = name
		.normalize("NFC")
		.replace(/[^\p{L}\p{N}_$ .:-]+/gu, " ")
		.replace(/^[^\p{L}\p{N}_$]+/u, "")
		.trim()
		.slice(0, 64)
		.trim();
	return own === "" || own in Object.prototype || isReserved(own) ? undefined : own;
}

function keyOf(name: string): string {
	return fold(name).replace(/[^a-z0-9]/g, "");
}
