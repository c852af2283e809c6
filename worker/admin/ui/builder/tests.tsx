// How a value is tested: text, numbers, dates, yes and no, lists. Each test of the language is one choice here.

import type {
	DateTest,
	ListTest,
	NumberTest,
	ScalarTest,
	TextTest,
	ValueTest,
} from "../../../domain/condition.ts";
import { useWords } from "../language.ts";
import { Combobox, type ComboboxProps } from "../parts/combobox.tsx";
import { Input, NumberInput, type Option, Select } from "../parts/field.tsx";
import { Duration } from "./duration.tsx";
import { Values } from "./values.tsx";

type Suggest = ComboboxProps["suggest"];
/** Values that have names: only these are meant. */
export type Named = readonly Option[];

interface TestProps<T> {
	readonly test: T;
	readonly onChange: (test: T) => void;
}

type Op = ValueTest["op"];

/** The test that a choice begins with; what was written is kept where it fits. */
function begun(op: Op, before: ValueTest): ValueTest {
	const value = "value" in before ? before.value : "values" in before ? (before.values[0] ?? "") : "";
	const values = "values" in before ? before.values : value === "" ? [] : [value];
	const n = "n" in before ? before.n : "from" in before ? before.from : 0;
	const ms = "ms" in before ? before.ms : 30 * dayMs;
	switch (op) {
		case "is":
		case "contains":
		case "starts-with":
		case "ends-with":
		case "wildcard":
			return { op, value };
		case "any-of":
		case "has-any":
		case "has-all":
			return { op, values };
		case ">=":
		case "<=":
		case "=":
			return { op, n };
		case "between":
			return { op, from: n, to: "to" in before ? before.to : n };
		case "before":
		case "after":
			return { op, at: "at" in before ? before.at : today() };
		case "in-the-last":
		case "longer-ago":
		case "in-the-next":
			return { op, ms };
		case "anniversary":
			return { op, days: 7 };
		default:
			return { op };
	}
}

const dayMs = 86_400_000;
const today = () => Math.floor(Date.now() / dayMs) * dayMs;

export const textOps = [
	"is",
	"any-of",
	"contains",
	"starts-with",
	"ends-with",
	"wildcard",
	"exists",
] as const;
const namedOps = ["is", "any-of", "exists"] as const;
export const numberOps = [">=", "<=", "=", "between"] as const;
export const dateOps = [
	"in-the-last",
	"longer-ago",
	"in-the-next",
	"before",
	"after",
	"anniversary",
] as const;
const listOps = ["has-any", "has-all"] as const;
const yesNoOps = ["is-true", "is-false"] as const;

interface EditorProps extends TestProps<ValueTest> {
	readonly label: string;
	readonly ops: readonly Op[];
	readonly suggest?: Suggest | undefined;
	readonly named?: Named | undefined;
	readonly unit?: string | undefined;
}

/** Chooses among `ops`, and asks for what the chosen one needs. */
function TestEditor({ label, ops, test, onChange, suggest = () => [], named, unit }: EditorProps) {
	const { builder } = useWords();
	const options = ops.map((op): Option<Op> => ({ value: op, label: builder.ops[op] }));
	return (
		<>
			<Select
				label={builder.operator(label)}
				hideLabel
				value={test.op}
				options={options}
				onChange={(op) => onChange(begun(op, test))}
			/>
			<Needed label={label} test={test} onChange={onChange} suggest={suggest} named={named} unit={unit} />
		</>
	);
}

