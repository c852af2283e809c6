// What every sentence is, whatever it says.

import { expect } from "vitest";

/** Begins as one, ends as one, and shows nothing of how it was made. */
export function expectSentence(sentence: string): void {
	expect(sentence).toMatch(/^[\d\p{Lu}].*[^ .;:]\.$/u);
	expect(sentence).not.toMatch(/undefined|NaN|Infinity|null|false|\[object| {2}|; ;|, ,/);
}
