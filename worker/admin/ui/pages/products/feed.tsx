// The feed that products come from: its address, how its last run went, and what is wrong in it.

import { Pencil, RefreshCw, Trash2 } from "lucide";
import { useState } from "preact/hooks";
import { type Asked, forget, useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Drop } from "../../parts/drop.tsx";
import { Menu } from "../../parts/menu.tsx";
import { Answered, Notice, Page, Section } from "../../parts/page.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { FeedForm, hoursWords } from "./feed-form.tsx";
import { type CatalogueView, isGoing } from "./kept.ts";
import { FeedProblems, LastRun, Sentence } from "./run.tsx";
import { CatalogueTabs } from "./tabs.tsx";

const lookMs = 1_000;

function useCatalogue(): Asked<CatalogueView> {
	const path = `${useSite().api}/catalogue`;
	const resting = useAsked<CatalogueView>(path);
	const isBusy = resting.value !== undefined && isGoing(resting.value.run);
	// What is answered to the one is kept for the other.
	useAsked<CatalogueView>(isBusy ? path : undefined, { everyMs: lookMs });
	return resting;
}

export default function FeedPage() {
	const { products: words } = useWords();
	const asked = useCatalogue();
	return (
		<Page title={words.title} lead={words.feedLead} tabs={<CatalogueTabs />}>
			<Answered asked={asked}>{(view) => <Feed view={view} asked={asked} />}</Answered>
		</Page>
	);
}

function Feed({ view, asked }: { readonly view: CatalogueView; readonly asked: Asked<CatalogueView> }) {
	const { products: words } = useWords();
	const site = useSite();
	const mayEdit = useMay("marketer");
	const [isChanging, setChanging] = useState(false);
	const [isRemoving, setRemoving] = useState(false);
	const [sending, setSending] = useState<string>();
	const [isBusy, setBusy] = useState(false);
	const { feed, run } = view;

	async function act(work: () => Promise<CatalogueView>, done?: string): Promise<void> {
		setBusy(true);
		try {
			asked.expect(await work());
			// Products are others now, and so is what was wrong.
			forget(`${site.api}/products`);
			if (done !== undefined) say(done);
		} catch (error) {
			sayRefused(error);
		} finally {
			setBusy(false);
		}
	}
	const at = `${site.api}/catalogue/feed`;
	async function upload(file: File): Promise<void> {
		setSending(file.name);
		await act(() => call("POST", `${at}/file`, file));
		setSending(undefined);
	}
	return (
		<>
			{run?.status === "suspicious" && (
				<section class="section is-card feed-suspicious" role="alert">
					<h2>{words.suspicious}</h2>
					<Sentence of={run.sentence} />
					<p class="hint">{words.suspiciousWhy}</p>
					{mayEdit && (
						<p class="row">
							<Button
								kind="primary"
								busy={isBusy}
								onClick={() =>
									void act(() => call("POST", `${at}/decision`, { sound: false }), words.dismissed)
								}
							>
								{words.dismiss}
							</Button>
							<Button
								busy={isBusy}
								onClick={() => void act(() => call("POST", `${at}/decision`, { sound: true }))}
							>
								{words.takeOver}
							</Button>
						</p>
					)}
				</section>
			)}
			{feed && !isChanging ? (
				<Section
					title={words.feed}
					actions={
						mayEdit && (
							<>
								<Button
									kind="primary"
									icon={RefreshCw}
									busy={isBusy || isGoing(run)}
									disabled={run?.status === "suspicious"}
									onClick={() => void act(() => call("POST", `${at}/run`))}
								>
									{words.runNow}
								</Button>
								<Menu
									label={words.changeFeed}
									end
									kind="plain"
									acts={[
										{ label: words.changeFeed, icon: Pencil, onAct: () => setChanging(true) },
										{
											label: words.removeFeed,
											icon: Trash2,
											danger: true,
											onAct: () => setRemoving(true),
										},
									]}
								>
									{words.changeFeed}
								</Menu>
							</>
						)
					}
				>
					<Address view={view} />
					{run && <LastRun run={run} />}
				</Section>
			) : mayEdit ? (
				<FeedForm
					feed={feed}
					onClose={() => setChanging(false)}
					onSaved={(saved) => {
						asked.expect(saved);
						setChanging(false);
					}}
				/>
			) : (
				<Notice>{words.feedNone}</Notice>
			)}
			{!feed && run && (
				<Section title={words.lastRun}>
					<LastRun run={run} />
				</Section>
			)}
			{run && run.problems > 0 && !isGoing(run) && (
				<FeedProblems key={`${run.startedAt} ${run.status}`} problems={run.problems} />
			)}
			{mayEdit && !isChanging && (
				<Section title={words.upload} hint={words.uploadHint}>
					<Drop
						label={words.uploadDrop}
						accept=".xml,.csv,.tsv,.txt,.gz"
						busy={sending === undefined ? undefined : words.uploading(sending)}
						onFile={(file) => void upload(file)}
					/>
				</Section>
			)}
			{isRemoving && (
				<Confirm
					title={words.removeFeed}
					act={words.removeFeed}
					danger
					busy={isBusy}
					onClose={() => setRemoving(false)}
					onAct={() => void act(() => call("DELETE", at), words.removed).then(() => setRemoving(false))}
				>
					<p>{words.removeWhy}</p>
				</Confirm>
			)}
		</>
	);
}

function Address({ view: { feed, nextAt } }: { readonly view: CatalogueView }) {
	const { products: words } = useWords();
	const format = useFormat();
	if (!feed) return null;
	return (
		<div class="feed-address">
			<code>{feed.url}</code>
			<p class="hint">
				{hoursWords(words, feed.everyHours)}
				{nextAt !== null && ` · ${words.nextRun(format.relative(nextAt))}`}
			</p>
		</div>
	);
}
