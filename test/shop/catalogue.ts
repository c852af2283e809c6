// What the shop sells: types, categories and look-ups. Prices are in grosze.

import { care } from "./care.ts";
import { cutting } from "./cutting.ts";
import { mowing } from "./mowing.ts";
import type { Shape } from "./pictures.ts";
import type { Text } from "./words.ts";

export type SpecKey =
	| "width"
	| "area"
	| "voltage"
	| "power"
	| "engine"
	| "tank"
	| "bag"
	| "bar"
	| "gap"
	| "branch"
	| "air"
	| "reach"
	| "length"
	| "capacity"
	| "material"
	| "weight"
	| "noise"
	| "warranty";

export type Variant = { label: string; price: number };

export type Product = {
	slug: string;
	category: CategorySlug;
	brand: "Brzost" | "Kalina" | "Struga";
	name: Text;
	lead: Text;
	price: number;
	was?: number;
	isSoldOut?: true;
	mark?: "new" | "favourite";
	/** The first one costs `price`. */
	variants?: readonly Variant[];
	specs: Partial<Record<SpecKey, string>>;
	shape: Shape;
};

export type CategorySlug =
	| "kosiarki-akumulatorowe"
	| "kosiarki-spalinowe"
	| "podkaszarki"
	| "nozyce-do-zywoplotu"
	| "pily"
	| "sekatory"
	| "dmuchawy"
	| "nawadnianie"
	| "akcesoria";

/** `group` is the filter of the single-page catalogue. */
export type Category = { slug: CategorySlug; group: string; name: Text; intro: Text; advice: Text };

