// What new blocks, fields and experiences begin as, in the words of the language that they are in. Pure.

import type { Block, Field } from "../../../../protocol/experience.ts";
import type { Draft, Language } from "./draft.ts";

type BlockKind = Block["kind"];
type FieldKind = Field["kind"];

export const blockKinds: readonly BlockKind[] = [
	"heading",
	"text",
	"image",
	"button",
	"form",
	"coupon",
	"countdown",
	"products",
	"review",
	"wheel",
	"social",
	"video",
	"divider",
	"html",
];
export const fieldKinds: readonly FieldKind[] = [
	"email",
	"phone",
	"text",
	"number",
	"date",
	"choice",
	"choices",
	"rating",
	"nps",
	"consent",
	"hidden",
];

const said = {
	pl: {
		heading: "Nagłówek",
		text: "Tutaj napisz, co masz do powiedzenia.",
		button: "Zobacz",
		submit: "Zapisz się",
		thanks: "Dziękujemy!",
		coupon: "Twój kod rabatowy",
		countdown: "Do końca zostało",
		ended: "Oferta się skończyła",
		quote: "Polecam każdemu.",
		spin: "Zakręć",
		win: "Gratulacje!",
		lose: "Tym razem się nie udało.",
		html: "Treść własna",
		label: "Powiadomienie",
		greet: "Pomóc w wyborze?",
		greetMore: "Napisz do nas – odpowiemy od razu.",
		talk: "Porozmawiaj z nami",
		later: "Nie teraz",
		consent: "Zgadzam się na otrzymywanie wiadomości e-mail.",
		fields: {
			email: "Adres e-mail",
			phone: "Telefon",
			text: "Imię",
			number: "Liczba",
			date: "Data",
			choice: "Wybierz",
			choices: "Wybierz jedno lub kilka",
			rating: "Jak nas oceniasz?",
			nps: "Czy polecisz nas znajomym?",
		},
		option: "Odpowiedź",
		ends: { least: "na pewno nie", most: "na pewno tak" },
	},
	en: {
		heading: "Heading",
		text: "Write here what you have to say.",
		button: "Have a look",
		submit: "Sign up",
		thanks: "Thank you!",
		coupon: "Your discount code",
		countdown: "Ends in",
		ended: "The offer has ended",
		quote: "I recommend it to everybody.",
		spin: "Spin",
		win: "Congratulations!",
		lose: "No luck this time.",
		html: "Own content",
		label: "Message",
		greet: "Can we help?",
		greetMore: "Write to us: we answer right away.",
		talk: "Chat with us",
		later: "Not now",
		consent: "I agree to receive e-mails.",
		fields: {
			email: "E-mail address",
			phone: "Phone",
			text: "First name",
			number: "Number",
			date: "Date",
			choice: "Choose one",
			choices: "Choose one or more",
			rating: "How do you rate us?",
			nps: "Would you recommend us to a friend?",
		},
		option: "Answer",
		ends: { least: "not at all", most: "very likely" },
	},
} as const;

/** `now`: epoch ms, for what ends some time. */
export function newBlock(kind: BlockKind, language: Language): Block {
	const words = said[language];
	const picture = { src: "https://placehold.co/800x400", alt: "", width: 800, height: 400 };
	switch (kind) {
		case "heading":
		case "text":
			return { kind, text: words[kind] };
		case "image":
			return { kind, ...picture };
		case "video":
			return { kind, ...picture, link: "https://www.youtube.com/" };
		case "button":
			return { kind, text: words.button, link: "/" };
		case "coupon":
			return { kind, label: words.coupon, code: "WITAJ10" };
		case "countdown":
			return { kind, until: { minutes: 15 }, label: words.countdown, ended: words.ended };
		case "review":
			return { kind, stars: 5, quote: words.quote, author: "Anna" };
		case "social":
			return { kind, links: [{ network: "facebook", link: "https://www.facebook.com/" }] };
		case "divider":
			return { kind };
		case "html":
			return { kind, html: "<p>…</p>", title: words.html, height: 120 };
		case "products":
			return {
				kind,
				layout: "grid",
				recipe: {
					most: 4,
					least: 1,
					sources: [{ by: "for-you" }, { by: "popular", among: "site" }],
					filters: {},
				},
			};
		case "form":
			return {
				kind,
				fields: [newField("email", language, [])],
				submit: words.submit,
				thanks: [{ kind: "heading", text: words.thanks }],
			};
		case "wheel":
			return {
				kind,
				spin: words.spin,
				segments: [
					{ label: "-10%", weight: 2, text: words.win, code: "WITAJ10" },
					{ label: "-5%", weight: 3, text: words.win, code: "WITAJ5" },
					{ label: "–", weight: 1, text: words.lose },
				],
			};
	}
}

