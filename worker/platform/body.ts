// Reading a hostile body: its size first, then its depth, and only then its meaning.

/** What a body may be: bytes, and how deep its JSON nests. */
export interface BodyBounds {
	readonly bytes: number;
	readonly depth: number;
	/** Whether it may come with `content-encoding: gzip`; `bytes` then bounds what is in it, and is counted as it unfolds. */
	readonly mayBePacked?: boolean;
}

export type Body =
	| { readonly is: "read"; readonly value: unknown }
	| { readonly is: "refused"; readonly code: "body-too-large" | "body-too-deep" | "body-malformed" };

export async function readBody(request: Request, bounds: BodyBounds): Promise<Body> {
	const declared = Number(request.headers.get("content-length") ?? "0");
	if (declared > bounds.bytes) return tooLarge;
	const isPacked = bounds.mayBePacked && request.headers.get("content-encoding")?.toLowerCase() === "gzip";
	// A length that is declared is kept by the protocol, and then the platform reads faster than a loop can.
	const text = isPacked
		? await unpackUpTo(request, bounds.bytes)
		: declared > 0
			? await request.text()
			: await readUpTo(request.body, bounds.bytes);
	if (typeof text !== "string") return text;
	if (depthOf(text) > bounds.depth) return { is: "refused", code: "body-too-deep" };
	try {
		return { is: "read", value: JSON.parse(text) };
	} catch {
		return { is: "refused", code: "body-malformed" };
	}
}

type Bytes = ReadableStream<Uint8Array> | null;
type Refused = Extract<Body, { is: "refused" }>;
const tooLarge: Refused = { is: "refused", code: "body-too-large" };

async function unpackUpTo({ body }: Request, most: number): Promise<string | Refused> {
	try {
		return await readUpTo(body?.pipeThrough(new DecompressionStream("gzip")) ?? null, most);
	} catch {
		// Neither what is no gzip nor what ends in its middle says anything.
		return { is: "refused", code: "body-malformed" };
	}
}

/** A body of undeclared length. */
async function readUpTo(bytes: Bytes, most: number): Promise<string | Refused> {
	const decoder = new TextDecoder();
	let text = "";
	let length = 0;
	for await (const chunk of bytes ?? []) {
		length += chunk.length;
		if (length > most) return tooLarge;
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
