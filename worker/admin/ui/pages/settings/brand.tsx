// How all that is shown looks, with a sample drawn by the very rules that the page goes by.

import { contrast, type Tokens, themeOf } from "../../../../domain/theme.ts";
import { useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Choice, Field, NumberInput, Select } from "../../parts/field.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import type { Editing } from "./form.ts";

const colors = ["accent", "surface", "ink", "quiet", "line"] as const;
const fonts = ["system", "page", "humanist", "geometric", "serif", "slab", "mono"] as const;
const spacings = ["compact", "normal", "roomy"] as const;
const shadows = ["none", "soft", "deep"] as const;
const modes = ["auto", "light", "dark"] as const;
/** Of text, WCAG AA; below the other a button cannot be told from what it lies on. */
const readable = 4.5;
const visible = 1.35;

export function Brand({ settings, edit }: Editing) {
	const { settings: words } = useWords();
	const tokens: Tokens = settings.theme ?? {};
	const put = <K extends keyof Tokens>(token: K, value: Tokens[K] | undefined) => {
		const { [token]: _, ...others } = tokens;
		edit("theme", value === undefined ? others : { ...others, [token]: value });
	};
	const { light, dark } = themeOf(tokens);
	const optionsOf = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
		values.map((value) => ({ value, label: names[value] }));
	return (
		<div class="brand">
			<div class="stack">
				<Section title={words.colors} hint={words.colorsHint}>
					<div class="brand-colors">
						{colors.map((name) => (
							<Color
								key={name}
								label={words.color[name]}
								at={`theme.${name}`}
								value={tokens[name]}
								used={light[name] ?? "#000000"}
								onChange={(color) => put(name, color)}
							/>
						))}
					</div>
					<Doubts tokens={tokens} />
				</Section>
				<Section title={words.shape}>
					<Select
						label={words.font}
						at="theme.font"
						hint={words.fontHint}
						value={tokens.font ?? "system"}
						options={optionsOf(fonts, words.fonts)}
						onChange={(font) => put("font", font)}
					/>
					<NumberInput
						label={words.radius}
						at="theme.radius"
						min={0}
						max={32}
						step={1}
						unit="px"
						value={tokens.radius ?? 12}
						onInput={(radius) => put("radius", radius)}
					/>
					<Choice
						label={words.spacing}
						value={tokens.spacing ?? "normal"}
						options={optionsOf(spacings, words.spacings)}
						onChange={(spacing) => put("spacing", spacing)}
					/>
					<Choice
						label={words.shadow}
						value={tokens.shadow ?? "soft"}
						options={optionsOf(shadows, words.shadows)}
						onChange={(shadow) => put("shadow", shadow)}
					/>
					<Choice
						label={words.mode}
						value={tokens.mode ?? "auto"}
						options={optionsOf(modes, words.modes)}
						onChange={(mode) => put("mode", mode)}
					/>
				</Section>
			</div>
			<div class="stack brand-samples">
				<h2>{words.sample}</h2>
				<Sample of={light} />
				{dark && (
					<>
						<h3>{words.sampleDark}</h3>
						<Sample of={{ ...light, ...dark }} />
					</>
				)}
			</div>
		</div>
	);
}

function Color({
	label,
	at,
	value,
	used,
	onChange,
}: {
	readonly label: string;
	readonly at: string;
	readonly value: string | undefined;
	/** What stands in its place where there is none. */
	readonly used: string;
	readonly onChange: (color: string | undefined) => void;
}) {
	const { settings: words } = useWords();
	return (
		<Field label={label} at={at}>
			{(ties) => (
				<span class="row">
					<input
						{...ties}
						class="brand-color"
						type="color"
						value={value ?? used}
						onInput={({ currentTarget }) => onChange(currentTarget.value)}
					/>
					{value === undefined ? <small>{words.byItself}</small> : <code>{value}</code>}
					{value !== undefined && (
						<Button small kind="quiet" onClick={() => onChange(undefined)}>
							{words.toDefault}
						</Button>
					)}
				</span>
			)}
		</Field>
	);
}

/** What could not be read is replaced when it is shown: better said here than wondered at there. */
function Doubts({ tokens }: { readonly tokens: Tokens }) {
	const { settings: words } = useWords();
	const { accent = "#1f2937", ink, quiet, mode } = tokens;
	const surface = tokens.surface ?? (mode === "dark" ? "#191b21" : "#ffffff");
	const isPale = (color: string | undefined) => color !== undefined && contrast(color, surface) < readable;
	const doubts = [
		isPale(ink) && words.inkPale,
		isPale(quiet) && words.quietPale,
		contrast(accent, surface) < visible && words.accentPale,
	].filter((one) => one !== false);
	return doubts.map((one) => (
		<Notice key={one} kind="warn">
			{one}
		</Notice>
	));
}

function Sample({ of }: { readonly of: Readonly<Record<string, string>> }) {
	const { settings: words } = useWords();
	return (
		<div
			class="brand-sample"
			style={{
				background: of.surface,
				color: of.ink,
				borderColor: of.line,
				borderRadius: of.radius,
				fontFamily: of.font,
				gap: of.gap,
				padding: of.gap,
				boxShadow: `0 calc(8px * ${of.shadow}) calc(24px * ${of.shadow}) rgb(0 0 0 / calc(0.14 * ${of.shadow}))`,
			}}
		>
			<strong>{words.sampleTitle}</strong>
			<span>{words.sampleText}</span>
			<span
				class="brand-button"
				style={{ background: of.accent, color: of["on-accent"], borderRadius: `min(${of.radius}, 14px)` }}
			>
				{words.sampleButton}
			</span>
			<span class="brand-note" style={{ color: of.quiet }}>
				{words.sampleNote}
			</span>
		</div>
	);
}
