// Events of Segment's spec that shops send or that we read out of what they tell Google, in words.

import { type EnglishEvent, gerund, impersonal, type PolishEvent, passive } from "./event-forms.ts";
import { noun } from "./plural.ts";

export type SpecName =
	| "Product Viewed"
	| "Product Clicked"
	| "Product Added"
	| "Product Removed"
	| "Product Added to Wishlist"
	| "Product List Viewed"
	| "Products Searched"
	| "Promotion Viewed"
	| "Promotion Clicked"
	| "Cart Viewed"
	| "Cart Updated"
	| "Checkout Started"
	| "Checkout Step Viewed"
	| "Checkout Step Completed"
	| "Payment Info Entered"
	| "Coupon Applied"
	| "Coupon Removed"
	| "Signed Up"
	| "Signed In"
	| "Lead Generated"
	| "Group Joined"
	| "Aliased"
	| "Screen Viewed"
	| "File Downloaded";

export const polishSpec: Readonly<Record<SpecName, PolishEvent>> = {
	"Product Viewed": {
		...impersonal("obejrzano", "produkt", "produktu"),
		noun: gerund("obejrzeni", "obejrzeń", "produktu"),
		gender: "neuter",
	},
	"Product Clicked": {
		...impersonal("kliknięto", "produkt", "produktu"),
		noun: gerund("kliknięci", "kliknięć", "produktu"),
		gender: "neuter",
	},
	"Product Added": {
		...impersonal("dodano", "produkt do koszyka", "produktu do koszyka"),
		noun: gerund("dodani", "dodań", "produktu do koszyka"),
		gender: "neuter",
	},
	"Product Removed": {
		...impersonal("usunięto", "produkt z koszyka", "produktu z koszyka"),
		noun: gerund("usunięci", "usunięć", "produktu z koszyka"),
		gender: "neuter",
	},
	"Product Added to Wishlist": {
		...impersonal("dodano", "produkt do listy życzeń", "produktu do listy życzeń"),
		noun: gerund("dodani", "dodań", "produktu do listy życzeń"),
		gender: "neuter",
	},
	"Product List Viewed": {
		...impersonal("obejrzano", "listę produktów", "listy produktów"),
		noun: gerund("obejrzeni", "obejrzeń", "listy produktów"),
		gender: "neuter",
	},
	"Products Searched": {
		...impersonal("szukano", "produktów", "produktów"),
		noun: gerund("szukani", "szukań", "produktów"),
		gender: "neuter",
	},
	"Promotion Viewed": {
		...impersonal("obejrzano", "promocję", "promocji"),
		noun: gerund("obejrzeni", "obejrzeń", "promocji"),
		gender: "neuter",
	},
	"Promotion Clicked": {
		...impersonal("kliknięto", "promocję", "promocji"),
		noun: gerund("kliknięci", "kliknięć", "promocji"),
		gender: "neuter",
	},
	"Cart Viewed": {
		...impersonal("obejrzano", "koszyk", "koszyka"),
		noun: gerund("obejrzeni", "obejrzeń", "koszyka"),
		gender: "neuter",
	},
	"Cart Updated": {
		...impersonal("zmieniono", "zawartość koszyka", "zawartości koszyka"),
		noun: noun(
			"zmiana zawartości koszyka",
			"zmiany zawartości koszyka",
			"zmian zawartości koszyka",
			"zmiany zawartości koszyka",
		),
		gender: "feminine",
	},
	"Checkout Started": {
		...impersonal("rozpoczęto", "składanie zamówienia", "składania zamówienia"),
		noun: gerund("rozpoczęci", "rozpoczęć", "składania zamówienia"),
		gender: "neuter",
	},
	"Checkout Step Viewed": {
		...impersonal("obejrzano", "krok składania zamówienia", "kroku składania zamówienia"),
		noun: gerund("obejrzeni", "obejrzeń", "kroku składania zamówienia"),
		gender: "neuter",
	},
	"Checkout Step Completed": {
		...impersonal("wypełniono", "krok składania zamówienia", "kroku składania zamówienia"),
		noun: gerund("wypełnieni", "wypełnień", "kroku składania zamówienia"),
		gender: "neuter",
	},
	"Payment Info Entered": {
		...impersonal("podano", "dane do płatności", "danych do płatności"),
		noun: gerund("podani", "podań", "danych do płatności"),
		gender: "neuter",
	},
	"Coupon Applied": {
		...impersonal("użyto", "kodu rabatowego", "kodu rabatowego"),
		noun: gerund("użyci", "użyć", "kodu rabatowego"),
		gender: "neuter",
	},
	"Coupon Removed": {
		...impersonal("wycofano", "kod rabatowy", "kodu rabatowego"),
		noun: gerund("wycofani", "wycofań", "kodu rabatowego"),
		gender: "neuter",
	},
	"Signed Up": {
		...impersonal("założono", "konto", "konta"),
		noun: gerund("założeni", "założeń", "konta"),
		gender: "neuter",
	},
	"Signed In": {
		...impersonal("odnotowano", "zalogowanie", "zalogowania"),
		noun: noun("zalogowanie", "zalogowania", "zalogowań", "zalogowania"),
		gender: "neuter",
	},
	"Lead Generated": {
		...impersonal("pozyskano", "kontakt", "kontaktu"),
		noun: gerund("pozyskani", "pozyskań", "kontaktu"),
		gender: "neuter",
	},
	"Group Joined": {
		...impersonal("odnotowano", "przypisanie do firmy lub grupy", "przypisania do firmy lub grupy"),
		noun: gerund("przypisani", "przypisań", "do firmy lub grupy"),
		gender: "neuter",
	},
	Aliased: {
		...impersonal("powiązano", "identyfikatory", "identyfikatorów"),
		noun: gerund("powiązani", "powiązań", "identyfikatorów"),
		gender: "neuter",
	},
	"Screen Viewed": {
		...impersonal("wyświetlono", "ekran aplikacji", "ekranu aplikacji"),
		noun: gerund("wyświetleni", "wyświetleń", "ekranu aplikacji"),
		gender: "neuter",
	},
	"File Downloaded": {
		...impersonal("pobrano", "plik", "pliku"),
		noun: gerund("pobrani", "pobrań", "pliku"),
		gender: "neuter",
	},
};

