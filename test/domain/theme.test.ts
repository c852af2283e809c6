import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, type Tokens, themeOf } from "../../worker/domain/theme.ts";

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
const optional = { requiredKeys: [] };
const tokens: fc.Arbitrary<Tokens> = fc.record(
	{
		accent: color,
		surface: color,
		ink: color,
		quiet: color,
		line: color,
		radius: fc.integer({ min: 0, max: 32 }),
		font: fc.constantFrom("page", "system", "humanist", "geometric", "serif", "slab", "mono"),
		spacing: fc.constantFrom("compact", "normal", "roomy"),
		shadow: fc.constantFrom("none", "soft", "deep"),
		mode: fc.constantFrom("light", "dark", "auto"),
	},
	optional,
);

describe("a theme", () => {
	it("can be read, whatever colours a brand has", () => {
		fc.assert(
			fc.property(tokens, (brand) => {
				const { light, dark } = themeOf(brand);
				for (const look of [light, dark ?? light]) {
					const { surface = "", ink = "", quiet = "", error = "", accent = "" } = look;
					for (const words of [ink, quiet, error]) {
						expect(contrast(words, surface)).toBeGreaterThanOrEqual(4.5);
					}
					expect(contrast(look["on-accent"] ?? "", accent)).toBeGreaterThanOrEqual(4.5);
					expect(contrast(accent, surface)).toBeGreaterThanOrEqual(1.35);
				}
			}),
			{ numRuns: 2_000 },
		);
	});

	it("keeps the brand's own colours where they can be read", () => {
		const brand = {
			accent: "#7a1f3d",
			surface: "#fbf6ef",
			ink: "#2b1d16",
			quiet: "#6b5547",
			line: "#e5d8c8",
		};
		expect(themeOf({ ...brand, mode: "light" })).toEqual({ light: expect.objectContaining(brand) });
	});

	it("goes by the device unless the brand is always bright, or always dark", () => {
		const surface = "#101418";
		expect(themeOf({}).dark).toMatchObject({ scheme: "dark" });
		expect(themeOf({ mode: "light" }).dark).toBeUndefined();
		expect(themeOf({ mode: "dark", surface })).toEqual({
			light: expect.objectContaining({ scheme: "dark", surface, ink: "#f2f4f8" }),
		});
	});

	it("turns a button round that could not be told from what it lies on", () => {
		const { light } = themeOf({ accent: "#1f6f4a", surface: "#1f6f4a", mode: "light" });
		expect(light).toMatchObject({ accent: "#ffffff", "on-accent": "#0b0d12", ink: "#ffffff" });
	});
});
