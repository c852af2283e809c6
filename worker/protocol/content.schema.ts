// What an experience says in one language: a first step of blocks, and others that buttons and forms lead to. Whatever is
// referred to is there, and nobody goes round in a circle but by a button of their own pressing.

import * as z from "zod/mini";
import { Block } from "./block.schema.ts";
import { Id } from "./id.schema.ts";
import { Corner } from "./surface.schema.ts";
import { Words } from "./text.schema.ts";

/** So short that a tab has room for it. */
const Teasing = z.string().check(z.minLength(1), z.maxLength(40));

const blocks = z.array(Block).check(z.minLength(1), z.maxLength(20));
type Blocks = z.infer<typeof blocks>;
type Form = Extract<Blocks[number], { kind: "form" }>;
type Way = readonly (string | number)[];

/** Where a button or a form leads, and where that stands. */
interface Lead {
	readonly to: string;
	readonly at: Way;
	readonly by: Form | undefined;
}

export const Content = z
	.object({
		/** What a screen reader calls it. */
		label: Words,
		/** The first step. */
		blocks,
		steps: z.exactOptional(
			z
				.record(Id, z.strictObject({ blocks }))
				.check(z.refine((steps) => Object.keys(steps).length <= 20, { error: "there are too many steps" })),
		),
		/** A tab in a corner, in place of what is shown: until it is clicked, and where it was closed. Over the page alone. */
		teaser: z.exactOptional(
			z.strictObject({
				before: z.exactOptional(Teasing),
				after: z.exactOptional(Teasing),
				at: Corner,
			}),
		),
	})
	.check(({ value, issues }) => {
		const refuse = (path: Way, message: string) =>
			issues.push({ code: "custom", input: value, path: [...path], message });
		const steps = stepsOf(value);
		for (const one of ["wheel", "countdown"] as const) {
			const all = [...steps].flatMap(([, step]) => [...placesOf(step.blocks, step.at, one)]);
			if (all[1]) refuse(all[1], `there is more than one ${one}`);
		}
		const leads = new Map([...steps].map(([id, step]) => [id, [...leadsOf(step.blocks, step.at)]]));
		const names = new Set([...steps].flatMap(([, step]) => [...namesOf(step.blocks)]));
		for (const { to, at } of [...leads.values()].flat())
			if (to === first || !steps.has(to)) refuse(at, `there is no step ${to}`);
		for (const [, step] of steps)
			for (const { field, at } of askedIn(step.blocks, step.at))
				if (!names.has(field)) refuse(at, `there is no field ${field}`);
		const confirmed = [...steps].flatMap(([, step]) => [...confirmedIn(step.blocks)]);
		if (new Set(confirmed).size > 1)
			refuse(["blocks"], `a message confirms one purpose, not ${confirmed.join(" and ")}`);
		const circle = circleIn(leads);
		if (circle) refuse(circle.at, `the forms lead round in a circle, by the step ${circle.to}`);
	});

/** Of a step's id this is none. */
const first = "";

function stepsOf(content: { readonly blocks: Blocks; readonly steps?: Record<string, { blocks: Blocks }> }) {
	const others = Object.entries(content.steps ?? {}).map(
		([id, step]) => [id, { blocks: step.blocks, at: ["steps", id, "blocks"] }] as const,
	);
	return new Map<string, { readonly blocks: Blocks; readonly at: Way }>([
		[first, { blocks: content.blocks, at: ["blocks"] }],
		...others,
	]);
}

function* placesOf(within: Blocks, at: Way, kind: Blocks[number]["kind"]): Generator<Way> {
	for (const [n, block] of within.entries()) {
		if (block.kind === kind) yield [...at, n];
		if (block.kind === "form") yield* placesOf(block.thanks ?? [], [...at, n, "thanks"], kind);
	}
}

function* leadsOf(within: Blocks, at: Way): Generator<Lead> {
	for (const [n, block] of within.entries()) {
		const here = [...at, n];
		if (block.kind === "button" && block.to !== undefined)
			yield { to: block.to, at: [...here, "to"], by: undefined };
		if (block.kind !== "form") continue;
		if (block.to !== undefined) yield { to: block.to, at: [...here, "to"], by: block };
		for (const [m, { to }] of (block.next ?? []).entries())
			yield { to, at: [...here, "next", m, "to"], by: block };
		yield* leadsOf(block.thanks ?? [], [...here, "thanks"]);
	}
}

function* namesOf(within: Blocks): Generator<string> {
	for (const block of within) if (block.kind === "form") for (const { name } of block.fields) yield name;
}

/** Purposes of the boxes that wait for a confirmation: a message asks of one. */
function* confirmedIn(within: Blocks): Generator<string> {
	for (const block of within)
		if (block.kind === "form")
			for (const field of block.fields)
				if (field.kind === "consent" && field.doubleOptIn) yield field.purpose;
}

function* askedIn(within: Blocks, at: Way): Generator<{ readonly field: string; readonly at: Way }> {
	for (const [n, block] of within.entries()) {
		if (block.kind !== "form") continue;
		for (const [m, { when }] of (block.next ?? []).entries())
			if (when) yield { field: when.field, at: [...at, n, "next", m, "when", "field"] };
	}
}

/** The lead of a form that comes back to where the way began. */
function circleIn(leads: ReadonlyMap<string, readonly Lead[]>): Lead | undefined {
	const done = new Set<string>();
	const walk = (id: string, way: readonly string[]): Lead | undefined => {
		if (done.has(id)) return undefined;
		for (const lead of leads.get(id) ?? []) {
			if (!lead.by) continue;
			if (lead.to === id || way.includes(lead.to)) return lead;
			const found = walk(lead.to, [...way, id]);
			if (found) return found;
		}
		done.add(id);
		return undefined;
	};
	for (const id of leads.keys()) {
		const found = walk(id, []);
		if (found) return found;
	}
	return undefined;
}