export const categories: readonly Category[] = [
	{
		slug: "kosiarki-akumulatorowe",
		group: "kosiarki",
		name: { pl: "Kosiarki akumulatorowe", en: "Cordless mowers" },
		intro: {
			pl: "Bez kabla, bez spalin i bez budzenia sąsiadów. Kosiarki zasila ten sam akumulator 36 V, robota – własny.",
			en: "No cable, no fumes, no woken neighbours. The mowers share one 36 V battery, the robot has its own.",
		},
		advice: {
			pl: "Na trawnik do 300 m² wystarczy szerokość koszenia 33–38 cm. Powyżej 500 m² warto wybrać model z napędem i dwoma akumulatorami: jeden pracuje, drugi się ładuje.",
			en: "For a lawn of up to 300 m² a cutting width of 33–38 cm is enough. Above 500 m² choose a self-propelled model with two batteries: one works while the other charges.",
		},
	},
	{
		slug: "kosiarki-spalinowe",
		group: "kosiarki",
		name: { pl: "Kosiarki spalinowe", en: "Petrol mowers" },
		intro: {
			pl: "Na duże działki i wysoką trawę. Silniki czterosuwowe, łatwy rozruch, serwis na miejscu.",
			en: "For large plots and tall grass. Four-stroke engines, easy starting, service on the spot.",
		},
		advice: {
			pl: "Na teren z pochyłościami wybierz model z napędem na tylne koła. Przed pierwszym uruchomieniem zalej olej, bo fabrycznie go nie ma, i skontroluj jego poziom po pięciu godzinach pracy.",
			en: "On slopes choose rear-wheel drive. Fill in oil before the first start, as the mower comes without it, and check the level after five hours of work.",
		},
	},
	{
		slug: "podkaszarki",
		group: "podkaszarki",
		name: { pl: "Podkaszarki i kosy", en: "Trimmers and brushcutters" },
		intro: {
			pl: "Tam, gdzie kosiarka nie dojedzie: przy ogrodzeniu, pod krzewami i na skarpie.",
			en: "Where a mower cannot go: along the fence, under shrubs and on a bank.",
		},
		advice: {
			pl: "Do przycinania brzegów trawnika wystarczy lekka podkaszarka z żyłką. Do zarośli i samosiejek potrzebna jest kosa z nożem tarczowym i szelkami.",
			en: "A light line trimmer is enough for lawn edges. For thickets and saplings you need a brushcutter with a blade and a harness.",
		},
	},
	{
		slug: "nozyce-do-zywoplotu",
		group: "nozyce",
		name: { pl: "Nożyce do żywopłotu", en: "Hedge trimmers" },
		intro: {
			pl: "Równa linia bez drabiny i bez bólu pleców. Od ręcznych po teleskopowe.",
			en: "A straight line without a ladder or a sore back. From hand shears to telescopic ones.",
		},
		advice: {
			pl: "Odstęp między zębami mówi, jak gruby pęd przetnie listwa: 18 mm do ligustru i bukszpanu, 24 mm do grabu i cisa.",
			en: "The gap between the teeth tells how thick a shoot the blade cuts: 18 mm for privet and box, 24 mm for hornbeam and yew.",
		},
	},
	{
		slug: "pily",
		group: "pily",
		name: { pl: "Piły", en: "Saws" },
		intro: {
			pl: "Do gałęzi, opału i prac porządkowych po zimie. Łańcuchowe, ręczne i na wysięgniku.",
			en: "For branches, firewood and tidying up after winter. Chain, hand and pole saws.",
		},
		advice: {
			pl: "Prowadnica powinna być o kilka centymetrów dłuższa niż średnica drewna. Do pracy nad głową służy wyłącznie piła na wysięgniku.",
			en: "The bar should be a few centimetres longer than the wood is thick. Only a pole saw is made for work above your head.",
		},
	},
	{
		slug: "sekatory",
		group: "sekatory",
		name: { pl: "Sekatory", en: "Pruners" },
		intro: {
			pl: "Czyste cięcie goi się szybciej. Ostrza z kutej stali, które można ostrzyć i wymieniać.",
			en: "A clean cut heals faster. Forged steel blades that can be sharpened and replaced.",
		},
		advice: {
			pl: "Do zielonych pędów służy sekator nożycowy, do suchych i twardych gałęzi – kowadełkowy. Rozmiar dobierz tak, by rączki po ściśnięciu mieściły się w dłoni.",
			en: "Use a bypass pruner for green shoots and an anvil pruner for dry, hard wood. Pick a size whose closed handles fit your hand.",
		},
	},
	{
		slug: "dmuchawy",
		group: "dmuchawy",
		name: { pl: "Dmuchawy", en: "Leaf blowers" },
		intro: {
			pl: "Liście z podjazdu w kwadrans. Akumulatorowe, z workiem i plecakowe.",
			en: "Leaves off the drive in a quarter of an hour. Cordless, with a bag, and backpack ones.",
		},
		advice: {
			pl: "O suchych liściach decyduje prędkość powietrza, o mokrych – jego ilość. Przy podjeździe z kostki wystarczy 10 m³ na minutę.",
			en: "Air speed matters for dry leaves, air volume for wet ones. For a paved drive 10 m³ a minute is enough.",
		},
	},
	{
		slug: "nawadnianie",
		group: "nawadnianie",
		name: { pl: "Nawadnianie", en: "Watering" },
		intro: {
			pl: "Woda tam, gdzie trzeba, i wtedy, kiedy trzeba. Węże, zraszacze, linie kroplujące i sterowniki.",
			en: "Water where and when it is needed. Hoses, sprinklers, drip lines and timers.",
		},
		advice: {
			pl: "Podlewaj rzadziej, a obficie, najlepiej o świcie. Linia kroplująca zużywa o połowę mniej wody niż zraszacz.",
			en: "Water less often but deeply, best at dawn. A drip line uses half as much water as a sprinkler.",
		},
	},
	{
		slug: "akcesoria",
		group: "akcesoria",
		name: { pl: "Akcesoria", en: "Accessories" },
		intro: {
			pl: "Akumulatory, noże, żyłki i to wszystko, czego brakuje w sobotę o siedemnastej.",
			en: "Batteries, blades, lines and all that is missing on a Saturday at five.",
		},
		advice: {
			pl: "Nóż kosiarki warto ostrzyć dwa razy w sezonie. Tępy szarpie trawę, a jej końcówki żółkną po dwóch dniach.",
			en: "Sharpen a mower blade twice a season. A blunt one tears the grass, and its tips turn yellow in two days.",
		},
	},
];

export const products: readonly Product[] = [...mowing, ...cutting, ...care];

export function findProduct(slug: string): Product | undefined {
	return products.find((product) => product.slug === slug);
}

export function findCategory(slug: string): Category | undefined {
	return categories.find((category) => category.slug === slug);
}

export function listProducts(category: CategorySlug): readonly Product[] {
	return products.filter((product) => product.category === category);
}

export function categoryOf(product: Product): Category {
	const category = findCategory(product.category);
	if (!category) throw new Error(`no category ${product.category}`);
	return category;
}

/** A variant that does not exist is the first one. */
export function priceOf(product: Product, variant: number): number {
	return product.variants?.[variant]?.price ?? product.price;
}

export function skuOf(product: Product): string {
	return `ZK-${1001 + products.indexOf(product)}`;
}
