// Over the page: a dialog in the middle, or a drawer at its side. The platform's own keeps focus within and gives it back.

import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useWords } from "../language.ts";
import { Button, IconButton } from "./button.tsx";

export interface DialogProps {
	readonly title: string;
	readonly onClose: () => void;
	readonly side?: boolean;
	/** Wide enough for two columns. */
	readonly wide?: boolean;
	readonly actions?: ComponentChildren;
	readonly children: ComponentChildren;
}

/** Open for as long as it is drawn. */
export function Dialog({ title, onClose, side, wide, actions, children }: DialogProps) {
	const { shell } = useWords();
	const id = useId();
	const element = useRef<HTMLDialogElement>(null);
	// Before the next key, which would be one of the page behind it.
	useLayoutEffect(() => {
		const dialog = element.current;
		dialog?.showModal();
		return () => dialog?.close();
	}, []);
	return (
		<dialog
			ref={element}
			class={`dialog${side ? " is-side" : ""}${wide ? " is-wide" : ""}`}
			aria-labelledby={id}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onMouseDown={(event) => event.target === element.current && onClose()}
		>
			<div class="dialog-body">
				<header>
					<h2 id={id}>{title}</h2>
					<IconButton icon={X} label={shell.close} onClick={onClose} />
				</header>
				<div class="dialog-content">{children}</div>
				{actions && <footer>{actions}</footer>}
			</div>
		</dialog>
	);
}

export interface ConfirmProps {
	readonly title: string;
	readonly act: string;
	readonly onAct: () => void;
	readonly onClose: () => void;
	readonly danger?: boolean;
	readonly busy?: boolean;
	readonly children: ComponentChildren;
}

/** For what cannot be undone. What can be is done at once, with an "Undo". */
export function Confirm({ title, act, onAct, onClose, danger, busy, children }: ConfirmProps) {
	const { shell } = useWords();
	return (
		<Dialog
			title={title}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind={danger ? "danger" : "primary"} busy={busy} onClick={onAct}>
						{act}
					</Button>
				</>
			}
		>
			{children}
		</Dialog>
	);
}
