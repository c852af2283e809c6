// The blocks that everything shown is made of, instead of HTML, so that nothing a marketer writes can run.

import * as z from "zod/mini";
import { Answered, Field } from "./field.schema.ts";
import { Id } from "./id.schema.ts";
import { Recipe } from "./recipe.schema.ts";
import { Link, Marked, Words } from "./text.schema.ts";

/** As a frame shows it. Texts are in the visitor's language, amounts with their currency. */
export const FrameProduct = z.object({
	id: z.string(),
	name: z.string(),
	url: Link,
	image: z.exactOptional(Link),
	price: z.string(),
	/** The lowest price of the 30 days before the reduction: nothing else may be crossed out. */
	before: z.exactOptional(z.string()),
	soldOut: z.exactOptional(z.boolean()),
	why: z.string(),
});

/** The networks whose mark we have. */
export const networks = [
	"facebook",
	"instagram",
	"tiktok",
	"youtube",
	"x",
	"linkedin",
	"pinterest",
	"whatsapp",
] as const;

const picture = {
	src: Link,
	alt: z.string().check(z.maxLength(300)),
	/** Pixels, so that the place is reserved before the picture is there. */
	width: z.int().check(z.minimum(1), z.maximum(4_000)),
	height: z.int().check(z.minimum(1), z.maximum(4_000)),
};

/** A code that is the same for all, or one of a pool, which is told once it is given (given.schema.ts). */
const code = {
	code: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(64))),
	pool: z.exactOptional(Id),
};

const isOneOf = (first: unknown, ...others: readonly unknown[]) =>
	[first, ...others].filter((one) => one !== undefined).length === 1;

const plain = [
	z.strictObject({
		kind: z.literal("heading"),
		text: Words,
		/** Two where absent. The first of a content is what it is called. */
		level: z.exactOptional(z.union([z.literal(1), z.literal(2), z.literal(3)])),
	}),
	z.strictObject({ kind: z.literal("text"), text: Marked }),
	z.strictObject({ kind: z.literal("image"), ...picture, link: z.exactOptional(Link) }),
	/** A picture with a mark to play, which leads to the video: no player, and no script of anybody else's. */
	z.strictObject({ kind: z.literal("video"), ...picture, link: Link }),
	z
		.strictObject({
			kind: z.literal("button"),
			text: Words,
			/** It leads somewhere, goes to a step, opens the chat, or closes. */
			link: z.exactOptional(Link),
			to: z.exactOptional(Id),
			chat: z.exactOptional(z.literal(true)),
			closes: z.exactOptional(z.literal(true)),
			/** Not the one that is meant to be pressed. */
			quiet: z.exactOptional(z.boolean()),
		})
		.check(
			z.refine(({ link, to, chat, closes }) => isOneOf(link, to, chat, closes), {
				error: "a button has one of link, to, chat and closes",
			}),
		),
	z
		.strictObject({
			kind: z.literal("coupon"),
			label: Words,
			...code,
			/** Gone when the content's countdown has ended. */
			withCountdown: z.exactOptional(z.boolean()),
		})
		.check(
			z.refine((coupon) => isOneOf(coupon.code, coupon.pool), { error: "a coupon has one of code and pool" }),
		),
	z.strictObject({
		kind: z.literal("countdown"),
		/** Epoch ms, or so long from when each visitor saw it first: it never restarts. */
		until: z.union([
			z.int().check(z.minimum(0)),
			z.strictObject({ minutes: z.int().check(z.minimum(1), z.maximum(43_200)) }),
		]),
		label: Words,
		/** Stands there once the time is over. */
		ended: Words,
	}),
	z.strictObject({
		kind: z.literal("review"),
		stars: z.int().check(z.minimum(1), z.maximum(5)),
		quote: Words,
		author: z.string().check(z.minLength(1), z.maxLength(100)),
	}),
	z.strictObject({
		kind: z.literal("social"),
		links: z
			.array(z.strictObject({ network: z.enum(networks), link: Link }))
			.check(z.minLength(1), z.maxLength(8)),
	}),
	z.strictObject({ kind: z.literal("divider") }),
	/** In a sandboxed frame of another origin, where it reaches nothing of the page. */
	z.strictObject({
		kind: z.literal("html"),
		html: z.string().check(z.minLength(1), z.maxLength(20_000)),
		/** What a screen reader calls it. */
		title: Words,
		/** Pixels; what is in there may ask for another (widget/ui/html.tsx). */
		height: z.int().check(z.minimum(20), z.maximum(2_000)),
	}),
	z.object({
		kind: z.literal("products"),
		layout: z.enum(["grid", "carousel", "list", "compact"]),
		recipe: z.exactOptional(Recipe),
		/** Says why each is here. */
		why: z.exactOptional(z.boolean()),
		/** What the recipe gave for this visitor; in what a marketer writes there is none. */
		products: z.exactOptional(z.array(FrameProduct).check(z.maxLength(16))),
	}),
] as const;

const Form = z
	.strictObject({
		kind: z.literal("form"),
		/** The server leaves out what need not be asked. */
		fields: z.array(Field).check(
			z.minLength(1),
			z.maxLength(12),
			z.refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, {
				error: "two fields have one name",
			}),
		),
		/** On the button. */
		submit: Words,
		/**
		 * The first whose answer is so, or that asks for none, is gone to before anything is submitted: the answers go along to
		 * the form there. Where there is none, all answers are submitted.
		 */
		next: z.exactOptional(
			z
				.array(z.strictObject({ when: z.exactOptional(Answered), to: Id }))
				.check(z.minLength(1), z.maxLength(20)),
		),
		/** Shown in place of the form when the server has accepted it. */
		thanks: z.exactOptional(
			z.array(z.discriminatedUnion("kind", plain)).check(z.minLength(1), z.maxLength(5)),
		),
		/** Or the step that follows then. */
		to: z.exactOptional(Id),
	})
	.check(
		z.refine(
			({ next, thanks, to }) =>
				isOneOf(thanks, to) || (thanks === undefined && next?.some(({ when }) => !when) === true),
			{ error: "a form has one of thanks and to, or always leads on" },
		),
	);

/** Spun once: the outcome is drawn by the cell when it grants the experience, and told with the grant. */
const Wheel = z.strictObject({
	kind: z.literal("wheel"),
	/** On the button. */
	spin: Words,
	segments: z
		.array(
			z
				.strictObject({
					label: z.string().check(z.minLength(1), z.maxLength(20)),
					/** In how many draws of all weights together. */
					weight: z.int().check(z.minimum(0), z.maximum(10_000)),
					/** Said when it is drawn. */
					text: Words,
					/** What is won, if anything. Before it is drawn nobody is told: the cell leaves it out of the offer. */
					...code,
				})
				.check(
					z.refine((won) => won.code === undefined || won.pool === undefined, {
						error: "a segment has one of code and pool, or none",
					}),
				),
		)
		.check(
			z.minLength(2),
			z.maxLength(12),
			z.refine((segments) => segments.some(({ weight }) => weight > 0), {
				error: "some segment must be drawn at times",
			}),
		),
});

export const Block = z.discriminatedUnion("kind", [...plain, Form, Wheel]);
