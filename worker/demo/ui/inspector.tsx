// Everything that is known of the persona, live; or why nothing is.

import { useEffect, useState } from "preact/hooks";
import type { Report, Visitor } from "../report.ts";
import { Candidates } from "./candidates.tsx";
import { ContactCard } from "./card.tsx";
import { Settled } from "./flash.tsx";
import { Guide } from "./guide.tsx";
import { useLanguage } from "./language.ts";
import type { Play } from "./play.ts";
import { Segments } from "./segments.tsx";
import { Story } from "./story.tsx";
import { Score, Tags } from "./totals.tsx";
import { Who } from "./who.tsx";

export interface Act {
	readonly visit: (path: string) => void;
	readonly move: (offsetMs: number) => void;
}

interface Looking extends Act {
	readonly play: Play;
	readonly report: Report | undefined;
	readonly isOffline: boolean;
}

export function Inspector({ play, report, isOffline, visit, move }: Looking) {
	const { words } = useLanguage();
	const [isSettled, setSettled] = useState(false);
	const visitor = report?.visitor;
	useEffect(() => {
		if (visitor) setSettled(true);
	}, [visitor]);
	return (
		<Settled.Provider value={isSettled}>
			{isOffline && (
				<p class="notice" role="status">
					{words.silence.offline}
				</p>
			)}
			{report && visitor ? (
				<Known visitor={visitor} report={report} visit={visit} move={move} />
			) : (
				<Silence asksConsent={play.persona === "consent"} isWaiting={!report} />
			)}
		</Settled.Provider>
	);
}

function Known({ visitor, report, ...act }: { visitor: Visitor; report: Report } & Act) {
	const { inspector } = useLanguage().words;
	const [view, setView] = useState<"live" | "card">("live");
	return (
		<>
			<nav class="views" aria-label={inspector.views}>
				{(["live", "card"] as const).map((one) => (
					<button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
						{inspector[one]}
					</button>
				))}
			</nav>
			{view === "live" ? (
				<Live visitor={visitor} report={report} {...act} />
			) : (
				<ContactCard visitor={visitor} now={report.now} />
			)}
		</>
	);
}

function Live({ visitor, report, ...act }: { visitor: Visitor; report: Report } & Act) {
	const { now } = report;
	return (
		<div class="known">
			<Guide visitor={visitor} clockOffsetMs={report.clockOffsetMs} {...act} />
			<Who visitor={visitor} now={now} />
			<Tags visitor={visitor} />
			<Candidates visitor={visitor} now={now} />
			<Segments segments={visitor.person.segments} now={now} />
			<Score visitor={visitor} now={now} />
			<Story visitor={visitor} now={now} />
		</div>
	);
}

function Silence({ asksConsent, isWaiting }: { asksConsent: boolean; isWaiting: boolean }) {
	const { silence } = useLanguage().words;
	const isRefused = "globalPrivacyControl" in navigator && navigator.globalPrivacyControl === true;
	if (isRefused) return <Empty title={silence.refused} text={[silence.refusedWhy]} />;
	if (asksConsent) return <Empty title={silence.consent} text={[silence.consentWhy, silence.consentHow]} />;
	if (isWaiting) return <Empty title={silence.waiting} text={[]} />;
	return <Empty title={silence.nobody} text={[silence.nobodyWhy]} />;
}

function Empty({ title, text }: { readonly title: string; readonly text: readonly string[] }) {
	return (
		<div class="empty">
			<h2>{title}</h2>
			{text.map((paragraph) => (
				<p key={paragraph}>{paragraph}</p>
			))}
		</div>
	);
}
