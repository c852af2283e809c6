// The wheel of fortune. What it comes to was drawn by the server when it granted the experience: it is only shown here.

import type { JSX } from "preact";
import type { Block } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import { isText } from "../offer.ts";
import { Coupon, engage, type Kinds, type Setting } from "../ui/blocks.tsx";
import { useEffect, useRef, useState } from "../ui/hooks.ts";
import wheel from "../ui/wheel.css";

type Wheel = Extract<Block, { kind: "wheel" }>;

const radius = 96;
const turns = 6;
const spinMs = 4_600;
/** A label ends so far from the rim, clear of the pointer, and is as large as it has room for, at most so large. */
const [rim, room, largest] = [16, 96, 10];
const words = { pl: "Koło fortuny", en: "Wheel of fortune" } as const;

function Wheel({ segments, spin, ...setting }: Setting & Wheel): JSX.Element | null {
	const { session, offer } = setting;
	const [isTurning, setTurning] = useState(false);
	const disc = useRef<SVGGElement>(null);
	const won = useRef<HTMLDivElement>(null);
	const { isSpun } = session;
	useEffect(() => {
		if (isSpun && isTurning) won.current?.focus();
	}, [isSpun]);
	const outcome = session.given.outcome ?? -1;
	const segment = segments[outcome];
	// Nobody drew for whoever has not agreed to be remembered.
	if (!segment) return null;
	const angle = 360 / segments.length;
	const stop = -angle * (outcome + 0.5);
	const onSpin = async () => {
		if (isTurning) return;
		setTurning(true);
		engage(setting, "spin");
		const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
		const from = { transform: "rotate(0deg)" };
		const to = { transform: `rotate(${stop + turns * 360}deg)` };
		const easing = "cubic-bezier(0.15, 0.7, 0.1, 1)";
		if (!still) await disc.current?.animate([from, to], { duration: spinMs, easing }).finished;
		session.isSpun = true;
		setting.redraw();
	};
	const { text, label, pool } = segment;
	const code = session.given.code ?? segment.code;
	return (
		<div class="fortune">
			<svg
				viewBox="-100 -106 200 208"
				role="img"
				aria-label={`${words[offer.language]}: ${segments.map((one) => one.label).join(", ")}`}
			>
				<g ref={disc as never} class="disc" transform={`rotate(${isSpun ? stop : 0})`}>
					{segments.map((one, n) => (
						<g
							key={n}
							class={`tone-${n === segments.length - 1 && n % 3 === 0 ? 1 : n % 3}`}
							transform={`rotate(${angle * (n + 0.5)})`}
						>
							<path d={slice(angle)} />
							<text
								x={radius - rim}
								y={0}
								dy=".35em"
								transform="rotate(-90)"
								font-size={Math.min(largest, room / one.label.length)}
							>
								{one.label}
							</text>
						</g>
					))}
				</g>
				<circle class="hub" r={11} />
				<path class="pointer" d="M-8-104H8L0-86z" />
			</svg>
			{isSpun ? (
				<div class="won" role="status" tabIndex={-1} ref={won}>
					<p>{text}</p>
					{(code || pool) && (
						<Coupon {...setting} {...(pool ? { pool } : { code: `${code}` })} label={label} />
					)}
				</div>
			) : (
				<button class="button" type="button" aria-disabled={isTurning} onClick={guard(onSpin)}>
					{spin}
				</button>
			)}
		</div>
	);
}

/** A slice of the disc around twelve o'clock. */
function slice(angle: number): string {
	const half = (angle * Math.PI) / 360;
	const [x, y] = [radius * Math.sin(half), -radius * Math.cos(half)].map((one) => one.toFixed(2));
	return `M0 0L-${x} ${y}A${radius} ${radius} 0 ${angle > 180 ? 1 : 0} 1 ${x} ${y}z`;
}

export const kinds: Kinds = {
	wheel: {
		is: ({ spin, segments }) =>
			isText(spin) &&
			segments.every(({ label, text, code = "" }) => isText(label) && isText(text) && isText(code)),
		Draw: Wheel,
	},
};
export const css = wheel;
