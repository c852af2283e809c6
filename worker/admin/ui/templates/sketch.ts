// A content as rough shapes, one below the other: what a thumbnail draws. Units are those of its drawing, 320 by 200.

import type { Block, Content } from "../../../protocol/experience.ts";

type Drawn =
	| { readonly is: "title"; readonly lines: readonly string[]; readonly size: number }
	| { readonly is: "lines"; readonly count: number }
	| { readonly is: "button"; readonly quiet: boolean }
	| { readonly is: "coupon"; readonly code: string }
	| { readonly is: "tiles"; readonly count: number; readonly rows: boolean }
	| {
			readonly is:
				| "field"
				| "area"
				| "agreement"
				| "option"
				| "scale"
				| "stars"
				| "clock"
				| "wheel"
				| "picture"
				| "rule"
				| "dots";
	  };
export type Shape = Drawn & { readonly y: number; readonly height: number };

const gap = 6;
const lineHeight = 1.18;
/** Of a letter, in its size, on average. */
const letter = 0.65;

/** What is shown first, within this width; how high it is all together. */
export function sketch(
	{ blocks }: Content,
	width: number,
	size = 13,
): { readonly shapes: readonly Shape[]; readonly height: number } {
	const shapes: Shape[] = [];
	let y = 0;
	for (const drawn of blocks.flatMap((block) => shapesOf(block, width, size))) {
		const height = heightOf(drawn);
		shapes.push({ ...drawn, y, height });
		y += height + gap;
	}
	return { shapes, height: Math.max(0, y - gap) };
}

function shapesOf(block: Block, width: number, size: number): readonly Drawn[] {
	switch (block.kind) {
		case "heading": {
			const own = block.level === 1 ? size * 1.2 : block.level === 3 ? size * 0.85 : size;
			return [{ is: "title", lines: wrapped(plain(block.text), width / (own * letter)), size: own }];
		}
		case "text":
			return [{ is: "lines", count: plain(block.text).length > 60 ? 2 : 1 }];
		case "button":
			return [{ is: "button", quiet: block.quiet === true }];
		case "coupon":
			return [{ is: "coupon", code: block.code ?? "••••••••" }];
		case "countdown":
			return [{ is: "clock" }];
		case "review":
			return [{ is: "stars" }, { is: "lines", count: 2 }];
		case "image":
		case "video":
		case "html":
			return [{ is: "picture" }];
		case "social":
			return [{ is: "dots" }];
		case "divider":
			return [{ is: "rule" }];
		case "wheel":
			return [{ is: "wheel" }, { is: "button", quiet: false }];
		case "products": {
			const rows = block.layout === "list" || block.layout === "compact";
			const most = Math.min(block.recipe?.most ?? 4, rows ? 3 : width > 200 ? 4 : 2);
			return [{ is: "tiles", count: most, rows }];
		}
		case "form":
			return [...block.fields.flatMap(fieldShapes), { is: "button", quiet: false }];
	}
}

function fieldShapes(field: Extract<Block, { kind: "form" }>["fields"][number]): readonly Drawn[] {
	switch (field.kind) {
		case "hidden":
			return [];
		case "consent":
			return [{ is: "agreement" }];
		case "choice":
		case "choices":
			return field.options.slice(0, 3).map(() => ({ is: "option" }));
		case "rating":
			return [{ is: "stars" }];
		case "nps":
			return [{ is: "scale" }];
		case "text":
			return [{ is: field.long ? "area" : "field" }];
		default:
			return [{ is: "field" }];
	}
}

function heightOf(drawn: Drawn): number {
	switch (drawn.is) {
		case "title":
			return drawn.lines.length * drawn.size * lineHeight;
		case "lines":
			return drawn.count * 7 - 3;
		case "tiles":
			return drawn.rows ? drawn.count * 22 - 4 : 66;
		case "button":
			return drawn.quiet ? 8 : 17;
		default:
			return {
				coupon: 19,
				field: 15,
				area: 26,
				agreement: 8,
				option: 14,
				scale: 14,
				stars: 14,
				clock: 24,
				wheel: 76,
				picture: 44,
				rule: 1,
				dots: 10,
			}[drawn.is];
	}
}

/** Without personal words and marks: as it reads to somebody of whom nothing is known. */
export function plain(text: string): string {
	return text
		.replace(/\{% if .*?\{% (?:else|endif) %\}/g, "")
		.replace(/\{%.*?%\}|\{\{.*?\}\}/g, "")
		.replace(/\[(.*?)\]\(.*?\)/g, "$1")
		.replaceAll("**", "")
		.trim();
}

/** At most three lines; what does not fit ends in an ellipsis. */
function wrapped(text: string, letters: number): readonly string[] {
	const lines: string[] = [];
	for (const word of text.split(/\s+/)) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= letters)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	if (lines.length <= 3) return lines;
	return [...lines.slice(0, 2), `${lines[2]}…`];
}
