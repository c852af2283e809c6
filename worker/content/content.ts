// What the edge asks over its binding: to fill offers with what only this Worker has.

import { WorkerEntrypoint } from "cloudflare:workers";
import type { ContentEnv } from "../platform/env.ts";
import type { CheckAnswer, CheckCall, FillAnswer, FillCall } from "./call.ts";
import { withoutEmpty } from "./empty.ts";
import { written } from "./texts.ts";
import { faultIn, writeOut } from "./words.ts";

export class Content extends WorkerEntrypoint<ContentEnv> {
	async fill({ offers, words }: FillCall): Promise<FillAnswer> {
		// Words before products: a product's name is nobody's template.
		const personal = offers.map((offer) => written(offer, (text, reading) => writeOut(text, reading, words)));
		return personal.map((offer) => offer && withoutEmpty(offer));
	}

	/** Whether templates can be written out, for whoever saves them. */
	async check({ texts }: CheckCall): Promise<CheckAnswer> {
		return texts.map(({ text, reading }) => faultIn(text, reading) ?? null);
	}
}
