import type { Words } from "../words.ts";

export const today: Words["today"] = { title: "Dziś" };
