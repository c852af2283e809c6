import { account } from "./en/account.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { today } from "./en/today.ts";

export const words = { account, session, shell, today };
