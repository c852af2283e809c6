// Importing people and exporting them: what crosses between a marketer's tools and the authenticated API.

import * as z from "zod/mini";
import { encodings } from "../domain/import/encoding.ts";
import { importLimits } from "../domain/import/limits.ts";
import { channels, isReserved, lineFields, orderFields } from "../domain/import/mapping.ts";
import { delimiters } from "../domain/import/table.ts";
import { columnTypes } from "../domain/import/value.ts";
import { limits as conditionLimits } from "../domain/limits.ts";
import { people } from "./act.schema.ts";
import { RawCondition } from "./admin.schema.ts";
import { PropertyName } from "./collect.schema.ts";
import { limits } from "./limits.ts";
import { Id } from "./site.schema.ts";

const instant = z.int();
const counts = z.record(z.string(), z.int());
const value = z.union([z.string(), z.number(), z.boolean(), z.readonly(z.array(z.string()))]);
const attribute = PropertyName.check(
	z.refine((name) => !isReserved(name), "not an attribute that a column sets"),
);
const word = z
	.string()
	.check(z.minLength(1), z.maxLength(limits.propertyName), z.regex(/^[^{}]+$/, "a tag has no braces"));

/** What becomes of a column. */
export const Target = z.discriminatedUnion("to", [
	z.strictObject({ to: z.literal("nothing") }),
	/** By what a person is known. An address and a phone are attributes too. */
	z.strictObject({ to: z.literal("identifier"), kind: z.enum(["user", "email", "phone"]) }),
	/** A name that nobody used before is an attribute of the site's own from then on. */
	z.strictObject({
		to: z.literal("attribute"),
		name: attribute,
		type: z.enum(columnTypes),
		/** Of dates: 12/31/2024. */
		isMonthFirst: z.exactOptional(z.boolean()),
	}),
	z.strictObject({ to: z.literal("tags") }),
	/** Given where it says yes. */
	z.strictObject({
		to: z.literal("consent"),
		channel: z.enum(channels),
		purpose: z.string().check(z.minLength(1), z.maxLength(limits.propertyName)),
	}),
	/** Of a past order, which may be told by one row or by one for each of its lines. */
	z.strictObject({
		to: z.literal("order"),
		field: z.enum(orderFields),
		isMonthFirst: z.exactOptional(z.boolean()),
	}),
	z.strictObject({ to: z.literal("line"), field: z.enum(lineFields) }),
]);

const words = z.readonly(z.array(word).check(z.maxLength(importLimits.listed)));
/** What is not said stays as it is, or is guessed anew where the file is to be read in another way. */
export const ImportPlanBody = z.strictObject({
	encoding: z.exactOptional(z.enum(encodings)),
	delimiter: z.exactOptional(z.enum(delimiters)),
	/** Whether the first row names the columns. */
	isNamed: z.exactOptional(z.boolean()),
	/** One for each column of the file, in their order. */
	columns: z.exactOptional(z.readonly(z.array(Target).check(z.maxLength(importLimits.columns)))),
	/** For everybody. */
	tags: z.exactOptional(words),
	categories: z.exactOptional(words),
	/** Static lists that everybody is put on. */
	lists: z.exactOptional(z.readonly(z.array(Id).check(z.maxLength(importLimits.listed)))),
	/** Whether rules react to it, as they do to what happens on a page. */
	firesRules: z.exactOptional(z.boolean()),
});
/** Cells of a row that failed, by column. */
export const RowBody = z.strictObject({
	cells: z.record(z.string(), z.string().check(z.maxLength(importLimits.cell))),
});