export const englishSpec: Readonly<Record<SpecName, EnglishEvent>> = {
	"Product Viewed": passive("a product", "viewed", "product view", "product views"),
	"Product Clicked": passive("a product", "clicked", "product click", "product clicks"),
	"Product Added": passive("a product", "added to the cart", "addition to the cart", "additions to the cart"),
	"Product Removed": passive(
		"a product",
		"removed from the cart",
		"removal from the cart",
		"removals from the cart",
	),
	"Product Added to Wishlist": passive(
		"a product",
		"added to the wish list",
		"addition to the wish list",
		"additions to the wish list",
	),
	"Product List Viewed": passive("a product list", "viewed", "product list view", "product list views"),
	"Products Searched": {
		...passive("products", "searched for", "product search", "product searches"),
		did: "were searched for",
		didNot: "were not searched for",
		never: "were never searched for",
	},
	"Promotion Viewed": passive("a promotion", "viewed", "promotion view", "promotion views"),
	"Promotion Clicked": passive("a promotion", "clicked", "promotion click", "promotion clicks"),
	"Cart Viewed": passive("the cart", "viewed", "cart view", "cart views"),
	"Cart Updated": passive("the cart", "changed", "cart change", "cart changes"),
	"Checkout Started": passive("a checkout", "started", "checkout start", "checkout starts"),
	"Checkout Step Viewed": passive("a checkout step", "viewed", "checkout step view", "checkout step views"),
	"Checkout Step Completed": passive(
		"a checkout step",
		"completed",
		"completed checkout step",
		"completed checkout steps",
	),
	"Payment Info Entered": {
		...passive("payment details", "entered", "entry of payment details", "entries of payment details"),
		did: "were entered",
		didNot: "were not entered",
		never: "were never entered",
	},
	"Coupon Applied": passive("a coupon code", "applied", "use of a coupon code", "uses of a coupon code"),
	"Coupon Removed": passive(
		"a coupon code",
		"taken back",
		"removal of a coupon code",
		"removals of a coupon code",
	),
	"Signed Up": passive("an account", "made", "sign-up", "sign-ups"),
	"Signed In": {
		...passive("the person", "signed in", "sign-in", "sign-ins"),
		did: "signed in",
		didNot: "did not sign in",
		never: "never signed in",
	},
	"Lead Generated": passive("a lead", "won", "won lead", "won leads"),
	"Group Joined": passive(
		"a company or group",
		"joined",
		"joining of a company or group",
		"joinings of a company or group",
	),
	Aliased: {
		...passive("identifiers", "linked", "linking of identifiers", "linkings of identifiers"),
		did: "were linked",
		didNot: "were not linked",
		never: "were never linked",
	},
	"Screen Viewed": passive("a screen of the app", "viewed", "app screen view", "app screen views"),
	"File Downloaded": passive("a file", "downloaded", "file download", "file downloads"),
};
