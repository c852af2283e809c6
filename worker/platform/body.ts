// Reading a hostile body: its size first, then its depth, and only then its meaning.

/** What a body may be: bytes, and how deep its JSON nests. */
export interface BodyBounds {
	readonly bytes: number;
	readonly depth: number;
}

export type Body =
	| { readonly is: "read"; readonly value: unknown }
	| { readonly is: "refused"; readonly code: "body-too-large" | "body-too-deep" | "body-malformed" };

export async function readBody(request: Request, bounds: BodyBounds): Promise<Body> {
	const declared = Number(request.headers.get("content-length") ?? "0");
	if (declared > bounds.bytes) return { is: "refused", code: "body-too-large" };
	// A length that is declared is kept by the protocol, and then the platform reads faster than a loop can.
	const text = declared > 0 ? await request.text() : await readUpTo(request, bounds.bytes);
	if (text === undefined) return { is: "refused", code: "body-too-large" };
	if (depthOf(text) > bounds.depth) return { is: "refused", code: "body-too-deep" };
	try {
		return { is: "read", value: JSON.parse(text) };
	} catch {
		return { is: "refused", code: "body-malformed" };
	}
}

/** A body of undeclared length, or nothing where it is longer than it may be. */
async function readUpTo(request: Request, most: number): Promise<string | undefined> {
	const decoder = new TextDecoder();
	let text = "";
	let length = 0;
	for await (const chunk of request.body ?? []) {
		length += chunk.length;
		if (length > most) return undefined;
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}

/** How deep a JSON text nests, without parsing it: so that no parser ever recurses into a bomb. */
export function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	let inString = false;
	for (let i = 0; i < text.length; i++) {
		const letter = text.charCodeAt(i);
		if (inString) {
			if (letter === backslash) i++;
			else if (letter === quote) inString = false;
		} else if (letter === quote) inString = true;
		else if (letter === brace || letter === bracket) deepest = Math.max(deepest, ++depth);
		else if (letter === brace + 2 || letter === bracket + 2) depth--;
	}
	return deepest;
}

const quote = 34;
const backslash = 92;
/** `}` and `]` stand two places after `{` and `[`. */
const brace = 123;
const bracket = 91;
