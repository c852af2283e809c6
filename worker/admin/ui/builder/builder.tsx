// Builds a condition: rows in groups, moved by the pointer or by keys, with what it says beside it.

import { GripVertical, SquareDashed, X } from "lucide";
import { createContext } from "preact";
import { useContext, useId, useMemo, useRef, useState } from "preact/hooks";
import type { Condition } from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { Select } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { AddQuestion } from "./add.tsx";
import { useChecked } from "./checked.ts";
import { useKnown } from "./known.ts";
import { LeafEditor } from "./leaves.tsx";
import { type Question, questionOf, questionsOf } from "./questions.ts";
import {
	at,
	conditionOf,
	grouped,
	groupOf,
	insert,
	type Join,
	move,
	moveBy,
	type Path,
	type Place,
	pathOf,
	put,
	rowOf,
} from "./tree.ts";
import { useWarningWords } from "./warnings.ts";

/** What is wrong with a row or a group, or surely was not meant. */
interface Mark {
	readonly kind: "bad" | "warn";
	readonly said: string;
}

interface Editing {
	readonly root: Condition;
	readonly change: (root: Condition) => void;
	readonly questions: readonly Question[];
	/** What is dragged, while it is. */
	readonly dragged: Path | undefined;
	readonly drag: (path: Path | undefined) => void;
	/** Said to who listens. */
	readonly say: (text: string) => void;
	/** Takes the focus to the handle of what was moved. */
	readonly follow: (path: Path) => void;
	/** Takes the focus into what was just added. */
	readonly enter: (path: Path) => void;
	/** By path. */
	readonly marks: ReadonlyMap<string, readonly Mark[]>;
}

const EditingContext = createContext<Editing | undefined>(undefined);
function useEditing(): Editing {
	const editing = useContext(EditingContext);
	if (!editing) throw new Error("a group stands in a builder");
	return editing;
}

const joins: readonly Join[] = ["all", "any", "none"];
const nameOf = (path: Path) => path.join(".");

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
	const follow = (path: Path) => void requestAnimationFrame(() => handleOf(path)?.focus());
	const enter = (path: Path) =>
		void requestAnimationFrame(() => {
			const fields = handleOf(path)?.parentElement?.querySelector<HTMLElement>(fieldsWithin);
			(fields ?? handleOf(path))?.focus();
		});
	const marks = useMarks(condition);
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

/** What the API says of a condition, at the rows that it says it of. */
function useMarks(condition: Condition): Editing["marks"] {
	const { builder } = useWords();
	const wordsOf = useWarningWords();
	const { value, refusal } = useChecked(condition);
	const marks = new Map<string, Mark[]>();
	const put = (place: Place, mark: Mark) => {
		const name = nameOf(pathOf(condition, place));
		marks.set(name, [...(marks.get(name) ?? []), mark]);
	};
	for (const { at, why } of refusal?.body.problems ?? [])
		put(
			at.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
			{ kind: "bad", said: builder.problems[why] ?? builder.problem },
		);
	// The whole condition's are said beside it.
	for (const warning of value?.warnings ?? [])
		if (warning.at.length > 0) put(warning.at, { kind: "warn", said: wordsOf(warning) });
	return marks;
}

function Marks({ path }: { readonly path: Path }) {
	const { marks } = useEditing();
	return (
		<>
			{(marks.get(nameOf(path)) ?? []).map(({ kind, said }) => (
				<p key={said} class={`builder-mark is-${kind}`}>
					{said}
				</p>
			))}
		</>
	);
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
	const { root, change, questions } = useEditing();
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
				onClick={() => change(put(root, path, undefined))}
			/>
		</div>
	);
}

const keys = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" } as const;
const isArrow = (key: string): key is keyof typeof keys => Object.hasOwn(keys, key);

/** Drags what it stands at; focused, the arrows move it. */
function Handle({ path }: { readonly path: Path }) {
	const { builder } = useWords();
	const { root, change, drag, say, follow } = useEditing();
	const hint = useId();
	return (
		<button
			type="button"
			class="builder-handle"
			data-handle={nameOf(path)}
			draggable
			aria-label={builder.move}
			aria-describedby={hint}
			onDragStart={(event) => {
				event.dataTransfer?.setData("text/plain", nameOf(path));
				drag(path);
			}}
			onDragEnd={() => drag(undefined)}
			onKeyDown={(event) => {
				if (!isArrow(event.key)) return;
				event.preventDefault();
				const moved = moveBy(root, path, keys[event.key]);
				if (moved.root === root) return;
				change(moved.root);
				say(builder.movedTo((moved.path.at(-1) ?? 0) + 1));
				follow(moved.path);
			}}
		>
			<Icon of={GripVertical} />
			<span id={hint} hidden>
				{builder.moveHow}
			</span>
		</button>
	);
}

/** Between two members: here what is dragged may be dropped. */
function Drop({
	group,
	index,
	isLast,
}: {
	readonly group: Path;
	readonly index: number;
	readonly isLast?: boolean;
}) {
	const { builder } = useWords();
	const { root, change, dragged, drag } = useEditing();
	const [isOver, setOver] = useState(false);
	const isEmpty = isLast && index === 0;
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the handle's arrows do the same by keys.
		<div
			class={`builder-drop${dragged ? " is-open" : ""}${isOver ? " is-over" : ""}${isEmpty ? " is-empty" : ""}`}
			onDragOver={(event) => {
				if (!dragged) return;
				event.preventDefault();
				setOver(true);
			}}
			onDragLeave={() => setOver(false)}
			onDrop={(event) => {
				event.preventDefault();
				setOver(false);
				if (dragged) change(move(root, dragged, group, index));
				drag(undefined);
			}}
		>
			{isEmpty && <span>{builder.emptyGroup}</span>}
		</div>
	);
}
