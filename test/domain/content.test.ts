// What a marketer's content may be, and where a mistake in it is said to stand.

import { describe, expect, test } from "vitest";
import { Content } from "../../worker/protocol/content.schema.ts";

const heading = { kind: "heading", text: "Hej" };
const thanks = [heading];
const email = { kind: "email", name: "email", label: "E-mail", required: true };
const rating = { kind: "rating", name: "stars", label: "How was it?" };
const form = (change: object = {}) => ({ kind: "form", fields: [email], submit: "Send", thanks, ...change });
const content = (blocks: readonly object[], steps?: Record<string, readonly object[]>) => ({
	label: "Offer",
	blocks,
	...(steps && {
		steps: Object.fromEntries(Object.entries(steps).map(([id, all]) => [id, { blocks: all }])),
	}),
});

/** Where each mistake stands, and what is said of it. */
function mistakes(blocks: readonly object[], steps?: Record<string, readonly object[]>): readonly string[] {
	// As it comes over the wire: what is undefined is not there.
	const parsed = Content.safeParse(JSON.parse(JSON.stringify(content(blocks, steps))));
	return parsed.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
}

const leadsOn = (to: string, when?: object) => form({ next: [{ to, ...(when && { when }) }] });

describe("a content", () => {
	test("has blocks of every kind", () => {
		const picture = { src: "/a.png", alt: "", width: 10, height: 10 };
		expect(
			mistakes(
				[
					{ ...heading, level: 1 },
					{ kind: "text", text: "**Bold**, [here](https://a.example) and \\_so\\_" },
					{ kind: "image", ...picture, link: "/x" },
					{ kind: "video", ...picture, link: "https://youtu.be/1" },
					{ kind: "button", text: "Go", link: "/go" },
					{ kind: "button", text: "More", to: "more" },
					{ kind: "button", text: "No, thanks", closes: true, quiet: true },
					{ kind: "coupon", label: "Code", code: "A" },
					{ kind: "coupon", label: "Code", pool: "spring", withCountdown: true },
					{ kind: "countdown", until: { minutes: 30 }, label: "Left", ended: "Over" },
					{ kind: "review", stars: 5, quote: "Good", author: "Ola" },
					{ kind: "social", links: [{ network: "facebook", link: "https://facebook.com/x" }] },
					{ kind: "divider" },
					{ kind: "html", html: "<b>x</b>", title: "Map", height: 200 },
					form(),
				],
				{
					more: [
						{
							kind: "wheel",
							spin: "Spin",
							segments: [
								{ label: "10%", weight: 1, text: "Yours", code: "TEN" },
								{ label: "Nothing", weight: 9, text: "Next time" },
							],
						},
					],
				},
			),
		).toEqual([]);
	});

	test("has fields of every kind, each with an attribute that can hold its answer", () => {
		const options = [
			{ value: "f", label: "Woman" },
			{ value: "m", label: "Man" },
		];
		const fields = [
			email,
			{ kind: "phone", name: "phone", label: "Phone", progressive: true },
			{ kind: "text", name: "first", label: "Name", to: "firstName" },
			{ kind: "number", name: "lawn", label: "Lawn, m²", least: 1, most: 10_000, to: "lawn" },
			{ kind: "date", name: "born", label: "Born", to: "birthday", most: "2020-01-01" },
			{ kind: "choice", name: "sex", label: "You are", options, to: "sex" },
			{ kind: "choices", name: "likes", label: "You like", options, least: 1 },
			rating,
			{ kind: "nps", name: "nps", label: "Would you?", ends: { least: "No", most: "Yes" } },
			{
				kind: "consent",
				name: "agreement",
				purpose: "newsletter",
				wording: "I agree to the [terms](/terms).",
				version: "v1",
				channels: ["email", "sms"],
				doubleOptIn: true,
				required: true,
			},
			{ kind: "hidden", name: "campaign", value: "spring" },
		];
		expect(mistakes([form({ fields })])).toEqual([]);
	});

	test.each<[string, object, string]>([
		["a link that runs", { kind: "text", text: "[x](javascript:alert(1))" }, "blocks.0.text"],
		["a button that does two things", { kind: "button", text: "x", link: "/", closes: true }, "blocks.0"],
		["a button that does nothing", { kind: "button", text: "x" }, "blocks.0"],
		["a coupon without a code", { kind: "coupon", label: "x" }, "blocks.0"],
		[
			"a network of which we have no mark",
			{ kind: "social", links: [{ network: "gg", link: "/" }] },
			"blocks.0.links.0.network",
		],
		[
			"a wheel that never stops anywhere",
			{
				kind: "wheel",
				spin: "x",
				segments: [
					{ label: "a", weight: 0, text: "a" },
					{ label: "b", weight: 0, text: "b" },
				],
			},
			"blocks.0.segments",
		],
		["what no block has", { ...heading, onclick: "x" }, "blocks.0"],
		["two fields of one name", form({ fields: [email, email] }), "blocks.0.fields"],
		[
			"a field named as something else",
			form({ fields: [{ kind: "text", name: "experience", label: "x" }] }),
			"blocks.0.fields.0.name",
		],
		[
			"an answer that is to be no day of birth",
			form({ fields: [{ kind: "text", name: "born", label: "x", to: "birthday" }] }),
			"blocks.0.fields.0.to",
		],
		[
			"an attribute that is not the visitor's to say",
			form({ fields: [{ kind: "text", name: "who", label: "x", to: "owner" }] }),
			"blocks.0.fields.0.to",
		],
		["a form that ends nowhere", form({ thanks: undefined }), "blocks.0"],
		[
			"a least over the most",
			form({ fields: [{ kind: "number", name: "n", label: "x", least: 3, most: 2 }] }),
			"blocks.0.fields.0.least",
		],
	])("is refused with %s", (_, block, where) => {
		expect(mistakes([block]).map((one) => one.slice(0, one.indexOf(":")))).toEqual([where]);
	});

	test("says of a button, a form and its branches which step or field is not there", () => {
		const survey = form({
			fields: [rating],
			next: [{ when: { field: "star", least: 4 }, to: "praise" }, { to: "sorry" }],
			thanks: undefined,
		});
		expect(
			mistakes([survey, { kind: "button", text: "x", to: "y" }], {
				praise: [form({ thanks: undefined, to: "z" })],
			}),
		).toEqual([
			"blocks.0.next.1.to: there is no step sorry",
			"blocks.1.to: there is no step y",
			"steps.praise.blocks.0.to: there is no step z",
			"blocks.0.next.0.when.field: there is no field star",
		]);
	});

	test("may lead back by a button, and never by a form", () => {
		const back = { kind: "button", text: "Again", to: "one" };
		expect(mistakes([leadsOn("one")], { one: [leadsOn("two")], two: [form(), back] })).toEqual([]);
		expect(mistakes([leadsOn("one")], { one: [leadsOn("two")], two: [leadsOn("one")] })).toEqual([
			"steps.two.blocks.0.next.0.to: the forms lead round in a circle, by the step one",
		]);
	});

	test("has one countdown, one wheel, and one purpose to confirm", () => {
		const countdown = { kind: "countdown", until: 1, label: "Left", ended: "Over" };
		const box = (purpose: string) =>
			form({
				fields: [{ kind: "consent", name: "box", purpose, wording: "Yes", version: "v", doubleOptIn: true }],
			});
		expect(mistakes([countdown, heading], { one: [countdown] })).toEqual([
			"steps.one.blocks.0: there is more than one countdown",
		]);
		expect(mistakes([box("a"), box("b")])).toEqual(["blocks: a message confirms one purpose, not a and b"]);
	});
});
