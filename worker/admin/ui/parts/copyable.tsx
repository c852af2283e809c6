import { Copy } from "lucide";
import { useRef } from "preact/hooks";
import { useWords } from "../language.ts";
import { say } from "../shell/toasts.tsx";
import { Button } from "./button.tsx";

/** Text to be taken elsewhere as it stands. */
export function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
	const { shell } = useWords();
	const field = useRef<HTMLTextAreaElement>(null);
	async function copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(text);
			say(shell.copied);
		} catch {
			// Where that is not allowed, it is marked, and the keys copy it.
			field.current?.focus();
		}
	}
	return (
		<div class="copyable">
			<textarea
				ref={field}
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
