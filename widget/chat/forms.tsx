// What is asked in a form: before the first message, where nobody is there, for the transcript, and at the end.

import type { JSX } from "preact";
import { guard } from "../guard.ts";
import { useEffect, useRef, useState } from "../ui/hooks.ts";
import { Icon } from "./icons.tsx";
import type { Words } from "./words.ts";

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text);

export type Asked = "name" | "email" | "message";

export interface FormProps {
	readonly words: Words;
	readonly asks: readonly Asked[];
	readonly lead?: string | undefined;
	readonly submit: string;
	readonly onSubmit: (said: Readonly<Record<Asked, string>>) => void;
}

export function Form({ words, asks, lead, submit, onSubmit }: FormProps): JSX.Element {
	const form = useRef<HTMLFormElement>(null);
	const [wrong, setWrong] = useState<Partial<Record<Asked, string>>>({});
	const names: Record<Asked, string> = { name: words.name, email: words.email, message: words.message };
	useEffect(() => {
		form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
	}, [wrong]);
	return (
		<form
			class="form"
			ref={form}
			noValidate
			onSubmit={(event: Event) => {
				event.preventDefault();
				guard(() => {
					const said = Object.fromEntries(
						Array.from(new FormData(form.current as HTMLFormElement), ([name, value]) => [
							name,
							`${value}`.trim(),
						]),
					) as Record<Asked, string>;
					const found = asks.flatMap((name) =>
						!said[name]
							? [[name, words.missing]]
							: name === "email" && !isEmail(said.email)
								? [[name, words.emailWrong]]
								: [],
					);
					setWrong(Object.fromEntries(found));
					if (found.length === 0) onSubmit(said);
				})();
			}}
		>
			{lead ? <p>{lead}</p> : null}
			{asks.map((name) => {
				const error = wrong[name];
				const ties = {
					name,
					id: name,
					"aria-invalid": error ? "true" : undefined,
					"aria-describedby": error ? `wrong-${name}` : undefined,
				} as const;
				return (
					<div key={name} class="ask">
						<label for={name}>{names[name]}</label>
						{name === "message" ? (
							<textarea {...ties} rows={4} maxLength={4_000} />
						) : name === "email" ? (
							<input {...ties} type="email" autocomplete="email" maxLength={200} />
						) : (
							<input {...ties} autocomplete="name" maxLength={200} />
						)}
						{error ? (
							<small class="wrong" id={`wrong-${name}`}>
								{error}
							</small>
						) : null}
					</div>
				);
			})}
			<button type="submit" class="button">
				{submit}
			</button>
		</form>
	);
}

export function Rating({
	words,
	onRate,
}: {
	readonly words: Words;
	readonly onRate: (stars: number, text: string) => void;
}): JSX.Element {
	const [stars, setStars] = useState(0);
	const field = useRef<HTMLTextAreaElement>(null);
	return (
		<div class="form">
			<fieldset class="stars">
				<legend>{words.rate}</legend>
				{[1, 2, 3, 4, 5].map((n) => (
					<button
						key={n}
						type="button"
						aria-label={words.rateOf(n)}
						aria-pressed={n <= stars}
						onClick={guard(() => setStars(n))}
					>
						<Icon of="star" />
					</button>
				))}
			</fieldset>
			{stars ? (
				<>
					<div class="ask">
						<label for="more">{words.rateMore}</label>
						<textarea id="more" ref={field} rows={2} maxLength={1_000} />
					</div>
					<button
						type="button"
						class="button"
						onClick={guard(() => onRate(stars, field.current?.value.trim() ?? ""))}
					>
						{words.send}
					</button>
				</>
			) : null}
		</div>
	);
}
