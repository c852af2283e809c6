// What the live chat came to over days of the site's zone, as the authenticated API tells it.

import * as z from "zod/mini";
import { Tree } from "./condition.schema.ts";
import { PeriodQuery } from "./figure.schema.ts";

/** `of`: which rows the file has. */
export const ChatReportQuery = z.extend(PeriodQuery, { of: z._default(z.enum(["days", "agents"]), "days") });

/** Whom a figure is made of, as far as we may still know them: what the list of people takes. */
const condition = Tree;
const Day = z.iso.date();
/** Of conversations that began then. Times in ms, null where there were none: from a visitor's first message to an agent's answer. */
const figures = {
	conversations: z.int(),
	answered: z.int(),
	firstAnswerMs: z.object({ median: z.nullable(z.int()), p90: z.nullable(z.int()) }),
	rated: z.int(),
	/** 1 to 5 on average; null where nobody rated. */
	rating: z.nullable(z.number()),
};

export const ChatReport = z.object({
	from: Day,
	until: Day,
	total: z.object({ ...figures, stars: z.array(z.int()), condition }),
	days: z.array(z.object({ day: Day, ...figures })),
	/** By who answered first, whoever answered most first. */
	agents: z.array(z.object({ agent: z.string(), name: z.string(), ...figures, condition })),
	/** How many conversations began in each hour of the day, on the site's clock. */
	hours: z.array(z.int()),
});
