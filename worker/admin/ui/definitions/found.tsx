import { useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/page.tsx";

/** What is shown was written here before, and not saved: whoever comes back to it may not know. */
export function Found({ drop }: { readonly drop: () => void }) {
	const { definitions } = useWords();
	return (
		<Notice
			action={
				<Button small onClick={drop}>
					{definitions.dropUnsaved}
				</Button>
			}
		>
			{definitions.foundUnsaved}
		</Notice>
	);
}
