// Personal words in what is to be saved: looked into by the Worker that writes them out, for it alone has the engine.

import type { AdminEnv } from "../platform/env.ts";
import type { Experience } from "../protocol/site.ts";
import { hasTemplate, textsIn } from "../protocol/texts.ts";
import type { Problem } from "./request.ts";

/** Templates that cannot be written out: where each stands, and what is wrong at which place in it. */
export async function faultsIn(
	experiences: readonly Pick<Experience, "content" | "variants">[],
	{ CONTENT }: Pick<AdminEnv, "CONTENT">,
): Promise<readonly Problem[]> {
	const texts = experiences.flatMap(({ content, variants = [] }, n) => [
		...templatesIn(content, ["experiences", n, "content"]),
		...variants.flatMap((one, m) =>
			templatesIn(one.content ?? {}, ["experiences", n, "variants", m, "content"]),
		),
	]);
	if (texts.length === 0) return [];
	const faults = await CONTENT.check({ texts: texts.map(({ text, reading }) => ({ text, reading })) });
	return texts.flatMap(({ at }, n) => {
		const why = faults[n];
		return why ? [{ at, why, code: "words-unreadable" }] : [];
	});
}

function templatesIn(content: Experience["content"], at: readonly (string | number)[]) {
	return Object.entries(content).flatMap(([language, one]) =>
		textsIn(one)
			.filter(({ text }) => hasTemplate(text))
			.map((text) => ({ ...text, at: [...at, language, ...text.at].join(".") })),
	);
}
