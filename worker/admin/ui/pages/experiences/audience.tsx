// For whom and on which pages, from when until when, and how often.

import { Plus, X } from "lucide";
import type { AttentionPolicy } from "../../../../domain/attention.ts";
import type { PathTest } from "../../../../domain/condition.ts";
import { Duration } from "../../builder/duration.tsx";
import { useKnown } from "../../builder/known.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Combobox } from "../../parts/combobox.tsx";
import { Checkbox, Input, NumberInput, Select } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { withValue } from "./draft.ts";
import { useEditing, useProblem } from "./editing.ts";
import { HereForm } from "./here.tsx";
import { SegmentInput } from "./known.tsx";
import { localOf } from "./properties.tsx";
import { Qualifying } from "./qualifying.tsx";

export default function Audience({ id }: { readonly id: string }) {
	return (
		<>
			<WhoForm />
			<ScheduleForm />
			<AttentionForm />
			<Qualifying id={id} />
		</>
	);
}

function WhoForm() {
	const { experiences: words } = useWords();
	const { draft, change } = useEditing();
	const error = useProblem(["segment"]);
	return (
		<Section title={words.who} hint={words.whoHint}>
			<SegmentInput
				label={words.segment}
				value={draft.segment ?? ""}
				{...(error !== undefined && { error })}
				onChange={(segment) => change(withValue(draft, ["segment"], segment || undefined))}
			/>
			<Paths of="only" />
			<Paths of="except" />
			<HereForm />
		</Section>
	);
}

const pathOps = ["is", "starts-with", "contains", "wildcard"] as const;

function Paths({ of }: { readonly of: "only" | "except" }) {
	const { experiences: words, builder, shell } = useWords();
	const { draft, change } = useEditing();
	const { suggest } = useKnown();
	const tests = draft.pages[of];
	const set = (next: readonly PathTest[]) => change(withValue(draft, ["pages", of], next), `pages ${of}`);
	return (
		<fieldset class="editor-group">
			<legend>{words.pages[of]}</legend>
			{tests.length === 0 && <p class="hint">{words.noPages[of]}</p>}
			{tests.map((test, index) => (
				<div key={index} class="editor-path">
					<Select
						label={builder.operator(builder.path)}
						hideLabel
						value={test.op}
						options={pathOps.map((value) => ({ value, label: builder.pathOps[value] }))}
						onChange={(op) => set(tests.with(index, { ...test, op }))}
					/>
					<Combobox
						label={builder.path}
						hideLabel
						placeholder="/cennik"
						value={test.value}
						suggest={(written) => suggest("path", written)}
						onChange={(value) => set(tests.with(index, { ...test, value }))}
					/>
					<IconButton small icon={X} label={shell.remove} onClick={() => set(tests.toSpliced(index, 1))} />
				</div>
			))}
			<Button small icon={Plus} onClick={() => set([...tests, { op: "starts-with", value: "/" }])}>
				{words.addPage}
			</Button>
		</fieldset>
	);
}

function ScheduleForm() {
	const { experiences: words } = useWords();
	const { draft, change } = useEditing();
	const end = (name: "from" | "until") => {
		const at = draft.schedule[name];
		return (
			<Input
				label={words.schedules[name]}
				type="datetime-local"
				value={at === undefined ? "" : localOf(at)}
				onInput={(text) =>
					change(withValue(draft, ["schedule", name], text ? Date.parse(text) : undefined), name)
				}
			/>
		);
	};
	return (
		<Section title={words.schedule} hint={words.scheduleHint}>
			<div class="editor-pair">
				{end("from")}
				{end("until")}
			</div>
			<NumberInput
				label={words.priority}
				hint={words.priorityHint}
				min={-1000}
				max={1000}
				value={draft.priority}
				onInput={(priority) => priority !== undefined && change({ ...draft, priority }, "priority")}
			/>
		</Section>
	);
}

const dayMs = 86_400_000;

