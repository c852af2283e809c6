// What pages are made of: the head with its name and acts, sections, tabs, and what stands where nothing is yet.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Reading } from "../api/asked.ts";
import { useWords } from "../language.ts";
import { Button } from "./button.tsx";
import { Icon, type IconNode } from "./icon.tsx";
import { useRefusalWords } from "./refusal.ts";

export interface PageProps {
	readonly title: string;
	readonly lead?: ComponentChildren;
	/** Where it stands below: names and addresses, the outermost first. */
	readonly above?: readonly { readonly name: string; readonly href: string }[];
	readonly actions?: ComponentChildren;
	readonly tabs?: ComponentChildren;
	/** Uses the whole width. */
	readonly wide?: boolean;
	readonly children: ComponentChildren;
}

export function Page({ title, lead, above = [], actions, tabs, wide, children }: PageProps) {
	const heading = useRef<HTMLHeadingElement>(null);
	const { path } = useLocation();
	useEffect(() => {
		document.title = `${title} · Witaj`;
	}, [title]);
	// Who listens is told that the page is another one: at once, for a frame later they may be writing in it.
	useLayoutEffect(() => {
		heading.current?.focus({ preventScroll: true });
	}, [path]);
	return (
		<div class={`page${wide ? " is-wide" : ""}`}>
			<header class="page-head">
				<div class="page-name">
					{above.length > 0 && (
						<nav class="above">
							{above.map(({ name, href }) => (
								<a key={href} href={href}>
									{name}
								</a>
							))}
						</nav>
					)}
					<h1 ref={heading} tabIndex={-1}>
						{title}
					</h1>
					{lead && <p class="lead">{lead}</p>}
				</div>
				{actions && <div class="page-acts">{actions}</div>}
			</header>
			{tabs}
			{children}
		</div>
	);
}

export function Section({
	title,
	hint,
	actions,
	children,
	plain,
}: {
	readonly title?: string;
	readonly hint?: ComponentChildren;
	readonly actions?: ComponentChildren;
	readonly children: ComponentChildren;
	readonly plain?: boolean;
}) {
	return (
		<section class={plain ? "section" : "section is-card"}>
			{(title || actions) && (
				<header>
					<div>
						{title && <h2>{title}</h2>}
						{hint && <p class="hint">{hint}</p>}
					</div>
					{actions && <div class="section-acts">{actions}</div>}
				</header>
			)}
			{children}
		</section>
	);
}

/** Pages side by side, one of them open: the one with the address that is open, or `current`. */
export function Tabs({
	label,
	tabs,
	current,
}: {
	readonly label: string;
	readonly current?: string;
	readonly tabs: readonly { readonly name: string; readonly href: string; readonly count?: string }[];
}) {
	const { path } = useLocation();
	const row = useRef<HTMLElement>(null);
	// On a phone they stand in a row that is wider than the screen.
	useEffect(() => {
		row.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
	}, [path, current]);
	return (
		<nav ref={row} class="tabs" aria-label={label}>
			{tabs.map(({ name, href, count }) => (
				<a
					key={href}
					href={href}
					aria-current={
						(current !== undefined ? current === href : path === href.split("?", 1)[0]) ? "page" : undefined
					}
				>
					{name}
					{count !== undefined && <small>{count}</small>}
				</a>
			))}
		</nav>
	);
}

/** Where nothing is yet: what would be here, and the next step. */
export function Empty({
	icon,
	title,
	children,
	action,
}: {
	readonly icon: IconNode;
	readonly title: string;
	readonly children?: ComponentChildren;
	readonly action?: ComponentChildren;
}) {
	return (
		<div class="empty">
			<Icon of={icon} size={24} />
			<h2>{title}</h2>
			{children && <p>{children}</p>}
			{action}
		</div>
	);
}

export function Skeleton({ rows = 3 }: { readonly rows?: number }) {
	const { shell } = useWords();
	return (
		<div class="skeleton" role="status" aria-label={shell.loading}>
			{Array.from({ length: rows }, (_, index) => (
				<span key={index} />
			))}
		</div>
	);
}

export function Notice({
	kind = "info",
	children,
	action,
}: {
	readonly kind?: "info" | "good" | "warn" | "bad";
	readonly children: ComponentChildren;
	readonly action?: ComponentChildren;
}) {
	return (
		<div class={`notice is-${kind}`} role={kind === "bad" ? "alert" : "status"}>
			<div>{children}</div>
			{action}
		</div>
	);
}

/** What was asked: its skeleton, its failure with a way to ask again, or the answer. */
export function Answered<T>({
	asked,
	rows,
	children,
}: {
	readonly asked: Reading<T>;
	readonly rows?: number;
	readonly children: (value: T) => ComponentChildren;
}) {
	const { shell } = useWords();
	const wordsOf = useRefusalWords();
	const { value, refusal, refresh } = asked;
	return (
		<>
			{refusal && (
				<Notice
					kind="bad"
					action={
						<Button small onClick={refresh}>
							{shell.again}
						</Button>
					}
				>
					{wordsOf(refusal)}
				</Notice>
			)}
			{value !== undefined ? children(value) : !refusal && <Skeleton {...(rows !== undefined && { rows })} />}
		</>
	);
}
