// The blocks that a pop-up is made of.

import type { JSX } from "preact";
import type { Block, Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Host } from "../host.ts";
import { tell } from "../tell.ts";
import { Form } from "./form.tsx";
import { useEffect, useRef, useState } from "./hooks.ts";
import type { Words } from "./words.ts";

export interface Setting {
	readonly offer: Offer;
	readonly host: Host;
	readonly words: Words;
}

const copiedMs = 2_500;

export function Blocks({ blocks, ...setting }: Setting & { blocks?: readonly Block[] }): JSX.Element {
	return (
		<>
			{(blocks ?? setting.offer.content.blocks).map((block, index) => (
				<OneBlock key={index} block={block} {...setting} />
			))}
		</>
	);
}

function OneBlock({ block, ...setting }: Setting & { block: Block }): JSX.Element | undefined {
	switch (block.kind) {
		case "heading":
			return <h2>{block.text}</h2>;
		case "text":
			return <p>{block.text}</p>;
		case "image":
			return <Picture {...block} />;
		case "button":
			return <Button {...setting} text={block.text} link={block.link ?? ""} />;
		case "coupon":
			return <Coupon words={setting.words} code={block.code ?? ""} label={block.label} />;
		case "form":
			return <Form {...setting} form={block} />;
	}
}

/** Its place is reserved, and it fades in when it is there. */
function Picture({ src, alt, width, height }: Extract<Block, { kind: "image" }>): JSX.Element {
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

function Button({ offer, host, text, link }: Setting & { text: string; link: string }): JSX.Element {
	const { experience, revision } = offer;
	return (
		<a
			class="button"
			href={link}
			onClick={guard(() => {
				host.note(host.newEvent("Experience Clicked", { experience, revision, link }));
				tell(host, "clicked", { experience, revision, link });
			})}
		>
			{text}
		</a>
	);
}

function Coupon({ words, code, label }: { words: Words; code: string; label: string }): JSX.Element {
	const [copied, setCopied] = useState(false);
	const shown = useRef<HTMLElement>(null);
	const says = copied ? words.copied : words.copy;
	useEffect(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), copiedMs);
		return () => clearTimeout(timer);
	}, [copied]);
	return (
		<div class="coupon">
			<span class="label">{label}</span>
			<div class="ticket">
				<code ref={shown}>{code}</code>
				<button
					type="button"
					class={copied ? "copied" : ""}
					aria-label={`${says}: ${code}`}
					onClick={guard(async () => setCopied(await copy(code, shown.current)))}
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
