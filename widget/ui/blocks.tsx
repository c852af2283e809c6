// The blocks that everything shown is made of. Each kind is looked at before it is drawn; those that few use come in
// chunks of their own.

import type { FunctionComponent, JSX } from "preact";
import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { Block, Field, Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Host } from "../host.ts";
import type { BlocksChunk } from "../load.ts";
import { isLink, isText, listsIn } from "../offer.ts";
import { tell } from "../tell.ts";
import { Form, isForm } from "./form.tsx";
import { useEffect, useRef, useState } from "./hooks.ts";
import { marked } from "./marks.tsx";
import type { Session } from "./session.ts";
import type { Words } from "./words.ts";

export interface Setting {
	readonly offer: Offer;
	readonly host: Host;
	readonly words: Words;
	readonly session: Session;
	readonly go: (to: string) => void;
	readonly close: () => void;
	/** Draws all anew: what was given, or the time, has changed. */
	readonly redraw: () => void;
}

/** How a kind of blocks is looked at and drawn. */
export interface Kind<Of> {
	readonly is: (one: Of) => boolean;
	readonly Draw: FunctionComponent<Setting & Of>;
}
export type Kinds = { readonly [K in Block["kind"]]?: Kind<Of<K>> };

const copiedMs = 2_500;

/** Which chunk draws it, where it is not this one. */
const chunks: Partial<Record<Block["kind"] | Field["kind"], BlocksChunk>> = {
	number: "survey",
	date: "survey",
	choice: "survey",
	choices: "survey",
	rating: "survey",
	nps: "survey",
	countdown: "countdown",
	wheel: "wheel",
	video: "rare",
	review: "rare",
	social: "rare",
	divider: "rare",
	html: "rare",
	products: "products",
};

const kinds: Record<string, Kind<never>> = {
	heading: {
		is: ({ text }: Of<"heading">) => isText(text),
		Draw: ({ level = 2, text }: Of<"heading">) => {
			const Tag = `h${level}` as "h2";
			return <Tag>{text}</Tag>;
		},
	},
	text: {
		is: ({ text }: Of<"text">) => isText(text),
		Draw: ({ text, ...setting }: Setting & Of<"text">) => (
			<p>
				{marked(text, (link, words) => (
					<a {...leadsTo(setting, link)}>{words}</a>
				))}
			</p>
		),
	},
	image: {
		is: (image: Of<"image">) => isPicture(image) && (image.link === undefined || isLink(image.link)),
		Draw: ({ link, ...setting }: Setting & Of<"image">) =>
			link ? (
				<a class="picture" {...leadsTo(setting, link)}>
					<Picture {...setting} />
				</a>
			) : (
				<Picture {...setting} />
			),
	},
	button: {
		is: ({ text, link }: Of<"button">) => isText(text) && (link === undefined || isLink(link)),
		Draw: ({ text, link, to, chat, quiet, ...setting }: Setting & Of<"button">) => {
			const look = quiet ? "quiet button" : "button";
			return link ? (
				<a class={look} {...leadsTo(setting, link)}>
					{text}
				</a>
			) : (
				<button
					type="button"
					class={look}
					onClick={guard(() => {
						if (to) return setting.go(to);
						setting.close();
						if (chat) {
							click(setting);
							setting.host.talk?.(setting.offer.experience);
						}
					})}
				>
					{text}
				</button>
			);
		},
	},
	coupon: {
		is: ({ code, pool, label }: Of<"coupon">) => isText(code ?? pool) && isText(label),
		Draw: Coupon,
	},
	form: { is: isForm, Draw: Form },
} as Record<string, Kind<never>>;

type Of<K extends Block["kind"]> = Extract<Block, { kind: K }>;