function AttentionForm() {
	const { experiences: words } = useWords();
	const lang = useLang();
	const { draft, change } = useEditing();
	const groups = useDefinitions("group").value?.definitions ?? [];
	const { attention } = draft;
	const { cap } = attention;
	const set = (next: AttentionPolicy, what?: string) => change(withValue(draft, ["attention"], next), what);
	const setCap = (next: AttentionPolicy["cap"]) => set(withValue(attention, ["cap"], next), "cap");
	return (
		<Section title={words.often} hint={words.oftenHint}>
			<Checkbox
				label={words.capped}
				checked={cap !== undefined}
				onChange={(isOn) => setCap(isOn ? { times: 3, perMs: 30 * dayMs } : undefined)}
			/>
			{cap && (
				<div class="editor-pair">
					<NumberInput
						label={words.times}
						min={1}
						max={20}
						value={cap.times}
						onInput={(times) => times && setCap({ ...cap, times })}
					/>
					<Select
						label={words.within}
						value={cap.perMs === undefined ? "ever" : "span"}
						options={[
							{ value: "ever", label: words.ever },
							{ value: "span", label: words.anySpan },
						]}
						onChange={(way) =>
							setCap(way === "ever" ? { times: cap.times } : { times: cap.times, perMs: 30 * dayMs })
						}
					/>
				</div>
			)}
			{cap?.perMs !== undefined && (
				<Duration label={words.within} ms={cap.perMs} onChange={(perMs) => setCap({ ...cap, perMs })} />
			)}
			<Rest
				label={words.afterClose}
				ms={attention.afterCloseMs}
				onChange={(ms) => set({ ...attention, afterCloseMs: ms ?? 0 }, "close")}
			/>
			<Rest
				label={words.afterSubmit}
				ms={attention.afterSubmitMs}
				mayBeNever
				onChange={(ms) => set({ ...attention, afterSubmitMs: ms }, "submit")}
			/>
			<Checkbox
				label={words.afterOrder}
				hint={words.afterOrderHint}
				checked={attention.afterConversion !== undefined}
				onChange={(isOn) =>
					set(
						withValue(
							attention,
							["afterConversion"],
							isOn ? { withinMs: 7 * dayMs, restMs: 30 * dayMs } : undefined,
						),
					)
				}
			/>
			{attention.afterConversion && (
				<Rest
					label={words.rests}
					ms={attention.afterConversion.restMs}
					mayBeNever
					onChange={(restMs) => set(withValue(attention, ["afterConversion", "restMs"], restMs), "rest")}
				/>
			)}
			<Select
				label={words.group}
				hint={words.groupHint}
				value={draft.group ?? ""}
				options={[
					{ value: "", label: words.noGroup },
					...groups.map(({ id, names }) => ({ value: id, label: names[lang] })),
				]}
				onChange={(group) => change(withValue(draft, ["group"], group || undefined))}
			/>
		</Section>
	);
}

/** Not again for so long; null for never. */
function Rest({
	label,
	ms,
	mayBeNever,
	onChange,
}: {
	readonly label: string;
	readonly ms: number | null;
	readonly mayBeNever?: boolean;
	readonly onChange: (ms: number | null) => void;
}) {
	const { experiences: words } = useWords();
	const way = ms === null ? "never" : ms === 0 ? "at-once" : "span";
	return (
		<div class="editor-pair">
			<Select
				label={label}
				value={way}
				options={[
					{ value: "at-once", label: words.again },
					{ value: "span", label: words.afterSpan },
					...(mayBeNever || ms === null ? [{ value: "never" as const, label: words.never }] : []),
				]}
				onChange={(next) => onChange(next === "never" ? null : next === "at-once" ? 0 : 7 * dayMs)}
			/>
			{ms !== null && ms > 0 && (
				<div class="field">
					<span class="editor-gap" />
					<Duration label={label} ms={ms} onChange={onChange} />
				</div>
			)}
		</div>
	);
}
