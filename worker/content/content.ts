// What the edge asks over its binding: to fill offers with what only this Worker has.

import { WorkerEntrypoint } from "cloudflare:workers";
import type { Message } from "../automation/message.ts";
import { overSmtp } from "../automation/over-smtp.ts";
import type { IsWanted, Sent, Smtp } from "../automation/sender.ts";
import type { ShownProduct } from "../catalogue/call.ts";
import type { Recipe, Taste } from "../domain/recommend/recipe.ts";
import type { ContentEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { catalogueOf } from "../platform/name.ts";
import { withoutEmpty } from "../protocol/empty.ts";
import { written } from "../protocol/texts.ts";
import type {
	CheckAnswer,
	CheckCall,
	FillAnswer,
	FillCall,
	LinkPage,
	LinkPageCall,
	OwnPageCall,
} from "./call.ts";
import { linkPage } from "./link-page.ts";
import { messagePage, selfPage } from "./me/page.ts";
import { plainHtml } from "./plain.ts";
import { filled } from "./products.ts";
import { type ProductsAnswer, tellProducts } from "./told.ts";
import { faultIn, writeOut } from "./words.ts";

export class Content extends WorkerEntrypoint<ContentEnv> {
	async fill({ site, offers, words, taste }: FillCall): Promise<FillAnswer> {
		// Words before products: a product's name is nobody's template.
		const personal = offers.map((offer) => written(offer, (text, reading) => writeOut(text, reading, words)));
		const whole = await filled(
			personal.filter((offer) => offer !== null),
			(recipes) => this.#frames(site, recipes, taste),
		);
		const rest = whole.values();
		return personal.map((offer) => offer && withoutEmpty(rest.next().value ?? offer));
	}

	/** The first of these offers as a page without script; null where nothing would be on it. */
	async plain(call: FillCall): Promise<string | null> {
		const [offer] = await this.fill(call);
		return offer ? plainHtml(offer) : null;
	}

	/** Without an answer of the catalogue what is left is shown without products. */
	async #frames(
		site: string,
		recipes: readonly Recipe[],
		taste: Taste | undefined,
	): Promise<readonly (readonly ShownProduct[])[]> {
		if (!taste) return [];
		try {
			return await catalogueOf(this.env, site).frames({ site, recipes, taste });
		} catch (error) {
			logFault("frames", error);
			return [];
		}
	}

	/** The visitor's own page as HTML. */
	async ownPage(call: OwnPageCall): Promise<string> {
		return "message" in call ? messagePage(call.told, call.message) : selfPage(call.told, call.shown);
	}

	async linkPage(call: LinkPageCall): Promise<LinkPage> {
		return linkPage(call);
	}

	/** What the shop's own server says of its products, as its body has it. */
	async tellProducts(site: string, said: unknown): Promise<ProductsAnswer> {
		return tellProducts(this.env, site, said);
	}

	/** A message of the cells, whose Worker has no need to speak to mail servers. */
	async send(smtp: Smtp, message: Message, isWanted?: IsWanted): Promise<Sent> {
		return overSmtp(smtp, message, isWanted);
	}

	/** Whether templates can be written out, for whoever saves them. */
	async check({ texts }: CheckCall): Promise<CheckAnswer> {
		return texts.map(({ text, reading }) => faultIn(text, reading) ?? null);
	}
}
