// What an experience is built of: its steps and their blocks, moved by the pointer or by keys.

import { Copy, GripVertical, Plus, Trash2 } from "lucide";
import { useId, useRef, useState } from "preact/hooks";
import type { Block } from "../../../../protocol/experience.ts";
import { useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { useFocusing } from "../../parts/focusing.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Notice } from "../../parts/page.tsx";
import { blockKinds, newBlock } from "./begin.ts";
import {
	addStep,
	areAlike,
	blocksIn,
	copyBlock,
	insertBlock,
	languagesOf,
	listsOf,
	mayStandIn,
	moveBlock,
	type Path,
	removeBlock,
	removeStep,
} from "./draft.ts";
import { useEditing } from "./editing.ts";
import { Properties } from "./properties.tsx";
import { blockProps, titleOf } from "./props.ts";

const nameOf = (path: Path) => path.join(".");
const mostBlocks = 20;

export function Structure() {
	const { experiences: words } = useWords();
	const { draft, change, language, mayEdit, choose } = useEditing();
	const [dragged, drag] = useState<Path>();
	const [said, say] = useState("");
	const box = useRef<HTMLDivElement>(null);
	const focus = useFocusing(draft);
	const follow = (path: Path) =>
		focus(() => box.current?.querySelector<HTMLElement>(`[data-handle="${nameOf(path)}"]`)?.focus());
	const lists = listsOf(draft, language);
	return (
		<div class="editor-structure" ref={box}>
			{!areAlike(draft) && <Notice kind="warn">{words.unlike}</Notice>}
			{lists.map((list) => (
				<ListBox
					key={nameOf(list)}
					list={list}
					{...{ dragged, drag, say, follow }}
					isOnly={lists.length === 1}
				/>
			))}
			{mayEdit && (
				<Button
					small
					kind="quiet"
					icon={Plus}
					onClick={() => {
						const added = addStep(draft, language, (one) => newBlock("heading", one));
						change(added.draft);
						choose(["steps", added.id, "blocks", 0]);
					}}
				>
					{words.addStep}
				</Button>
			)}
			<p class="unseen" role="status">
				{said}
			</p>
		</div>
	);
}

interface Dragging {
	readonly dragged: Path | undefined;
	readonly drag: (path: Path | undefined) => void;
	readonly say: (text: string) => void;
	readonly follow: (path: Path) => void;
}

function ListBox({
	list,
	isOnly,
	...dragging
}: Dragging & { readonly list: Path; readonly isOnly: boolean }) {
	const { experiences: words, shell } = useWords();
	const { draft, change, language, choose, mayEdit } = useEditing();
	const blocks = blocksIn(draft, language, list);
	const isThanks = list.at(-1) === "thanks";
	const step = list[0] === "steps" ? String(list[1]) : "";
	const kinds = blockKinds.filter((kind) => mayStandIn(kind, list));
	const title = isThanks ? words.thanks : step === "" ? words.firstStep : step;
	return (
		<section class={`editor-list${isThanks ? " is-inner" : ""}`} aria-label={title}>
			{!isOnly && (
				<header>
					<h3>{title}</h3>
					{step !== "" && !isThanks && mayEdit && (
						<IconButton
							small
							icon={Trash2}
							label={words.dropStep(step)}
							onClick={() => {
								choose(undefined);
								change(removeStep(draft, language, step));
							}}
						/>
					)}
				</header>
			)}
			<ul>
				{blocks.map((block, index) => (
					<Row key={index} block={block} list={list} index={index} {...dragging} />
				))}
				<li>
					<Drop list={list} index={blocks.length} {...dragging} />
				</li>
			</ul>
			{mayEdit && blocks.length < mostBlocks && (
				<Menu
					label={words.addBlock}
					icon={Plus}
					kind="plain"
					small
					acts={kinds.map((kind) => ({
						label: words.blocks[kind],
						onAct: () => {
							change(insertBlock(draft, language, list, blocks.length, (one) => newBlock(kind, one)));
							choose([...list, blocks.length]);
						},
					}))}
				>
					{isOnly ? words.addBlock : shell.add}
				</Menu>
			)}
		</section>
	);
}

function Row({
	block,
	list,
	index,
	...dragging
}: Dragging & { readonly block: Block; readonly list: Path; readonly index: number }) {
	const { experiences: words, builder, shell } = useWords();
	const { draft, change, language, chosen, choose, problems, mayEdit } = useEditing();
	const hint = useId();
	const at = [...list, index];
	const name = nameOf(at);
	const isChosen = chosen !== undefined && nameOf(chosen) === name;
	const isWrong = languagesOf(draft).some((one) => {
		const begin = ["content", one, ...at].join(".");
		return problems.some((problem) => problem.at === begin || problem.at.startsWith(`${begin}.`));
	});
	const step = (by: number) => {
		const to = index + by;
		if (to < 0 || to >= blocksIn(draft, language, list).length) return;
		change(moveBlock(draft, language, at, list, by > 0 ? index + 2 : to));
		if (isChosen) choose([...list, to]);
		dragging.say(builder.movedTo(to + 1));
		dragging.follow([...list, to]);
	};
	const left = blocksIn(draft, language, list).length - 1;
	const remove = () => {
		if (left === 0) return;
		choose(undefined);
		change(removeBlock(draft, language, at));
		dragging.follow([...list, Math.min(index, left - 1)]);
	};
	return (
		<li>
			<Drop list={list} index={index} {...dragging} />
			<div class={`editor-row${isChosen ? " is-chosen" : ""}${isWrong ? " is-wrong" : ""}`}>
				<div class="editor-row-head">
					{mayEdit && (
						<button
							type="button"
							class="builder-handle"
							data-handle={name}
							draggable
							aria-label={`${builder.move}: ${words.blocks[block.kind]}`}
							aria-describedby={hint}
							onDragStart={(event) => {
								event.dataTransfer?.setData("text/plain", name);
								dragging.drag(at);
							}}
							onDragEnd={() => dragging.drag(undefined)}
							onKeyDown={(event) => {
								const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
								if (event.key === "Delete") remove();
								else if (by === 0) return;
								else step(by);
								event.preventDefault();
							}}
						>
							<Icon of={GripVertical} />
							<span id={hint} hidden>
								{words.moveHow}
							</span>
						</button>
					)}
					<button
						type="button"
						class="editor-row-name"
						aria-expanded={isChosen}
						onClick={() => choose(isChosen ? undefined : at)}
					>
						<b>{words.blocks[block.kind]}</b>
						<span>{titleOf(block)}</span>
					</button>
					{mayEdit && isChosen && (
						<>
							<IconButton
								small
								icon={Copy}
								label={words.copyBlock}
								onClick={() => change(copyBlock(draft, language, at))}
							/>
							<IconButton
								small
								icon={Trash2}
								label={`${shell.remove}: ${words.blocks[block.kind]}`}
								disabled={left === 0}
								onClick={remove}
							/>
						</>
					)}
				</div>
				{isChosen && (
					<div class="editor-row-body" key={name}>
						{blockProps[block.kind].length === 0 && <p class="hint">{words.noProps}</p>}
						<Properties of={blockProps[block.kind]} at={at} />
					</div>
				)}
			</div>
		</li>
	);
}

/** Between two blocks: here what is dragged may be dropped. */
function Drop({ list, index, dragged, drag }: Dragging & { readonly list: Path; readonly index: number }) {
	const { draft, change, language, choose } = useEditing();
	const [isOver, setOver] = useState(false);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the handle's arrows do the same by keys.
		<div
			class={`editor-drop${dragged ? " is-open" : ""}${isOver ? " is-over" : ""}`}
			onDragOver={(event) => {
				if (!dragged) return;
				event.preventDefault();
				setOver(true);
			}}
			onDragLeave={() => setOver(false)}
			onDrop={(event) => {
				event.preventDefault();
				setOver(false);
				if (dragged) change(moveBlock(draft, language, dragged, list, index));
				choose(undefined);
				drag(undefined);
			}}
		/>
	);
}
