// The shop in a frame, with as much of a browser around it as a frame of another origin allows.

import { useEffect, useImperativeHandle, useRef, useState } from "preact/hooks";
import type { Report } from "../report.ts";
import { Icon } from "./icon.tsx";
import { useLanguage } from "./language.ts";
import { type Play, pathIn } from "./play.ts";

export interface Browser {
	visit(path: string): void;
	/** As if the tab were closed. */
	leave(): void;
}

export function Shop(props: {
	readonly play: Play;
	readonly report: Report | undefined;
	readonly notice: string | undefined;
	readonly browser: { current: Browser | null };
	readonly onLoad: () => void;
}) {
	const { play, report } = props;
	const { lang, words } = useLanguage();
	const frame = useRef<HTMLIFrameElement>(null);
	const isAsked = useRef(true);
	/** Pages in the order of opening. Nothing tells us of those opened before consent: the address is unknown then. */
	const [trail, setTrail] = useState<readonly string[]>([pathOf(play.start)]);
	const [isLost, setLost] = useState(false);
	const view = report?.visitor?.story.find(({ name }) => name === "Page Viewed" || name === "Page Reloaded");
	const seen = typeof view?.props.path === "string" ? view.props.path : undefined;
	const here = trail[trail.length - 1] ?? "/";

	// By the event and not by its path: what was asked for a moment ago is newer than the same old page view.
	useEffect(() => {
		if (seen === undefined) return;
		setLost(false);
		setTrail((before) => (before[before.length - 1] === seen ? before : [...before, seen]));
	}, [view?.id]);

	function open(path: string): void {
		isAsked.current = true;
		setLost(false);
		if (frame.current) frame.current.src = play.origin + path;
	}
	function visit(path: string): void {
		open(path);
		setTrail((before) => (before[before.length - 1] === path ? before : [...before, path]));
	}
	function goBack(): void {
		const before = trail[trail.length - 2];
		if (before === undefined) return;
		setTrail(trail.slice(0, -1));
		open(before);
	}
	function leave(): void {
		isAsked.current = true;
		if (frame.current) frame.current.src = "about:blank";
	}
	function onLoad(): void {
		if (!isAsked.current && !report?.visitor) setLost(true);
		isAsked.current = false;
		props.onLoad();
	}
	useImperativeHandle(props.browser, () => ({ visit, leave }), [play.origin]);

	const isPhone = play.persona === "phone";
	return (
		<section class={`shop ${isPhone ? "is-phone" : "is-wide"}`} aria-label={words.shop.title}>
			<div class="bar">
				<button type="button" disabled={trail.length < 2} onClick={goBack} title={words.shop.back}>
					<Icon of="back" />
				</button>
				<button type="button" disabled={isLost} onClick={() => open(here)} title={words.shop.again}>
					<Icon of="again" />
				</button>
				<button type="button" onClick={() => visit(pathIn(lang, "/"))} title={words.shop.home}>
					<Icon of="home" />
				</button>
				<output class="address" aria-label={words.shop.address}>
					<span>{play.host}</span>
					{isLost ? "/…" : here}
				</output>
			</div>
			{props.notice && <p class="notice">{props.notice}</p>}
			<div class="screen">
				<iframe
					key={play.origin}
					ref={frame}
					src={play.origin + play.start}
					title={words.shop.title}
					// The demo is no site that the visitor came from.
					referrerPolicy="no-referrer"
					onLoad={onLoad}
				/>
			</div>
		</section>
	);
}

function pathOf(start: string): string {
	return start.split("?")[0] ?? start;
}
