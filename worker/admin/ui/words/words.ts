// All that the screen says, by page. English has its shape; Polish says the same.

import type { later, words } from "./en.ts";

/** What pages of their own say, by how it is loaded. */
export type Later = typeof later;
export type Words = typeof words & { readonly [S in keyof Later]: Awaited<ReturnType<Later[S]>> };