function Needed({ label, test, onChange, suggest = () => [], named, unit }: Omit<EditorProps, "ops">) {
	const { builder } = useWords();
	switch (test.op) {
		case "is":
		case "contains":
		case "starts-with":
		case "ends-with":
		case "wildcard":
			if (named && test.op === "is")
				return (
					<Select
						label={label}
						hideLabel
						value={test.value}
						options={
							named.some(({ value }) => value === test.value)
								? named
								: [{ value: test.value, label: "" }, ...named]
						}
						onChange={(value) => onChange({ ...test, value })}
					/>
				);
			return (
				<Combobox
					label={label}
					hideLabel
					placeholder={builder.value}
					value={test.value}
					suggest={suggest}
					onChange={(value) => onChange({ ...test, value })}
				/>
			);
		case "any-of":
		case "has-any":
		case "has-all":
			return (
				<Values
					label={label}
					values={test.values}
					suggest={suggest}
					named={named}
					onChange={(values) => onChange({ ...test, values })}
				/>
			);
		case ">=":
		case "<=":
		case "=":
			return (
				<NumberInput
					label={label}
					hideLabel
					value={test.n}
					{...(unit && { unit })}
					onInput={(n = 0) => onChange({ ...test, n })}
				/>
			);
		case "between":
			return (
				<>
					<NumberInput
						label={builder.from}
						hideLabel
						value={test.from}
						onInput={(from = 0) => onChange({ ...test, from })}
					/>
					<span class="builder-word">{builder.and}</span>
					<NumberInput
						label={builder.to}
						hideLabel
						value={test.to}
						{...(unit && { unit })}
						onInput={(to = 0) => onChange({ ...test, to })}
					/>
				</>
			);
		case "before":
		case "after":
			return (
				<Input
					label={label}
					hideLabel
					type="date"
					value={new Date(test.at).toISOString().slice(0, 10)}
					onInput={(value) => {
						const at = Date.parse(value);
						if (!Number.isNaN(at)) onChange({ ...test, at });
					}}
				/>
			);
		case "in-the-last":
		case "longer-ago":
		case "in-the-next":
			return <Duration label={label} ms={test.ms} onChange={(ms) => onChange({ ...test, ms })} />;
		case "anniversary":
			return (
				<NumberInput
					label={label}
					hideLabel
					min={0}
					max={60}
					value={test.days}
					unit={builder.days}
					onInput={(days = 0) => onChange({ ...test, days })}
				/>
			);
		default:
			return null;
	}
}

interface KindProps<T> extends TestProps<T> {
	readonly label: string;
	readonly suggest?: Suggest | undefined;
	readonly named?: Named | undefined;
	readonly unit?: string | undefined;
}

// What is chosen among a kind's operators is a test of that kind.
export const TextTestEditor = (props: KindProps<TextTest>) => (
	<TestEditor
		{...props}
		ops={props.named ? namedOps : textOps}
		onChange={(test) => props.onChange(test as TextTest)}
	/>
);
export const NumberTestEditor = (props: KindProps<NumberTest>) => (
	<TestEditor {...props} ops={numberOps} onChange={(test) => props.onChange(test as NumberTest)} />
);
export const DateTestEditor = (props: KindProps<DateTest>) => (
	<TestEditor {...props} ops={dateOps} onChange={(test) => props.onChange(test as DateTest)} />
);
export const ListTestEditor = (props: KindProps<ListTest>) => (
	<TestEditor {...props} ops={listOps} onChange={(test) => props.onChange(test as ListTest)} />
);
export const ScalarTestEditor = (props: KindProps<ScalarTest>) => (
	<TestEditor
		{...props}
		ops={[...textOps, ...numberOps, ...yesNoOps]}
		onChange={(test) => props.onChange(test as ScalarTest)}
	/>
);

export type ValueKind = "text" | "number" | "date" | "yes-no" | "list";
const opsOf: Readonly<Record<ValueKind, readonly Op[]>> = {
	text: textOps,
	number: numberOps,
	date: dateOps,
	"yes-no": yesNoOps,
	list: listOps,
};

/** Of an attribute: of its kind where that is known, and otherwise of any. */
export function ValueTestEditor({
	kind,
	...props
}: KindProps<ValueTest> & { readonly kind?: ValueKind | undefined }) {
	const { named } = props;
	const all = [...textOps, ...numberOps, ...yesNoOps, ...listOps, ...dateOps];
	const ops = kind === undefined ? all : kind === "text" && named ? namedOps : opsOf[kind];
	return <TestEditor {...props} ops={ops.includes(props.test.op) ? ops : [props.test.op, ...ops]} />;
}
