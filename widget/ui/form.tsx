// The form. What was submitted counts when the server has said so, and not before.

import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { Field, FormBlock } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import { isText } from "../offer.ts";
import { tell } from "../tell.ts";
import { about, areBlocks, Blocks, engage, type Setting } from "./blocks.tsx";
import { Ask, isField, problemOf } from "./fields.tsx";
import { useEffect, useRef, useState } from "./hooks.ts";
import { give } from "./session.ts";

type Props = NonNullable<CollectEvent["props"]>;
/** By name of the field; "" where it is no field's fault. */
type Problems = Readonly<Record<string, string>>;
type Way = NonNullable<FormBlock["next"]>[number];

export const isForm = ({ fields, submit, thanks = [] }: FormBlock): boolean =>
	isText(submit) && fields.every(isField) && areBlocks(thanks);

export function Form({
	kind: _,
	fields,
	submit,
	next = [],
	thanks = [],
	to,
	...setting
}: Setting & FormBlock) {
	const { words, session, offer, host, go } = setting;
	const [isSending, setSending] = useState(false);
	const [problems, setProblems] = useState<Problems>({});
	/** Five clicks come before anything is drawn anew. */
	const isBusy = useRef(false);
	const done = useRef<HTMLDivElement>(null);
	const isAccepted = session.accepted === fields;
	useEffect(() => {
		if (isAccepted) done.current?.focus();
	}, [isAccepted]);
	// Closed, or its page left, with this step open: what was answered is kept.
	useEffect(() => {
		const step = session.way.at(-1) as string;
		return () => {
			const isAnswered = fields.some(
				({ kind, name }) => !/^(email|phone|consent)$/.test(kind) && session.typed[name]?.length,
			);
			if (session.accepted !== fields && session.way.at(-1) === step && isAnswered)
				tellSoFar({ ...session.said, [step]: saidBy(fields, session.typed) }, setting);
		};
	}, []);

	const onSubmit = async (event: Event) => {
		event.preventDefault();
		const element = event.currentTarget as HTMLFormElement;
		if (isBusy.current) return;
		const typed = typedIn(element);
		const wrong: Record<string, string> = {};
		for (const field of fields) {
			const problem =
				field.kind !== "hidden" && problemOf(field, typed[field.name] ?? [], element, words, offer.language);
			if (problem) wrong[field.name] = problem;
		}
		setProblems(wrong);
		const [first] = Object.keys(wrong);
		if (first) {
			element.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
			return;
		}
		const step = session.way.at(-1) as string;
		session.said[step] = {
			...saidBy(fields, typed),
			...(typed.nickname && { honeypot: `${typed.nickname}` }),
		};
		const way = next.find(({ when }) => holds(when, { ...session.typed, ...typed }));
		if (way) {
			tellSoFar(session.said, setting);
			go(way.to);
			return;
		}
		const all = allIn(session.said, session.way);
		const whence = about(offer, step ? { step } : {});
		isBusy.current = true;
		setSending(true);
		const failure = await send({ ...whence, ...all }, setting);
		isBusy.current = false;
		setSending(false);
		if (failure) {
			setProblems({ "": failure });
			return;
		}
		// What follows is a submission of its own, and nobody goes back behind this one.
		for (const one of session.way) delete session.said[one];
		session.first = session.way.length;
		// Not what was typed: whoever listens may be anybody's script.
		tell(host, "submitted", about(offer));
		if (to) go(to);
		else {
			session.accepted = fields;
			setting.redraw();
		}
	};

	if (isAccepted) {
		return (
			<div class="thanks" role="status" tabIndex={-1} ref={done}>
				<svg class="done" viewBox="0 0 40 40" aria-hidden="true">
					<path d="M12 20.5l5.5 5.5L28.5 15" />
				</svg>
				<Blocks {...setting} blocks={thanks} />
			</div>
		);
	}
	return (
		<form
			noValidate
			onSubmit={guard(onSubmit)}
			onFocusIn={guard(() => engage(setting, "field"))}
			onInput={guard((event: Event) => {
				Object.assign(session.typed, typedIn(event.currentTarget as HTMLFormElement, fields));
			})}
		>
			{fields.map(
				(field) =>
					field.kind !== "hidden" && (
						<Ask
							key={field.name}
							{...setting}
							field={field}
							problem={problems[field.name]}
							typed={session.typed[field.name] ?? []}
						/>
					),
			)}
			<input class="unseen" name="nickname" tabIndex={-1} aria-hidden="true" autocomplete="off" />
			{problems[""] && (
				<span class="failed" role="alert">
					{problems[""]}
				</span>
			)}
			<button class="button" type="submit" aria-disabled={isSending}>
				{isSending ? words.sending : submit}
			</button>
		</form>
	);
}

