// Where one writes: Enter sends, Shift+Enter begins a line; a file is chosen, pasted or dropped.

import type { JSX } from "preact";
import { guard } from "../guard.ts";
import { useRef, useState } from "../ui/hooks.ts";
import { Icon } from "./icons.tsx";
import type { Words } from "./words.ts";

const mostRows = 5;
const mostText = 4_000;
export const accepted = "image/png,image/jpeg,image/gif,image/webp,application/pdf";
const faces = [
	..."😀😄😉😊😍🤔😅😂🙂😎😢😡👍👎👌🙏👏💪🤝👋❤️🔥🎉✨⭐✅❌❓📦🚚🛒💳🎁📷📞✉️⏰☕🌿🏡".matchAll(
		/\p{Extended_Pictographic}\uFE0F?/gu,
	),
].map(([face]) => face);

export interface ComposerProps {
	readonly words: Words;
	readonly mayAttach: boolean;
	readonly onSend: (text: string) => void;
	readonly onType: () => void;
	readonly onFiles: (files: readonly File[]) => void;
	/** What was written and not sent stands there again when the window is opened anew. */
	readonly draft: { text: string };
}

export function Composer({ words, mayAttach, onSend, onType, onFiles, draft }: ComposerProps): JSX.Element {
	const field = useRef<HTMLTextAreaElement>(null);
	const picker = useRef<HTMLInputElement>(null);
	const [hasFaces, showFaces] = useState(false);
	const [isEmpty, setEmpty] = useState(!draft.text.trim());
	const noted = () => {
		const text = field.current?.value ?? "";
		draft.text = text;
		setEmpty(!text.trim());
		if (field.current) field.current.rows = Math.min(mostRows, text.split("\n").length);
	};
	const send = () => {
		const text = draft.text.trim();
		if (!text || !field.current) return;
		onSend(text);
		field.current.value = "";
		noted();
		showFaces(false);
		field.current.focus();
	};
	const insert = (face: string) => {
		const element = field.current;
		if (!element) return;
		element.setRangeText(face, element.selectionStart, element.selectionEnd, "end");
		element.focus();
		noted();
	};
	const take = (list: FileList | null | undefined): boolean => {
		const files = [...(list ?? [])];
		if (mayAttach && files.length) onFiles(files);
		return files.length > 0;
	};
	return (
		<>
			{hasFaces ? (
				<fieldset class="faces" aria-label={words.emoji}>
					{faces.map((face) => (
						<button key={face} type="button" onClick={guard(() => insert(face))}>
							{face}
						</button>
					))}
				</fieldset>
			) : null}
			<div class="write">
				<button
					type="button"
					class="icon"
					aria-label={words.emoji}
					aria-expanded={hasFaces}
					onClick={guard(() => showFaces(!hasFaces))}
				>
					<Icon of="face" />
				</button>
				{mayAttach ? (
					<>
						<button
							type="button"
							class="icon"
							aria-label={words.attach}
							onClick={guard(() => picker.current?.click())}
						>
							<Icon of="attach" />
						</button>
						<input
							ref={picker}
							class="unseen"
							type="file"
							multiple
							accept={accepted}
							tabIndex={-1}
							aria-label={words.attach}
							onChange={guard(() => {
								take(picker.current?.files);
								if (picker.current) picker.current.value = "";
							})}
						/>
					</>
				) : null}
				<textarea
					ref={field}
					rows={1}
					maxLength={mostText}
					placeholder={words.write}
					aria-label={words.write}
					defaultValue={draft.text}
					enterkeyhint="send"
					onDragOver={guard((event: Event) => event.preventDefault())}
					onDrop={guard((event: DragEvent) => {
						event.preventDefault();
						take(event.dataTransfer?.files);
					})}
					onInput={guard(() => {
						noted();
						onType();
					})}
					onPaste={guard((event: ClipboardEvent) => {
						if (take(event.clipboardData?.files)) event.preventDefault();
					})}
					onKeyDown={guard((event: KeyboardEvent) => {
						// While a word is being put together, Enter is the input method's.
						if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
						event.preventDefault();
						send();
					})}
				/>
				<button
					type="button"
					class="icon go"
					aria-label={words.send}
					disabled={isEmpty}
					onClick={guard(send)}
				>
					<Icon of="send" />
				</button>
			</div>
		</>
	);
}
