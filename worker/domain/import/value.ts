// What a cell means, by the type of its column: text, number, yes or no, date, list.

import { years } from "../calendar.ts";
import { fold } from "../text.ts";
import { importLimits } from "./limits.ts";

export const columnTypes = ["text", "number", "yes-no", "date", "list"] as const;
export type ColumnType = (typeof columnTypes)[number];

/** `1 234,56`, `1,234.56`, `1.234,56 zł` and the like. A lone comma before three digits parts thousands, a lone dot never. */
export function numberIn(text: string): number | undefined {
	const bare = text.replace(/^\s*[€$£]|(?:zł|pln|eur|usd|%)\s*$/gi, "").replace(/[\s\u00a0\u202f']/g, "");
	if (!/^[+-]?[\d.,]+$/.test(bare) || !/\d/.test(bare)) return undefined;
	const comma = bare.lastIndexOf(",");
	const dot = bare.lastIndexOf(".");
	const decimal = comma > dot ? "," : ".";
	const other = decimal === "," ? "." : ",";
	const whole = bare.replaceAll(other, "");
	const pieces = whole.split(decimal);
	const isThousands =
		pieces.length > 2 || (decimal === "," && dot < 0 && /^[+-]?[1-9]\d{0,2},\d{3}$/.test(whole));
	if (pieces.length > 2 && pieces.slice(1).some((piece) => piece.length !== 3)) return undefined;
	const number = Number(isThousands ? pieces.join("") : pieces.join("."));
	return Number.isFinite(number) ? number : undefined;
}

const yes: ReadonlySet<string> = new Set([
	"tak",
	"t",
	"yes",
	"y",
	"true",
	"prawda",
	"1",
	"on",
	"x",
	"wyrazona",
]);
const no: ReadonlySet<string> = new Set(["nie", "n", "no", "false", "falsz", "0", "off", "brak"]);

export function yesOrNoIn(text: string): boolean | undefined {
	const word = fold(text.trim());
	return yes.has(word) ? true : no.has(word) ? false : undefined;
}

const isoDate = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]+(.*))?$/;
const dayDate = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:[T ]+(.*))?$/;
const time = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(z|utc|[+-]\d{2}:?\d{2})?$/i;

/** Epoch ms; midnight UTC of a day, and UTC where no zone is said. `isMonthFirst`: 12/31/2024. */
export function instantIn(text: string, isMonthFirst = false): number | undefined {
	const bare = text.trim();
	const iso = isoDate.exec(bare);
	const plain = iso ? undefined : dayDate.exec(bare);
	const [, a = "", b = "", c = "", clock] = iso ?? plain ?? [];
	if (a === "") return undefined;
	const [year, month, day] = iso ? [a, b, c] : isMonthFirst ? [c, a, b] : [c, b, a];
	const midnight = dayOf(Number(year), Number(month), Number(day));
	const within = clock === undefined || clock.trim() === "" ? 0 : timeIn(clock.trim());
	if (midnight === undefined || within === undefined) return undefined;
	return midnight + within;
}

function dayOf(year: number, month: number, day: number): number | undefined {
	const at = new Date(0).setUTCFullYear(year, month - 1, day);
	const date = new Date(at);
	const isThere = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isThere && at >= years.from && at < years.to ? at : undefined;
}

function timeIn(text: string): number | undefined {
	const [, hours = "", minutes = "", seconds = "0", zone = ""] = time.exec(text) ?? [];
	if (hours === "" || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
	const [, sign, zoneHours = "0", zoneMinutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
	const offset = (sign === "-" ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
	return ((Number(hours) * 60 + Number(minutes) - offset) * 60 + Number(seconds)) * 1_000;
}

/** Members between `|`, `;` or, where there is none of these, commas; each once. Nothing where they are too many. */
export function listIn(text: string): readonly string[] | undefined {
	const mark = /[|;]/.exec(text)?.[0] ?? ",";
	const members = new Set(
		text
			.split(mark)
			.map((one) => one.trim())
			.filter((one) => one !== ""),
	);
	return members.size > importLimits.listed ? undefined : [...members];
}

/** The type that all of these values are of, none of which is empty. Of none at all, text. */
export function typeOf(values: readonly string[]): ColumnType {
	if (values.length === 0) return "text";
	const all = (is: (value: string) => unknown): boolean => values.every((value) => is(value) !== undefined);
	const isWord = (value: string) => (/\d/.test(value) ? undefined : yesOrNoIn(value));
	if (all(isWord)) return "yes-no";
	// What begins with a zero is a code: as a number it would be another.
	const isCode = values.some((value) => /^[+']?0\d/.test(value.trim()) || value.trim().startsWith("+"));
	if (!isCode && all(numberIn)) return "number";
	if (all((value) => instantIn(value)) || all((value) => instantIn(value, true))) return "date";
	if (values.some((value) => /[^|;]\s*[|;]\s*[^|;]/.test(value))) return "list";
	return "text";
}

/** Whether days can only be read with the month first. */
export function areMonthsFirst(values: readonly string[]): boolean {
	return (
		values.some((value) => instantIn(value) === undefined) && values.every((value) => instantIn(value, true))
	);
}
