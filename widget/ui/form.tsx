// The form. What was submitted counts when the server has said so, and not before.

import type { JSX } from "preact";
import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { ConsentField, FormBlock } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import { tell } from "../tell.ts";
import { Blocks, type Setting } from "./blocks.tsx";
import { useEffect, useRef, useState } from "./hooks.ts";
import type { Words } from "./words.ts";

type Stage = "open" | "sending" | "accepted";

/** What is wrong, by the name of its field; `form` where it is no field's fault. */
type Problem = { readonly field: "email" | "consent" | "form"; readonly text: string };

export function Form({ form, ...setting }: Setting & { form: FormBlock }): JSX.Element {
	const { words } = setting;
	const [stage, setStage] = useState<Stage>("open");
	const [problem, setProblem] = useState<Problem>();
	const sent = useRef<CollectEvent | undefined>(undefined);
	const thanks = useRef<HTMLDivElement>(null);

	useEffect(() => {
		if (stage === "accepted") thanks.current?.focus();
	}, [stage]);

	const submit = async (event: Event) => {
		event.preventDefault();
		const element = event.currentTarget;
		if (stage !== "open" || !(element instanceof HTMLFormElement)) return;
		const wrong = check(element, words);
		setProblem(wrong);
		if (wrong) {
			element.querySelector<HTMLInputElement>(`[name=${wrong.field}]`)?.focus();
			return;
		}
		setStage("sending");
		const failure = await send(propsOf(element, form, setting), setting, sent);
		setStage(failure ? "open" : "accepted");
		if (failure) setProblem({ field: "form", text: failure });
		// Not what was typed: whoever listens may be anybody's script.
		else {
			const { experience, revision } = setting.offer;
			tell(setting.host, "submitted", { experience, revision });
		}
	};

	if (stage === "accepted") {
		return (
			<div class="thanks" role="status" tabIndex={-1} ref={thanks}>
				<svg class="done" viewBox="0 0 40 40" aria-hidden="true">
					<path d="M12 20.5l5.5 5.5L28.5 15" />
				</svg>
				<Blocks {...setting} blocks={form.thanks ?? []} />
			</div>
		);
	}
	const error = (field: Problem["field"]) =>
		problem?.field === field && (
			<span class={field === "form" ? "failed" : "error"} id={`error-${field}`} role="alert">
				{problem.text}
			</span>
		);
	const marks = (field: Problem["field"]) =>
		problem?.field === field ? { "aria-invalid": true, "aria-describedby": `error-${field}` } : {};
	return (
		<form noValidate onSubmit={guard(submit)}>
			{form.fields.some(({ kind }) => kind === "text") && (
				<label>
					<span class="label">{words.name}</span>
					<input name="name" autocomplete="given-name" maxLength={200} />
				</label>
			)}
			{form.fields.some(({ kind }) => kind === "email") && (
				<label>
					<span class="label">{words.email}</span>
					<input
						name="email"
						type="email"
						required
						autocomplete="email"
						maxLength={254}
						{...marks("email")}
					/>
					{error("email")}
				</label>
			)}
			{consentOf(form) && (
				<label class="agreement">
					<input name="consent" type="checkbox" required {...marks("consent")} />
					<span>{consentOf(form)?.wording}</span>
					{error("consent")}
				</label>
			)}
			{error("form")}
			<button class="button" type="submit" aria-disabled={stage === "sending"}>
				{stage === "sending" ? words.sending : form.submit}
			</button>
		</form>
	);
}

function consentOf({ fields }: FormBlock): ConsentField | undefined {
	return fields.find((field) => field.kind === "consent");
}

function inputOf(form: HTMLFormElement, name: string): HTMLInputElement | undefined {
	const input = form.elements.namedItem(name);
	return input instanceof HTMLInputElement ? input : undefined;
}

function check(form: HTMLFormElement, words: Words): Problem | undefined {
	const email = inputOf(form, "email");
	if (email && !email.validity.valid) {
		return { field: "email", text: email.validity.valueMissing ? words.emailMissing : words.emailWrong };
	}
	const agreement = inputOf(form, "consent");
	return agreement?.validity.valid === false ? { field: "consent", text: words.agreementMissing } : undefined;
}

function propsOf(
	element: HTMLFormElement,
	form: FormBlock,
	{ offer }: Setting,
): NonNullable<CollectEvent["props"]> {
	const email = inputOf(element, "email")?.value.trim();
	const name = inputOf(element, "name")?.value.trim();
	const consent = consentOf(form);
	return {
		experience: offer.experience,
		revision: offer.revision,
		...(email && { email }),
		...(name && { "traits.name": name }),
		...(consent && {
			[`consent.${consent.purpose}`]: consent.version,
			[`wording.${consent.purpose}`]: consent.wording,
		}),
	};
}

/** What went wrong, in words. The same answers sent again are the same event: it counts once. */
async function send(
	props: NonNullable<CollectEvent["props"]>,
	{ host, words }: Setting,
	sent: { current: CollectEvent | undefined },
): Promise<string | undefined> {
	if (host.consent() !== "granted") return words.cookiesFirst;
	if (JSON.stringify(sent.current?.props) !== JSON.stringify(props)) {
		sent.current = host.newEvent("Form Submitted", props);
	}
	const event = sent.current;
	const answer = await host.ask({ events: event ? [event] : [] });
	const verdict = answer?.verdicts.find((one) => one.id === event?.id);
	// The site's own staff are left out of the figures, and try the form as any visitor.
	if (verdict?.verdict === "dropped") return verdict.why === "staff" ? undefined : words.notAccepted;
	return verdict?.verdict === "ok" || verdict?.verdict === "duplicate" ? undefined : words.notSent;
}
