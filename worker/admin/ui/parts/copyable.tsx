import { Copy } from "lucide";
import { useWords } from "../language.ts";
import { say } from "../shell/toasts.tsx";
import { Button } from "./button.tsx";

/** Text to be taken elsewhere as it stands. */
export function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
	const { shell } = useWords();
	async function copy(): Promise<void> {
		await navigator.clipboard.writeText(text);
		say(shell.copied);
	}
	return (
		<div class="copyable">
			<textarea
				aria-label={label}
				readOnly
				spellcheck={false}
				rows={text.split("\n").length}
				value={text}
				onFocus={({ currentTarget }) => currentTarget.select()}
			/>
			<Button small icon={Copy} onClick={() => void copy()}>
				{shell.copy}
			</Button>
		</div>
	);
}
