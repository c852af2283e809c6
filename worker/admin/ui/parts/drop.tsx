// A file, chosen or dropped.

import { Upload } from "lucide";
import { useId, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { Progress } from "./show.tsx";

export interface DropProps {
	readonly label: string;
	readonly hint?: string;
	/** As the input takes it: `.csv,text/csv`. */
	readonly accept?: string;
	readonly onFile: (file: File) => void;
	/** What is being done with the last one, meanwhile. */
	readonly busy?: string | undefined;
}

export function Drop({ label, hint, accept, onFile, busy }: DropProps) {
	const id = useId();
	const [isOver, setIsOver] = useState(false);
	if (busy !== undefined)
		return (
			<div class="drop is-busy" role="status">
				<Progress label={busy} />
			</div>
		);
	return (
		<label
			class={`drop${isOver ? " is-over" : ""}`}
			for={id}
			onDragOver={(event) => {
				event.preventDefault();
				setIsOver(true);
			}}
			onDragLeave={() => setIsOver(false)}
			onDrop={(event) => {
				event.preventDefault();
				setIsOver(false);
				const file = event.dataTransfer?.files[0];
				if (file) onFile(file);
			}}
		>
			<Icon of={Upload} size={20} />
			<strong>{label}</strong>
			{hint && <small>{hint}</small>}
			<input
				id={id}
				class="unseen"
				type="file"
				accept={accept}
				onChange={({ currentTarget }) => {
					const file = currentTarget.files?.[0];
					// The same file may be chosen again after it was put right.
					currentTarget.value = "";
					if (file) onFile(file);
				}}
			/>
		</label>
	);
}
