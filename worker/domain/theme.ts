// How what is shown looks: a brand's tokens, made into the custom properties that the widget's style sheets go by.
// Contrast is as WCAG 2 has it, and guarded: whatever could not be read is replaced.

export interface Tokens {
	/** Of buttons and marks. As all colours `#rrggbb`. */
	readonly accent?: string;
	/** Behind what is written. */
	readonly surface?: string;
	readonly ink?: string;
	/** Of less important words. */
	readonly quiet?: string;
	readonly line?: string;
	/** Of corners, in pixels. */
	readonly radius?: number;
	/** `page`: as the page writes. The others are what devices have: nothing is loaded. */
	readonly font?: keyof typeof fonts;
	readonly spacing?: keyof typeof gaps;
	readonly shadow?: keyof typeof shadows;
	/**
	 * `auto` goes by the device, and within a page that stays light on any device by the page: in the dark it keeps the
	 * accent, and has dark colours in place of the brand's own.
	 */
	readonly mode?: "light" | "dark" | "auto";
}

type Properties = Readonly<Record<string, string>>;

export interface Theme {
	readonly light: Properties;
	/** What differs on a device that wants it dark. */
	readonly dark?: Properties;
}

const fonts = {
	page: "inherit",
	system: "system-ui, sans-serif",
	humanist: "Seravek, Gill Sans Nova, Ubuntu, Calibri, DejaVu Sans, sans-serif",
	geometric: "Avenir, Montserrat, Corbel, URW Gothic, sans-serif",
	serif: "Charter, Bitstream Charter, Sitka Text, Cambria, Georgia, serif",
	slab: "Rockwell, Rockwell Nova, Roboto Slab, DejaVu Serif, serif",
	mono: "ui-monospace, Cascadia Code, Menlo, Consolas, DejaVu Sans Mono, monospace",
} as const;
/** Pixels between blocks; other distances follow. */
const gaps = { compact: 14, normal: 20, roomy: 26 } as const;
/** How deep, and how dark. */
const shadows = { none: 0, soft: 1, deep: 1.7 } as const;

const bright = { surface: "#ffffff", ink: "#12151c" } as const;
const dark = { surface: "#191b21", ink: "#f2f4f8" } as const;
const plainAccent = "#1f2937";
/** Of text, WCAG AA. */
const readable = 4.5;
/** Below this a button cannot be told from what it lies on. */
const visible = 1.35;

/** All that the widget has to know of it, at any tokens. */
export function themeOf(tokens: Tokens): Theme {
	const { mode = "auto", font = "system", spacing = "normal", shadow = "soft", radius = 12 } = tokens;
	const shape = {
		font: fonts[font],
		radius: `${radius}px`,
		gap: `${gaps[spacing]}px`,
		shadow: `${shadows[shadow]}`,
	};
	const plain = mode === "dark" ? dark : bright;
	const { accent = plainAccent } = tokens;
	return {
		light: { ...shape, ...paletteOf({ ...plain, ...tokens, accent }) },
		...(mode === "auto" && { dark: paletteOf({ ...dark, accent }) }),
	};
}

type Colors = Pick<Tokens, "quiet" | "line"> & Readonly<Record<"accent" | "surface" | "ink", string>>;

function paletteOf({ surface, ...wanted }: Colors): Properties {
	const isReadable = (color: string) => contrast(color, surface) >= readable;
	const ink = isReadable(wanted.ink) ? wanted.ink : readableOn(surface);
	const accent = contrast(wanted.accent, surface) >= visible ? wanted.accent : ink;
	return {
		scheme: luminance(surface) > even ? "light" : "dark",
		surface,
		ink,
		quiet: [wanted.quiet ?? mixed(ink, surface, 0.32), mixed(ink, surface, 0.2)].find(isReadable) ?? ink,
		line: wanted.line ?? mixed(ink, surface, 0.84),
		accent,
		"on-accent": readableOn(accent),
		error: ["#b3261e", "#ff9c94"].find(isReadable) ?? ink,
	};
}

/** On a colour of this luminance black and white can be read equally well. */
const even = 0.179;

/** White or near black; on what is between bright and dark, black. */
function readableOn(color: string): string {
	if (luminance(color) <= even) return "#ffffff";
	return contrast("#0b0d12", color) >= readable ? "#0b0d12" : "#000000";
}

/** 1 to 21. */
export function contrast(one: string, other: string): number {
	const [darker = 0, brighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (brighter + 0.05) / (darker + 0.05);
}

/** Relative, 0 to 1. */
function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = channels(color).map((part) =>
		part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** `share` of `other` in it. */
function mixed(one: string, other: string, share: number): string {
	const others = channels(other);
	const parts = channels(one).map((part, at) => Math.round(part + ((others[at] ?? 0) - part) * share));
	return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
