// Tags are in capitals, whatever is typed; what stands in braces is the name of a property and stays.

/** As far as it is written: "cennik {cat" becomes "CENNIK {cat". */
export function asTag(written: string): string {
	return written
		.split(/(\{[^}]*\}?)/)
		.map((part) =>
			part.startsWith("{") ? part : part.toLocaleUpperCase("pl").replace(/[^\p{Lu}\p{N}_ -]/gu, "_"),
		)
		.join("");
}
