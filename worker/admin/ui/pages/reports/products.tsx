// What recommendation frames come to, by what each shows, and which products were clicked.

import { useState } from "preact/hooks";
import type {
	Experiences as ExperiencesView,
	Frames as FramesView,
	Products as ProductsView,
} from "../../../../protocol/figure.ts";
import type { Experience } from "../../../../protocol/site.ts";
import { useAsked } from "../../api/asked.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { usePrevious } from "../../figures/previous.ts";
import { useMoney, useNames } from "../../figures/site.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Answered, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";
import type { ReportAddress } from "./address.ts";
import { Beside } from "./beside.tsx";
import { byExperience } from "./editions.ts";
import { OwedCell, Step } from "./experiences.tsx";
import { Csv, Frame } from "./frame.tsx";
import { Who } from "./who.tsx";

export function Products() {
	return (
		<Frame>
			{(address) => (
				<>
					<Strategies address={address} />
					<Frames address={address} />
					<Clicked address={address} />
				</>
			)}
		</Frame>
	);
}

interface Props {
	readonly address: ReportAddress;
}

/** Where the products of an experience come from, in the order in which they are asked; none where it shows none. */
export function strategiesOf(experience: Experience | null): readonly string[] {
	const contents = Object.values(experience?.content ?? {});
	const blocks = contents.flatMap((content) => content?.blocks ?? []);
	const sources = blocks.flatMap((block) => (block.kind === "products" ? (block.recipe?.sources ?? []) : []));
	return [...new Set(sources.map(({ by }) => by))];
}

function Strategies({ address }: Props) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const site = useSite();
	const path = `${site.api}/reports/frames?${address.asked}`;
	const asked = useAsked<FramesView>(path);
	const then = usePrevious(`${site.api}/reports/frames`, asked.value, address.choice.isCompared);
	const was = new Map(then?.strategies.map((one) => [one.strategies.join(" "), one]));
	return (
		<Answered asked={asked}>
			{({ strategies }) =>
				strategies.length === 0 ? null : (
					<Section plain title={words.byStrategy} hint={words.byStrategyHint} actions={<Csv path={path} />}>
						<Table
							label={words.byStrategy}
							rows={strategies}
							keyOf={(one) => one.strategies.join(" ")}
							columns={[
								{
									id: "strategy",
									label: words.strategy,
									isMain: true,
									cell: (one) => (
										<span class="two-lines">
											{format.list(one.strategies.map((by) => words.strategies[by] ?? by))}
											<small>{one.frames.map(({ name }) => name).join(", ")}</small>
										</span>
									),
								},
								{
									id: "shown",
									label: words.views,
									isNumber: true,
									cell: (one) => <Beside now={one.shown} then={was.get(one.strategies.join(" "))?.shown} />,
								},
								{
									id: "clicks",
									label: words.clicks,
									isNumber: true,
									cell: (one) => <Step n={one.clicked} of={one.shown} />,
								},
								{
									id: "people",
									label: figures.people,
									isNumber: true,
									cell: ({ conditions, strategies: of }) => (
										<Who
											of={conditions.clicked}
											name={format.list(of.map((by) => words.strategies[by] ?? by))}
										/>
									),
								},
								{
									id: "byClick",
									label: words.byClick,
									isNumber: true,
									cell: ({ byClick }) => <OwedCell of={byClick} />,
								},
								{
									id: "byView",
									label: words.byView,
									isNumber: true,
									cell: ({ byView }) => <OwedCell of={byView} />,
								},
							]}
						/>
					</Section>
				)
			}
		</Answered>
	);
}

