// The address of a feed, tried before it is saved.

import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useFormat, useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Input, Select } from "../../parts/field.tsx";
import { Notice, Section } from "../../parts/page.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";
import type { Words } from "../../words/words.ts";
import type { CatalogueView, Feed, Tried } from "./kept.ts";
import { ProblemTable } from "./run.tsx";

const often = ["1", "3", "6", "12", "24", "168"];
const byHand = "hand";
const currencies = ["PLN", "EUR", "USD", "GBP", "CZK", "HUF", "RON", "UAH"];

export function hoursWords(words: Words["products"], hours: number | undefined): string {
	if (hours === undefined) return words.noNext;
	return words.hours[String(hours)] ?? words.everyHours(hours);
}

export function FeedForm({
	feed,
	onClose,
	onSaved,
}: {
	readonly feed: Feed | null;
	readonly onClose: () => void;
	readonly onSaved: (view: CatalogueView) => void;
}) {
	const { products: words, shell } = useWords();
	const format = useFormat();
	const site = useSite();
	const [url, setUrl] = useState(feed?.url ?? "");
	const [every, setEvery] = useState(feed ? String(feed.everyHours ?? byHand) : "24");
	const [currency, setCurrency] = useState<string>(feed?.currency ?? "PLN");
	const [tried, setTried] = useState<Tried>();
	const [doing, setDoing] = useState<"trying" | "saving">();
	const at = `${site.api}/catalogue/feed`;
	const body = {
		url: url.trim(),
		currency,
		...(every !== byHand && { everyHours: Number(every) }),
	};
	async function doIt(what: "trying" | "saving", work: () => Promise<void>): Promise<void> {
		setDoing(what);
		try {
			await work();
		} catch (error) {
			sayRefused(error);
		} finally {
			setDoing(undefined);
		}
	}
	const tryIt = () =>
		doIt("trying", async () => setTried(await call<Tried>("POST", `${at}/try`, { url: body.url, currency })));
	const save = () =>
		doIt("saving", async () => {
			await call("PUT", at, body);
			onSaved(await call<CatalogueView>("POST", `${at}/run`));
		});
	const offered = feed?.everyHours === undefined ? [] : [String(feed.everyHours)];
	const hours = [...new Set([...often, ...offered])].sort((a, b) => Number(a) - Number(b));
	return (
		<Section title={feed ? words.feed : words.feedNone} {...(!feed && { hint: words.feedNoneWhy })}>
			<form
				class="stack"
				onSubmit={(event) => {
					event.preventDefault();
					void save();
				}}
			>
				<Input
					label={words.address}
					hint={words.addressHint}
					type="url"
					placeholder={words.addressPlaceholder}
					value={url}
					required
					onInput={(value) => {
						setUrl(value);
						setTried(undefined);
					}}
				/>
				<div class="columns">
					<Select
						label={words.every}
						value={every}
						options={[...hours, byHand].map((value) => ({
							value,
							label: words.hours[value] ?? words.everyHours(Number(value)),
						}))}
						onChange={setEvery}
					/>
					<Select
						label={words.currency}
						value={currency}
						options={[...new Set([...currencies, currency])].map((value) => ({ value, label: value }))}
						onChange={setCurrency}
					/>
				</div>
				<p class="row">
					<Button busy={doing === "trying"} disabled={url.trim() === ""} onClick={() => void tryIt()}>
						{words.tryIt}
					</Button>
					<Button kind="primary" type="submit" busy={doing === "saving"} disabled={url.trim() === ""}>
						{words.saveFeed}
					</Button>
					{feed && <Button onClick={onClose}>{shell.cancel}</Button>}
				</p>
			</form>
			{tried && <Trial tried={tried} money={format.money} />}
		</Section>
	);
}

function Trial({
	tried,
	money,
}: {
	readonly tried: Tried;
	readonly money: (value: number, currency: string) => string;
}) {
	const { products: words } = useWords();
	const format = useFormat();
	const lang = useLang();
	const { sentence, items, good, isWhole, products, problems } = tried;
	return (
		<div class="stack" role="status">
			<h3>{words.tried}</h3>
			{sentence ? (
				<Notice kind="bad">{sentence[lang]}</Notice>
			) : (
				<Notice kind="good">
					{words.triedFigures(words.items(items), format.number(good))} {!isWhole && words.triedBeginning}
				</Notice>
			)}
			{products.length > 0 && (
				<ul class="feed-tried">
					{products.map(({ id, name, price, currency }) => (
						<li key={id}>
							<span>
								{name} <small>{id}</small>
							</span>
							<b>{money(price, currency)}</b>
						</li>
					))}
				</ul>
			)}
			{problems.length > 0 && <ProblemTable problems={problems} />}
		</div>
	);
}
