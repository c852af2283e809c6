// A site's catalogue: its feed, how far a run of it has come, and its products.

import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import type { PricedProduct, ProductCard } from "../catalogue/catalogue.ts";
import type { FeedRefusal, FeedView } from "../catalogue/feed/feed.ts";
import type { FeedProblem, FeedRun } from "../catalogue/feed/run.ts";
import { settingsOf } from "../data/sites.ts";
import { catalogueLimits } from "../domain/catalogue/limits.ts";
import { faultSentence, problemSentence, suspicionSentence } from "../domain/words/feed.ts";
import type { AdminEnv, ContentEnv } from "../platform/env.ts";
import { refuseAddress } from "../platform/fetch.ts";
import { catalogueOf } from "../platform/name.ts";
import * as schema from "../protocol/catalogue.schema.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, parse, parseQuery, refused, siteUnknown } from "./request.ts";

const hourMs = 3_600_000;
/** `SHOP` is where a developer's own shop is. */
type CatalogueAdminEnv = AdminEnv & Pick<ContentEnv, "SHOP">;
type AdminContext = Context<{ Bindings: CatalogueAdminEnv }>;
type CatalogueObject = ReturnType<typeof catalogueOf>;

export const catalogueRoutes = new Hono<{ Bindings: CatalogueAdminEnv }>()
	.get("/:site/catalogue", reads("analyst"), (context) =>
		withCatalogue(context, async (catalogue) => viewed(catalogue, await catalogue.feed())),
	)
	.put("/:site/catalogue/feed", acts("marketer", "feed.set"), (context) =>
		withBody(context, schema.FeedBody, async (catalogue, { url, everyHours, currency }, site) => {
			const refusal = refuseAddress(url, localOf(context));
			if (refusal) return addressRefused(faultSentence(refusal).en);
			const every = everyHours === undefined ? {} : { everyMs: everyHours * hourMs };
			return viewed(catalogue, await catalogue.setFeed(site, { url, currency, ...every }));
		}),
	)
	/** The products stay. */
	.delete("/:site/catalogue/feed", acts("marketer", "feed.removed"), (context) =>
		withCatalogue(context, async (catalogue, site) =>
			viewed(catalogue, await catalogue.setFeed(site, undefined)),
		),
	)
	.post("/:site/catalogue/feed/run", acts("marketer", "feed.run"), (context) =>
		withCatalogue(context, async (catalogue) => answered(catalogue, await catalogue.runFeed())),
	)
	.post("/:site/catalogue/feed/try", reads("marketer"), (context) =>
		withBody(context, schema.FeedBody, async (catalogue, { url, currency }) => {
			const {
				fault,
				format = null,
				isWhole,
				items,
				good,
				products,
				problems,
			} = await catalogue.tryFeed({
				url,
				currency,
			});
			return Response.json({
				isWhole,
				format,
				items,
				good,
				sentence: fault ? faultSentence(fault.is) : null,
				products: products.map(({ id, name, price, currency }) => ({
					id,
					name,
					price: price / 100,
					currency,
				})),
				problems: problems.map(problemView),
			} satisfies z.infer<typeof schema.FeedTried>);
		}),
	)
	/** The body is the feed as it stands. */
	.post("/:site/catalogue/feed/file", acts("marketer", "feed.uploaded"), (context) =>
		withCatalogue(context, async (catalogue, site) => {
			const { body } = context.req.raw;
			const declared = Number(context.req.header("content-length") ?? "0");
			if (declared > catalogueLimits.uploadBytes) return refusal("too-large");
			if (!body) return Response.json({ error: "file-missing" } satisfies Answer, { status: 422 });
			return answered(catalogue, await catalogue.uploadFeed(site, body));
		}),
	)
	.post("/:site/catalogue/feed/decision", acts("marketer", "feed.decided"), (context) =>
		withBody(context, schema.FeedDecision, async (catalogue, { sound }) =>
			answered(catalogue, await catalogue.decideFeed(sound)),
		),
	)
	.get("/:site/catalogue/feed/problems", reads("analyst"), (context) =>
		withCatalogue(context, async (catalogue) => {
			const problems = (await catalogue.feedProblems()).map(problemView);
			return Response.json({ problems } satisfies z.infer<typeof schema.FeedProblems>);
		}),
	)
	.get("/:site/products", reads("analyst"), (context) =>
		withCatalogue(context, async (catalogue) => {
			const query = parseQuery(context.req.query(), schema.ProductsQuery);
			if (query.is === "refused") return Response.json(query.answer, { status: 422 });
			const { q = "", after = "0", offered } = query.value;
			const of = { words: q, ...(offered !== undefined && { isOffered: offered === "true" }) };
			const { products, next } = await catalogue.products(Number(after), catalogueLimits.page, of);
			return Response.json({
				products: products.map(listingView),
				next,
			} satisfies z.infer<typeof schema.ProductList>);
		}),
	)
	.put("/:site/products", acts("marketer", "products.put"), (context) =>
		withBody(context, schema.ProductsBody, async (catalogue, { products }, site) =>
			Response.json({ products: [...(await catalogue.put(site, products))] } satisfies Put),
		),
	)
	.patch("/:site/products", acts("marketer", "products.changed"), (context) =>
		withBody(context, schema.ProductsChange, async (catalogue, { products }, site) =>
			Response.json({ products: [...(await catalogue.change(site, products))] } satisfies Put),
		),
	)
	.delete("/:site/products", acts("marketer", "products.removed"), (context) =>
		withBody(context, schema.ProductIds, async (catalogue, { ids }) =>
			Response.json({ gone: await catalogue.remove(ids) } satisfies z.infer<typeof schema.ProductsGone>),
		),
	)
	.get("/:site/products/:product", reads("analyst"), (context) =>
		withCatalogue(context, async (catalogue) => {
			const known = await catalogue.product(context.req.param("product") ?? "");
			return known
				? Response.json(productView(known))
				: Response.json({ error: "product-unknown" } satisfies Answer, { status: 404 });
		}),
	);

