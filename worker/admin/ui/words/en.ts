import { account } from "./en/account.ts";
import { builder } from "./en/builder.ts";
import { card } from "./en/card.ts";
import { definitions } from "./en/definitions.ts";
import { people } from "./en/people.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { today } from "./en/today.ts";

export const words = { account, builder, card, definitions, people, segments, session, shell, today };
