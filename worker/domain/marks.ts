// Simple marks in what a marketer writes: `**bold**`, `_italic_`, `[words](link)`.

/** As plain text has it: without the marks, and each link after its words. */
export function unmarked(text: string): string {
	return text
		.replace(/\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)/g, "$1 ($2)")
		.replace(/(?<!\\)\*\*((?:\\.|[^\\])+?)\*\*/g, "$1")
		.replace(/(?<![\p{L}\p{N}\\])_((?:\\.|[^_\\])+)_(?![\p{L}\p{N}])/gu, "$1")
		.replace(/\\([\\*_[\]()])/g, "$1");
}
