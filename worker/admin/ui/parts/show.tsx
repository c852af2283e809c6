// Small things that are looked at: marks, figures, progress, faces.

import type { ComponentChildren } from "preact";
import { useFormat } from "../language.ts";

export function Badge({
	kind = "plain",
	title,
	children,
}: {
	readonly kind?: "plain" | "accent" | "good" | "warn" | "bad";
	readonly title?: string;
	readonly children: ComponentChildren;
}) {
	return (
		<span class={`badge is-${kind}`} title={title}>
			{children}
		</span>
	);
}

/** What of a figure is for the better; neither where only its reader can say. */
export type Better = "more" | "less" | "neither";

export interface StatProps {
	readonly label: string;
	readonly value: string;
	/** Change against the time before, as a share. */
	readonly change?: number | undefined;
	readonly against?: string;
	readonly better?: Better;
	readonly href?: string;
	/** One of several, of which the chosen one is shown further. */
	readonly isChosen?: boolean;
	readonly onChoose?: () => void;
}

export function Stat({ label, value, change, against, better, href, isChosen, onChoose }: StatProps) {
	const words = (
		<>
			<span class="stat-name">{label}</span>
			<strong>{value}</strong>
			{(change !== undefined || against) && (
				<small>
					{change !== undefined && <Change of={change} {...(better && { better })} />} {against}
				</small>
			)}
		</>
	);
	if (onChoose)
		return (
			<button type="button" class="stat" aria-pressed={isChosen ?? false} onClick={onChoose}>
				{words}
			</button>
		);
	return href ? (
		<a class="stat" href={href}>
			{words}
		</a>
	) : (
		<div class="stat">{words}</div>
	);
}

/** A change as a share, and whether it is one for the better. */
export function Change({ of, better = "more" }: { readonly of: number; readonly better?: Better }) {
	const format = useFormat();
	const isGood = better === "less" ? of < 0 : of > 0;
	const isPlain = of === 0 || better === "neither";
	return (
		<b class={isPlain ? "change" : isGood ? "change is-good" : "change is-bad"}>
			{of > 0 ? "+" : ""}
			{format.percent(of)}
		</b>
	);
}

/** How far something has come, between 0 and 1; without a share it only says that it goes on. */
export function Progress({ label, share }: { readonly label: string; readonly share?: number | undefined }) {
	const format = useFormat();
	return (
		<div class="progress">
			<span>
				{label}
				{share !== undefined && <b>{format.percent(share)}</b>}
			</span>
			<progress aria-label={label} {...(share !== undefined && { value: share })} max={1} />
		</div>
	);
}

/** Shares of one whole, or figures to compare, the largest first. */
export function Bars({
	label,
	rows,
}: {
	readonly label: string;
	readonly rows: readonly {
		readonly name: ComponentChildren;
		readonly key: string;
		readonly value: number;
		readonly shown: string;
		readonly href?: string;
	}[];
}) {
	const most = Math.max(...rows.map(({ value }) => value), 1e-9);
	return (
		<ul class="bars" aria-label={label}>
			{rows.map(({ key, name, value, shown, href }) => (
				<li key={key}>
					<i style={{ inlineSize: `${(100 * value) / most}%` }} aria-hidden="true" />
					<span class="bars-name">{href ? <a href={href}>{name}</a> : name}</span>
					<b>{shown}</b>
				</li>
			))}
		</ul>
	);
}

export function Avatar({ name }: { readonly name: string | undefined }) {
	const letters = (name ?? "?")
		.split(/[\s@.]+/)
		.slice(0, 2)
		.map((word) => word.slice(0, 1).toLocaleUpperCase())
		.join("");
	return (
		<span class="avatar" aria-hidden="true">
			{letters}
		</span>
	);
}

const mostNames = 2;

/** Many things by their names: the first of them, and the others where one points at how many there are. */
export function Names({
	ids,
	nameOf,
	kind,
}: {
	readonly ids: readonly string[];
	readonly nameOf: (id: string) => string;
	readonly kind?: "accent";
}) {
	const format = useFormat();
	if (ids.length === 0) return <span class="soft">–</span>;
	const rest = ids.slice(mostNames).map(nameOf);
	return (
		<span class="names">
			{ids.slice(0, mostNames).map((id) => (
				<Badge key={id} {...(kind && { kind })} title={nameOf(id)}>
					{nameOf(id)}
				</Badge>
			))}
			{rest.length > 0 && <Badge title={format.list(rest)}>+{rest.length}</Badge>}
		</span>
	);
}
