// Chooses the next question: all of them by theme, or those that fit what is written.

import { Plus } from "lucide";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { folded } from "../folded.ts";
import { useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { keepWithin } from "../parts/within.ts";
import { type Question, themes } from "./questions.ts";

export function AddQuestion({
	questions,
	onAdd,
}: {
	readonly questions: readonly Question[];
	readonly onAdd: (question: Question) => void;
}) {
	const { builder } = useWords();
	const [isOpen, setOpen] = useState(false);
	const [written, setWritten] = useState("");
	const box = useRef<HTMLDivElement>(null);
	const field = useRef<HTMLInputElement>(null);
	const id = useId();
	const sought = folded(written.trim());
	const fitting = questions.filter(({ label }) => folded(label).includes(sought));

	// Before anything is drawn: whoever writes on at once loses no letter.
	useLayoutEffect(() => {
		if (!isOpen) return;
		field.current?.focus();
		const away = ({ target }: Event) => {
			if (!(target instanceof Node && box.current?.contains(target))) setOpen(false);
		};
		document.addEventListener("pointerdown", away);
		return () => document.removeEventListener("pointerdown", away);
	}, [isOpen]);

	function add(question: Question | undefined): void {
		if (!question) return;
		setOpen(false);
		setWritten("");
		onAdd(question);
	}
	function onKeyDown(event: KeyboardEvent): void {
		const all = Array.from(box.current?.querySelectorAll<HTMLElement>(".add-list button") ?? []);
		const focused = document.activeElement;
		const place = focused instanceof HTMLElement ? all.indexOf(focused) : -1;
		if (event.key === "Escape") {
			event.stopPropagation();
			// A dialog around it would close.
			event.preventDefault();
			setOpen(false);
			box.current?.querySelector("button")?.focus();
		} else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			all.at((place + (event.key === "ArrowDown" ? 1 : -1)) % all.length)?.focus();
		} else if (event.key === "Enter" && place < 0) {
			event.preventDefault();
			add(fitting[0]);
		}
	}
	return (
		<div class="menu" ref={box}>
			<Button small icon={Plus} onClick={() => setOpen(!isOpen)}>
				{builder.add}
			</Button>
			{isOpen && (
				// biome-ignore lint/a11y/noStaticElementInteractions: keys of the field and of the list come here alike.
				<div class="menu-list add-box" ref={keepWithin} onKeyDown={onKeyDown}>
					<input
						class="input"
						type="search"
						aria-label={builder.seek}
						placeholder={builder.seek}
						aria-controls={id}
						value={written}
						ref={field}
						onInput={({ currentTarget }) => setWritten(currentTarget.value)}
					/>
					<div class="add-list" id={id}>
						{themes.map((theme) => {
							const of = fitting.filter((one) => one.theme === theme);
							return (
								of.length > 0 && (
									<section key={theme} aria-label={builder.themes[theme]}>
										<h3>{builder.themes[theme]}</h3>
										{of.map((question) => (
											<button key={question.id} type="button" onClick={() => add(question)}>
												{question.label}
											</button>
										))}
									</section>
								)
							);
						})}
						{fitting.length === 0 && <p class="hint">{builder.nothingFits}</p>}
					</div>
				</div>
			)}
		</div>
	);
}
