// The audit log, or one person's part of it: the latest first, page by page.

import { ScrollText } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Audit, AuditRow } from "../../../protocol/audit.ts";
import { useAsked } from "../api/asked.ts";
import { call } from "../api/call.ts";
import { useFormat, useWords } from "../language.ts";
import { Answered, Empty } from "../parts/page.tsx";
import { Badge } from "../parts/show.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { sayRefused } from "../shell/toasts.tsx";

export function AuditRows({
	path,
	withWho,
	empty,
}: {
	/** With its query, without a page's own part of it. */
	readonly path: string;
	readonly withWho?: boolean;
	/** Where filters leave nothing. */
	readonly empty?: ComponentChildren;
}) {
	const { audit } = useWords();
	const format = useFormat();
	const asked = useAsked<Audit>(path);
	const [more, setMore] = useState<Audit>();
	const [isLoading, setLoading] = useState(false);
	const first = asked.value;
	// Another first page makes the later ones old.
	useEffect(() => setMore(undefined), [first]);

	async function loadMore(next: string): Promise<void> {
		setLoading(true);
		try {
			const page = await call<Audit>("GET", `${path}${path.includes("?") ? "&" : "?"}before=${next}`);
			setMore({ rows: [...(more?.rows ?? []), ...page.rows], next: page.next });
		} catch (error) {
			sayRefused(error);
		} finally {
			setLoading(false);
		}
	}
	const who: Column<AuditRow> = {
		id: "who",
		label: audit.who,
		cell: ({ account }) => (account ? account.name || account.email : audit.operator),
	};
	const columns: Column<AuditRow>[] = [
		{
			id: "what",
			label: audit.what,
			isMain: true,
			cell: ({ act, outcome }) => (
				<span class="row">
					{audit.acts[act]}
					{outcome === "failed" && (
						<Badge kind="bad" title={audit.failedWhy}>
							{audit.failed}
						</Badge>
					)}
				</span>
			),
		},
		...(withWho ? [who] : []),
		{
			id: "about",
			label: audit.about,
			cell: ({ about }) =>
				Object.keys(about).length > 0 && (
					<small class="audit-about">
						{Object.entries(about).map(([name, value]) => (
							<span key={name}>
								{audit.abouts[name] ?? name} <code>{String(value)}</code>
							</span>
						))}
					</small>
				),
		},
		{
			id: "when",
			label: audit.when,
			cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{format.dateTime(at)}</time>,
		},
	];
	return (
		<Answered asked={asked} rows={6}>
			{({ rows, next: ofFirst }) => {
				const next = more ? more.next : ofFirst;
				if (rows.length === 0)
					return (
						empty ?? (
							<Empty icon={ScrollText} title={audit.none}>
								{audit.noneWhy}
							</Empty>
						)
					);
				return (
					<Table
						label={audit.what}
						columns={columns}
						rows={[...rows, ...(more?.rows ?? [])]}
						keyOf={({ id }) => id}
						onMore={next === null ? undefined : () => void loadMore(next)}
						isLoadingMore={isLoading}
					/>
				);
			}}
		</Answered>
	);
}
