// The page: who plays the visitor, the shop, the clock, and the inspector beside them.

import { useEffect, useRef, useState } from "preact/hooks";
import { type Persona, personas } from "../persona.ts";
import { Clock } from "./clock.tsx";
import { Inspector } from "./inspector.tsx";
import { chosenLang, LanguageContext, languages, rememberLang, useLanguage } from "./language.ts";
import { moveClock, useReport } from "./live.ts";
import { type Play, pathIn, resumePlay, startPlay } from "./play.ts";
import { type Browser, Shop } from "./shop.tsx";
import type { Lang } from "./words.ts";

const dayMs = 86_400_000;
const leavingMs = 1_500;

export function App({ shop }: { readonly shop: string }) {
	const [lang, setLang] = useState<Lang>(chosenLang);
	const { words } = languages[lang];
	useEffect(() => {
		document.documentElement.lang = lang;
		document.title = words.title;
	}, [lang, words]);
	function choose(next: Lang): void {
		rememberLang(next);
		setLang(next);
	}
	return (
		<LanguageContext.Provider value={languages[lang]}>
			{shop ? <Stage shop={shop} lang={lang} choose={choose} /> : <p class="missing">{words.shop.missing}</p>}
		</LanguageContext.Provider>
	);
}

function Stage({ shop, lang, choose }: { shop: string; lang: Lang; choose: (lang: Lang) => void }) {
	const { words } = languages[lang];
	const [play, setPlay] = useState<Play>(() => resumePlay(shop, lang) ?? startPlay("new", shop, lang));
	const [tab, setTab] = useState<"shop" | "inspector">("shop");
	const { report, isOffline, refresh } = useReport(play.origin);
	const browser = useRef<Browser>(null);
	const absence = useAbsence(play, report !== undefined && report.visitor !== null, comeBack);

	async function move(offsetMs: number): Promise<void> {
		await moveClock(offsetMs);
		refresh();
	}
	async function comeBack(): Promise<void> {
		const tab = browser.current;
		tab?.leave();
		// What the page sends in leaving is of its own day.
		await new Promise((resolve) => setTimeout(resolve, leavingMs));
		await move((report?.clockOffsetMs ?? 0) + dayMs);
		// Nothing happens in a tab that belongs to somebody else by now.
		if (tab === browser.current) tab?.visit(pathIn(lang, "/kosiarki-akumulatorowe"));
	}
	function visit(path: string): void {
		browser.current?.visit(pathIn(lang, path));
		setTab("shop");
	}

	const notices = {
		no: undefined,
		first: words.shop.firstVisit,
		away: words.shop.away,
		second: words.shop.secondVisit,
	};
	return (
		<div class={`app shows-${tab}`}>
			<header class="top">
				<h1>
					<img src="/demo/icon.svg" width="20" height="20" alt="" /> Witaj
				</h1>
				<Cast current={play.persona} choose={(persona) => setPlay(startPlay(persona, shop, lang))} />
				<a class="outbox" href="/demo/outbox" target="_blank" rel="noreferrer" title={words.outbox.hint}>
					{words.outbox.name}
				</a>
				<fieldset class="languages" aria-label={words.language}>
					{(["pl", "en"] as const).map((one) => (
						<button
							key={one}
							type="button"
							lang={one}
							title={one === "pl" ? "Polski" : "English"}
							aria-pressed={one === lang}
							onClick={() => choose(one)}
						>
							{one.toUpperCase()}
						</button>
					))}
				</fieldset>
			</header>
			<main class="split">
				<Shop
					key={play.origin}
					play={play}
					report={report}
					notice={notices[absence]}
					browser={browser}
					onLoad={refresh}
				/>
				<aside class="inspector" aria-label={words.inspector.title}>
					<Clock offsetMs={report?.clockOffsetMs} move={move} />
					<Inspector
						key={play.origin}
						play={play}
						report={report}
						isOffline={isOffline}
						visit={visit}
						move={move}
					/>
				</aside>
			</main>
			<nav class="tabs">
				{(["shop", "inspector"] as const).map((one) => (
					<button
						key={one}
						type="button"
						aria-current={tab === one ? "page" : undefined}
						onClick={() => setTab(one)}
					>
						{words[one].tab}
					</button>
				))}
			</nav>
		</div>
	);
}

function Cast({ current, choose }: { current: Persona; choose: (persona: Persona) => void }) {
	const { words } = useLanguage();
	return (
		<fieldset class="cast" aria-label={words.personas}>
			{personas.map((persona) => (
				<button
					key={persona}
					type="button"
					data-persona={persona}
					title={words.persona[persona].hint}
					aria-pressed={persona === current}
					onClick={() => choose(persona)}
				>
					{words.persona[persona].name}
				</button>
			))}
		</fieldset>
	);
}

/** Where whoever comes back stands: `leave` runs once, when the first visit is on record, and ends with the second. */
function useAbsence(
	play: Play,
	isOnRecord: boolean,
	leave: () => Promise<void>,
): "no" | "first" | "away" | "second" {
	const [gone, setGone] = useState({ origin: "", isBack: false });
	const isReturning = play.persona === "returning" && !play.isResumed;
	const isGone = gone.origin === play.origin;
	useEffect(() => {
		if (!isReturning || !isOnRecord || isGone) return;
		setGone({ origin: play.origin, isBack: false });
		void leave().then(() => setGone((now) => (now.origin === play.origin ? { ...now, isBack: true } : now)));
	}, [isReturning, isOnRecord, isGone, play.origin, leave]);
	if (!isReturning) return "no";
	if (!isGone) return "first";
	return gone.isBack ? "second" : "away";
}