type Put = z.infer<typeof schema.ProductsPut>;

/** An object comes to be by being asked: of sites that nobody made there is none. */
async function withCatalogue(
	{ env, req }: AdminContext,
	work: (catalogue: CatalogueObject, site: string) => Promise<Response>,
): Promise<Response> {
	const site = req.param("site") ?? "";
	if (!(await asked(settingsOf(env, site)))) return Response.json(siteUnknown, { status: 404 });
	return work(catalogueOf(env, site), site);
}

async function withBody<T>(
	context: AdminContext,
	body: z.ZodMiniType<T>,
	work: (catalogue: CatalogueObject, said: T, site: string) => Promise<Response>,
): Promise<Response> {
	const parsed = await parse(context.req.raw, body);
	if (parsed.is === "refused") return Response.json(parsed.answer, { status: 422 });
	return withCatalogue(context, (catalogue, site) => work(catalogue, parsed.value, site));
}

function localOf({ env }: AdminContext): string | undefined {
	return env.LOCAL === "1" ? env.SHOP : undefined;
}

function addressRefused(why: string): Response {
	return Response.json(refused("address-refused", [{ at: "url", why }]).answer, { status: 422 });
}

function refusal(why: FeedRefusal): Response {
	const status = why === "too-large" ? 413 : why === "no-feed" ? 404 : why === "broken-package" ? 422 : 409;
	return Response.json({ error: why } satisfies Answer, { status });
}

async function answered(catalogue: CatalogueObject, answer: FeedRefusal | FeedView): Promise<Response> {
	return typeof answer === "string" ? refusal(answer) : viewed(catalogue, answer);
}

async function viewed(
	catalogue: CatalogueObject,
	{ settings, run, doneAt, nextAt }: FeedView,
): Promise<Response> {
	const every = settings?.everyMs === undefined ? {} : { everyHours: settings.everyMs / hourMs };
	return Response.json({
		...(await catalogue.counts()),
		feed: settings && { url: settings.url, currency: settings.currency, ...every },
		run: run && runView(run),
		doneAt,
		nextAt,
	} satisfies z.infer<typeof schema.CatalogueView>);
}

function runView(run: FeedRun): NonNullable<z.infer<typeof schema.CatalogueView>["run"]> {
	const { n: _, endedAt = null, format = null, fault, goodBefore = 0, ...figures } = run;
	const suspicion = run.status === "suspicious" ? suspicionSentence(run.good, goodBefore) : null;
	return { ...figures, endedAt, format, sentence: fault ? faultSentence(fault.is) : suspicion };
}

function problemView(problem: FeedProblem) {
	const { line, id, field, is, said, isTaken } = problem;
	return { line, id, field, is, said, isTaken, sentence: problemSentence(is, field, said) };
}

function listingView(known: PricedProduct): z.infer<typeof schema.ProductListed> {
	const { product, origin, knownAt, shown } = known;
	const { price, sale, lowest: _, categories, ...rest } = product;
	const { amount, before } = shown;
	return {
		...rest,
		categories: [...categories],
		labels: { ...rest.labels },
		price: amount / 100,
		...(before !== undefined && { before: before / 100 }),
		regularPrice: price / 100,
		...(sale && { sale: { ...sale, price: sale.price / 100 } }),
		origin,
		knownAt,
		goneAt: known.goneAt ?? null,
	};
}

function productView(card: ProductCard): z.infer<typeof schema.ProductView> {
	return {
		...listingView(card),
		prices: card.prices.map(({ at, amount }) => ({ at, price: amount / 100 })),
		changes: card.changes.map(({ kind, at, from, to }) => ({
			kind,
			at,
			...(from !== undefined && { from: from / 100 }),
			...(to !== undefined && { to: to / 100 }),
		})),
	};
}
