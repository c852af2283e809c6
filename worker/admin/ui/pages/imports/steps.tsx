// Where one is on the way from a file to contacts.

import { useWords } from "../../language.ts";

const steps = ["map", "rehearse", "run", "result"] as const;
export type Step = (typeof steps)[number];

export function Steps({ at, isUndone }: { readonly at: Step; readonly isUndone: boolean }) {
	const { imports: words } = useWords();
	const here = steps.indexOf(at);
	return (
		<ol class="steps" aria-label={words.steps.label}>
			{steps.map((step, i) => (
				<li
					key={step}
					aria-current={step === at ? "step" : undefined}
					class={i < here ? "is-over" : isUndone ? "is-undone" : undefined}
				>
					{words.steps[step]}
				</li>
			))}
		</ol>
	);
}
