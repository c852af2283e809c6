// Codes for a pool, pasted or from a file: what is wrong with them is seen before they are sent.

import { useMemo, useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Drop } from "../../parts/drop.tsx";
import { Input, Textarea } from "../../parts/field.tsx";
import { Notice } from "../../parts/page.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import { codesIn } from "./codes.ts";

/** As many as the API takes at once. */
const batch = 10_000;
const wrongShown = 8;
const isName = (text: string) => /^[a-z0-9-]{1,64}$/.test(text);

export default function CodesDialog(props: {
	/** A new one where there is none. */
	readonly pool?: string;
	readonly known: readonly string[];
	readonly onClose: () => void;
	readonly onAdded: () => void;
}) {
	const { pool, known, onClose, onAdded } = props;
	const { coupons: words, shell } = useWords();
	const format = useFormat();
	const site = useSite();
	const [name, setName] = useState(pool ?? "");
	const [text, setText] = useState("");
	const [isTable, setTable] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const { codes, twice, wrong } = useMemo(() => codesIn(text, isTable), [text, isTable]);
	const isSound = isName(name);

	async function add(): Promise<void> {
		setBusy(true);
		try {
			let added = 0;
			// A list may be sent again: what the pool has is passed over, so nothing is lost where it breaks off.
			for (let from = 0; from < codes.length; from += batch) {
				const body = { codes: codes.slice(from, from + batch) };
				added += (await call<{ added: number }>("POST", `${site.api}/pools/${name}/codes`, body)).added;
			}
			const before = codes.length - added;
			say(before > 0 ? words.addedBut(added, before) : words.added(added));
			onAdded();
		} catch (error) {
			sayRefused(error);
			setBusy(false);
		}
	}
	return (
		<Dialog
			title={pool === undefined ? words.add : words.addTo(pool)}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button
						kind="primary"
						busy={isBusy}
						disabled={!isSound || codes.length === 0}
						onClick={() => void add()}
					>
						{words.doAdd(codes.length)}
					</Button>
				</>
			}
		>
			{pool === undefined && (
				<Input
					label={words.name}
					hint={known.includes(name) ? words.nameTaken : words.nameHint}
					{...(name !== "" && !isSound && { error: words.nameWrong })}
					value={name}
					maxLength={64}
					required
					onInput={setName}
				/>
			)}
			<Textarea
				label={words.codes}
				hint={words.codesHint}
				rows={6}
				value={text}
				onInput={(written) => {
					setText(written);
					setTable(false);
				}}
			/>
			<Drop
				label={words.drop}
				hint={words.dropHint}
				accept=".csv,.txt,text/csv,text/plain"
				onFile={(file) => {
					void file.text().then((read) => {
						setText(read);
						setTable(true);
					});
				}}
			/>
			<div class="stack" role="status">
				{codes.length > 0 && (
					<p>
						<strong>{words.found(codes.length)}</strong>
						{twice > 0 && <span class="hint"> · {words.twice(twice)}</span>}
					</p>
				)}
				{wrong.length > 0 && (
					<Notice kind="warn">
						{words.wrong(wrong.length)}
						<ul>
							{wrong.slice(0, wrongShown).map((one) => (
								<li key={`${one.line} ${one.text}`}>{words.line(format.number(one.line), one.text)}</li>
							))}
							{wrong.length > wrongShown && (
								<li>{words.andMore(format.number(wrong.length - wrongShown))}</li>
							)}
						</ul>
					</Notice>
				)}
			</div>
		</Dialog>
	);
}
