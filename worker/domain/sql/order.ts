// Orders and the cart, out of what the parts know of them (order.ts and cart.ts say what they mean).

import type { OrdersLeaf } from "../condition.ts";
import { wholeHundredths } from "../money.ts";
import { firstDay } from "./event.ts";
import { compared, gather, literal, type Scope } from "./scope.ts";
import { partsOf } from "./source.ts";

/** Each order that some part tells of. */
const toldOf = partsOf.replace(" WHERE", ", jsonb_each(q.orders) x WHERE");

/** What completions and updates said last of each completed order, with the instant of its first completion. */
const completed = `SELECT id, at, worth FROM (
	SELECT id, v ->> 'hundredths' AS worth, min(v ->> 'firstAt') OVER (PARTITION BY id) AS at, row_number() OVER (
		PARTITION BY id ORDER BY coalesce(v ->> 'at', v ->> 'firstAt') DESC, v ->> 'event' DESC) AS place
	FROM told WHERE v ->> 'event' IS NOT NULL) WHERE place = 1 AND at IS NOT NULL`;

/** What was given back of the order `c`: of each refund what was said last. */
const givenBack = `SELECT coalesce(sum(coalesce(amount, max(c.worth, 0))), 0) FROM (
	SELECT r.value ->> 'hundredths' AS amount, row_number() OVER (
		PARTITION BY r.value ->> 'id' ORDER BY r.value ->> 'at' DESC, r.value ->> 'event' DESC) AS place
	FROM told t CROSS JOIN json_each(t.v, '$.refunds') r WHERE t.id = c.id) WHERE place = 1`;

const counting = (
	orders: string,
): string => `SELECT jsonb_group_array(jsonb_array(at, max(rest, 0))) FROM (${orders})
	WHERE rest > 0 OR worth <= 0`;

/** Where one part tells of all of them, nothing is said twice. */
const ofOnePart = `SELECT x.value ->> 'firstAt' AS at, x.value ->> 'hundredths' AS worth, x.value ->> 'hundredths'
		- CASE WHEN x.value -> 'refunds' IS NULL THEN 0 ELSE coalesce((
			SELECT sum(coalesce(r.value ->> 'hundredths', max(x.value ->> 'hundredths', 0)))
			FROM json_each(x.value, '$.refunds') r), 0) END AS rest
	FROM jsonb_each(q.orders) x WHERE x.value ->> 'firstAt' IS NOT NULL AND x.value ->> 'cancelled' IS NULL`;

const ofAllParts = `SELECT c.at, c.worth, c.worth - (${givenBack}) AS rest FROM (${completed}) c
	WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t.id = c.id AND t.v ->> 'cancelled')`;

/**
 * The orders that count, as JSON: [[at, hundredths]]. NULL where no part tells of any, which is so of most people and is
 * found out at once.
 */
export const countingOrders = `SELECT CASE count(*) WHEN 0 THEN NULL WHEN 1 THEN (${counting(ofOnePart)})
	ELSE (WITH told AS MATERIALIZED (SELECT x.value ->> 'id' AS id, x.value AS v ${toldOf}) ${counting(ofAllParts)}) END
	${partsOf} AND q.orders IS NOT NULL`;

/** What was given back of a product `l` of the order `c`, in hundredths of a piece: of each refund what was said last. */
const takenOff = `SELECT coalesce(sum(b.value ->> 1), 0) FROM (SELECT r.value AS refund, row_number() OVER (
		PARTITION BY r.value ->> 'id' ORDER BY r.value ->> 'at' DESC, r.value ->> 'event' DESC) AS place
	FROM told t CROSS JOIN json_each(t.v, '$.refunds') r WHERE t.id = c.id) CROSS JOIN json_each(refund, '$.lines') b
	WHERE place = 1 AND b.value ->> 0 = l.value ->> '$.props.product_id'`;

/** Each product of the orders that count, as JSON: [[at, props, folded]]. See ../bought.ts; most people have none. */
export const boughtProducts = `SELECT CASE WHEN EXISTS (SELECT 1 ${partsOf} AND q.orders IS NOT NULL) THEN (WITH told AS MATERIALIZED (SELECT x.value ->> 'id' AS id, x.value AS v ${toldOf}),
	listed AS MATERIALIZED (SELECT id, at, worth, lines FROM (
		SELECT id, v -> '$.lines.of' AS lines, row_number() OVER (
			PARTITION BY id ORDER BY v ->> '$.lines.at' DESC, v ->> '$.lines.event' DESC) AS place
		FROM told WHERE v ->> '$.lines.at' IS NOT NULL) JOIN (${completed}) USING (id) WHERE place = 1)
	SELECT json_group_array(json_array(at, CASE WHEN price IS NULL THEN json_set(props, '$.quantity', rest / 100.0)
		ELSE json_set(props, '$.quantity', rest / 100.0,
			'$.revenue', CAST(price * 1.0 * rest / 100.0 + 0.5 AS INTEGER) / 100.0) END, json(folded)))
	FROM (SELECT c.at, l.value -> 'props' AS props, l.value -> 'folded' AS folded, l.value ->> 'price' AS price,
			(l.value ->> 'quantity') - (${takenOff}) AS rest
		FROM listed c CROSS JOIN json_each(c.lines) l
		WHERE (c.worth <= 0 OR c.worth > (${givenBack}))
			AND NOT EXISTS (SELECT 1 FROM told t WHERE t.id = c.id AND t.v ->> 'cancelled'))
	WHERE rest > 0) ELSE '[]' END`;

/** The latest cart, where something is in it and no order was first completed at its instant or since. */
export const cartNow = `SELECT b.cart FROM (
	SELECT q.cart ${partsOf} AND q.cart IS NOT NULL ORDER BY q.cart ->> 'at' DESC, q.cart ->> 'id' DESC LIMIT 1) b
	WHERE b.cart ->> 'items' <> 0 AND NOT EXISTS (SELECT 1 ${toldOf} AND x.value ->> 'firstAt' >= b.cart ->> 'at'
		AND NOT EXISTS (SELECT 1 FROM parts o INDEXED BY parts_of_person CROSS JOIN jsonb_each(o.orders) y WHERE o.site = p.site AND o.person = p.id
			AND y.value ->> 'id' = x.value ->> 'id' AND y.value ->> 'firstAt' < b.cart ->> 'at'))`;

export function ordersSql(scope: Scope, { of, test, days }: OrdersLeaf): string {
	const orders = gather(scope, "orders");
	const since = days === undefined ? "1" : `o.value ->> 0 >= ${literal(scope, firstDay(scope, days))}`;
	const revenue = "total(o.value ->> 1)";
	const passes = {
		count: () => compared(scope, test, "count(*)"),
		revenue: () => compared(scope, test, revenue, wholeHundredths),
		// Of none NULL.
		average: () => compared(scope, test, `${revenue} / count(*)`, wholeHundredths),
	}[of]();
	return `(SELECT coalesce(${passes}, 0) FROM json_each(${orders}) o WHERE ${since})`;
}

/** The first or last instant of an order that counts. */
export function orderMoment(scope: Scope, which: "first" | "last"): string {
	const at = which === "first" ? "min" : "max";
	return `(SELECT ${at}(o.value ->> 0) FROM json_each(${gather(scope, "orders")}) o)`;
}
