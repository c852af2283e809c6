import { account } from "./pl/account.ts";
import { builder } from "./pl/builder.ts";
import { card } from "./pl/card.ts";
import { definitions } from "./pl/definitions.ts";
import { people } from "./pl/people.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { shell } from "./pl/shell.ts";
import { today } from "./pl/today.ts";
import type { Words } from "./words.ts";

export const words: Words = { account, builder, card, definitions, people, segments, session, shell, today };
