// The shapes of a sketch, drawn in the colours of a draft.

import type { ComponentChildren, JSX } from "preact";
import type { Content } from "../../../protocol/experience.ts";
import { type Shape, sketch } from "./sketch.ts";

export interface Colors {
	readonly surface: string;
	readonly ink: string;
	readonly accent: string;
	readonly radius: number;
	readonly font: string;
}

const mono = "ui-monospace, Menlo, Consolas, monospace";

/** Within its box: what does not fit is cut off. */
export function Shapes({
	x,
	y,
	width,
	height,
	said,
	size,
	colors,
}: {
	x: number;
	y: number;
	width: number;
	height: number;
	said: Content;
	size: number;
	colors: Colors;
}): JSX.Element {
	return (
		<svg x={x} y={y} width={width} height={height} aria-hidden="true">
			{sketch(said, width, size).shapes.map((shape, n) => (
				<g key={n} transform={`translate(0 ${shape.y})`}>
					<Drawing shape={shape} width={width} colors={colors} />
				</g>
			))}
		</svg>
	);
}

const row = (count: number) => Array.from({ length: count }, (_, n) => n);
const star = "M7 1l1.8 3.8 4.2.5-3.1 2.9.8 4.1L7 10.2l-3.7 2.1.8-4.1L1 5.3l4.2-.5z";

function Drawing({
	shape,
	width,
	colors,
}: {
	shape: Shape;
	width: number;
	colors: Colors;
}): ComponentChildren {
	const { ink, accent } = colors;
	const round = Math.min(colors.radius * 0.65, 6);
	const outline = { fill: "none", stroke: ink, "stroke-opacity": 0.35, rx: round };
	const { height } = shape;
	switch (shape.is) {
		case "title":
			return shape.lines.map((line, n) => (
				<text
					key={n}
					y={shape.size * (0.86 + n * 1.18)}
					font-size={shape.size}
					font-family={colors.font}
					font-weight="700"
					fill={ink}
				>
					{line}
				</text>
			));
		case "lines":
			return row(shape.count).map((n) => (
				<rect
					key={n}
					y={n * 7}
					width={width * (n === shape.count - 1 ? 0.62 : 0.96)}
					height="4"
					rx="2"
					fill={ink}
					opacity="0.32"
				/>
			));
		case "button":
			return shape.quiet ? (
				<rect x={width * 0.3} y="2" width={width * 0.4} height="4" rx="2" fill={ink} opacity="0.5" />
			) : (
				<>
					<rect width={width} height={height} rx={round} fill={accent} />
					<rect x={width * 0.32} y="6.5" width={width * 0.36} height="4" rx="2" fill="#fff" opacity="0.9" />
				</>
			);
		case "coupon":
			return (
				<>
					<rect
						x="0.5"
						y="0.5"
						width={width - 1}
						height={height - 1}
						rx={round}
						fill={accent}
						fill-opacity="0.1"
						stroke={accent}
						stroke-opacity="0.6"
						stroke-dasharray="3 2"
					/>
					<text
						x="8"
						y="13"
						font-size="9"
						font-weight="700"
						letter-spacing="0.6"
						font-family={mono}
						fill={ink}
					>
						{shape.code}
					</text>
				</>
			);
		case "field":
		case "area":
			return <rect x="0.5" y="0.5" width={width - 1} height={height - 1} {...outline} />;
		case "agreement":
			return (
				<>
					<rect x="0.5" y="0.5" width="7" height="7" {...outline} rx="1.5" />
					<rect x="12" y="2.5" width={width * 0.7} height="3" rx="1.5" fill={ink} opacity="0.25" />
				</>
			);
		case "option":
			return (
				<>
					<rect x="0.5" y="0.5" width={width - 1} height={height - 1} {...outline} stroke-opacity="0.2" />
					<circle cx="9" cy="7" r="3" fill="none" stroke={ink} stroke-opacity="0.45" />
					<rect x="17" y="5" width={width * 0.5} height="4" rx="2" fill={ink} opacity="0.35" />
				</>
			);
		case "scale":
			return row(11).map((n) => {
				const step = (width + 2) / 11;
				const on = n === 9;
				return (
					<rect
						key={n}
						x={n * step + 0.5}
						y="0.5"
						width={step - 3}
						height={height - 1}
						rx="2"
						fill={on ? accent : "none"}
						stroke={on ? accent : ink}
						stroke-opacity={on ? 1 : 0.3}
					/>
				);
			});
		case "stars":
			return row(5).map((n) => <path key={n} transform={`translate(${n * 15} 0)`} d={star} fill={accent} />);
		case "clock":
			return row(3).map((n) => (
				<g key={n} transform={`translate(${(n * (width + 4)) / 3} 0)`}>
					<rect width={(width - 8) / 3} height={height} rx={round} fill={accent} opacity="0.14" />
					<text x={(width - 8) / 6} y="16" font-size="11" font-weight="700" text-anchor="middle" fill={ink}>
						{["47", "59", "08"][n]}
					</text>
				</g>
			));
		case "wheel":
			return (
				<g transform={`translate(${width / 2} 38)`}>
					{row(6).map((n) => (
						<path
							key={n}
							transform={`rotate(${n * 60})`}
							d="M0 0V-36A36 36 0 0 1 31.2-18Z"
							fill={accent}
							opacity={[1, 0.3, 0.6][n % 3]}
						/>
					))}
					<circle r="5" fill={ink} />
					<path d="M-4-38h8l-4 7z" fill={ink} />
				</g>
			);
		case "tiles":
			return row(shape.count).map((n) =>
				shape.rows ? (
					<g key={n} transform={`translate(0 ${n * 22})`}>
						<rect x="0.5" y="0.5" width={width - 1} height="17" {...outline} stroke-opacity="0.2" />
						<rect x="3" y="3" width="12" height="12" rx="2" fill={ink} opacity="0.14" />
						<rect
							x="20"
							y="4"
							width={Math.min(width * 0.5, 90)}
							height="3.5"
							rx="1.7"
							fill={ink}
							opacity="0.35"
						/>
						<rect x="20" y="10.5" width="22" height="3.5" rx="1.7" fill={ink} opacity="0.7" />
					</g>
				) : (
					<g key={n} transform={`translate(${(n * (width + 8)) / shape.count} 0)`}>
						<rect
							x="0.5"
							y="0.5"
							width={(width + 8) / shape.count - 9}
							height={height - 1}
							{...outline}
							stroke-opacity="0.25"
						/>
						<rect
							x="5"
							y="5"
							width={(width + 8) / shape.count - 18}
							height="36"
							rx="3"
							fill={accent}
							opacity="0.16"
						/>
						<rect
							x="5"
							y="46"
							width={(width / shape.count) * 0.66}
							height="4"
							rx="2"
							fill={ink}
							opacity="0.35"
						/>
						<rect
							x="5"
							y="55"
							width={(width / shape.count) * 0.38}
							height="5"
							rx="2"
							fill={ink}
							opacity="0.75"
						/>
					</g>
				),
			);
		case "picture":
			return <rect width={width} height={height} rx="4" fill={accent} opacity="0.18" />;
		case "rule":
			return <rect width={width} height="1" fill={ink} opacity="0.2" />;
		case "dots":
			return row(4).map((n) => (
				<circle key={n} cx={width / 2 - 27 + n * 18} cy="5" r="5" fill={ink} opacity="0.25" />
			));
	}
}
