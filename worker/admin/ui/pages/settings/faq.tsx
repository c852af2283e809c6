// Questions that visitors ask, with the site's own answers, in an order; and what a visitor would be told.

import { ArrowDown, ArrowUp, MessageCircleQuestionMark, Pencil, Plus, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import type { FaqEntry, FaqFound, FaqTexts } from "../../../../protocol/faq.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useSettled } from "../../builder/settled.ts";
import { type Lang, langs, useFormat, useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Confirm, Dialog } from "../../parts/dialog.tsx";
import { Input, Textarea } from "../../parts/field.tsx";
import { Answered, Empty, Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Badge } from "../../parts/show.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";

interface Entries {
	readonly entries: readonly FaqEntry[];
}
const settledMs = 300;

/** In the language of the screen, else in the other. */
function textOf({ texts }: FaqEntry, lang: Lang) {
	return texts[lang] ?? texts.pl ?? texts.en ?? { question: "", answer: "" };
}

export function Faq() {
	const { site: words, shell } = useWords();
	const lang = useLang();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const asked = useAsked<Entries>(`${site.api}/faq`);
	const [open, setOpen] = useState<FaqEntry | "new">();
	const [removing, setRemoving] = useState<FaqEntry>();

	async function move(all: readonly FaqEntry[], at: number, by: 1 | -1): Promise<void> {
		const [one, other] = [all[at], all[at + by]];
		if (!one || !other) return;
		const entries = all.toSpliced(at, 1, other).toSpliced(at + by, 1, one);
		asked.expect({ entries });
		try {
			await call("PUT", `${site.api}/faq`, { ids: entries.map(({ id }) => id) });
		} catch (error) {
			sayRefused(error);
			asked.refresh();
		}
	}
	async function remove({ id }: FaqEntry): Promise<void> {
		setRemoving(undefined);
		try {
			await call("DELETE", `${site.api}/faq/${id}`);
			say(words.questionRemoved);
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	const add = mayEdit && (
		<Button icon={Plus} kind="primary" onClick={() => setOpen("new")}>
			{words.addQuestion}
		</Button>
	);
	return (
		<>
			<Answered asked={asked}>
				{({ entries }) =>
					entries.length === 0 ? (
						<Empty icon={MessageCircleQuestionMark} title={words.noQuestions} action={add}>
							{words.noQuestionsWhy}
						</Empty>
					) : (
						<>
							<Section plain actions={add}>
								<ol class="faq">
									{entries.map((entry, at) => {
										const { question, answer } = textOf(entry, lang);
										const only = langs.find((one) => !entry.texts[one === "pl" ? "en" : "pl"]);
										return (
											<li key={entry.id}>
												<div>
													<h3>
														{question} {only && <Badge>{words.onlyIn[only]}</Badge>}
													</h3>
													<p>{answer}</p>
												</div>
												{mayEdit && (
													<span class="row">
														<IconButton
															small
															icon={ArrowUp}
															label={words.up(question)}
															disabled={at === 0}
															onClick={() => void move(entries, at, -1)}
														/>
														<IconButton
															small
															icon={ArrowDown}
															label={words.down(question)}
															disabled={at === entries.length - 1}
															onClick={() => void move(entries, at, 1)}
														/>
														<IconButton
															small
															icon={Pencil}
															label={`${shell.edit}: ${question}`}
															onClick={() => setOpen(entry)}
														/>
														<IconButton
															small
															icon={Trash2}
															label={`${shell.remove}: ${question}`}
															onClick={() => setRemoving(entry)}
														/>
													</span>
												)}
											</li>
										);
									})}
								</ol>
							</Section>
							<Trial />
						</>
					)
				}
			</Answered>
			{open && (
				<EntryDialog
					of={open === "new" ? undefined : open}
					onClose={() => setOpen(undefined)}
					onDone={() => {
						setOpen(undefined);
						asked.refresh();
					}}
				/>
			)}
			{removing && (
				<Confirm
					title={`${shell.remove}?`}
					act={shell.remove}
					danger
					onAct={() => void remove(removing)}
					onClose={() => setRemoving(undefined)}
				>
					<p>{textOf(removing, lang).question}</p>
				</Confirm>
			)}
		</>
	);
}

function Trial() {
	const { site: words } = useWords();
	const lang = useLang();
	const format = useFormat();
	const site = useSite();
	const [written, setWritten] = useState("");
	const q = useSettled(written.trim(), settledMs);
	const query = new URLSearchParams({ q, language: lang });
	const asked = useAsked<FaqFound>(q === "" ? undefined : `${site.api}/faq/search?${query}`);
	return (
		<Section title={words.try} hint={words.tryHint}>
			<Input
				label={words.question}
				hideLabel
				type="search"
				value={written}
				onInput={setWritten}
				placeholder={words.tryPlaceholder}
				maxLength={300}
			/>
			<div role="status">
				{q !== "" && asked.value && asked.value.found.length === 0 && <p class="hint">{words.noAnswer}</p>}
				{q !== "" && asked.value && asked.value.found.length > 0 && (
					<ol class="faq">
						{asked.value.found.map(({ id, question, answer, score }) => (
							<li key={id}>
								<div>
									<h3>
										{question} <small>{words.fit(format.percent(score))}</small>
									</h3>
									<p>{answer}</p>
								</div>
							</li>
						))}
					</ol>
				)}
			</div>
		</Section>
	);
}

type Written = Readonly<Record<Lang, { readonly question: string; readonly answer: string }>>;
const unwritten = { question: "", answer: "" };

function EntryDialog({
	of,
	onClose,
	onDone,
}: {
	readonly of: FaqEntry | undefined;
	readonly onClose: () => void;
	readonly onDone: () => void;
}) {
	const { site: words, shell } = useWords();
	const wordsOf = useRefusalWords();
	const site = useSite();
	const lang = useLang();
	const [written, setWritten] = useState<Written>({
		pl: of?.texts.pl ?? unwritten,
		en: of?.texts.en ?? unwritten,
	});
	const [version, setVersion] = useState(of?.version);
	const [state, setState] = useState<{ isBusy?: boolean; wrong?: string; refusal?: Refusal }>({});

	async function save(event: Event): Promise<void> {
		event.preventDefault();
		const whole = langs.filter((one) => written[one].question.trim() && written[one].answer.trim());
		const half = langs.some((one) => !written[one].question.trim() !== !written[one].answer.trim());
		if (half) return setState({ wrong: words.halfWritten });
		if (whole.length === 0) return setState({ wrong: words.nothingWritten });
		const texts: FaqTexts = Object.fromEntries(whole.map((one) => [one, written[one]]));
		setState({ isBusy: true });
		try {
			if (of) await call("PUT", `${site.api}/faq/${of.id}`, { texts, version });
			else await call("POST", `${site.api}/faq`, { texts });
			say(of ? words.questionSaved : words.questionAdded);
			onDone();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const { current } = error.body as { readonly current?: FaqEntry };
			// Nothing is lost: whoever saves again has been told.
			if (current) setVersion(current.version);
			setState(
				current ? { wrong: words.changedBy(current.changedBy ?? words.somebody) } : { refusal: error },
			);
		}
	}
	return (
		<Dialog
			title={of ? words.editQuestion : words.addQuestion}
			wide
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="primary" type="submit" form="faq" busy={state.isBusy}>
						{shell.save}
					</Button>
				</>
			}
		>
			{state.wrong && <Notice kind="bad">{state.wrong}</Notice>}
			{state.refusal && <Notice kind="bad">{wordsOf(state.refusal)}</Notice>}
			<p class="hint">{words.languageHint}</p>
			<form id="faq" class="settings-grid" onSubmit={(event) => void save(event)}>
				{langs
					.toSorted((a) => (a === lang ? -1 : 1))
					.map((one, at) => {
						const set = (more: Partial<Written[Lang]>) =>
							setWritten({ ...written, [one]: { ...written[one], ...more } });
						return (
							<fieldset key={one} class="stack">
								<legend class="settings-legend">{words.inLanguage[one]}</legend>
								<Input
									label={words.question}
									hint={words.questionHint}
									value={written[one].question}
									onInput={(question) => set({ question })}
									maxLength={300}
									autofocus={at === 0}
								/>
								<Textarea
									label={words.answer}
									rows={8}
									value={written[one].answer}
									onInput={(answer) => set({ answer })}
									maxLength={4_000}
								/>
							</fieldset>
						);
					})}
			</form>
		</Dialog>
	);
}
