// To which experience an order is owed. It belongs to one: the last that was clicked, or sent as a form, within a week
// before it; where there was none, the last that was shown within a day. The others of that time assisted. So revenue by
// click and by view stand apart, and neither counts an order twice.

import { type Attention, showings } from "./attention.ts";
import { dayMs } from "./calendar.ts";
import { worthOf } from "./line.ts";
import { leftOf, type Order } from "./order.ts";

export const creditWindows = { clickMs: 7 * dayMs, viewMs: dayMs } as const;

interface Edition {
	readonly experience: string;
	readonly revision: number;
	readonly variant: string;
}

export interface Touchpoint extends Edition {
	readonly by: "click" | "view";
	/** Epoch ms. */
	readonly at: number;
}

/** Amounts in whole hundredths of the site's currency, instants in epoch ms. */
export interface Credit {
	readonly order: string;
	/** When the order was first completed. */
	readonly at: number;
	/** The latest of what was said of the order: of two credits of one order that of the later knows its worth better. */
	readonly saidAt: number;
	/** What is left of it; null where it does not count. */
	readonly hundredths: number | null;
	readonly main?: Touchpoint;
	readonly assisted: readonly Touchpoint[];
	/** Where the visit came from in which it was completed, where its writer knows. */
	readonly origin?: Readonly<Record<string, string>>;
	/** The coupon pools that it was placed with a code of. */
	readonly pools?: readonly string[];
	/** What was tried out on the person within a week before, each in its variant: of those it was held out from as well. */
	readonly tried: readonly Edition[];
	/** Of its products those that were clicked in an experience within a week before, with what was paid for them. */
	readonly products: readonly (readonly [product: string, experience: string, hundredths: number])[];
}

/** What an order is owed to, by what its person was shown; nothing while nobody has said that it was completed. */
export function creditOf(
	id: string,
	order: Order,
	attention: Readonly<Record<string, Attention>>,
): Credit | undefined {
	const { completion, cancelledAt, refunds = {} } = order;
	const at = completion?.firstAt;
	if (!completion || at === undefined) return undefined;
	const points = Object.entries(attention).flatMap(([experience, one]) => pointOf(experience, one, at) ?? []);
	const [main, ...assisted] = points.sort(
		(a, b) => strength[b.by] - strength[a.by] || b.at - a.at || (a.experience < b.experience ? -1 : 1),
	);
	return {
		order: id,
		at,
		saidAt: Math.max(
			completion.at,
			cancelledAt ?? completion.at,
			...Object.values(refunds).map((refund) => refund.at),
		),
		hundredths: leftOf(completion, order) ?? null,
		...(main && { main }),
		assisted,
		tried: triedOn(attention, at),
		products: productsOf(order, attention, at),
	};
}

function triedOn(attention: Readonly<Record<string, Attention>>, at: number): readonly Edition[] {
	return Object.entries(attention).flatMap(([experience, { as, qualifiedAt }]) => {
		if (!as?.variant || qualifiedAt === undefined || qualifiedAt > at) return [];
		const { revision, variant } = as;
		return qualifiedAt >= at - creditWindows.clickMs ? [{ experience, revision, variant }] : [];
	});
}

const strength = { view: 0, click: 1 } as const;

function pointOf(experience: string, attention: Attention, at: number): Touchpoint | undefined {
	const { clickedAt, submittedAt } = attention;
	const { revision = 0, variant = "" } = attention.as ?? {};
	const latest = (instants: readonly (number | undefined)[], withinMs: number) => {
		const found = instants.filter((one) => one !== undefined && one <= at && one >= at - withinMs);
		return found.length === 0 ? undefined : Math.max(...(found as number[]));
	};
	const clicked = latest([clickedAt, submittedAt], creditWindows.clickMs);
	if (clicked !== undefined) return { experience, revision, variant, by: "click", at: clicked };
	const seen = latest(showings(attention), creditWindows.viewMs);
	return seen === undefined ? undefined : { experience, revision, variant, by: "view", at: seen };
}

function productsOf(
	{ lines }: Order,
	attention: Readonly<Record<string, Attention>>,
	at: number,
): Credit["products"] {
	return Object.entries(lines?.of ?? {}).flatMap(([product, { price, quantity }]) => {
		const clicks = Object.entries(attention)
			.map(([experience, { products = {} }]) => [experience, products[product] ?? Number.NaN] as const)
			.filter(([, clicked]) => clicked <= at && clicked >= at - creditWindows.clickMs)
			.sort(([, a], [, b]) => b - a);
		const [last] = clicks;
		return last ? [[product, last[0], price === undefined ? 0 : worthOf(price, quantity)] as const] : [];
	});
}
