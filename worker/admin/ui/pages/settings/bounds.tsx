// How often something may be shown to one person.

import type { Bounds } from "../../../../domain/attention.ts";
import { useWords } from "../../language.ts";
import { NumberInput } from "../../parts/field.tsx";
import { rests, Span } from "./spans.tsx";

export function BoundsFields({
	bounds,
	onChange,
	disabled,
}: {
	readonly bounds: Bounds;
	readonly onChange: (bounds: Bounds) => void;
	readonly disabled?: boolean;
}) {
	const { settings: words } = useWords();
	const put = <K extends keyof Bounds>(member: K, value: Bounds[K] | undefined) => {
		const { [member]: _, ...others } = bounds;
		onChange((value === undefined ? others : { ...others, [member]: value }) as Bounds);
	};
	const { cap, afterCloseMs, afterSubmitMs } = bounds;
	const off = disabled ? { disabled } : {};
	return (
		<div class="settings-grid">
			<NumberInput
				label={words.times}
				hint={words.timesHint}
				min={1}
				max={20}
				step={1}
				{...off}
				value={cap?.times}
				onInput={(times) => put("cap", times === undefined ? undefined : { ...cap, times })}
			/>
			<Span
				label={words.within}
				ms={cap?.perMs}
				among={rests}
				none={words.ever}
				disabled={disabled === true || cap === undefined}
				onChange={(perMs) => cap && put("cap", { times: cap.times, ...(perMs && { perMs }) })}
			/>
			<Span
				label={words.afterClose}
				ms={afterCloseMs}
				among={rests}
				none={words.atOnce}
				{...off}
				onChange={(ms) => put("afterCloseMs", ms ?? undefined)}
			/>
			<Span
				label={words.afterSubmit}
				ms={afterSubmitMs}
				among={rests}
				none={words.atOnce}
				forever={words.neverAgain}
				{...off}
				onChange={(ms) => put("afterSubmitMs", ms)}
			/>
		</div>
	);
}