const Status = z.enum([
	"uploaded",
	"reading",
	"read",
	"rehearsing",
	"rehearsed",
	"running",
	"done",
	"undoing",
	"undone",
	"closed",
]);
const Example = z.strictObject({
	/** The first row that tells of them. */
	line: z.int(),
	/** Null for whoever would be new. */
	person: z.nullable(z.string()),
	changes: z.readonly(z.array(z.strictObject({ attribute: z.string(), from: z.nullable(value), to: value }))),
	tags: z.readonly(z.array(z.string())),
	rules: z.readonly(z.array(z.string())),
	entered: z.readonly(z.array(z.string())),
	left: z.readonly(z.array(z.string())),
});
/** People: of each kind, and with each attribute, tag, rule and segment that it concerns. */
const Totals = z.strictObject({
	new: z.int(),
	changed: z.int(),
	same: z.int(),
	/** Past orders that nobody had told of. */
	orders: z.int(),
	attributes: counts,
	tags: counts,
	rules: counts,
	entered: counts,
	left: counts,
});
export const ImportView = z.strictObject({
	id: z.string(),
	name: z.string(),
	createdAt: instant,
	/** `uploaded`, `read`, `rehearsed` and `done` wait for you. `closed`: only its figures are left. */
	status: Status,
	bytes: z.int(),
	plan: z.strictObject({
		encoding: z.enum(encodings),
		delimiter: z.enum(delimiters),
		isNamed: z.boolean(),
		columns: z.readonly(z.array(Target)),
		tags: z.readonly(z.array(z.string())),
		categories: z.readonly(z.array(z.string())),
		lists: z.readonly(z.array(z.string())),
		firesRules: z.boolean(),
	}),
	columns: z.readonly(
		z.array(z.strictObject({ name: z.string(), samples: z.readonly(z.array(z.string())), guess: Target })),
	),
	/** Of the file so far. A merged row says more of somebody of whom an earlier one told. */
	reading: z.strictObject({
		rows: z.int(),
		people: z.int(),
		merged: z.int(),
		conflicts: z.int(),
		failed: z.int(),
		consents: z.int(),
		/** Whether the file goes on behind the last row that may be. */
		isCut: z.boolean(),
	}),
	/** People with whom the step under way is done. */
	done: z.int(),
	rehearsal: z.nullable(
		z.strictObject({
			totals: Totals,
			new: z.readonly(z.array(Example)),
			changed: z.readonly(z.array(Example)),
		}),
	),
	/** What the run has done so far. */
	totals: Totals,
	/** Until when the file can be run, or the run be undone. */
	keptUntil: instant,
});
export const Imports = z.strictObject({
	imports: z.array(z.strictObject({ id: z.string(), name: z.string(), createdAt: instant, status: Status })),
	/** After which the next page begins. */
	next: z.nullable(z.string()),
});
const RowProblem = z.strictObject({
	line: z.int(),
	/** `belongs-to-another`: the row is imported, without the identifier that is somebody else's. */
	reason: z.string(),
	/** Null where the row as a whole is meant. */
	column: z.nullable(z.string()),
	value: z.string(),
	/** As they stand, by column; shortened where they are too long. */
	cells: z.record(z.string(), z.string()),
});
export const ImportRows = z.strictObject({
	rows: z.readonly(z.array(RowProblem)),
	/** The line after which the next page begins. */
	next: z.nullable(z.int()),
});
/** Null where the row is taken in; what is still wrong otherwise. */
export const RowMended = z.strictObject({ problem: z.nullable(RowProblem) });

/** Of whom: a segment, a static list, any condition, people one by one; everybody where nothing is said. At most one of them. */
const who = {
	segment: z.exactOptional(Id),
	list: z.exactOptional(Id),
	condition: z.exactOptional(RawCondition),
	/** Picked one by one. */
	people: z.exactOptional(people),
	definitions: z._default(z.enum(["published", "drafts"]), "published"),
};
const column = z.string().check(z.minLength(1), z.maxLength(limits.propertyName + 11));
export const ExportBody = z
	.strictObject({
		/** `history` is what happened to them, one row for each event. */
		of: z._default(z.enum(["people", "history"]), "people"),
		format: z._default(z.enum(["csv", "ndjson"]), "csv"),
		...who,
		/** Of those who are meant otherwise than one by one, whoever is found by this. */
		q: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(conditionLimits.text))),
		/**
		 * Of people: the columns of their list, and link. Where nothing is said id, identity, score, visits, firstSeenAt,
		 * lastSeenAt, tags, segments, and the attributes that have a meaning of their own.
		 */
		columns: z.exactOptional(z.array(column).check(z.minLength(1), z.maxLength(importLimits.columns))),
	})
	.check(
		z.refine(
			({ segment, list, condition, people }) =>
				[segment, list, condition, people].filter((one) => one !== undefined).length <= 1,
			"one of segment, list, condition and people",
		),
	);
