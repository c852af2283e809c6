// The products of a site, with their variants.

import { ChevronDown, ChevronRight, Package, Search } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Choice, Input } from "../../parts/field.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { type Grouped, grouped, type Listed, type ProductList } from "./kept.ts";
import { Availability, Picture, Price } from "./price.tsx";
import { CatalogueTabs } from "./tabs.tsx";

const settledMs = 250;
type Offered = "all" | "true" | "false";

interface Row {
	readonly product: Listed;
	/** Of the product that its variants are shown below. */
	readonly of?: Grouped;
	readonly isVariant: boolean;
}

export default function Products() {
	const { products: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const [q, setQ] = useState("");
	const [offered, setOffered] = useState<Offered>("all");
	const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
	const written = useSettled(q, settledMs);
	const query = new URLSearchParams({
		...(written.trim() !== "" && { q: written.trim() }),
		...(offered !== "all" && { offered }),
	});
	const path = `${site.api}/products?${query}`;
	const asked = useAsked<ProductList>(path);
	const [further, setFurther] = useState<ProductList>();
	const [isLoading, setLoading] = useState(false);
	useEffect(() => setFurther(undefined), [path]);

	async function more(after: number): Promise<void> {
		setLoading(true);
		try {
			const next = await call<ProductList>("GET", `${path}&after=${after}`);
			setFurther({ products: [...(further?.products ?? []), ...next.products], next: next.next });
		} catch (error) {
			sayRefused(error);
		} finally {
			setLoading(false);
		}
	}
	function toggle(key: string): void {
		const now = new Set(open);
		if (!now.delete(key)) now.add(key);
		setOpen(now);
	}
	const rowsOf = (products: readonly Listed[]): readonly Row[] =>
		grouped(products).flatMap((one): readonly Row[] => [
			{ product: one.main, isVariant: false, ...(one.variants.length > 0 && { of: one }) },
			...(open.has(one.key) ? one.variants.map((product) => ({ product, isVariant: true })) : []),
		]);
	const isNarrowed = query.size > 0;
	return (
		<Page title={words.title} lead={words.lead} tabs={<CatalogueTabs />}>
			<div class="product-filters">
				<Input
					label={words.search}
					hideLabel
					type="search"
					placeholder={words.searchPlaceholder}
					value={q}
					maxLength={200}
					onInput={setQ}
				/>
				<Choice
					label={words.offeredLabel}
					hideLabel
					value={offered}
					options={(["all", "true", "false"] as const).map((value) => ({
						value,
						label: words.offered[value],
					}))}
					onChange={setOffered}
				/>
			</div>
			<Answered asked={asked}>
				{(first) => {
					const products = [...first.products, ...(further?.products ?? [])];
					const next = (further ?? first).next;
					if (products.length === 0)
						return isNarrowed ? (
							<Empty icon={Search} title={words.nothingFound}>
								{words.nothingFoundWhy}
							</Empty>
						) : (
							<Empty
								icon={Package}
								title={words.none}
								action={
									mayEdit && (
										<LinkButton kind="primary" href={`${site.home}/products/feed`}>
											{words.toFeed}
										</LinkButton>
									)
								}
							>
								{words.noneWhy}
							</Empty>
						);
					return (
						<Table
							label={words.title}
							rows={rowsOf(products)}
							keyOf={({ product, isVariant }) => `${isVariant ? "v" : "p"} ${product.id}`}
							onMore={next === null ? undefined : () => void more(next)}
							isLoadingMore={isLoading}
							columns={[
								{
									id: "product",
									label: words.product,
									isMain: true,
									cell: ({ product, of, isVariant }) => (
										<span class={`product${isVariant ? " is-variant" : ""}`}>
											<Picture of={product} />
											<span class="product-name">
												<a href={`${site.home}/products/item/${encodeURIComponent(product.id)}`}>
													{product.name}
												</a>
												<small>{product.id}</small>
											</span>
											{of && (
												<Button
													kind="quiet"
													small
													icon={open.has(of.key) ? ChevronDown : ChevronRight}
													isOpen={open.has(of.key)}
													onClick={() => toggle(of.key)}
												>
													{words.variants(of.variants.length)}
												</Button>
											)}
										</span>
									),
								},
								{
									id: "price",
									label: words.price,
									isNumber: true,
									cell: ({ product }) => <Price of={product} />,
								},
								{
									id: "stock",
									label: words.stock,
									cell: ({ product, of }) => (of ? <Stock of={of} /> : <Availability of={product} />),
								},
								{ id: "brand", label: words.brand, cell: ({ product }) => product.brand ?? "–" },
								{
									id: "updated",
									label: words.updated,
									cell: ({ product: { knownAt } }) => (
										<span title={format.dateTime(knownAt)}>{format.relative(knownAt)}</span>
									),
								},
							]}
						/>
					);
				}}
			</Answered>
		</Page>
	);
}

function Stock({ of: { variants } }: { readonly of: Grouped }) {
	const { products: words } = useWords();
	const format = useFormat();
	const there = variants.filter(({ availability, goneAt }) => availability === "in-stock" && goneAt === null);
	const [first] = variants;
	if (first && (there.length === 0 || there.length === variants.length)) return <Availability of={first} />;
	return <small>{words.inStockOf(format.number(there.length), format.number(variants.length))}</small>;
}
