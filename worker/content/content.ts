// What the edge asks over its binding: to fill offers with what only this Worker has.

import { WorkerEntrypoint } from "cloudflare:workers";
import type { ContentEnv } from "../platform/env.ts";
import type { FillAnswer, FillCall } from "./call.ts";
import { withoutEmpty } from "./empty.ts";

export class Content extends WorkerEntrypoint<ContentEnv> {
	async fill({ offers }: FillCall): Promise<FillAnswer> {
		return offers.map(withoutEmpty);
	}
}