function Frames({ address }: Props) {
	const { reports: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const definitions = useDefinitions("experience");
	const asked = useAsked<ExperiencesView>(`${site.api}/reports/experiences?${address.asked}`);
	return (
		<Section plain title={words.frames} hint={words.framesHint}>
			<Answered asked={definitions}>
				{({ definitions: kept }) => (
					<Answered asked={asked}>
						{({ experiences }) => {
							const known = new Map(kept.map((one) => [one.id, one]));
							const frames = byExperience(experiences).flatMap((sum) => {
								const of = known.get(sum.experience);
								const strategies = strategiesOf(of?.live?.definition ?? of?.draft ?? null);
								return strategies.length === 0 ? [] : [{ ...sum, strategies, name: of?.names[lang] }];
							});
							return frames.length === 0 ? (
								<p class="hint">{words.noFrames}</p>
							) : (
								<Table
									label={words.frames}
									rows={frames.toSorted(
										(a, b) => b.byClick.revenue - a.byClick.revenue || b.reactions - a.reactions,
									)}
									keyOf={({ experience }) => experience}
									columns={[
										{
											id: "frame",
											label: words.frame,
											isMain: true,
											cell: ({ experience, name }) => (
												<a href={address.of(`experiences/${experience}`)}>{name ?? experience}</a>
											),
										},
										{
											id: "strategy",
											label: words.strategy,
											cell: ({ strategies }) => (
												<span class="names">
													{strategies.map((one) => (
														<Badge key={one}>{words.strategies[one] ?? one}</Badge>
													))}
												</span>
											),
										},
										{
											id: "shown",
											label: words.shown,
											isNumber: true,
											cell: ({ outcomes }) => <Step n={outcomes.shown} of={outcomes.qualified} />,
										},
										{
											id: "clicks",
											label: words.clicks,
											isNumber: true,
											cell: ({ outcomes }) => <Step n={outcomes.clicked} of={outcomes.shown} />,
										},
										{
											id: "byClick",
											label: words.byClick,
											isNumber: true,
											cell: ({ byClick }) => <OwedCell of={byClick} />,
										},
										{
											id: "byView",
											label: words.byView,
											isNumber: true,
											cell: ({ byView }) => <OwedCell of={byView} />,
										},
									]}
								/>
							);
						}}
					</Answered>
				)}
			</Answered>
		</Section>
	);
}

const mostAtFirst = 20;
const keyOf = ({ experience, product }: ProductsView["products"][number]) => `${experience} ${product}`;

function Clicked({ address }: Props) {
	const { reports: words, figures } = useWords();
	const format = useFormat();
	const money = useMoney();
	const site = useSite();
	const nameOf = useNames("experience");
	const [most, setMost] = useState(mostAtFirst);
	const path = `${site.api}/reports/products?${address.asked}`;
	const asked = useAsked<ProductsView>(path);
	const then = usePrevious(`${site.api}/reports/products`, asked.value, address.choice.isCompared);
	const was = new Map(then?.products.map((one) => [keyOf(one), one]));
	return (
		<Answered asked={asked} rows={6}>
			{({ products }) => (
				<Section plain title={words.products} actions={products.length > 0 && <Csv path={path} />}>
					{products.length === 0 ? (
						<p class="hint">{words.noProducts}</p>
					) : (
						<Table
							label={words.products}
							rows={products.slice(0, most)}
							keyOf={keyOf}
							onMore={products.length > most ? () => setMost(most + 100) : undefined}
							columns={[
								{
									id: "product",
									label: words.product,
									isMain: true,
									cell: ({ product, name }) => (
										<span class="two-lines">
											{name ?? product}
											{name !== null && <small>{product}</small>}
										</span>
									),
								},
								{
									id: "experience",
									label: words.experience,
									cell: ({ experience }) => (
										<a href={address.of(`experiences/${experience}`)}>{nameOf(experience)}</a>
									),
								},
								{
									id: "clicks",
									label: words.clicks,
									isNumber: true,
									cell: (one) => <Beside now={one.clicks} then={was.get(keyOf(one))?.clicks} />,
								},
								{
									id: "orders",
									label: figures.orders,
									isNumber: true,
									cell: ({ orders }) => format.number(orders),
								},
								{
									id: "revenue",
									label: figures.revenue,
									isNumber: true,
									cell: ({ revenue }) => money(revenue),
								},
								{
									id: "people",
									label: figures.people,
									isNumber: true,
									cell: ({ product, name, condition }) => <Who of={condition} name={name ?? product} />,
								},
							]}
						/>
					)}
					{products.length === 1_000 && <p class="hint">{words.mostProducts}</p>}
				</Section>
			)}
		</Answered>
	);
}
