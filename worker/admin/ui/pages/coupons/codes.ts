// Codes as they are pasted or stand in a file: pure, for the page and its tests.

export interface ReadCodes {
	/** Each once, in their order. */
	readonly codes: readonly string[];
	/** How many were there again. */
	readonly twice: number;
	/** What cannot be a code, and in which line it stands. */
	readonly wrong: readonly { readonly line: number; readonly text: string }[];
}

/** As the API takes them: what can be shown, typed and told on the phone. */
const isCode = (text: string) => /^[!-~]{1,64}$/.test(text);
/** What a first row of a table calls its column. */
const isHeading = (text: string) =>
	/^(code|codes|kod|kody|coupon|kupon|kod rabatowy|coupon code)$/i.test(text);

/** `isTable`: of each line the first cell alone; otherwise commas and semicolons part codes as lines do. */
export function codesIn(text: string, isTable: boolean): ReadCodes {
	const codes = new Set<string>();
	const wrong: { line: number; text: string }[] = [];
	let twice = 0;
	for (const [i, line] of text
		.replace(/^\ufeff/, "")
		.split(/\r\n|\n|\r/)
		.entries()) {
		const cells = line.split(/[,;\t]/);
		for (const cell of isTable ? cells.slice(0, 1) : cells) {
			const code = cell.trim().replace(/^"(.*)"$/, "$1");
			if (code === "" || (i === 0 && isHeading(code))) continue;
			if (!isCode(code)) wrong.push({ line: i + 1, text: code.slice(0, 80) });
			else if (codes.has(code)) twice++;
			else codes.add(code);
		}
	}
	return { codes: [...codes], twice, wrong };
}

/** Ids of the definitions that give from a pool, as they stand. */
export function usersOf(
	pool: string,
	bodies: readonly { readonly id: string; readonly body: unknown }[],
): string[] {
	return bodies.filter(({ body }) => names(body, pool)).map(({ id }) => id);
}

function names(value: unknown, pool: string): boolean {
	if (Array.isArray(value)) return value.some((one) => names(one, pool));
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(([key, one]) => (key === "pool" ? one === pool : names(one, pool)));
}
