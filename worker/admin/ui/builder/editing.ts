// What the rows and groups of one builder share.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Condition } from "../../../domain/condition.ts";
import type { Mark } from "./marks.tsx";
import type { Question } from "./questions.ts";
import type { Path } from "./tree.ts";

export interface Editing {
	readonly root: Condition;
	readonly change: (root: Condition) => void;
	readonly questions: readonly Question[];
	/** What is dragged, while it is. */
	readonly dragged: Path | undefined;
	readonly drag: (path: Path | undefined) => void;
	/** Said to who listens. */
	readonly say: (text: string) => void;
	/** Takes the focus to the handle of what was moved. */
	readonly follow: (path: Path) => void;
	/** Takes the focus into what was just added. */
	readonly enter: (path: Path) => void;
	/** By path. */
	readonly marks: ReadonlyMap<string, readonly Mark[]>;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export function useEditing(): Editing {
	const editing = useContext(EditingContext);
	if (!editing) throw new Error("a group stands in a builder");
	return editing;
}

export const nameOf = (path: Path) => path.join(".");