/** The chunks that an offer needs besides this one. */
export function chunksOf(offer: Offer): Set<BlocksChunk> {
	const all = listsIn(offer).flat();
	const forms = all.flatMap((block) => (block.kind === "form" ? [block, ...(block.thanks ?? [])] : []));
	const fields = all.flatMap((block) => (block.kind === "form" ? block.fields : []));
	return new Set(
		[...all, ...forms, ...fields].flatMap(
			(one) => chunks[one.kind] ?? ("long" in one && one.long ? "survey" : []),
		),
	);
}

export function know(more: Kinds): void {
	Object.assign(kinds, more);
}

/** Asked when the chunks are there. False, or a throw, where a block is not what it should be. */
export const areBlocks = (blocks: readonly Block[]): boolean =>
	blocks.every((block) => (kinds[block.kind] as Kind<Block> | undefined)?.is(block));

export function Blocks({ blocks, ...setting }: Setting & { blocks: readonly Block[] }): JSX.Element {
	return (
		<>
			{blocks.map((block, index) => {
				const { Draw } = kinds[block.kind] as unknown as Kind<Block>;
				return <Draw key={index} {...setting} {...block} />;
			})}
		</>
	);
}

/** Notes once that the visitor began to use what is shown. */
export function engage({ session, offer, host }: Setting, by: "field" | "step" | "copy" | "spin"): void {
	if (session.isEngaged) return;
	session.isEngaged = true;
	host.note(host.newEvent("Experience Engaged", about(offer, { by })));
}

export function about(
	{ experience, revision }: Offer,
	more?: CollectEvent["props"],
): NonNullable<CollectEvent["props"]> {
	return { experience, revision, ...more };
}

/** What a link is, wherever it stands. */
export function leadsTo(setting: Setting, link: string): { href: string; onClick: () => unknown } {
	return { href: link, onClick: guard(() => click(setting, { link })) };
}

function click({ offer, host }: Setting, what?: CollectEvent["props"]): void {
	const props = about(offer, what);
	host.note(host.newEvent("Experience Clicked", props));
	tell(host, "clicked", props);
}

export const isPicture = ({ src, width, height }: Of<"image"> | Of<"video">): boolean =>
	isLink(src) && width > 0 && height > 0;

/** Its place is reserved, and it fades in when it is there. */
export function Picture({ src, alt, width, height }: Omit<Of<"image">, "kind">): JSX.Element {
	const [loaded, setLoaded] = useState(false);
	return (
		<img
			src={src}
			alt={alt}
			width={width}
			height={height}
			class={loaded ? "loaded" : ""}
			onLoad={guard(() => setLoaded(true))}
		/>
	);
}

export function Coupon({
	code: same,
	pool,
	label,
	withCountdown,
	...setting
}: Setting & Omit<Of<"coupon">, "kind">): JSX.Element | null {
	const { words, session } = setting;
	const [copied, setCopied] = useState(false);
	const shown = useRef<HTMLElement>(null);
	const says = copied ? words.copied : words.copy;
	useEffect(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), copiedMs);
		return () => clearTimeout(timer);
	}, [copied]);
	const code = pool ? session.given.codes?.[pool] : same;
	if (!code || (withCountdown && (session.endsAt as number) <= Date.now())) return null;
	return (
		<div class="coupon">
			<span class="label">{label}</span>
			<div class="ticket">
				<code ref={shown}>{code}</code>
				<button
					type="button"
					class={copied ? "copied" : ""}
					aria-label={`${says}: ${code}`}
					onClick={guard(async () => {
						engage(setting, "copy");
						setCopied(await copy(code, shown.current));
					})}
				>
					{says}
				</button>
			</div>
			<span class="unseen" role="status">
				{copied ? words.copied : ""}
			</span>
		</div>
	);
}

/** Pages on plain http, and those that forbid the clipboard, still let a selection be copied. */
async function copy(code: string, shown: HTMLElement | null): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(code);
		return true;
	} catch {
		if (shown) getSelection()?.selectAllChildren(shown);
		return document.execCommand("copy");
	}
}
