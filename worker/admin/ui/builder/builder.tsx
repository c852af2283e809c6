// Builds a condition: rows in groups, moved by the pointer or by keys, with what it says beside it.

import { SquareDashed, X } from "lucide";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Condition } from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Select } from "../parts/field.tsx";
import { useFocusing } from "../parts/focusing.ts";
import { AddQuestion } from "./add.tsx";
import { EditingContext, nameOf, useEditing } from "./editing.ts";
import { useKnown } from "./known.ts";
import { LeafEditor } from "./leaves.tsx";
import { Said, useMarks } from "./marks.tsx";
import { Drop, Handle } from "./moving.tsx";
import { questionOf, questionsOf } from "./questions.ts";
import {
	at,
	conditionOf,
	grouped,
	groupOf,
	insert,
	type Join,
	type Path,
	pathOf,
	put,
	rowOf,
} from "./tree.ts";

const joins: readonly Join[] = ["all", "any", "none"];

export function ConditionBuilder({
	label,
	condition,
	onChange,
}: {
	readonly label: string;
	readonly condition: Condition;
	readonly onChange: (condition: Condition) => void;
}) {
	const { builder } = useWords();
	const known = useKnown();
	const questions = useMemo(() => questionsOf(known, builder), [known, builder]);
	const [dragged, drag] = useState<Path>();
	const [said, say] = useState("");
	const box = useRef<HTMLFieldSetElement>(null);
	// A single row stands in a group, so that more can come beside it.
	const root = rowOf(condition) ? { all: [condition] } : condition;
	const handleOf = (path: Path) => box.current?.querySelector<HTMLElement>(`[data-handle="${nameOf(path)}"]`);
	const focus = useFocusing(condition);
	// Where nothing stands any more, one goes on adding.
	const follow = (path: Path) =>
		focus(() => {
			const adding = box.current?.querySelector<HTMLElement>(".builder-group-foot button");
			(handleOf(path) ?? adding)?.focus();
		});
	const enter = (path: Path) =>
		focus(() => {
			const fields = handleOf(path)?.closest(".builder-row")?.querySelector<HTMLElement>(fieldsWithin);
			(fields ?? handleOf(path))?.focus();
		});
	const marks = Map.groupBy(useMarks(condition), ({ at: place }) => nameOf(pathOf(condition, place)));
	const editing = { root, change: onChange, questions, dragged, drag, say, follow, enter, marks };
	return (
		<EditingContext.Provider value={editing}>
			<fieldset class="builder" ref={box} aria-label={label}>
				<GroupBox path={[]} />
				<p class="unseen" role="status">
					{said}
				</p>
			</fieldset>
		</EditingContext.Provider>
	);
}

const fieldsWithin = ".builder-row-fields input, .builder-row-fields select";

function Marks({ path }: { readonly path: Path }) {
	const { marks } = useEditing();
	return <Said marks={marks.get(nameOf(path)) ?? []} />;
}

function GroupBox({ path }: { readonly path: Path }) {
	const { builder } = useWords();
	const { root, change, questions, enter, follow } = useEditing();
	const group = groupOf(at(root, path) ?? { all: [] });
	const { join, members } = group;
	function add(added: Condition): void {
		change(insert(root, path, members.length, added));
		enter([...path, members.length]);
	}
	return (
		<fieldset class={`builder-group is-${join}`} aria-label={builder.joins[join]}>
			<div class="builder-group-head">
				{path.length > 0 && <Handle path={path} />}
				<Select
					label={builder.join}
					hideLabel
					value={join}
					options={joins.map((value) => ({ value, label: builder.joins[value] }))}
					onChange={(next) => change(put(root, path, grouped({ join: next, members })))}
				/>
				{path.length > 0 && (
					<IconButton
						small
						icon={X}
						label={builder.dropGroup}
						onClick={() => {
							change(put(root, path, undefined));
							follow(path);
						}}
					/>
				)}
			</div>
			<Marks path={path} />
			<div class="builder-members">
				{members.map((member, index) => (
					<Member key={`${index}/${members.length}`} member={member} path={[...path, index]} />
				))}
				<Drop group={path} index={members.length} isLast />
			</div>
			<div class="builder-group-foot">
				<AddQuestion questions={questions} onAdd={(question) => add(question.begin())} />
				{path.length < 5 && (
					<Button small kind="quiet" icon={SquareDashed} onClick={() => add({ any: [] })}>
						{builder.addGroup}
					</Button>
				)}
			</div>
		</fieldset>
	);
}

function Member({ member, path }: { readonly member: Condition; readonly path: Path }) {
	const row = rowOf(member);
	return (
		<>
			<Drop group={path.slice(0, -1)} index={path.at(-1) ?? 0} />
			{row ? <RowBox path={path} condition={member} /> : <GroupBox path={path} />}
		</>
	);
}

function RowBox({ path, condition }: { readonly path: Path; readonly condition: Condition }) {
	const { builder } = useWords();
	const { root, change, questions, follow } = useEditing();
	const row = rowOf(condition);
	if (!row) return null;
	const question = questionOf(row.leaf, questions);
	const label = question?.label ?? row.leaf.field;
	const set = (next: Partial<typeof row>) => change(put(root, path, conditionOf({ ...row, ...next })));
	return (
		<div class="builder-row">
			<Handle path={path} />
			<div class="builder-row-body">
				<div class="builder-row-name">
					<b>{label}</b>
					<Select
						label={builder.holds(label)}
						hideLabel
						value={row.isNot ? "not" : "so"}
						options={[
							{ value: "so", label: builder.so },
							{ value: "not", label: builder.notSo },
						]}
						onChange={(value) => set({ isNot: value === "not" })}
					/>
				</div>
				<div class="builder-row-fields">
					<LeafEditor leaf={row.leaf} label={label} onChange={(leaf) => set({ leaf })} />
				</div>
				<Marks path={path} />
			</div>
			<IconButton
				small
				icon={X}
				label={`${builder.dropRow}: ${label}`}
				onClick={() => {
					change(put(root, path, undefined));
					follow(path);
				}}
			/>
		</div>
	);
}
