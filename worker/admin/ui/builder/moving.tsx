// What moves rows and groups: a handle to drag by, the arrows on it, buttons where neither is at hand; and the places
// where what is dragged may be dropped.

import { ArrowDown, ArrowUp, CornerDownRight, CornerLeftUp, GripVertical } from "lucide";
import { useId, useState } from "preact/hooks";
import { useWords } from "../language.ts";
import { IconButton } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { nameOf, useEditing } from "./editing.ts";
import { move, moveBy, type Path } from "./tree.ts";

const keys = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" } as const;
const isArrow = (key: string): key is keyof typeof keys => Object.hasOwn(keys, key);

type Way = (typeof keys)[keyof typeof keys];
const ways = [
	["up", ArrowUp],
	["down", ArrowDown],
	["out", CornerLeftUp],
	["in", CornerDownRight],
] as const;

/** Drags what it stands at; focused, the arrows move it; pressed, it offers the same as buttons. */
export function Handle({ path }: { readonly path: Path }) {
	const { builder } = useWords();
	const { root, change, drag, say, follow } = useEditing();
	const [isOpen, setOpen] = useState(false);
	const hint = useId();
	function go(way: Way): void {
		const moved = moveBy(root, path, way);
		if (moved.root === root) return;
		setOpen(false);
		change(moved.root);
		say(builder.movedTo((moved.path.at(-1) ?? 0) + 1));
		follow(moved.path);
	}
	return (
		<span class="builder-grip">
			<button
				type="button"
				class="builder-handle"
				data-handle={nameOf(path)}
				draggable
				aria-label={builder.move}
				aria-describedby={hint}
				aria-expanded={isOpen}
				onClick={() => setOpen(!isOpen)}
				onDragStart={(event) => {
					event.dataTransfer?.setData("text/plain", nameOf(path));
					drag(path);
				}}
				onDragEnd={() => drag(undefined)}
				onKeyDown={(event) => {
					if (event.key === "Escape") setOpen(false);
					if (!isArrow(event.key)) return;
					event.preventDefault();
					go(keys[event.key]);
				}}
			>
				<Icon of={GripVertical} />
				<span id={hint} hidden>
					{builder.moveHow}
				</span>
			</button>
			{isOpen && (
				<span class="builder-moves">
					{ways.map(([way, icon]) => (
						<IconButton
							key={way}
							small
							icon={icon}
							label={builder.ways[way]}
							disabled={moveBy(root, path, way).root === root}
							onClick={() => go(way)}
						/>
					))}
				</span>
			)}
		</span>
	);
}

/** Between two members: here what is dragged may be dropped. */
export function Drop({
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
