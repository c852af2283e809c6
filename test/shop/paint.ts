// What all drawings share: colours, and what a drawing is.

export type Tone = "green" | "orange" | "teal" | "red" | "yellow" | "graphite";
export type Paint = { main: string; deep: string; pale: string };
export type Drawing = (paint: Paint) => string;

export const ink = "#26332c";
export const steel = "#a7b4ab";
export const bright = "#d6dfd8";

export const paints: Record<Tone, Paint> = {
	green: { main: "#3d8b57", deep: "#2a6a40", pale: "#a9d3b4" },
	orange: { main: "#e2833a", deep: "#b9611f", pale: "#f6cfa6" },
	teal: { main: "#2f8a93", deep: "#1f676f", pale: "#a5d6d8" },
	red: { main: "#cc5a45", deep: "#a03f2d", pale: "#f0b9ac" },
	yellow: { main: "#dfae36", deep: "#b08417", pale: "#f5e0a3" },
	graphite: { main: "#56635b", deep: "#3b463f", pale: "#bac5be" },
};
