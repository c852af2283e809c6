// The advice that the shop gives: three articles.

import type { CategorySlug } from "./catalogue.ts";
import type { Text } from "./words.ts";

export type Article = {
	slug: string;
	title: Text;
	lead: Text;
	publishedOn: string;
	minutes: number;
	/** The product whose picture it carries. */
	picture: string;
	category: CategorySlug;
	sections: readonly { title: Text; text: Text }[];
};

export const articles: readonly Article[] = [
	{
		slug: "kosiarka-akumulatorowa-czy-spalinowa",
		title: { pl: "Kosiarka akumulatorowa czy spalinowa?", en: "Cordless or petrol mower?" },
		lead: {
			pl: "Trzy pytania, po których wybór robi się prosty: ile masz trawy, jak często kosisz i kto mieszka za płotem.",
			en: "Three questions that make the choice simple: how much grass you have, how often you mow, and who lives behind the fence.",
		},
		publishedOn: "2026-04-08",
		minutes: 4,
		picture: "kosiarka-akumulatorowa-brzost-l42",
		category: "kosiarki-akumulatorowe",
		sections: [
			{
				title: { pl: "Powierzchnia", en: "Area" },
				text: {
					pl: "Akumulator 4 Ah wystarcza na mniej więcej 300 metrów kwadratowych suchej trawy. Mokra albo wysoka zmniejsza tę powierzchnię o jedną trzecią. Na działce do 600 metrów drugi akumulator rozwiązuje sprawę, a na hektarze wygrywa benzyna.",
					en: "A 4 Ah battery lasts for about 300 square metres of dry grass. Wet or tall grass takes a third off that. On a plot of up to 600 metres a second battery settles the matter; on a hectare petrol wins.",
				},
			},
			{
				title: { pl: "Częstotliwość", en: "How often" },
				text: {
					pl: "Kto kosi co tydzień, ścina tylko końcówki i prawie nie obciąża silnika. Kosiarka akumulatorowa to lubi. Jeżeli na działkę jeździsz raz w miesiącu, trawa sięga kolan i potrzebny jest moment obrotowy spalinówki.",
					en: "If you mow every week, you take off only the tips and hardly load the motor. A cordless mower likes that. If you visit your plot once a month, the grass is knee-high and you need the torque of a petrol engine.",
				},
			},
			{
				title: { pl: "Hałas i obsługa", en: "Noise and upkeep" },
				text: {
					pl: "Różnica między 89 a 96 decybelami brzmi niewinnie, ale dla ucha to niemal dwa razy głośniej. Spalinówka wymaga też oleju, świecy i filtra. Akumulator na zimę wystarczy naładować do połowy i schować w domu.",
					en: "The difference between 89 and 96 decibels looks innocent, but to the ear it is nearly twice as loud. A petrol mower also wants oil, a spark plug and a filter. A battery only has to be charged half-way and kept indoors for the winter.",
				},
			},
		],
	},
	{
		slug: "kiedy-ciac-zywoplot",
		title: { pl: "Kiedy i jak ciąć żywopłot", en: "When and how to cut a hedge" },
		lead: {
			pl: "Dwa cięcia w roku, sznurek i jedna zasada: dół zawsze szerszy niż góra.",
			en: "Two cuts a year, a string and one rule: the bottom is always wider than the top.",
		},
		publishedOn: "2026-06-17",
		minutes: 3,
		picture: "nozyce-akumulatorowe-brzost-n55",
		category: "nozyce-do-zywoplotu",
		sections: [
			{
				title: { pl: "Termin", en: "Timing" },
				text: {
					pl: "Pierwsze cięcie przypada na koniec czerwca, gdy ptaki wyprowadziły już młode. Drugie, lżejsze – na przełom sierpnia i września. Zanim zaczniesz, zajrzyj do środka: zajęte gniazdo oznacza, że żywopłot poczeka.",
					en: "The first cut is due at the end of June, when birds have raised their young. The second, lighter one comes at the turn of August and September. Look inside before you start: an occupied nest means that the hedge will wait.",
				},
			},
			{
				title: { pl: "Kształt", en: "Shape" },
				text: {
					pl: "Żywopłot szerszy u dołu dostaje światło na całej wysokości i nie łysieje od ziemi. Rozciągnij sznurek na wysokości, do której chcesz ciąć, i prowadź listwę łukiem od dołu do góry.",
					en: "A hedge that is wider at the bottom gets light over its whole height and does not go bare near the ground. Stretch a string at the height you want, and move the blade in an arc from the bottom up.",
				},
			},
			{
				title: { pl: "Po cięciu", en: "Afterwards" },
				text: {
					pl: "Oczyść i naoliw listwę, a ścinki rozdrobnij na ściółkę. W upał podlej rośliny wieczorem: świeże rany tracą dużo wody.",
					en: "Clean and oil the blade, and shred the cuttings into mulch. In hot weather water the plants in the evening: fresh cuts lose a lot of water.",
				},
			},
		],
	},
	{
		slug: "nawadnianie-kroplujace-w-jedno-popoludnie",
		title: { pl: "Nawadnianie kroplujące w jedno popołudnie", en: "Drip watering in one afternoon" },
		lead: {
			pl: "Plan na kartce, dwadzieścia pięć metrów linii i sterownik. Pomidory podziękują w lipcu.",
			en: "A plan on paper, twenty-five metres of line and a timer. The tomatoes will thank you in July.",
		},
		publishedOn: "2026-05-20",
		minutes: 5,
		picture: "zestaw-kroplujacy-struga-25",
		category: "nawadnianie",
		sections: [
			{
				title: { pl: "Zacznij od kartki", en: "Start on paper" },
				text: {
					pl: "Narysuj grządki i zaznacz kran. Linia główna biegnie najkrótszą drogą, a kroplujące odchodzą od niej co 30–40 centymetrów. Jedna linia nie powinna być dłuższa niż 25 metrów, bo na końcu zabraknie ciśnienia.",
					en: "Draw the beds and mark the tap. The main line takes the shortest way, and drip lines branch off every 30–40 centimetres. No line should be longer than 25 metres, or pressure runs out at its end.",
				},
			},
			{
				title: { pl: "Reduktor i filtr", en: "Reducer and filter" },
				text: {
					pl: "Kroplowniki pracują przy 1–1,5 bara, a w kranie bywa cztery. Reduktor ciśnienia i filtr siatkowy kosztują mniej niż jedna wymiana zapchanej linii.",
					en: "Drippers work at 1–1.5 bar, while a tap may have four. A pressure reducer and a mesh filter cost less than replacing one clogged line.",
				},
			},
			{
				title: { pl: "Ile podlewać", en: "How much to water" },
				text: {
					pl: "W upały czterdzieści minut o świcie, co drugi dzień. Wsuń palec w ziemię: jeśli na głębokości pięciu centymetrów jest wilgotna, możesz pominąć jedno podlewanie.",
					en: "In hot weather forty minutes at dawn, every other day. Put a finger into the soil: if it is moist five centimetres down, you can skip one watering.",
				},
			},
		],
	},
];

export const services: readonly { name: Text; price: number }[] = [
	{
		name: { pl: "Ostrzenie i wyważenie noża kosiarki", en: "Mower blade sharpened and balanced" },
		price: 49_00,
	},
	{ name: { pl: "Ostrzenie łańcucha piły", en: "Saw chain sharpened" }, price: 29_00 },
	{
		name: { pl: "Przegląd kosiarki spalinowej z wymianą oleju", en: "Petrol mower check with oil change" },
		price: 189_00,
	},
	{ name: { pl: "Przegląd narzędzia akumulatorowego", en: "Cordless tool check" }, price: 99_00 },
	{
		name: {
			pl: "Pierwsze uruchomienie robota koszącego u klienta",
			en: "Robotic mower set up at your place",
		},
		price: 449_00,
	},
	{
		name: { pl: "Projekt nawadniania ogrodu do 500 m²", en: "Watering plan for a garden of up to 500 m²" },
		price: 599_00,
	},
];

export function findArticle(slug: string): Article | undefined {
	return articles.find((article) => article.slug === slug);
}
