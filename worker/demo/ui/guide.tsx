// What to try, ticked off as it happens. Knows the demo site's own rules, and nothing else here does.

import { useEffect, useState } from "preact/hooks";
import type { Visitor } from "../report.ts";
import { Icon } from "./icon.tsx";
import type { Act } from "./inspector.tsx";
import { useLanguage } from "./language.ts";

const weekMs = 7 * 86_400_000;
const wanted = 3;

export function Guide(props: { readonly visitor: Visitor; readonly clockOffsetMs: number } & Act) {
	const { visitor, clockOffsetMs, visit, move } = props;
	const { guide } = useLanguage().words;
	const [begunAt] = useState(clockOffsetMs);
	/** Steps stay ticked when what they did lapses: that is the last step. */
	const [done, setDone] = useState<readonly string[]>([]);
	const views = visitor.person.tags.CENNIK?.count ?? 0;
	const happened = (name: string) => visitor.story.some((line) => line.name === name);
	// What stands within a page is shown on every one.
	const isOver = visitor.story.some(
		({ name, props }) => name === "Experience Shown" && props.inline !== true,
	);
	const now = [
		...(views >= wanted ? ["prices"] : []),
		...(isOver ? ["anywhere"] : []),
		...(happened("Experience Closed") ? ["close"] : []),
		// With nothing seen there is nothing that could lapse.
		...(clockOffsetMs > begunAt && done.length > 0 ? ["wait"] : []),
	];
	useEffect(() => {
		if (now.some((step) => !done.includes(step))) setDone([...new Set([...done, ...now])]);
	});
	const isDone = (step: string) => done.includes(step) || now.includes(step);
	const steps = [
		{ id: "prices", text: guide.prices, act: () => visit("/cennik") },
		{ id: "anywhere", text: guide.anywhere, act: () => visit("/kosiarki-akumulatorowe") },
		{ id: "close", text: guide.close, act: undefined },
		{ id: "wait", text: guide.wait, act: () => move(clockOffsetMs + weekMs) },
	] as const;
	return (
		<details class="guide" open>
			<summary>{guide.title}</summary>
			<ol>
				{steps.map(({ id, text, act }) => (
					<li key={id} class={isDone(id) ? "is-done" : ""}>
						<Icon of="yes" />
						{act ? (
							<button type="button" onClick={act}>
								{text}
							</button>
						) : (
							<span>{text}</span>
						)}
						{id === "prices" && <small>{isDone(id) ? `CENNIK (${wanted})` : `${views}/${wanted}`}</small>}
					</li>
				))}
			</ol>
		</details>
	);
}
