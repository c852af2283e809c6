// Contents with a block of each kind and a field of each, for the suites that draw them.

import { networks } from "../../worker/protocol/block.schema.ts";
import type { Block, Content, Field, Offer } from "../../worker/protocol/experience.ts";
import { offer } from "./host.ts";

type Blocks = readonly Block[];

export const contentOf = (blocks: Blocks, steps: Readonly<Record<string, Blocks>> = {}): Content => ({
	label: "Oferta na wiosnę",
	blocks: [...blocks],
	...(Object.keys(steps).length > 0 && {
		steps: Object.fromEntries(Object.entries(steps).map(([id, all]) => [id, { blocks: [...all] }])),
	}),
});

/** Opens at once. */
export const offerOf = (
	blocks: Blocks,
	change: Partial<Offer> = {},
	steps?: Readonly<Record<string, Blocks>>,
): Offer => offer({ ...change, content: contentOf(blocks, steps) });

const picture = (src: string) => ({ src, alt: "Ogród", width: 864, height: 400 });

/** One of each kind but for forms and products; `own` is the HTML. */
export const everyBlock = (src: string, own = "<p>Własny</p>"): Blocks => [
	{ kind: "image", ...picture(src), link: "/next" },
	{ kind: "heading", text: "Wiosna w ogrodzie" },
	{ kind: "text", text: "Tylko **dziś** i _tylko tu_: [szczegóły](/next)." },
	{ kind: "video", ...picture(src), link: "https://example.com/film" },
	{ kind: "countdown", until: { minutes: 90 }, label: "Zostało", ended: "Czas minął." },
	{ kind: "coupon", label: "Twój kod", pool: "spring" },
	{ kind: "review", stars: 4, quote: "Kosi jak marzenie.", author: "Marta z Krakowa" },
	{ kind: "divider" },
	{ kind: "html", html: own, title: "Mapa sklepów", height: 60 },
	{ kind: "social", links: networks.map((network) => ({ network, link: `https://example.com/${network}` })) },
	{
		kind: "wheel",
		spin: "Zakręć kołem",
		segments: [
			{ label: "−10%", weight: 1, text: "Masz 10% mniej!" },
			{ label: "Pudło", weight: 5, text: "Tym razem nic." },
			{ label: "Dostawa", weight: 1, text: "Dostawa gratis!" },
		],
	},
	{ kind: "button", text: "Zobacz kosiarki", link: "/next" },
	{ kind: "button", text: "Nie, dziękuję", closes: true, quiet: true },
];
export const given = { codes: { spring: "WIOSNA-7F" }, outcome: 0, code: "KOLO-10", leftMs: 5_400_000 };

const options = (...labels: readonly string[]) => labels.map((label, n) => ({ value: `v${n}`, label }));

export const everyField: readonly Field[] = [
	{ kind: "text", name: "first", label: "Imię", to: "firstName" },
	{ kind: "email", name: "email", label: "Adres e-mail", required: true, hint: "Tu przyślemy kod." },
	{ kind: "phone", name: "phone", label: "Telefon", required: true },
	{ kind: "number", name: "lawn", label: "Trawnik, m²", required: true, least: 10, most: 5_000 },
	{ kind: "date", name: "born", label: "Urodziny", to: "birthday", required: true, most: "2020-01-01" },
	{ kind: "choice", name: "soil", label: "Gleba", required: true, options: options("Glina", "Piasek") },
	{
		kind: "choice",
		name: "month",
		label: "Miesiąc",
		required: true,
		options: options(
			"Marzec",
			"Kwiecień",
			"Maj",
			"Czerwiec",
			"Lipiec",
			"Sierpień",
			"Wrzesień",
			"Październik",
		),
	},
	{
		kind: "choices",
		name: "likes",
		label: "Lubię",
		required: true,
		most: 2,
		options: options("Róże", "Warzywa", "Zioła"),
	},
	{ kind: "text", name: "why", label: "Dlaczego?", long: true, required: true },
	{ kind: "rating", name: "stars", label: "Ocena", required: true },
	{
		kind: "nps",
		name: "nps",
		label: "Polecisz nas?",
		required: true,
		ends: { least: "Na pewno nie", most: "Na pewno tak" },
	},
	{
		kind: "consent",
		name: "agreement",
		purpose: "newsletter",
		wording: "Zgadzam się zgodnie z [polityką](/polityka).",
		version: "v2",
		required: true,
	},
	{ kind: "hidden", name: "campaign", value: "wiosna" },
];
