// A small picture of a draft: a page of no site in particular, and on it, in its place and its colours, what would be shown.

import type { JSX } from "preact";
import type { Experience } from "../../../protocol/site.ts";
import { type Colors, Shapes } from "./shapes.tsx";
import { sketch } from "./sketch.ts";

type Tokens = NonNullable<Experience["theme"]>;

const wide = 320;
const high = 200;

const fonts: Readonly<Record<NonNullable<Tokens["font"]>, string>> = {
	page: "inherit",
	system: "system-ui, sans-serif",
	humanist: "Seravek, Ubuntu, Calibri, sans-serif",
	geometric: "Avenir, Montserrat, sans-serif",
	serif: "Charter, Cambria, Georgia, serif",
	slab: "Rockwell, Roboto Slab, Georgia, serif",
	mono: "ui-monospace, Menlo, Consolas, monospace",
};

/** What the draft says of its look, on top of the brand's. */
function colorsOf(brand: Tokens, own: Tokens): Colors {
	const { mode, surface, ink, accent = "#1f2937", radius = 12, font = "system" } = { ...brand, ...own };
	const isDark = mode === "dark";
	return {
		surface: surface ?? (isDark ? "#191b21" : "#ffffff"),
		ink: ink ?? (isDark ? "#f2f4f8" : "#12151c"),
		accent,
		// As large as it looks on the page that the picture is made small of.
		radius: radius / 2,
		font: fonts[font],
	};
}

interface Picture {
	readonly draft: Pick<Experience, "surface" | "theme" | "content">;
	readonly lang: "pl" | "en";
	/** The site's own look. */
	readonly brand?: Tokens | undefined;
}

/** Says nothing to whoever does not see it: a name stands beside it. */
export function Thumbnail({ draft, lang, brand = {} }: Picture): JSX.Element {
	const { surface = { kind: "modal" } as const, theme = {}, content } = draft;
	const said = content[lang] ?? content.pl ?? content.en;
	const colors = colorsOf(brand, theme);
	const page = <Page />;
	const shown = said && <Shown surface={surface} said={said} colors={colors} />;
	const dims = ["modal", "spotlight"].includes(surface.kind);
	return (
		<svg class="thumbnail" viewBox={`0 0 ${wide} ${high}`} aria-hidden="true">
			{page}
			{dims && <rect width={wide} height={high} class="thumbnail-dim" />}
			{shown}
			{said?.teaser?.before && <Tab colors={colors}>{said.teaser.before}</Tab>}
		</svg>
	);
}

/** A header, a claim with a picture, a row of goods. */
function Page(): JSX.Element {
	return (
		<g class="thumbnail-page">
			<rect class="thumbnail-paper" width={wide} height={high} />
			<rect x="16" y="11" width="34" height="7" rx="3.5" />
			{[190, 220, 250, 280].map((x) => (
				<rect key={x} x={x} y="12" width="22" height="5" rx="2.5" />
			))}
			<rect x="16" y="42" width="108" height="11" rx="3" />
			<rect x="16" y="59" width="76" height="11" rx="3" />
			<rect x="16" y="80" width="120" height="5" rx="2.5" />
			<rect x="16" y="90" width="96" height="5" rx="2.5" />
			<rect x="164" y="36" width="140" height="76" rx="6" />
			{[16, 92, 168, 244].map((x) => (
				<rect key={x} x={x} y="128" width="60" height="62" rx="5" />
			))}
		</g>
	);
}

type Said = NonNullable<Experience["content"]["pl"]>;
interface Shows {
	readonly surface: NonNullable<Experience["surface"]>;
	readonly said: Said;
	readonly colors: Colors;
}

