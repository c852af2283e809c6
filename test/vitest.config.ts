import { defineConfig } from "vitest/config";

// The folder is the tier: domain in Node, worker in workerd, browser in Chromium, faults against the built Worker.
export default defineConfig({
	test: {
		projects: [
			{ test: { name: "domain", root: import.meta.dirname, include: ["domain/**/*.test.ts", "*.test.ts"], environment: "node" } },
		],
	},
});
