// Every segment: in or out, since and until when, and why.

import type { SegmentView } from "../report.ts";
import { Explanation } from "./explanation.tsx";
import { Flash } from "./flash.tsx";
import { useLanguage } from "./language.ts";

export function Segments(props: { readonly segments: readonly SegmentView[]; readonly now: number }) {
	const { words } = useLanguage();
	const isIn = props.segments
		.filter(({ since }) => since !== null)
		.toSorted((a, b) => (b.since ?? 0) - (a.since ?? 0));
	const isOut = props.segments.filter(({ since }) => since === null);
	return (
		<section class="segments">
			<h2>
				{words.segments.title}
				<span class="faint">{words.segments.count(isIn.length, props.segments.length)}</span>
			</h2>
			<ul>
				{[...isIn, ...isOut].map((segment) => (
					<Membership key={segment.id} segment={segment} now={props.now} />
				))}
			</ul>
		</section>
	);
}

function Membership({ segment, now }: { readonly segment: SegmentView; readonly now: number }) {
	const { words, format } = useLanguage();
	const { id, name, since, until } = segment;
	const term =
		until === null
			? words.segments.forGood
			: words.segments.until(format.when(until, now), format.relative(until, now));
	return (
		<li data-segment={id} data-in={since !== null} class={since === null ? "is-out" : "is-in"}>
			<Flash of={since !== null} class="name">
				<i class="dot" />
				<b>{name}</b>
				<span class="faint">{since === null ? words.segments.out : words.segments.in}</span>
			</Flash>
			{since !== null && (
				<p class="term">
					{words.segments.since(format.when(since, now))}, <span>{term}</span>
				</p>
			)}
			{since === null && !segment.is && until !== null && <p class="term">{term}</p>}
			{since === null && segment.is && <p class="term">{words.segments.pending}</p>}
			<Explanation of={segment} />
		</li>
	);
}
