// A few short texts, each by itself: added at the end, taken out one by one.

import { Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";

export function Lines({
	label,
	at,
	placeholder,
	lines,
	onChange,
	read,
	wrong,
}: {
	readonly label: string;
	/** The way to them in what is sent. */
	readonly at: string;
	readonly placeholder: string;
	readonly lines: readonly string[];
	readonly onChange: (lines: string[]) => void;
	/** What is kept of what was written; undefined where it is none. */
	readonly read: (written: string) => string | undefined;
	readonly wrong: string;
}) {
	const { shell, settings: words } = useWords();
	const [written, setWritten] = useState("");
	const [isWrong, setWrong] = useState(false);
	function add(event: Event): void {
		event.preventDefault();
		const line = read(written.trim());
		setWrong(line === undefined);
		if (line === undefined) return;
		if (!lines.includes(line)) onChange([...lines, line]);
		setWritten("");
	}
	return (
		<div class="stack">
			{lines.length > 0 && (
				<ul class="settings-lines">
					{lines.map((line) => (
						<li key={line}>
							<code>{line}</code>
							<IconButton
								small
								icon={Trash2}
								label={words.removeLine(line)}
								onClick={() => onChange(lines.filter((one) => one !== line))}
							/>
						</li>
					))}
				</ul>
			)}
			<form class="settings-line" onSubmit={add}>
				<Input
					label={label}
					at={at}
					placeholder={placeholder}
					error={isWrong ? wrong : undefined}
					value={written}
					onInput={(text) => {
						setWritten(text);
						setWrong(false);
					}}
				/>
				<Button type="submit" icon={Plus} disabled={written.trim() === ""}>
					{shell.add}
				</Button>
			</form>
		</div>
	);
}
