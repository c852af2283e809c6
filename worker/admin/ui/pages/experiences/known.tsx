// What an experience may speak of, as the site has it.

import { useAsked } from "../../api/asked.ts";
import { useKnown } from "../../builder/known.ts";
import { useWords } from "../../language.ts";
import { Combobox } from "../../parts/combobox.tsx";
import { Select } from "../../parts/field.tsx";
import { useSite } from "../../site.ts";

interface Chosen {
	readonly label: string;
	readonly value: string;
	readonly onChange: (value: string) => void;
	readonly error?: string;
}

interface Pools {
	readonly pools: readonly { readonly pool: string; readonly codes: number; readonly left: number }[];
}

export function PoolInput(props: Chosen) {
	const site = useSite();
	const { experiences: words } = useWords();
	const pools = useAsked<Pools>(`${site.api}/pools`).value?.pools ?? [];
	return (
		<Combobox
			{...props}
			hint={words.poolHint}
			suggest={() => pools.map(({ pool, left }) => ({ value: pool, note: words.codesLeft(left) }))}
		/>
	);
}

export function SegmentInput(props: Chosen) {
	const { experiences: words } = useWords();
	const { segments } = useKnown();
	return <Select {...props} options={[{ value: "", label: words.everybody }, ...segments]} />;
}

export function AttributeInput(props: Chosen) {
	const { attributes } = useKnown();
	return (
		<Combobox
			{...props}
			suggest={() => attributes.map(({ name, label }) => ({ value: name, label: name, note: label }))}
		/>
	);
}
