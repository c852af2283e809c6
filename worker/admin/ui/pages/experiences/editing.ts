// What the parts of the editor share.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Problem } from "../../api/call.ts";
import { useProblemWords } from "../../parts/refusal.ts";
import type { Draft, Language, Path } from "./draft.ts";

export interface Editing {
	readonly draft: Draft;
	/** `what`: edits of the same in a row are one step of undoing. */
	readonly change: (draft: Draft, what?: string) => void;
	/** Which is shown, and whose structure is edited. */
	readonly language: Language;
	/** A block, by its way within a content. */
	readonly chosen: Path | undefined;
	readonly choose: (at: Path | undefined) => void;
	readonly problems: readonly Problem[];
	readonly mayEdit: boolean;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export function useEditing(): Editing {
	const editing = useContext(EditingContext);
	if (!editing) throw new Error("this stands within an editor");
	return editing;
}

/** Why what stands exactly there was refused. */
export function useProblem(...paths: readonly Path[]): string | undefined {
	const { problems } = useEditing();
	const wordsOf = useProblemWords();
	const places = paths.map((path) => path.join("."));
	const problem = problems.find(({ at }) => places.includes(at));
	return problem && wordsOf(problem);
}
