// The router's routes as tests go through them: so that a route which nobody thought of is in every matrix.

import { api } from "../../worker/admin/api.ts";
import { type Policy, policyOf } from "../../worker/admin/policy.ts";

export interface Route {
	/** `GET /sites/:site/people`. */
	readonly name: string;
	readonly method: string;
	readonly path: string;
	/** Of the first of its handlers; nothing where that is none. */
	readonly policy: Policy | undefined;
}

export const routes: readonly Route[] = [
	...Map.groupBy(
		api.routes.filter(({ method }) => method !== "ALL"),
		({ method, path }) => `${method} ${path}`,
	),
].flatMap(([name, [first]]) =>
	first ? [{ name, method: first.method, path: first.path, policy: policyOf(first.handler) }] : [],
);
