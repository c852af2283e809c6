import { useFormat, useWords } from "../../language.ts";
import { Badge } from "../../parts/show.tsx";
import { type Listed, linkIn } from "./kept.ts";

/** What it costs now, and beside a reduction the lowest price of the 30 days before: nothing else may be struck out. */
export function Price({ of }: { readonly of: Listed }) {
	const { products: words } = useWords();
	const format = useFormat();
	const { price, before, currency } = of;
	return (
		<span class="price">
			<b>{format.money(price, currency)}</b>
			{before !== undefined && <small>{words.lowestShort(format.money(before, currency))}</small>}
		</span>
	);
}

export function Availability({ of }: { readonly of: Listed }) {
	const { products: words } = useWords();
	if (of.goneAt !== null) return <Badge>{words.gone}</Badge>;
	const kind =
		of.availability === "in-stock" ? "good" : of.availability === "out-of-stock" ? "bad" : "accent";
	return <Badge kind={kind}>{words.availability[of.availability]}</Badge>;
}

export function Picture({ of, large }: { readonly of: Listed; readonly large?: boolean }) {
	const address = linkIn(of.image);
	const size = large ? 240 : 40;
	return address ? (
		<img
			class={`product-picture${large ? " is-large" : ""}`}
			src={address}
			alt=""
			width={size}
			height={size}
			loading="lazy"
			referrerpolicy="no-referrer"
		/>
	) : (
		<span class={`product-picture${large ? " is-large" : ""}`} aria-hidden="true" />
	);
}
