// Where a frame's products come from: one source after another, until there are enough, and which may not come.

import { ArrowDown, ArrowUp, Plus, X } from "lucide";
import type { Recipe, Source } from "../../../../domain/recommend/recipe.ts";
import { useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Checkbox, Input, NumberInput, Select } from "../../parts/field.tsx";
import { Menu } from "../../parts/menu.tsx";
import type { Path } from "./draft.ts";
import { SegmentInput } from "./known.tsx";
import { useValue } from "./properties.tsx";

type By = Source["by"];
const none: Recipe = { most: 4, least: 1, sources: [{ by: "popular", among: "site" }], filters: {} };

function begin(by: By): Source {
	switch (by) {
		case "popular":
			return { by, among: "site" };
		case "complementary":
			return { by, pairs: [{ category: "", with: [""] }] };
		case "hand-picked":
			return { by, products: [""] };
		default:
			return { by };
	}
}

export function RecipeForm({ at }: { readonly at: Path }) {
	const { experiences: words, shell } = useWords();
	const { value, set } = useValue(at);
	const recipe = (value as Recipe | undefined) ?? none;
	const { sources, filters } = recipe;
	const to = (next: Partial<Recipe>) => set({ ...recipe, ...next });
	const filter = (next: Record<string, unknown>) =>
		to({
			filters: Object.fromEntries(
				Object.entries({ ...filters, ...next }).filter(([, one]) => one !== undefined && one !== false),
			),
		});
	const swap = (index: number, by: number) => {
		const [one, other] = [sources[index], sources[index + by]];
		if (one && other) to({ sources: sources.with(index, other).with(index + by, one) });
	};
	const bys = Object.keys(words.sources) as By[];
	const same = (name: "category" | "brand") => (
		<Select
			label={words.recipe[name]}
			value={filters[name] ?? ""}
			options={[
				{ value: "", label: words.any },
				{ value: "same", label: words.recipe.same },
				{ value: "other", label: words.recipe.other },
			]}
			onChange={(next) => filter({ [name]: next || undefined })}
		/>
	);
	return (
		<>
			<fieldset class="editor-group">
				<legend>{words.recipe.sources}</legend>
				<p class="hint">{words.recipe.sourcesHint}</p>
				{sources.map((source, index) => (
					<div key={index} class="editor-item">
						<div class="editor-item-head">
							<Select
								label={words.recipe.source(index + 1)}
								hideLabel
								value={source.by}
								options={bys.map((by) => ({ value: by, label: words.sources[by] }))}
								onChange={(by) => to({ sources: sources.with(index, begin(by)) })}
							/>
							<IconButton
								small
								icon={ArrowUp}
								label={words.up}
								disabled={index === 0}
								onClick={() => swap(index, -1)}
							/>
							<IconButton
								small
								icon={ArrowDown}
								label={words.down}
								disabled={index === sources.length - 1}
								onClick={() => swap(index, 1)}
							/>
							<IconButton
								small
								icon={X}
								label={shell.remove}
								disabled={sources.length === 1}
								onClick={() => to({ sources: sources.toSpliced(index, 1) })}
							/>
						</div>
						<SourceForm source={source} onChange={(next) => to({ sources: sources.with(index, next) })} />
					</div>
				))}
				{sources.length < 10 && (
					<Menu
						label={words.recipe.add}
						icon={Plus}
						kind="plain"
						small
						acts={bys.map((by) => ({
							label: words.sources[by],
							onAct: () => to({ sources: [...sources, begin(by)] }),
						}))}
					>
						{words.recipe.add}
					</Menu>
				)}
			</fieldset>
			<div class="editor-pair">
				<NumberInput
					label={words.recipe.most}
					min={1}
					max={16}
					value={recipe.most}
					onInput={(most) => most && to({ most })}
				/>
				<NumberInput
					label={words.recipe.least}
					min={1}
					max={16}
					value={recipe.least}
					onInput={(least) => least && to({ least })}
				/>
			</div>
			<fieldset class="editor-group">
				<legend>{words.recipe.filters}</legend>
				<Checkbox
					label={words.recipe.notInCart}
					checked={filters.notInCart === true}
					onChange={(notInCart) => filter({ notInCart })}
				/>
				<Checkbox
					label={words.recipe.soldOutToo}
					checked={filters.soldOutToo === true}
					onChange={(soldOutToo) => filter({ soldOutToo })}
				/>
				<NumberInput
					label={words.recipe.notBoughtDays}
					unit={words.units.days}
					min={1}
					value={filters.notBoughtDays}
					onInput={(notBoughtDays) => filter({ notBoughtDays })}
				/>
				<NumberInput
					label={words.recipe.perBrand}
					min={1}
					max={16}
					value={filters.perBrand}
					onInput={(perBrand) => filter({ perBrand })}
				/>
				<div class="editor-pair">
					{same("category")}
					{same("brand")}
				</div>
			</fieldset>
		</>
	);
}

const listed = (text: string) => text.split(/[,\n]/).map((one) => one.trim());

function SourceForm({
	source,
	onChange,
}: {
	readonly source: Source;
	readonly onChange: (source: Source) => void;
}) {
	const { experiences: words } = useWords();
	if (source.by === "popular") {
		const { among } = source;
		const of = typeof among === "object" ? "segment" : among;
		return (
			<>
				<Select
					label={words.recipe.among}
					value={of}
					options={(["site", "category", "region", "segment"] as const).map((value) => ({
						value,
						label: words.among[value],
					}))}
					onChange={(next) => onChange({ ...source, among: next === "segment" ? { segment: "" } : next })}
				/>
				{typeof among === "object" && (
					<SegmentInput
						label={words.among.segment}
						value={among.segment}
						onChange={(segment) => onChange({ ...source, among: { segment } })}
					/>
				)}
			</>
		);
	}
	if (source.by === "hand-picked")
		return (
			<Input
				label={words.recipe.products}
				hint={words.recipe.productsHint}
				value={source.products.join(", ")}
				onInput={(text) => onChange({ ...source, products: listed(text) })}
			/>
		);
	if (source.by !== "complementary") return null;
	return (
		<>
			{source.pairs.map((pair, index) => (
				<div key={index} class="editor-pair">
					<Input
						label={words.recipe.category}
						value={pair.category}
						onInput={(category) =>
							onChange({ ...source, pairs: source.pairs.with(index, { ...pair, category }) })
						}
					/>
					<Input
						label={words.recipe.with}
						value={pair.with.join(", ")}
						onInput={(text) =>
							onChange({ ...source, pairs: source.pairs.with(index, { ...pair, with: listed(text) }) })
						}
					/>
				</div>
			))}
		</>
	);
}
