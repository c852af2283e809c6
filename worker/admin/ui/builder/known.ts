// What a site's conditions may speak of, and the values that its people really have.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Suggestion } from "../parts/combobox.tsx";
import type { Option } from "../parts/field.tsx";
import type { ValueKind } from "./tests.tsx";

export interface KnownField {
	readonly id: string;
	readonly type: "text" | "number" | "date";
	readonly label: string;
	/** Values with names of their own, where only these are meant. */
	readonly values?: readonly Option[];
	readonly unit?: string;
}

export interface KnownAttribute {
	readonly name: string;
	readonly label: string;
	readonly kind?: ValueKind;
	readonly values?: readonly Option[];
}

export interface OfEvent {
	readonly event: string;
	readonly name?: string;
}

export interface Known {
	readonly fields: readonly KnownField[];
	readonly attributes: readonly KnownAttribute[];
	readonly events: readonly Option[];
	readonly segments: readonly Option[];
	readonly lists: readonly Option[];
	readonly programmes: readonly (Option & { readonly tiers: readonly Option[] })[];
	/** Real values, the most frequent first. Of a property, `event` says of which event; with `name`, its values. */
	readonly suggest: (of: string, written: string, which?: OfEvent) => Promise<readonly Suggestion[]>;
}

export const KnownContext = createContext<Known | undefined>(undefined);

export function useKnown(): Known {
	const known = useContext(KnownContext);
	if (!known) throw new Error("a builder stands within KnownContext");
	return known;
}
