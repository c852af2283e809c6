// A large site's marketing, made up: 200 segments or more, 50 tag rules, 30 scoring rules and 30 experiences over the
// paths of a shop with 40 categories and 200 products.

import type { Condition, EventMatch, Leaf } from "../../worker/domain/condition.ts";
import type { Definitions, Experience } from "../../worker/protocol/site.ts";

const dayMs = 86_400_000;
const categories = 40;
const products = 200;

export function pathAt(n: number): string {
	return n % 3 === 0 ? `/kategoria/${(n * 7) % categories}` : `/produkt/${(n * 13) % products}`;
}

function viewed(n: number): EventMatch {
	const path =
		n % 3 === 0
			? ({ op: "is", value: `/kategoria/${n % categories}` } as const)
			: n % 3 === 1
				? ({ op: "wildcard", value: `*/produkt/${n % 20}*` } as const)
				: ({ op: "starts-with", value: `/produkt/${n % 10}` } as const);
	return { name: "Page Viewed", path };
}

/** Of every kind of leaf that the language has, in turn. */
function leafAt(n: number): Leaf {
	switch (n % 10) {
		case 0:
		case 1:
		case 2:
			return {
				field: "events",
				match: viewed(n),
				count: { op: ">=", n: 1 + (n % 4) },
				withinMs: dayMs * (1 + (n % 30)),
			};
		case 3:
		case 4:
			return { field: "tag", tag: `TAG ${n % 50}`, count: { op: ">=", n: 1 + (n % 5) } };
		case 5:
			return { field: "score", test: { op: ">=", n: 5 * (n % 20) } };
		case 6:
			return { field: "visits", test: { op: ">=", n: 1 + (n % 4) } };
		case 7:
			return { field: "last.source", test: { op: "is", value: n % 2 ? "google" : "facebook" } };
		case 8:
			return { field: "device", test: { op: "is", value: n % 2 ? "phone" : "desktop" } };
		default:
			return { field: "last.phrase", test: { op: "contains", value: "kosiarka" } };
	}
}

function conditionAt(n: number): Condition {
	const leaves = Array.from({ length: 5 }, (_, i) => leafAt(n * 7 + i * 3));
	return n % 4 < 3 ? { all: leaves } : { any: [leaves[0] ?? leafAt(n), { all: leaves.slice(1) }] };
}

function experienceAt(n: number): Experience {
	const block = { kind: "text", text: "Dla Ciebie: dziesięć procent mniej do końca tygodnia." } as const;
	return {
		id: `experience-${n}`,
		revision: 1,
		name: `Okno ${n}`,
		priority: n % 7,
		segment: `segment-${(n * 11) % 200}`,
		pages: { only: [{ op: "starts-with", value: n % 2 ? "/produkt" : "/kategoria" }], except: [] },
		schedule: {},
		attention: { cap: { times: 2, perMs: dayMs }, afterCloseMs: 7 * dayMs, afterSubmitMs: null },
		trigger: { kind: "exit" },
		theme: { accent: "#2f7d4f", radius: 8 },
		content: { pl: { label: "Dla Ciebie", blocks: [{ kind: "heading", text: "Witaj" }, block] } },
	};
}

export const definitionsWith = (segments: number): Definitions => ({
	tagRules: Array.from({ length: 50 }, (_, n) => ({
		id: `tag-${n}`,
		tag: `TAG ${n}`,
		when:
			n % 10 === 9
				? { trait: conditionAt(n) }
				: { event: { name: "Page Viewed", path: { op: "is", value: pathAt(n) } as const } },
	})),
	scoreRules: Array.from({ length: 30 }, (_, n) => ({
		id: `score-${n}`,
		name: `Punkty ${n}`,
		points: n % 6 === 5 ? -2 : 1 + (n % 5),
		once: n % 3 === 0,
		when: n % 5 === 4 ? { trait: conditionAt(n + 100) } : { event: viewed(n * 3) },
	})),
	segments: Array.from({ length: segments }, (_, n) => ({
		id: `segment-${n}`,
		name: `Segment ${n}`,
		condition: conditionAt(n),
	})),
	experiences: Array.from({ length: 30 }, (_, n) => experienceAt(n)),
});

export const definitions = definitionsWith(200);
