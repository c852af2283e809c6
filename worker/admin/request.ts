// What every route of the authenticated API shares: reading a body, and saying what is wrong with it.

import { HTTPException } from "hono/http-exception";
import { en } from "zod/locales";
import type * as z from "zod/mini";
import { readBody } from "../platform/body.ts";
import { logFault } from "../platform/log.ts";
import type { Complaint } from "../protocol/admin.schema.ts";
import { limits } from "../protocol/limits.ts";

export type Answer = Readonly<z.infer<typeof Complaint>>;
export const siteUnknown: Answer = { error: "site-unknown" };
/** What is wrong, in words of the schema, and where. */
export type Problem = NonNullable<Answer["problems"]>[number];

export type Parsed<T> =
	| { readonly is: "parsed"; readonly value: T }
	| { readonly is: "refused"; readonly answer: Answer };

// zod's small edition has no words of its own; only here are any shown.
export const { localeError: inEnglish } = en();

/** The body as its schema has it, or what to say about it. */
export async function parse<T>(request: Request, schema: z.ZodMiniType<T>): Promise<Parsed<T>> {
	const body = await readBody(request, limits.adminBody);
	if (body.is === "refused") return refused(body.code, []);
	const parsed = schema.safeParse(body.value, { error: inEnglish });
	return parsed.success
		? { is: "parsed", value: parsed.data }
		: refused("malformed", problemsIn(parsed.error));
}

/** The parameters of an address as their schema has them, or what to say about them. */
export function parseQuery<T>(query: Record<string, string>, schema: z.ZodMiniType<T>): Parsed<T> {
	const parsed = schema.safeParse(query, { error: inEnglish });
	return parsed.success
		? { is: "parsed", value: parsed.data }
		: refused("malformed", problemsIn(parsed.error));
}

/** What a schema says of what it refuses, which was asked `inEnglish`. */
export function problemsIn({ issues }: z.core.$ZodError): Problem[] {
	return issues.map((issue) => {
		const code = codeOf(issue);
		return { at: issue.path.join("."), why: issue.message, ...(code && { code }) };
	});
}

/** The mistake as conditions name theirs, for whoever says it in another language. What a rule of ours refuses says it itself. */
function codeOf(issue: z.core.$ZodIssue): string | undefined {
	switch (issue.code) {
		case "custom":
			return undefined;
		case "too_small":
		case "too_big": {
			const side = issue.code === "too_big" ? "long" : "short";
			if (issue.origin === "string")
				return issue.code === "too_small" && issue.minimum === 1 ? "text-empty" : `text-too-${side}`;
			return issue.origin === "array" ? `list-too-${side}` : "number-out-of-range";
		}
		case "not_multiple_of":
			return "number-out-of-range";
		case "invalid_format":
			return issue.format === "email" || issue.format === "url"
				? `${issue.format}-malformed`
				: "text-malformed";
		case "unrecognized_keys":
			return "member-unknown";
		default:
			return "value-refused";
	}
}

export function refused(
	error: string,
	problems: readonly Problem[],
): Extract<Parsed<never>, { is: "refused" }> {
	return { is: "refused", answer: { error, problems: [...problems] } };
}

/** What D1 answers; where it does not, the caller is told so and may come again. */
export async function asked<T>(question: Promise<T>): Promise<T> {
	try {
		return await question;
	} catch (error) {
		throw new HTTPException(503, { cause: error });
	}
}

export function answerFault(error: Error, path: string): Response {
	if (error instanceof HTTPException && error.status === 503) {
		const answer: Answer = { error: "database-unavailable", id: logFault(path, error.cause) };
		return Response.json(answer, { status: 503, headers: { "retry-after": "5" } });
	}
	return Response.json({ error: "fault", id: logFault(path, error) } satisfies Answer, { status: 500 });
}
