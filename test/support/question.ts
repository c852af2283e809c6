// What a decision is asked beside the page and the person, where nothing else is going on.

import { noAccounts } from "../../worker/domain/account.ts";
import type { Question } from "../../worker/domain/decision.ts";

export const calm = {
	mayUse: () => true,
	attention: {},
	accounts: noAccounts,
	bought: [],
	isLanding: () => false,
	interruptions: [],
	opening: "at-once",
} as const satisfies Partial<Question>;