/** `taken`: names that the form's other fields have. */
export function newField(kind: FieldKind, language: Language, taken: readonly string[]): Field {
	const words = said[language];
	const named = (base: string): string => {
		let name = base;
		for (let n = 2; taken.includes(name); n++) name = `${base}${n}`;
		return name;
	};
	const options = [1, 2].map((n) => ({ value: `${n}`, label: `${words.option} ${n}` }));
	switch (kind) {
		case "email":
		case "phone":
			return { kind, name: kind, label: words.fields[kind], required: true } as Field;
		case "choice":
		case "choices":
			return { kind, name: named("answer"), label: words.fields[kind], options };
		case "nps":
			return { kind, name: named("nps"), label: words.fields.nps, ends: words.ends };
		case "consent":
			return {
				kind,
				name: named("newsletter"),
				purpose: "newsletter",
				wording: words.consent,
				version: "1",
				required: true,
			};
		case "hidden":
			return { kind, name: named("origin"), value: "pop-up" };
		case "text":
			return { kind, name: named("firstName"), label: words.fields.text, to: "firstName" };
		default:
			return { kind, name: named(kind), label: words.fields[kind] };
	}
}

const dayMs = 86_400_000;
const anywhere = { pages: { only: [], except: [] }, schedule: {}, priority: 0 } as const;

/** In the corner of the launcher, above it, for somebody who stays. */
function blankGreeting(name: string): Draft {
	const content = (language: Language): NonNullable<Draft["content"]["pl"]> => {
		const { talk, greet, greetMore, later } = said[language];
		return {
			label: talk,
			blocks: [
				{ kind: "heading", text: greet },
				{ kind: "text", text: greetMore },
				{ kind: "button", text: talk, chat: true },
				{ kind: "button", text: later, closes: true, quiet: true },
			],
		};
	};
	return {
		...anywhere,
		name,
		kind: "greeting",
		surface: { kind: "corner", at: "bottom-end" },
		trigger: { kind: "presence", seconds: 20 },
		attention: { cap: { times: 2, perMs: 30 * dayMs }, afterCloseMs: 7 * dayMs, afterSubmitMs: null },
		content: { pl: content("pl"), en: content("en") },
	};
}

/** An experience of a kind that says next to nothing yet. */
export function blank(kind: NonNullable<Draft["kind"]>, name: string): Draft {
	if (kind === "greeting") return blankGreeting(name);
	const content = (language: Language) => ({
		label: said[language].label,
		blocks: [
			newBlock("heading", language),
			...(kind === "frame"
				? [newBlock("products", language)]
				: [newBlock("text", language), newBlock("button", language)]),
		],
	});
	const place = { kind: "inline", place: { slot: kind === "frame" ? "recommended" : "banner" } } as const;
	return {
		...anywhere,
		name,
		kind,
		surface: kind === "popup" ? { kind: "modal" } : place,
		trigger: kind === "popup" ? { kind: "presence", seconds: 5 } : { kind: "at-once" },
		attention:
			kind === "popup"
				? { cap: { times: 3, perMs: 30 * dayMs }, afterCloseMs: 7 * dayMs, afterSubmitMs: null }
				: { afterCloseMs: 0, afterSubmitMs: 0 },
		content: { pl: content("pl"), en: content("en") },
	};
}
