import { useState } from "preact/hooks";
import type { Team } from "../../../../protocol/account.ts";
import { useAsked } from "../../api/asked.ts";
import { AuditRows } from "../../audit/rows.tsx";
import { useFormat, useWords } from "../../language.ts";
import { Input, Select } from "../../parts/field.tsx";
import { useSite } from "../../site.ts";

const day = 86_400_000;

export function AuditLog() {
	const { audit } = useWords();
	const format = useFormat();
	const site = useSite();
	const team = useAsked<Team>(`${site.api}/team`);
	const [act, setAct] = useState("");
	const [by, setBy] = useState("");
	const [since, setSince] = useState("");
	const [until, setUntil] = useState("");
	const query = new URLSearchParams({
		...(act && { act }),
		...(by && { by }),
		...(since && { since: String(startOf(since)) }),
		...(until && { until: String(startOf(until) + day - 1) }),
	}).toString();
	const acts = Object.entries(audit.acts)
		.map(([value, label]) => ({ value, label }))
		.toSorted((one, other) => format.compare(one.label, other.label));
	const people = (team.value?.members ?? []).map(({ account, name, email }) => ({
		value: account,
		label: name || email,
	}));
	return (
		<>
			<div class="settings-filters">
				<Select
					label={audit.what}
					value={act}
					options={[{ value: "", label: audit.anything }, ...acts]}
					onChange={setAct}
				/>
				<Select
					label={audit.who}
					value={by}
					options={[
						{ value: "", label: audit.anybody },
						...people,
						{ value: "operator", label: audit.operator },
					]}
					onChange={setBy}
				/>
				<Input label={audit.since} type="date" value={since} onInput={setSince} />
				<Input label={audit.until} type="date" value={until} onInput={setUntil} />
			</div>
			<AuditRows
				withWho
				path={`${site.api}/audit${query && `?${query}`}`}
				{...(query && { empty: <p class="hint">{audit.noneFit}</p> })}
			/>
		</>
	);
}

/** Midnight of the day where the screen is looked at. */
function startOf(date: string): number {
	return new Date(`${date}T00:00`).getTime();
}
