// What was done a moment ago, said in passing, with its undo.

import { signal } from "@preact/signals";
import { X } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Refusal } from "../api/call.ts";
import { useWords } from "../language.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { useRefusalWords } from "../parts/refusal.ts";

interface Toast {
	readonly id: number;
	readonly said: string | Refusal;
	readonly undo?: (() => void) | undefined;
}

const toasts = signal<readonly Toast[]>([]);
const shownMs = 8_000;
let lastId = 0;

/** Says what was done; `undo` takes it back. */
export function say(said: string, undo?: () => void): void {
	toasts.value = [...toasts.value.slice(-2), { id: ++lastId, said, undo }];
}

/** Says why something was not done. What is no refusal of the API is a fault of ours, and thrown on. */
export function sayRefused(error: unknown): void {
	if (!(error instanceof Refusal)) throw error;
	toasts.value = [...toasts.value.slice(-2), { id: ++lastId, said: error }];
}

const drop = (id: number) => {
	toasts.value = toasts.value.filter((one) => one.id !== id);
};

export function Toasts() {
	return (
		<div class="toasts" role="status" aria-live="polite">
			{toasts.value.map((toast) => (
				<One key={toast.id} toast={toast} />
			))}
		</div>
	);
}

function One({ toast: { id, said, undo } }: { readonly toast: Toast }) {
	const { shell } = useWords();
	const wordsOf = useRefusalWords();
	const isBad = said instanceof Refusal;
	const [isPointedAt, setPointedAt] = useState(false);
	const [hasFocus, setFocus] = useState(false);
	// What went wrong stays until it was read, and nobody's undo goes from under their hand.
	const stays = isBad || isPointedAt || hasFocus;
	useEffect(() => {
		if (stays) return;
		const timer = setTimeout(() => drop(id), shownMs);
		return () => clearTimeout(timer);
	}, [id, stays]);
	return (
		<div
			class={`toast${isBad ? " is-bad" : ""}`}
			onPointerEnter={() => setPointedAt(true)}
			onPointerLeave={() => setPointedAt(false)}
			onFocusIn={() => setFocus(true)}
			onFocusOut={() => setFocus(false)}
		>
			<span>{isBad ? wordsOf(said) : said}</span>
			{undo && (
				<Button
					kind="quiet"
					small
					onClick={() => {
						drop(id);
						undo();
					}}
				>
					{shell.undo}
				</Button>
			)}
			<IconButton small icon={X} label={shell.close} onClick={() => drop(id)} />
		</div>
	);
}
