// What an experience's showing counts against beside itself: its group, its channel, and the site. All that lies over the
// page interrupts, and the site's bounds are of interruptions alone; those of a group or a channel are of whatever is
// published in it now.

import { type Attention, type Bounds, joinAttention, type Refusal, refusal, showings } from "./attention.ts";
import type { Definitions, Experience, ExperienceKind } from "./definition.ts";
import { own } from "./keyed.ts";
import { interrupts } from "./surface.ts";

/** Whose bounds they are; of an experience's own nobody says. */
export type Holder = { readonly group: string } | { readonly channel: ExperienceKind } | "site";

interface Account {
	readonly of: Holder;
	readonly bounds: Bounds;
	/** Of what is published; of the site, whatever interrupted. */
	readonly members: readonly string[] | "interruptions";
}

export interface Accounts {
	readonly groups: ReadonlyMap<string, Account>;
	readonly channels: ReadonlyMap<ExperienceKind, Account>;
	readonly site?: Account;
	/** At least so long between two interruptions. */
	readonly gapMs?: number;
	/** Nothing interrupts for so long after an order. */
	readonly afterPurchaseMs?: number;
}

export const noAccounts: Accounts = { groups: new Map(), channels: new Map() };

export const kindOf = ({ kind = "popup" }: Pick<Experience, "kind">): ExperienceKind => kind;

export function accountsOf({ groups = [], attention = {}, experiences }: Definitions): Accounts {
	const idsWhere = (isMember: (one: Experience) => boolean) =>
		experiences.flatMap((one) => (isMember(one) ? [one.id] : []));
	const { site, channels = {}, gapMs, afterPurchaseMs } = attention;
	return {
		groups: new Map(
			groups.map(({ id, name: _, ...bounds }) => {
				const members = idsWhere(({ group }) => group === id);
				return [id, { of: { group: id }, bounds, members }];
			}),
		),
		channels: new Map(
			Object.entries(channels).map(([name, bounds]) => {
				const channel = name as ExperienceKind;
				const members = idsWhere((one) => kindOf(one) === channel);
				return [channel, { of: { channel }, bounds, members }];
			}),
		),
		...(site && { site: { of: "site", bounds: site, members: "interruptions" } }),
		...(gapMs === undefined ? {} : { gapMs }),
		...(afterPurchaseMs === undefined ? {} : { afterPurchaseMs }),
	};
}

type Records = Readonly<Record<string, Attention>>;

/** Those beside its own that an experience counts against, in the order in which they are asked. */
export function accountsFor(
	experience: Experience,
	{ groups, channels, site }: Accounts,
): readonly Account[] {
	const { group } = experience;
	const ofGroup = group === undefined ? undefined : groups.get(group);
	return [ofGroup, channels.get(kindOf(experience)), interrupts(experience) ? site : undefined].filter(
		(account) => account !== undefined,
	);
}

/** What all of an account's experiences come to. */
export function attentionOf({ members }: Pick<Account, "members">, records: Records): Attention | undefined {
	const those =
		members === "interruptions"
			? Object.values(records).filter(({ isInline }) => !isInline)
			: members.flatMap((id) => own(records, id) ?? []);
	return those.length > 0 ? those.reduce(joinAttention) : undefined;
}

/** What the experiences of an account come to, of one person's records as they stand. */
export type Joint = (account: Pick<Account, "members">) => Attention | undefined;

/** Joined once for each account, however many experiences ask; good for as long as nothing is recorded. */
export function jointly(records: Records): Joint {
	const known = new Map<Account["members"], Attention | undefined>();
	return (account) => {
		const { members } = account;
		if (!known.has(members)) known.set(members, attentionOf(account, records));
		return known.get(members);
	};
}

/** When the last interruption began or ended, whatever is published now; -Infinity where there was none. */
export function lastInterruptionAt(joint: Joint): number {
	const all = joint({ members: "interruptions" });
	return all ? Math.max(showings(all)[0] ?? -Infinity, all.closedAt ?? -Infinity) : -Infinity;
}

export type Bound = Refusal & { readonly of?: Holder };

/** What speaks against it in one account. */
export function refusalIn(
	account: Account,
	joint: Joint,
	bought: readonly number[],
	now: number,
): Bound | undefined {
	const refused = refusal(account.bounds, joint(account), bought, now);
	return refused && { ...refused, of: account.of };
}
