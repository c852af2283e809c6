// What all reports have: their names, the days that they are of, and a file of what is seen.

import { Download } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { download } from "../../api/call.ts";
import { type Days, presets, queryOf } from "../../figures/period.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Choice, Input, Switch } from "../../parts/field.tsx";
import { Page, Tabs } from "../../parts/page.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { type ReportAddress, tabs, useAddress } from "./address.ts";

export interface FrameProps {
	readonly title?: string;
	readonly above?: readonly { readonly name: string; readonly href: string }[];
	readonly actions?: ComponentChildren;
	readonly children: (address: ReportAddress) => ComponentChildren;
}

export function Frame({ title, above = [], actions, children }: FrameProps) {
	const { reports: words } = useWords();
	const address = useAddress();
	return (
		<Page
			wide
			title={title ?? words.title}
			above={above}
			actions={actions}
			tabs={
				<Tabs
					label={words.reports}
					tabs={tabs.map((tab) => ({ name: words.tabs[tab], href: address.of(tab) }))}
				/>
			}
		>
			<PeriodChooser key={JSON.stringify(queryOf(address.choice))} address={address} />
			{children(address)}
		</Page>
	);
}

const own = "own";

function PeriodChooser({ address: { choice, choose } }: { readonly address: ReportAddress }) {
	const { reports: words } = useWords();
	const { of, isCompared } = choice;
	const [isOwn, setIsOwn] = useState(!("days" in of));
	const set = (of: Days) => choose({ of, isCompared });
	return (
		<div class="report-days">
			<Choice
				label={words.period}
				hideLabel
				value={isOwn || !("days" in of) ? own : String(of.days)}
				options={[
					...presets.map((days) => ({ value: String(days), label: words.periods[days] })),
					{ value: own, label: words.own },
				]}
				onChange={(value) => {
					const days = presets.find((one) => String(one) === value);
					setIsOwn(days === undefined);
					if (days !== undefined) set({ days });
				}}
			/>
			{isOwn && <OwnDays of={of} onSet={set} />}
			<Switch
				label={words.compare}
				checked={isCompared}
				onChange={(isCompared) => choose({ of, isCompared })}
			/>
		</div>
	);
}

function OwnDays({ of, onSet }: { readonly of: Days; readonly onSet: (of: Days) => void }) {
	const { reports: words } = useWords();
	const [from, setFrom] = useState("from" in of ? of.from : "");
	const [until, setUntil] = useState("until" in of ? of.until : "");
	const isWrong = from !== "" && until !== "" && from > until;
	return (
		<form
			class="own-days"
			onSubmit={(event) => {
				event.preventDefault();
				if (!isWrong) onSet({ from, until });
			}}
		>
			<Input label={words.from} type="date" value={from} onInput={setFrom} required />
			<Input
				label={words.until}
				type="date"
				value={until}
				onInput={setUntil}
				required
				error={isWrong ? words.wrongWay : undefined}
			/>
			<Button type="submit" disabled={isWrong}>
				{words.apply}
			</Button>
		</form>
	);
}

/** The rows that are seen as a file. */
export function Csv({ path, of }: { readonly path: string; readonly of?: string }) {
	const { reports: words } = useWords();
	const [isBusy, setBusy] = useState(false);
	async function get(): Promise<void> {
		setBusy(true);
		try {
			await download("GET", `${path}&format=csv`);
		} catch (error) {
			sayRefused(error);
		}
		setBusy(false);
	}
	return (
		<Button icon={Download} small busy={isBusy} onClick={() => void get()}>
			{of === undefined ? words.csv : words.csvOf(of)}
		</Button>
	);
}