function Shown({ surface, said, colors }: Shows): JSX.Element | null {
	switch (surface.kind) {
		case "modal": {
			const { height } = sketch(said, 122);
			const box = Math.min(height + 32, high - 16);
			return <Card x={85} y={(high - box) / 2} width={150} height={box} said={said} colors={colors} />;
		}
		case "corner": {
			const { height } = sketch(said, 106, 11);
			const box = Math.min(height + 24, high - 16);
			return (
				<Card
					x={surface.at.endsWith("start") ? 10 : wide - 138}
					y={surface.at.startsWith("top") ? 10 : high - 10 - box}
					width={128}
					height={box}
					padding={11}
					size={11}
					said={said}
					colors={colors}
				/>
			);
		}
		case "spotlight": {
			const { height } = sketch(said, 94, 11);
			return (
				<>
					<rect class="thumbnail-lit" x="182" y="6" width="128" height="18" rx="5" />
					<rect class="thumbnail-mark" x="190" y="12" width="112" height="5" rx="2.5" />
					<Card
						x={186}
						y={32}
						width={116}
						height={height + 22}
						padding={11}
						size={11}
						said={said}
						colors={colors}
					/>
				</>
			);
		}
		case "full": {
			const { height } = sketch(said, 180, 19);
			return (
				<g>
					<rect width={wide} height={high} fill={colors.surface} />
					<Cross x={wide - 20} y={14} color={colors.ink} />
					<Shapes
						x={70}
						y={Math.max(10, (high - height) / 2)}
						width={180}
						height={high - 16}
						said={said}
						size={19}
						colors={colors}
					/>
				</g>
			);
		}
		case "bar":
			return <Bar top={surface.at === "top"} said={said} colors={colors} />;
		case "inline":
			return (
				<g>
					<rect class="thumbnail-paper" y="72" width={wide} height={high - 72} />
					<Shapes x={16} y={84} width={wide - 32} height={high - 84} said={said} size={13} colors={colors} />
				</g>
			);
	}
}

interface Boxed {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly padding?: number;
	readonly size?: number;
	readonly said: Said;
	readonly colors: Colors;
}

function Card({ x, y, width, height, padding = 14, size = 13, said, colors }: Boxed): JSX.Element {
	return (
		<g>
			<rect class="thumbnail-shadow" x={x} y={y + 3} width={width} height={height} rx={colors.radius} />
			<rect x={x} y={y} width={width} height={height} rx={colors.radius} fill={colors.surface} />
			<Cross x={x + width - 12} y={y + 7} color={colors.ink} />
			<Shapes
				x={x + padding}
				y={y + padding}
				width={width - 2 * padding}
				height={height - padding}
				said={said}
				size={size}
				colors={colors}
			/>
		</g>
	);
}

function Bar({
	top,
	said,
	colors,
}: { top: boolean } & Omit<Boxed, "x" | "y" | "width" | "height">): JSX.Element {
	const y = top ? 0 : high - 24;
	const button = said.blocks.some(({ kind }) => kind === "button");
	return (
		<g>
			<rect y={y} width={wide} height="24" fill={colors.surface} />
			<rect x={button ? 66 : 90} y={y + 9.5} width="58" height="5" rx="2.5" fill={colors.ink} />
			<rect
				x={button ? 128 : 152}
				y={y + 9.5}
				width="76"
				height="5"
				rx="2.5"
				fill={colors.ink}
				opacity="0.4"
			/>
			{button && (
				<rect x="216" y={y + 5} width="38" height="14" rx={colors.radius / 2} fill={colors.accent} />
			)}
			<Cross x={wide - 14} y={y + 9.5} color={colors.ink} />
		</g>
	);
}

function Tab({ colors, children }: { colors: Colors; children: string }): JSX.Element {
	const width = 20 + children.length * 4.6;
	return (
		<g>
			<rect x="10" y={high - 28} width={width} height="18" rx="4" fill={colors.accent} />
			<text x={10 + width / 2} y={high - 16} class="thumbnail-tab">
				{children}
			</text>
		</g>
	);
}

function Cross({ x, y, color }: { x: number; y: number; color: string }): JSX.Element {
	return <path d={`M${x} ${y}l5 5m0-5l-5 5`} stroke={color} stroke-width="1" opacity="0.5" fill="none" />;
}
