// A content: the step that is open, the way back, and how far it is.

import type { JSX } from "preact";
import type { Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import { Blocks, engage, type Setting } from "./blocks.tsx";
import { useEffect, useRef, useState } from "./hooks.ts";
import { sessionOf } from "./session.ts";

/** So many steps are worth to be told how many are left. */
const worthTelling = 3;

export function Steps({ offer, ...outer }: Pick<Setting, "offer" | "host" | "words" | "close">): JSX.Element {
	const { words } = outer;
	const [, setTurn] = useState({});
	const session = sessionOf(offer);
	const { way } = session;
	const at = way.at(-1) as string;
	const redraw = () => setTurn({});
	const turn = (next: string[]) => {
		engage(setting, "step");
		session.way = next;
		redraw();
	};
	const setting = { ...outer, offer, session, redraw, go: (to: string) => turn([...way, to]) };
	const body = useRef<HTMLDivElement>(null);
	const drawn = useRef(at);
	useEffect(() => {
		// Not when it opens: then the dialog has the focus.
		if (drawn.current !== at) body.current?.focus();
		drawn.current = at;
	}, [at]);
	const all = way.length - 1 + stepsFrom(offer, at);
	const where = `${words.step} ${way.length} / ${all}`;
	return (
		<>
			{all >= worthTelling && <progress value={way.length} max={all} aria-label={where} />}
			{way.length - 1 > (session.first ?? 0) && (
				<button
					class="back"
					type="button"
					aria-label={words.back}
					onClick={guard(() => turn(way.slice(0, -1)))}
				>
					<svg viewBox="0 0 20 20" aria-hidden="true">
						<path d="M12 5l-5 5 5 5" />
					</svg>
				</button>
			)}
			<section class="body" key={at} aria-label={all > 1 ? where : undefined} tabIndex={-1} ref={body}>
				<Blocks {...setting} blocks={blocksOf(offer, at)} />
			</section>
		</>
	);
}

function blocksOf({ content }: Offer, step: string) {
	return step ? (content.steps?.[step]?.blocks ?? []) : content.blocks;
}

/**
 * The longest way on from a step, itself included. By its forms; buttons may lead anywhere, and are asked of the first step
 * alone.
 */
function stepsFrom(offer: Offer, step: string, known = new Map<string, number>()): number {
	if (!known.has(step)) {
		known.set(step, 0);
		const ways = blocksOf(offer, step).flatMap((block) => {
			if (block.kind !== "form" && (block.kind !== "button" || step)) return [];
			const leads = block.kind === "form" ? (block.next ?? []) : [];
			return [block, ...leads].map(({ to }) => (to ? stepsFrom(offer, to, known) : 0));
		});
		known.set(step, 1 + Math.max(0, ...ways));
	}
	return known.get(step) as number;
}
