// The end of a site: what goes, a week to think better of it, and how far it has come.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { RemovalView } from "../../../../protocol/removal.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Input } from "../../parts/field.tsx";
import { Answered, Notice, Section } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { Progress } from "../../parts/show.tsx";
import { proven } from "../../proof.tsx";
import { findSession } from "../../session.ts";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

const kinds = ["contacts", "events", "definitions", "products", "codes", "imports", "members"] as const;
const whileGoingMs = 2_000;

export function Removal() {
	const site = useSite();
	const { site: words, settings } = useWords();
	const { route } = useLocation();
	const [isGoing, setGoing] = useState(false);
	const asked = useAsked<RemovalView>(`${site.api}/removal`, isGoing ? { everyMs: whileGoingMs } : {});
	const { value, refusal } = asked;
	if (value && (value.state === "removing") !== isGoing) setGoing(value.state === "removing");
	// Whoever had access to it has none any more once it is gone.
	if (isGoing && refusal?.status === 403)
		return (
			<Notice
				kind="good"
				action={
					<Button small onClick={() => void findSession().then(() => route("/admin", true))}>
						{settings.done}
					</Button>
				}
			>
				{words.removed}
			</Notice>
		);
	return (
		<Answered asked={asked}>
			{(view) => {
				if (view.state === "none") return <Standing view={view} onClosed={asked.refresh} />;
				if (view.state === "closed") return <Closed view={view} onOpened={asked.refresh} />;
				return (
					<Section title={words.removing} hint={words.removingWhy}>
						<Progress
							label={words.removingShare(view.done, view.of)}
							share={view.of === 0 ? 0 : view.done / view.of}
						/>
					</Section>
				);
			}}
		</Answered>
	);
}

function Standing({ view, onClosed }: { readonly view: RemovalView; readonly onClosed: () => void }) {
	const { site: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const [isAsking, setAsking] = useState(false);
	return (
		<>
			<Section
				title={words.takeFirst}
				hint={words.takeWhy}
				actions={<LinkButton href={`${site.home}/settings/data`}>{words.toExport}</LinkButton>}
			>
				{null}
			</Section>
			<Section
				title={words.closing}
				hint={words.closingHint}
				actions={
					<Button kind="danger" onClick={() => setAsking(true)}>
						{words.close}
					</Button>
				}
			>
				<h3>{words.goes}</h3>
				<dl class="settings-goes">
					{kinds.map((kind) => (
						<div key={kind}>
							<dt>{words.goesOf[kind]}</dt>
							<dd>{format.number(view.holds[kind])}</dd>
						</div>
					))}
				</dl>
				<p class="hint">{words.stays}</p>
			</Section>
			{isAsking && <Closing name={view.name} onClose={() => setAsking(false)} onClosed={onClosed} />}
		</>
	);
}

function Closing({
	name,
	onClose,
	onClosed,
}: {
	readonly name: string;
	readonly onClose: () => void;
	readonly onClosed: () => void;
}) {
	const { site: words, shell } = useWords();
	const wordsOf = useRefusalWords();
	const site = useSite();
	const [typed, setTyped] = useState("");
	const [state, setState] = useState<{ isBusy?: boolean; isTried?: boolean; refusal?: Refusal }>({});
	const isName = typed.trim() === name.trim();
	async function close(event: Event): Promise<void> {
		event.preventDefault();
		if (!isName) return setState({ isTried: true });
		setState({ isBusy: true });
		try {
			const view = await proven(() => call<RemovalView>("POST", `${site.api}/removal`, { name: typed }));
			setState({});
			if (!view) return;
			say(words.closed);
			onClose();
			onClosed();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setState({ refusal: error });
		}
	}
	return (
		<Dialog
			title={words.closeOf(name)}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button kind="danger" type="submit" form="removal" busy={state.isBusy}>
						{words.closeNow}
					</Button>
				</>
			}
		>
			{state.refusal && <Notice kind="bad">{wordsOf(state.refusal)}</Notice>}
			<p>{words.closeWhy}</p>
			<form id="removal" class="stack" onSubmit={(event) => void close(event)}>
				<Input
					label={words.typeName(name)}
					value={typed}
					onInput={setTyped}
					autocomplete="off"
					autofocus
					error={state.isTried && !isName ? words.nameDiffers : undefined}
				/>
			</form>
		</Dialog>
	);
}

function Closed({ view, onOpened }: { readonly view: RemovalView; readonly onOpened: () => void }) {
	const { site: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const [isBusy, setBusy] = useState(false);
	const due = view.dueAt ?? 0;
	async function open(): Promise<void> {
		setBusy(true);
		try {
			await call("DELETE", `${site.api}/removal`);
			say(words.opened);
		} catch (error) {
			sayRefused(error);
		}
		setBusy(false);
		onOpened();
	}
	return (
		<Section
			title={words.closedTitle}
			actions={
				<>
					<LinkButton href={`${site.home}/settings/data`}>{words.toExport}</LinkButton>
					<Button kind="primary" busy={isBusy} onClick={() => void open()}>
						{words.open}
					</Button>
				</>
			}
		>
			<p>
				{words.closedUntil(format.dateTime(due), format.span(Math.max(60_000, due - Date.now())))}{" "}
				{view.askedAt !== null &&
					words.closedBy(view.by?.name ?? words.operator, format.dateTime(view.askedAt))}
			</p>
		</Section>
	);
}
