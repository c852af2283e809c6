// What one import may be: the one place where every bound of it stands.

export const importLimits = {
	/** Of the file. */
	bytes: 100_000_000,
	rows: 1_000_000,
	columns: 200,
	/** Characters between the beginning and the end of a row. What is longer is taken for a quote that nobody closed. */
	row: 2_000_000,
	/** Characters of a cell that is brought in. Longer ones are refused, never cut; in a column that is left out they do no harm. */
	cell: 2_048,
	/** Rows that columns are guessed by, and how many values are shown of each. */
	guessed: 200,
	samples: 5,
	/** Of one cell that is a list. */
	listed: 50,
	/** People shown of those who would be new, and of those who would be changed. */
	examples: 20,
	/** Changes shown of one of them. */
	changes: 20,
	/** Names of tags, attributes, rules and segments that are counted, of each. */
	counted: 500,
	/** Characters of a value in an error, a sample or an example. */
	shown: 80,
	/** Errors of an answer that lists them. */
	page: 200,
	/** How long the file waits to be run, and a run can be undone. After that only its figures are kept. */
	keptMs: 30 * 86_400_000,
} as const;

/** The value as an error shows it. */
export function shortened(value: string): string {
	return value.length > importLimits.shown
		? `${value.slice(0, importLimits.shown - 1).toWellFormed()}…`
		: value;
}
