// Witaj's clock: what time it believes it is, and the ways to move it.

import { useEffect, useState } from "preact/hooks";
import { useLanguage } from "./language.ts";

const minute = 60_000;
const steps = [
	["minutes", 30 * minute],
	["hours", 180 * minute],
	["days", 7 * 1_440 * minute],
] as const;

export function Clock(props: {
	readonly offsetMs: number | undefined;
	readonly move: (offsetMs: number) => void;
}) {
	const { words, format } = useLanguage();
	const [wall, setWall] = useState(Date.now());
	useEffect(() => {
		const timer = setInterval(() => setWall(Date.now()), 1_000);
		return () => clearInterval(timer);
	}, []);
	const { offsetMs } = props;
	const isMoved = offsetMs !== undefined && offsetMs > 0;
	return (
		<section class="clock" aria-label={words.clock.title}>
			<div class="reading">
				<h2>{words.clock.title}</h2>
				<time class={isMoved ? "is-moved" : ""}>
					{offsetMs === undefined ? "…" : format.full(wall + offsetMs)}
				</time>
				<small>{isMoved ? words.clock.ahead(format.span(offsetMs)) : words.clock.real}</small>
			</div>
			<div class="steps">
				{steps.map(([name, ms]) => (
					<button
						key={name}
						type="button"
						disabled={offsetMs === undefined}
						onClick={() => props.move((offsetMs ?? 0) + ms)}
					>
						{words.clock.steps[name]}
					</button>
				))}
				<button type="button" disabled={!isMoved} onClick={() => props.move(0)}>
					{words.clock.back}
				</button>
			</div>
		</section>
	);
}
