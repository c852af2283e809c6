// Parameters that other systems add to a link when it is clicked. Where the link has no words of its own for its
// source, they tell it: some are added to advertisements alone, others to every link out of a network.

export interface Click {
	readonly parameter: string;
	readonly id: string;
	readonly source: string;
	readonly medium: string;
	/** Added to advertisements (or letters) alone; else a referrer that names somebody knows better. */
	readonly isSure: boolean;
}

type Meaning = readonly [parameter: string, source: string, medium: string];

/** The first that a link has counts: the surer ones come first. */
const sure: readonly Meaning[] = [
	["gclid", "google", "cpc"],
	["wbraid", "google", "cpc"],
	["gbraid", "google", "cpc"],
	["dclid", "google", "cpc"],
	["msclkid", "bing", "cpc"],
	["yclid", "yandex", "cpc"],
	["ttclid", "tiktok", "cpc"],
	["twclid", "x", "cpc"],
	["li_fat_id", "linkedin", "cpc"],
	["rdt_cid", "reddit", "cpc"],
	["epik", "pinterest", "cpc"],
	["qclid", "quora", "cpc"],
	// Snapchat writes it so; others have it in small letters.
	["ScCid", "snapchat", "cpc"],
	["sccid", "snapchat", "cpc"],
	["ceneo_cid", "ceneo.pl", "cpc"],
	["tblci", "taboola", "cpc"],
	["dicbo", "outbrain", "cpc"],
	// Networks that pay for a sale: partners, not advertisements.
	["irclid", "impact", "affiliate"],
	["irclickid", "impact", "affiliate"],
	["awc", "awin", "affiliate"],
	["cjevent", "cj", "affiliate"],
	["tduid", "tradedoubler", "affiliate"],
	["_kx", "klaviyo", "email"],
	["mc_cid", "mailchimp", "email"],
	// Safari takes the gclid off a link and leaves this: it tells no click apart, but that it was an advertisement.
	["gad_source", "google", "cpc"],
];
/** Meta adds fbclid to every link out of Facebook and Instagram, paid or not; igshid and igsh are of shared posts. */
const unsure: readonly Meaning[] = [
	["fbclid", "facebook", "social"],
	["igshid", "instagram", "social"],
	["igsh", "instagram", "social"],
];
const meanings = [
	...sure.map((meaning) => [true, ...meaning] as const),
	...unsure.map((meaning) => [false, ...meaning] as const),
];

/** The click that brought the visitor, where the link tells of one. */
export function clickOf(params: Readonly<Record<string, string>>): Click | undefined {
	for (const [isSure, parameter, source, medium] of meanings) {
		const id = params[parameter]?.trim();
		if (id) return { parameter, id, source, medium, isSure };
	}
	return undefined;
}
