// The mix that money is counted for: who comes to the demo shop, from where, what they look at, how they take pop-ups.
// 60 % of visits are a browser's first; 5 page views a visit. The same on every run.

export interface Life {
	readonly agent: string;
	/** In the order in which they happen, a day or more apart. */
	readonly visits: readonly Visit[];
}

export interface Visit {
	readonly referrer: string;
	readonly pages: readonly string[];
	/** What this visitor does with a pop-up. */
	readonly scrollsFar: boolean;
	readonly submits: boolean;
}

export const shop = "https://shop.example";
const chrome = (system: string, rest = "") =>
	`Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 ${rest}Safari/537.36`;
/** Two in three are Chrome, as in Poland. */
const agents = [
	chrome("Windows NT 10.0; Win64; x64"),
	chrome("Linux; Android 10; K", "Mobile "),
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
	chrome("Linux; Android 10; K", "Mobile "),
	chrome("Windows NT 10.0; Win64; x64"),
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
];

const google = "https://www.google.com/";
/** Of ten visits. */
const ways: readonly { readonly referrer: string; readonly pages: readonly string[] }[] = [
	{
		referrer: google,
		pages: ["/kosiarki-akumulatorowe", "/p/alfa-36", "/p/beta-40", "/kosiarki-akumulatorowe", "/p/gamma-48"],
	},
	{
		referrer: google,
		pages: ["/p/alfa-36", "/kosiarki-akumulatorowe", "/p/beta-40", "/akcesoria", "/p/ostrze-40"],
	},
	{ referrer: "", pages: ["/", "/kosiarki-spalinowe", "/p/dynamo-46", "/cennik", "/p/dynamo-51"] },
	{ referrer: google, pages: ["/blog/kiedy-kosic", "/blog/mulczowanie", "/", "/sekatory", "/p/sekator-22"] },
	{ referrer: "", pages: ["/cennik", "/p/alfa-36", "/cennik", "/p/beta-40", "/cennik"] },
	{
		referrer: google,
		pages: ["/podkaszarki", "/p/podkaszarka-18", "/p/podkaszarka-36", "/koszyk", "/zamowienie"],
	},
	{
		referrer: "https://www.facebook.com/",
		pages: ["/", "/blog", "/blog/kiedy-kosic", "/pily", "/p/pila-16"],
	},
	{ referrer: "", pages: ["/", "/nozyce-do-zywoplotu", "/p/nozyce-55", "/p/nozyce-65", "/kontakt"] },
	{ referrer: google, pages: ["/nawadnianie", "/p/zraszacz", "/p/waz-20", "/nawadnianie", "/p/zlaczka"] },
	{ referrer: `${shop}/?`, pages: ["/", "/dmuchawy", "/p/dmuchawa-36", "/cennik", "/koszyk"] },
];

/** Of six browsers, so many visits each: ten visits, six of them first ones. */
const visitsOf = [3, 2, 2, 1, 1, 1] as const;

/** Spread over 0 to 1, the same on every run. */
function chance(n: number): number {
	const mixed = Math.imul(n ^ (n >>> 7), 0x9e3779b1) >>> 0;
	return (Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0) / 2 ** 32;
}

/** So many browsers, rounded up to whole sixes. */
export function lives(browsers: number): readonly Life[] {
	let way = 0;
	return Array.from({ length: Math.ceil(browsers / 6) * 6 }, (_, browser) => ({
		agent: agents[(browser * 5 + Math.floor(browser / 6)) % agents.length] ?? "",
		visits: Array.from({ length: visitsOf[browser % 6] ?? 1 }, (_, visit) => {
			const n = way++;
			const { referrer, pages } = ways[Math.floor(chance(n + 2_000_000) * ways.length)] ?? {
				referrer: "",
				pages: [],
			};
			return {
				// Whoever comes back types the address, or comes the same way again.
				referrer: visit > 0 && n % 2 === 0 ? "" : referrer,
				pages,
				scrollsFar: chance(n) < 0.6,
				submits: chance(n + 1_000_000) < 0.05,
			};
		}),
	}));
}
