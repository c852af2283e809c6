// All that the screen says, by page. English has its shape; Polish says the same.

import type { words } from "./en.ts";

export type Words = typeof words;
