// Blocks that few contents have: a video's still, a review, social links, a rule, a marketer's own HTML.

import type { JSX } from "preact";
import type { Block } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import { isLink, isText } from "../offer.ts";
import { isPicture, type Kinds, leadsTo, Picture, type Setting } from "../ui/blocks.tsx";
import { useEffect, useRef, useState } from "../ui/hooks.ts";
import rare from "../ui/rare.css";

type Of<K extends Block["kind"]> = Extract<Block, { kind: K }>;
type Network = Of<"social">["links"][number]["network"];

const words = {
	pl: { play: "Obejrzyj film", of: (stars: number) => `${stars} na 5 gwiazdek` },
	en: { play: "Watch the video", of: (stars: number) => `${stars} of 5 stars` },
} as const;

/** Our own drawings, in strokes of 24 by 24. */
const marks: Readonly<Record<Network, readonly [name: string, path: string]>> = {
	facebook: ["Facebook", "M15.5 3.5h-1.8a3.2 3.2 0 0 0-3.2 3.2v13.8M7.5 11h7"],
	instagram: [
		"Instagram",
		"M8 3.5h8A4.5 4.5 0 0 1 20.5 8v8a4.5 4.5 0 0 1-4.5 4.5H8A4.5 4.5 0 0 1 3.5 16V8A4.5 4.5 0 0 1 8 3.5zM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM16.8 7.2h.01",
	],
	tiktok: ["TikTok", "M13.5 3.5v11.3a3.7 3.7 0 1 1-3.7-3.7M13.5 3.5c.3 2.9 2 4.8 5 5"],
	youtube: [
		"YouTube",
		"M5.5 5.5c4-.7 9-.7 13 0 1.2.2 2 1.1 2.2 2.3.4 2.8.4 5.6 0 8.4-.2 1.2-1 2.1-2.2 2.3-4 .7-9 .7-13 0-1.2-.2-2-1.1-2.2-2.3-.4-2.8-.4-5.6 0-8.4.2-1.2 1-2.1 2.2-2.3zM10 9v6l5-3z",
	],
	x: ["X", "M4.5 4.5l15 15M19.5 4.5l-15 15"],
	linkedin: ["LinkedIn", "M6 10v9M6 5.5h.01M11 19v-9m0 4.5c0-6 7.5-6 7.5 0V19"],
	pinterest: ["Pinterest", "M9.5 20.5l2.8-11M8 13.5c-3-4 0-9 4.7-9 4.5 0 6 4 4.5 7.5-1.5 3.7-5.5 3.5-6 .8"],
	whatsapp: [
		"WhatsApp",
		"M4 20l1.3-4A8 8 0 1 1 8.5 19zM9 8.5c0 3.5 3 6.5 6.5 6.5l.5-2-2-1-1 1c-1-.5-1.5-1-2-2l1-1-1-2z",
	],
};

function Stars({ stars, says }: { stars: number; says: string }): JSX.Element {
	return (
		<div class="stars" role="img" aria-label={says}>
			{[1, 2, 3, 4, 5].map((n) => (
				<svg key={n} viewBox="0 0 40 40" class={n <= stars ? "full" : ""} aria-hidden="true">
					<path d="M20 5l4.6 9.6 10.4 1.4-7.6 7.3 1.9 10.4L20 28.7l-9.3 5 1.9-10.4L5 16l10.4-1.4z" />
				</svg>
			))}
		</div>
	);
}

const [least, most] = [20, 2_000];

/**
 * A marketer's own HTML, which may run what it likes and reaches nothing: its frame is a document of the edge's, of no
 * origin at all (see build.ts), that writes what it is told once. `srcdoc` would need Trusted Types and fall under the
 * page's policy. It may ask for another height by `parent.postMessage({ height: 300 }, "*")`.
 */
function Html({ html, title, height }: Setting & Of<"html">): JSX.Element {
	const [asked, setAsked] = useState(height);
	const frame = useRef<HTMLIFrameElement>(null);
	useEffect(() => {
		let isTold = false;
		const listen = ({ source, data }: MessageEvent) => {
			// Of no origin, so that only its window tells who speaks.
			const inner = frame.current?.contentWindow;
			if (!inner || source !== inner) return;
			if (data === "ready" && !isTold) {
				isTold = true;
				inner.postMessage(html, "*");
			} else if (typeof data?.height === "number") {
				setAsked(Math.min(most, Math.max(least, Math.round(data.height))));
			}
		};
		const heard = guard(listen);
		addEventListener("message", heard);
		return () => removeEventListener("message", heard);
	}, []);
	return (
		<iframe
			ref={frame}
			title={title}
			height={asked}
			sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
			src={import.meta.url.replace(/rare\.js$/, "sandbox")}
		/>
	);
}

export const kinds: Kinds = {
	video: {
		is: (video) => isPicture(video) && isText(video.alt) && isLink(video.link),
		Draw: ({ link, ...setting }) => (
			<a class="picture" {...leadsTo(setting, link)}>
				<Picture {...setting} />
				<span class="unseen">{words[setting.offer.language].play}</span>
				<svg class="play" viewBox="0 0 64 64" aria-hidden="true">
					<circle cx="32" cy="32" r="30" />
					<path d="M26 21v22l18-11z" />
				</svg>
			</a>
		),
	},
	review: {
		is: ({ quote, author, stars }) => isText(quote) && isText(author) && stars > 0,
		Draw: ({ quote, author, stars, offer }) => (
			<figure class="review">
				<Stars stars={stars} says={words[offer.language].of(stars)} />
				<blockquote>
					<p>{quote}</p>
				</blockquote>
				<figcaption>{author}</figcaption>
			</figure>
		),
	},
	social: {
		is: ({ links }) => links.every(({ network, link }) => Object.hasOwn(marks, network) && isLink(link)),
		Draw: ({ links, ...setting }) => (
			<div class="social">
				{links.map(({ network, link }) => (
					<a
						key={network}
						{...leadsTo(setting, link)}
						href={link}
						target="_blank"
						rel="noopener"
						aria-label={marks[network][0]}
					>
						<svg viewBox="0 0 24 24" aria-hidden="true">
							<path d={marks[network][1]} />
						</svg>
					</a>
				))}
			</div>
		),
	},
	divider: { is: () => true, Draw: () => <hr /> },
	html: {
		is: ({ html, title, height }) => isText(html) && isText(title) && height > 0,
		Draw: Html,
	},
};
export const css = rare;
