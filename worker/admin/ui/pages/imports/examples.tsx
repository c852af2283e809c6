// What some of the rows make of whom: before and after.

import type { ComponentChildren } from "preact";
import { useFormat, useWords } from "../../language.ts";
import { Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import type { Example, ImportView } from "./kept.ts";
import { type Names, ownMarks } from "./names.ts";
import type { AttributeType } from "./targets.ts";

const examplesShown = 5;

export function Examples(props: {
	readonly title: string;
	readonly examples: readonly Example[];
	readonly view: ImportView;
	readonly names: Names;
}) {
	const { title, examples, view, names } = props;
	const { shell } = useWords();
	if (examples.length === 0) return null;
	const rest = examples.slice(examplesShown);
	return (
		<Section title={title}>
			<ul class="import-examples">
				{examples.slice(0, examplesShown).map((one) => (
					<One key={one.line} example={one} view={view} names={names} />
				))}
			</ul>
			{rest.length > 0 && (
				<details>
					<summary>{shell.more}</summary>
					<ul class="import-examples">
						{rest.map((one) => (
							<One key={one.line} example={one} view={view} names={names} />
						))}
					</ul>
				</details>
			)}
		</Section>
	);
}

function One({
	example,
	view,
	names,
}: {
	readonly example: Example;
	readonly view: ImportView;
	readonly names: Names;
}) {
	const { imports: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const typeOf = (attribute: string) =>
		view.plan.columns.flatMap((one) =>
			one.to === "attribute" && one.name === attribute ? [one.type] : [],
		)[0];
	const { line, person, tags, rules, entered, left } = example;
	const changes = example.changes.filter(({ attribute }) => !ownMarks.has(attribute));
	const at = words.line(format.number(line));
	const name = nameOf(changes);
	return (
		<li>
			<p class="import-example-name">
				{person ? <a href={`${site.home}/people/${person}`}>{name ?? at}</a> : <b>{name ?? at}</b>}
				{name !== undefined && <small>{at}</small>}
			</p>
			{changes.length === 0 ? (
				<p class="hint">{words.noChanges}</p>
			) : (
				<dl class="import-changes">
					{changes.map(({ attribute, from, to }) => {
						const type = typeOf(attribute);
						return (
							<div key={attribute}>
								<dt>{names.attribute(attribute)}</dt>
								<dd>
									{from !== null && (
										<>
											<del>{shown(from, type, format.date)}</del>{" "}
										</>
									)}
									{shown(to, type, format.date)}
								</dd>
							</div>
						);
					})}
				</dl>
			)}
			<Marks>
				{tags.map((tag) => (
					<Badge key={`t${tag}`}>{tag}</Badge>
				))}
				{rules.map((id) => (
					<Badge key={`r${id}`} kind="accent" title={words.rules}>
						{names.rule(id)}
					</Badge>
				))}
				{entered.map((id) => (
					<Badge key={`e${id}`} kind="good" title={words.entered}>
						{names.segment(id)}
					</Badge>
				))}
				{left.map((id) => (
					<Badge key={`l${id}`} kind="warn" title={words.left}>
						{names.segment(id)}
					</Badge>
				))}
			</Marks>
		</li>
	);
}

function Marks({ children }: { readonly children: ComponentChildren }) {
	return <p class="row">{children}</p>;
}

type Change = Example["changes"][number];

function nameOf(changes: readonly Change[]): string | undefined {
	const of = (attribute: string) => {
		const to = changes.find((one) => one.attribute === attribute)?.to;
		return typeof to === "string" ? to : undefined;
	};
	const whole = [of("firstName"), of("lastName")].filter((part) => part !== undefined).join(" ");
	return of("name") ?? (whole || of("email") || undefined);
}

/** An instant is one by its attribute: a number is no date of itself. */
function shown(value: Change["to"], type: AttributeType | undefined, dateOf: (at: number) => string): string {
	if (typeof value === "number" && type === "date") return dateOf(value);
	return typeof value === "object" ? value.join(", ") : String(value);
}
