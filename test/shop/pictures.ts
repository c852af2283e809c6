// The pictures of products, drawn in code: a scene behind a drawing of machines.ts, tools.ts or garden.ts.

import { garden, type Watering } from "./garden.ts";
import { type Machine, machines } from "./machines.ts";
import { type Drawing, ink, paints, type Tone } from "./paint.ts";
import { type Tool, tools } from "./tools.ts";

export type Kind = Machine | Tool | Watering;

export type Shape = { kind: Kind; tone: Tone; size: number };

const drawings: Record<Kind, Drawing> = { ...machines, ...tools, ...garden };

/** Things that stand on grass; the others hang before a plain wall. */
const outdoors: ReadonlySet<Kind> = new Set(["mower", "robot", "petrol", "tractor", "sprinkler", "drip"]);

function hashText(text: string): number {
	let hash = 7;
	for (const sign of text) hash = (hash * 31 + sign.charCodeAt(0)) % 99991;
	return hash;
}

function drawLeaf(x: number, y: number, turn: number, colour: string): string {
	return `<path transform="translate(${x} ${y}) rotate(${turn})" d="M0 0Q14-22 40-18Q34 8 0 0Z" fill="${colour}"/>`;
}

export function drawGrass(y: number, colour: string, width = 480): string {
	let blades = "";
	for (let x = 8, i = 0; x < width; x += 23, i++) {
		const height = 9 + ((i * 7) % 11);
		blades += `M${x} ${y}q-2-${height} -7-${height + 3}q9 2 10 ${height}q1-${height} 7-${height + 5}q-3 8-2 ${height + 8}z`;
	}
	return `<path d="${blades}" fill="${colour}"/>`;
}

function drawScene(seed: number, isOutdoors: boolean): string {
	const x = 150 + (seed % 180);
	if (isOutdoors) {
		return `<rect width="480" height="360" fill="#eaf2ea"/><circle cx="${x}" cy="120" r="86" fill="#f6f1d8"/>
<path d="M0 ${214 + (seed % 20)}Q120 ${170 + (seed % 34)} 250 222T480 ${196 + (seed % 26)}V360H0Z" fill="#d3e6d3"/>
<path d="M0 290Q240 272 480 290V360H0Z" fill="#b4d6b4"/>`;
	}
	const hues = ["#eef3ec", "#f3f1e8", "#ebf1f0", "#f1f0ea"];
	const leaf = "#d5e4d3";
	return `<rect width="480" height="360" fill="${hues[seed % 4]}"/>
<circle cx="${190 + (seed % 100)}" cy="${164 + (seed % 24)}" r="138" fill="#ffffff" fill-opacity=".75"/>
${drawLeaf(36 + (seed % 30), 70 + (seed % 40), seed % 60, leaf)}${drawLeaf(404, 84 + (seed % 50), 20 + (seed % 80), leaf)}
${drawLeaf(420 - (seed % 40), 300, 190 + (seed % 60), leaf)}${drawLeaf(60 + (seed % 24), 296, 250 + (seed % 50), leaf)}`;
}

export function drawShape(shape: Shape): string {
	const { size } = shape;
	const move = `translate(${240 - 240 * size} ${300 - 300 * size}) scale(${size})`;
	return `<g transform="${move}">${drawings[shape.kind](paints[shape.tone])}</g>`;
}

export function wrapSvg(width: number, height: number, content: string): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${content}</svg>`;
}

export function drawPicture(name: string, shape: Shape): string {
	const isOutdoors = outdoors.has(shape.kind);
	const shadow = isOutdoors
		? `<ellipse cx="240" cy="306" rx="160" ry="13" fill="${ink}" fill-opacity=".16"/>`
		: "";
	const grass = isOutdoors ? drawGrass(322, "#86bd8b") : "";
	return wrapSvg(480, 360, `${drawScene(hashText(name), isOutdoors)}${shadow}${drawShape(shape)}${grass}`);
}
