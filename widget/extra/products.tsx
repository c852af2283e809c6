// Recommended products among other blocks: in a pop-up, a bar, a banner.

import type { JSX } from "preact";
import css from "../frame/products.css";
import { areProducts, type ProductsBlock, productsOf } from "../frame/products.ts";
import type { Kinds, Setting } from "../ui/blocks.tsx";
import { useEffect, useRef } from "../ui/hooks.ts";

function Products({ offer, host, ...block }: Setting & ProductsBlock): JSX.Element {
	const at = useRef<HTMLDivElement>(null);
	useEffect(() => {
		at.current?.replaceChildren(productsOf(block, offer, host));
		return undefined;
	}, []);
	return <div class="products-block" ref={at} />;
}

export const kinds: Kinds = { products: { is: areProducts, Draw: Products } };
export { css };
