import type { ComponentChildren, TargetedMouseEvent } from "preact";
import { Icon, type IconNode } from "./icon.tsx";

export interface Looks {
	/** One primary act on a page; what destroys is `danger`. */
	readonly kind?: "primary" | "plain" | "quiet" | "danger";
	readonly icon?: IconNode;
	/** Smaller, within rows. */
	readonly small?: boolean;
}

export interface ButtonProps extends Looks {
	readonly onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void;
	readonly type?: "button" | "submit";
	readonly disabled?: boolean | undefined;
	/** Under way: cannot be pressed again meanwhile. */
	readonly busy?: boolean | undefined;
	readonly title?: string;
	/** Of one that opens something: whether it is open. */
	readonly isOpen?: boolean;
	readonly form?: string;
	readonly autofocus?: boolean;
	readonly children?: ComponentChildren;
}

const classOf = ({ kind = "plain", small, icon }: Looks, hasWords: boolean) =>
	`button is-${kind}${small ? " is-small" : ""}${icon && !hasWords ? " is-icon" : ""}`;

export function Button({ children, busy, disabled, onClick, type = "button", ...rest }: ButtonProps) {
	const { icon, title, form, autofocus, isOpen } = rest;
	return (
		<button
			class={classOf(rest, children !== undefined)}
			type={type}
			form={form}
			title={title}
			autofocus={autofocus}
			aria-expanded={isOpen}
			aria-busy={busy || undefined}
			disabled={disabled || busy}
			onClick={onClick}
		>
			{icon && <Icon of={icon} />}
			{children}
		</button>
	);
}

/** An act without words of its own. */
export function IconButton({
	label,
	...rest
}: Omit<ButtonProps, "children" | "title"> & { readonly label: string; readonly icon: IconNode }) {
	const { icon, onClick, disabled, busy, type = "button" } = rest;
	return (
		<button
			class={classOf({ kind: "quiet", ...rest }, false)}
			type={type}
			aria-label={label}
			title={label}
			aria-busy={busy || undefined}
			disabled={disabled || busy}
			onClick={onClick}
		>
			<Icon of={icon} />
		</button>
	);
}

/** Looks like a button, and goes somewhere. */
export function LinkButton({
	href,
	children,
	target,
	...rest
}: Looks & { readonly href: string; readonly target?: string; readonly children?: ComponentChildren }) {
	return (
		<a class={classOf(rest, true)} href={href} target={target} rel={target ? "noreferrer" : undefined}>
			{rest.icon && <Icon of={rest.icon} />}
			{children}
		</a>
	);
}
