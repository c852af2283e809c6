// Forms of the site, picked up by selector, when they are sent. Neither held up nor changed.

import { on } from "../guard.ts";
import { propOf } from "./field.ts";
import type { Props, Scalar } from "./told.ts";

const longest = 500;

/** What is taken of a form: `form` is its id or name. Nothing where no field of it is known. */
function read(form: HTMLFormElement): Props | undefined {
	const props: Record<string, Scalar> = {};
	for (const field of form.elements) {
		if (!(field instanceof HTMLInputElement)) continue;
		const { name, id, type } = field;
		const prop = propOf({ name, id, type, autocomplete: field.getAttribute("autocomplete") ?? "" });
		if (prop === undefined || prop in props) continue;
		if (type === "checkbox") props[prop] = field.checked;
		else if (field.value.trim()) props[prop] = field.value.trim().slice(0, longest);
	}
	if (Object.keys(props).length === 0) return undefined;
	// By attribute: a field called "id" or "name" hides the form's own.
	const form_ = form.getAttribute("id") || form.getAttribute("name");
	return { ...props, ...(form_ && { form: form_.slice(0, longest) }) };
}

/** Told of each form that matches one of the selectors, once it is sent. Wrong selectors match nothing. */
export function watchForms(selectors: readonly string[], listen: (props: Props) => void): void {
	on("submit", ({ target }) => {
		const matches = (selector: string) => {
			try {
				return target instanceof HTMLFormElement && target.matches(selector);
			} catch {
				// No selector.
				return false;
			}
		};
		if (!selectors.some(matches)) return;
		const props = read(target as HTMLFormElement);
		if (props) listen(props);
	});
}
