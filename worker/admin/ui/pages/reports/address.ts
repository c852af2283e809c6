// What a report's address says, and addresses of reports that say otherwise.

import { useMemo } from "preact/hooks";
import { useLocation } from "preact-iso";
import { askedOf, type Choice, choiceIn, queryOf, withQuery } from "../../figures/period.ts";
import { useSite } from "../../site.ts";

export const tabs = ["visits", "experiences", "people", "products", "coupons", "chat"] as const;
export type Tab = (typeof tabs)[number];

export interface ReportAddress {
	readonly choice: Choice;
	/** For the API: `days=28`. */
	readonly asked: string;
	/** What else the address says. */
	readonly query: Readonly<Record<string, string>>;
	/** The address of a report of the same days. */
	of(path: Tab | `experiences/${string}`, more?: Readonly<Record<string, string>>): string;
	/** This one, said otherwise; what is undefined is said no more. */
	change(more: Readonly<Record<string, string | undefined>>): void;
	choose(choice: Choice): void;
}

export function useAddress(): ReportAddress {
	const { path, query, route } = useLocation();
	const { home } = useSite();
	return useMemo(() => {
		const choice = choiceIn(query);
		const days = queryOf(choice);
		const { days: _days, from: _from, until: _until, compare: _compare, ...rest } = query;
		return {
			choice,
			asked: askedOf(choice.of),
			query: rest,
			of: (report, more = {}) =>
				withQuery(`${home}/reports${report === "visits" ? "" : `/${report}`}`, { ...days, ...more }),
			change: (more) => route(withQuery(path, { ...query, ...more }), true),
			choose: (next) => route(withQuery(path, { ...rest, ...queryOf(next) })),
		};
	}, [path, query, route, home]);
}