/** What stands in the form by now; of `fields`, also that they are empty. */
function typedIn(form: HTMLFormElement, fields: readonly Field[] = []): Record<string, string[]> {
	const typed: Record<string, string[]> = {};
	for (const { name } of fields) typed[name] = [];
	for (const [name, value] of new FormData(form)) {
		const text = `${value}`.trim();
		if (text) typed[name] = [...(typed[name] ?? []), text];
	}
	return typed;
}

/** The properties of the event: what becomes an attribute is a trait. */
function saidBy(fields: readonly Field[], typed: Record<string, string[]>): Props {
	const props: Props = {};
	for (const field of fields) {
		const { kind, name } = field;
		const values = kind === "hidden" ? [field.value] : typed[name];
		if (!values?.length) continue;
		if (kind === "consent") {
			props[`consent.${field.purpose}`] = field.version;
			props[`wording.${field.purpose}`] = field.wording;
		} else {
			const text = values.join();
			props["to" in field && field.to ? `traits.${field.to}` : name] =
				kind === "number" || kind === "rating" || kind === "nps" ? Number(text) : text;
		}
	}
	return props;
}

function allIn(said: Record<string, Props>, way: readonly string[]): Props {
	return Object.assign({}, ...way.map((one) => said[one]));
}

/** What was answered up to the step that is open. */
function tellSoFar(said: Record<string, Props>, { session: { way }, offer, host }: Setting): void {
	const step = way.at(-1);
	const answers = Object.entries(withoutIdentifiers(allIn(said, way))).filter(
		([, value]) => !Number.isNaN(value),
	);
	if (answers.length > 0) {
		const props = { ...about(offer, step ? { step } : {}), ...Object.fromEntries(answers) };
		host.note(host.newEvent("Form Continued", props));
	}
}

/** What is told before anything is submitted says neither who it is nor what they agree to. */
function withoutIdentifiers(props: Props): Props {
	return Object.fromEntries(
		Object.entries(props).filter(([name]) => !/^(email$|phone$|traits\.|consent\.|wording\.)/.test(name)),
	);
}

function holds(when: Way["when"], typed: Record<string, string[]>): boolean {
	if (!when) return true;
	const values = typed[when.field] ?? [];
	if ("is" in when) return values.includes(`${when.is}`);
	const { least = -Infinity, most = Infinity } = when;
	return values.some((value) => +value >= least && +value <= most);
}

/** What went wrong, in words. The same answers sent again are the same event: it counts once. */
async function send(props: Props, { host, words, session, offer }: Setting): Promise<string | undefined> {
	if (host.consent() !== "granted") return words.cookiesFirst;
	if (JSON.stringify(session.sent?.props) !== JSON.stringify(props)) {
		session.sent = host.newEvent("Form Submitted", props);
	}
	const event = session.sent as CollectEvent;
	const answer = await host.ask({ events: [event] });
	// What stands behind a form is told when that was submitted.
	const grant = answer?.grants?.find((one) => one.id === event.id);
	if (grant) give(offer, grant.given);
	const verdict = answer?.verdicts.find((one) => one.id === event.id);
	// The site's own staff are left out of the figures, and try the form as any visitor.
	if (verdict?.verdict === "dropped") return verdict.why === "staff" ? undefined : words.notAccepted;
	return verdict?.verdict === "ok" || verdict?.verdict === "duplicate" ? undefined : words.notSent;
}
