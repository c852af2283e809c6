// Acts behind one button.

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconNode } from "./icon.tsx";
import { keepWithin } from "./within.ts";

export interface Act {
	readonly label: string;
	readonly icon?: IconNode;
	readonly onAct?: () => void;
	readonly href?: string;
	readonly danger?: boolean;
	readonly disabled?: boolean;
	/** Of several, the one that is so. */
	readonly isChosen?: boolean;
}

export interface MenuProps {
	readonly label: string;
	readonly acts: readonly Act[];
	readonly icon?: IconNode;
	/** Where the list opens: below, to its start or its end. */
	readonly end?: boolean;
	readonly kind?: "plain" | "quiet" | "bare";
	readonly small?: boolean;
	/** In place of the icon. */
	readonly children?: ComponentChildren;
}

export function Menu({ label, acts, icon, end, kind = "quiet", small, children }: MenuProps) {
	const id = useId();
	const [isOpen, setIsOpen] = useState(false);
	const box = useRef<HTMLDivElement>(null);
	const items = () => Array.from(box.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []);

	useLayoutEffect(() => {
		if (!isOpen) return;
		items()[0]?.focus();
		const away = ({ target }: Event) => {
			if (!(target instanceof Node && box.current?.contains(target))) setIsOpen(false);
		};
		document.addEventListener("pointerdown", away);
		return () => document.removeEventListener("pointerdown", away);
	}, [isOpen]);

	function close(): void {
		setIsOpen(false);
		box.current?.querySelector("button")?.focus();
	}
	function onKeyDown(event: KeyboardEvent): void {
		const all = items();
		const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1;
		const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
		const to = steps[event.key];
		if (event.key === "Escape" && isOpen) {
			event.stopPropagation();
			// A dialog around it would close.
			event.preventDefault();
			close();
		} else if (event.key === "Tab") setIsOpen(false);
		else if (isOpen && to !== undefined) {
			event.preventDefault();
			all.at(to % all.length)?.focus();
		} else if (!isOpen && event.key === "ArrowDown") {
			event.preventDefault();
			setIsOpen(true);
		}
	}
	const look =
		kind === "bare"
			? "menu-bare"
			: `button is-${kind}${small ? " is-small" : ""}${children ? "" : " is-icon"}`;
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: keys of the button and of the list come here alike.
		<div class={`menu${end ? " at-end" : ""}`} ref={box} onKeyDown={onKeyDown}>
			<button
				type="button"
				class={look}
				aria-haspopup="menu"
				aria-expanded={isOpen}
				aria-controls={isOpen ? id : undefined}
				aria-label={children ? undefined : label}
				title={children ? undefined : label}
				onClick={() => setIsOpen(!isOpen)}
			>
				{icon && <Icon of={icon} />}
				{children}
			</button>
			{isOpen && (
				<div id={id} role="menu" aria-label={label} class="menu-list" ref={keepWithin}>
					{acts.map((act) => (
						<Item key={act.label} act={act} onDone={close} />
					))}
				</div>
			)}
		</div>
	);
}

function Item({ act, onDone }: { readonly act: Act; readonly onDone: () => void }) {
	const { label, icon, href, danger, disabled, isChosen, onAct } = act;
	const role = isChosen === undefined ? "menuitem" : "menuitemradio";
	const words = (
		<>
			{icon && <Icon of={icon} />}
			{label}
		</>
	);
	const look = danger ? "is-danger" : undefined;
	if (href !== undefined)
		return (
			<a role={role} class={look} href={href} tabIndex={-1} onClick={onDone}>
				{words}
			</a>
		);
	return (
		<button
			type="button"
			role={role}
			class={look}
			tabIndex={-1}
			disabled={disabled}
			{...(isChosen !== undefined && { "aria-checked": isChosen })}
			onClick={() => {
				onDone();
				onAct?.();
			}}
		>
			{words}
		</button>
	);
}
