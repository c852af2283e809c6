// One product of the catalogue, found by a part of its name.

import { useRef } from "preact/hooks";
import type { PushedProduct } from "../../../../protocol/chat.ts";
import { call } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Combobox } from "../../parts/combobox.tsx";
import { useSite } from "../../site.ts";
import { type Listed, linkIn, type ProductList } from "../products/kept.ts";

export type Chosen = Omit<PushedProduct, "is">;

export function Goods({
	value,
	onChange,
}: {
	readonly value: Chosen | undefined;
	readonly onChange: (chosen: Chosen | undefined) => void;
}) {
	const { chat: words } = useWords();
	const { api } = useSite();
	const found = useRef(new Map<string, Listed>());
	async function suggest(q: string) {
		const { products } = await call<ProductList>(
			"GET",
			`${api}/products?${new URLSearchParams({ offered: "true", q })}`,
		);
		for (const one of products) found.current.set(one.id, one);
		return products.slice(0, 20).map(({ id, name }) => ({ value: id, label: name, note: id }));
	}
	return (
		<Combobox
			label={words.product}
			value={value?.product ?? ""}
			strict
			suggest={suggest}
			onChange={(id) => {
				const one = found.current.get(id);
				onChange(one && chosen(one));
			}}
		/>
	);
}

function chosen({ id, name, url, image, price: amount, currency }: Listed): Chosen {
	const picture = linkIn(image);
	return {
		product: id,
		name: name.slice(0, 200),
		url,
		...(picture !== undefined && { image: picture }),
		price: { amount, currency },
	};
}
