// Figures over time. Drawn by uPlot, which is loaded with the first chart; each line has its name at its end, and the
// figures stand below as a table for who does not look.

import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { fetched } from "../api/fetched.ts";
import { useFormat, useLang, useWords } from "../language.ts";
import { theme } from "../theme.ts";

export interface Series {
	readonly name: string;
	/** One for each instant; null where nothing is known. */
	readonly values: readonly (number | null)[];
	/** The time before, to compare: drawn faint. */
	readonly isBefore?: boolean;
}

export interface ChartProps {
	readonly label: string;
	/** Milliseconds, ascending. */
	readonly at: readonly number[];
	readonly series: readonly Series[];
	/** How an instant is named: by its day or its hour. */
	readonly by: "day" | "hour";
	/** Whose days and hours they are; the browser's where nothing is said. */
	readonly timeZone?: string;
	readonly show?: (value: number) => string;
	readonly height?: number;
}

/** Colours by place in the list; the first is the accent. */
const colours = ["--accent", "--chart-2", "--chart-3", "--chart-4", "--chart-5"];

export function Chart({ label, at, series, by, timeZone, show, height = 220 }: ChartProps) {
	const { shell } = useWords();
	const format = useFormat();
	const lang = useLang();
	const shown = show ?? ((value: number) => format.number(value, 1));
	const locale = lang === "pl" ? "pl-PL" : "en-GB";
	const name = new Intl.DateTimeFormat(locale, {
		timeZone,
		...(by === "day" ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" }),
	});
	const nameOf = (instant: number) => name.format(instant);
	const box = useRef<HTMLDivElement>(null);
	const [isTable, setTable] = useState(false);
	const chosenTheme = theme.value;

	useEffect(() => {
		const element = box.current;
		if (!element) return;
		let chart: uPlot | undefined;
		let isOver = false;
		const fit = new ResizeObserver(([entry]) => {
			if (entry && chart) chart.setSize({ width: Math.floor(entry.contentRect.width), height });
		});
		const drawn = fetched(() => import("uplot")).then(({ default: Plot }) => {
			if (isOver) return;
			const style = getComputedStyle(element);
			// A canvas knows nothing of variables, nor of two themes: the platform works them out for an element.
			const colour = (name: string) => {
				element.style.color = `var(${name})`;
				const { color } = style;
				element.style.color = "";
				return color;
			};
			const ink = colour("--soft");
			const axis = {
				stroke: ink,
				font: `12px ${style.fontFamily}`,
				grid: { stroke: colour("--line"), width: 1 },
				ticks: { show: false },
			};
			const tick = new Intl.DateTimeFormat(locale, {
				timeZone,
				...(by === "day" ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit" }),
			});
			chart = new Plot(
				{
					width: element.clientWidth,
					height,
					ms: 1,
					...(timeZone && { tzDate: (instant: number) => Plot.tzDate(new Date(instant), timeZone) }),

					padding: [12, series.length > 1 ? nameWidth : 12, 0, 0],
					hooks: { draw: [(plot) => nameLines(plot, style.fontFamily)] },
					cursor: { points: { size: 6 }, drag: { setScale: false } },
					scales: { y: { range: (_, low, high) => [Math.min(0, low), high <= 0 ? 1 : high * 1.08] } },
					axes: [
						{
							...axis,
							size: 36,
							// Clear of the nought beside the first of them.
							gap: 9,
							grid: { show: false },
							values: (_, splits) => splits.map((split) => tick.format(split)),
						},
						{
							...axis,
							size: (_, values) => 16 + 7 * Math.max(4, ...(values ?? []).map(({ length }) => length)),
							values: (_, splits) => splits.map(shown),
							// Of what is counted there are no halves.
							incrs: [1, 2, 5]
								.flatMap((n) => Array.from({ length: 10 }, (_, i) => n * 10 ** i))
								.toSorted((a, b) => a - b),
						},
					],
					series: [
						{ label: shell.when, value: (_, instant) => (instant === null ? "–" : nameOf(instant)) },
						...series.map(({ name, isBefore }, index) => {
							const place = series.slice(0, index).filter((one) => !one.isBefore).length;
							const stroke = colour(isBefore ? "--faint" : (colours[place % colours.length] ?? "--accent"));
							return {
								label: name,
								stroke,
								width: 2,
								points: { show: at.length < 2 },
								...(isBefore && { dash: [4, 4] }),
								value: (_: uPlot, value: number | null) => (value === null ? "–" : shown(value)),
							};
						}),
					],
				},
				[[...at], ...series.map(({ values }) => [...values])],
				element,
			);
			fit.observe(element);
		});
		// Without the drawing there are the numbers.
		drawn.catch(() => setTable(true));
		return () => {
			isOver = true;
			fit.disconnect();
			chart?.destroy();
		};
	}, [at, series, by, timeZone, height, lang, chosenTheme, show]);

	return (
		<figure class="chart" aria-label={label}>
			<div ref={box} class="chart-canvas" aria-hidden="true" style={{ minHeight: `${height}px` }} />
			<details open={isTable}>
				<summary>{shell.asTable}</summary>
				<div class="table-box">
					<table class="table">
						<thead>
							<tr>
								<th scope="col" />
								{series.map(({ name }) => (
									<th key={name} scope="col" class="is-number">
										{name}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{at.map((instant, row) => (
								<tr key={instant}>
									<th scope="row">{nameOf(instant)}</th>
									{series.map(({ name, values }) => {
										const value = values[row] ?? null;
										return (
											<td key={name} class="is-number">
												{value === null ? "–" : shown(value)}
											</td>
										);
									})}
								</tr>
							))}
						</tbody>
					</table>
				</div>
			</details>
		</figure>
	);
}

/** Room for names at the lines' ends. */
const nameWidth = 96;

/** Writes each line's name where it ends, one below the other where they would cover each other. */
function nameLines(plot: uPlot, font: string): void {
	const { ctx, data, series, bbox } = plot;
	const lines = series.slice(1);
	if (lines.length < 2) return;
	const ratio = devicePixelRatio;
	const named = lines
		.flatMap(({ label, stroke }, index) => {
			const last = Array.from<number | null | undefined>(data[index + 1] ?? []).findLast(
				(value) => value !== null,
			);
			const colour = typeof stroke === "function" ? stroke(plot, index + 1) : stroke;
			return typeof last === "number" && typeof label === "string"
				? [{ label, colour, at: plot.valToPos(last, "y", true) }]
				: [];
		})
		.sort((a, b) => a.at - b.at);
	ctx.save();
	ctx.font = `${12 * ratio}px ${font}`;
	ctx.textBaseline = "middle";
	ctx.textAlign = "left";
	let free = 0;
	for (const { label, colour, at } of named) {
		const y = Math.max(at, free);
		if (colour) ctx.fillStyle = colour;
		ctx.fillText(label, bbox.left + bbox.width + 8 * ratio, y, (nameWidth - 12) * ratio);
		free = y + 15 * ratio;
	}
	ctx.restore();
}
