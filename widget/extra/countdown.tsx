// Time that runs out: for everybody at once, or for each visitor from when they first saw it.

import type { JSX } from "preact";
import type { Block } from "../../worker/protocol/experience.ts";
import { isText } from "../offer.ts";
import type { Kinds, Setting } from "../ui/blocks.tsx";
import countdown from "../ui/countdown.css";
import { useEffect, useState } from "../ui/hooks.ts";

type Countdown = Extract<Block, { kind: "countdown" }>;

const units = {
	pl: { days: "dni", hours: "godz.", minutes: "min", seconds: "s" },
	en: { days: "days", hours: "hours", minutes: "min", seconds: "s" },
} as const;
const second = 1_000;

function Countdown({ until, label, ended, ...setting }: Setting & Countdown): JSX.Element | null {
	const { session, offer } = setting;
	// Where no server said how long is left, the browser's own clock has to do.
	if (typeof until === "number") session.endsAt ??= until;
	const { endsAt } = session;
	const [, setNow] = useState(0);
	const isOver = endsAt !== undefined && endsAt <= Date.now();
	useEffect(() => {
		if (endsAt === undefined || isOver) return;
		const timer = setInterval(() => {
			if (endsAt > Date.now()) setNow(Date.now());
			// Coupons go with it.
			else setting.redraw();
		}, second);
		return () => clearInterval(timer);
	}, [endsAt, isOver]);
	if (endsAt === undefined) return null;
	if (isOver)
		return (
			<p class="ended" role="status">
				{ended}
			</p>
		);
	const left = Math.ceil((endsAt - Date.now()) / second);
	const parts = {
		days: Math.floor(left / 86_400),
		hours: Math.floor(left / 3_600) % 24,
		minutes: Math.floor(left / 60) % 60,
		seconds: left % 60,
	};
	const words = units[offer.language];
	const shown = (Object.keys(parts) as (keyof typeof parts)[]).filter(
		(unit) => unit !== "days" || parts.days > 0,
	);
	// Read out to whoever comes to it, and not with each second.
	const says = shown
		.filter((unit) => unit !== "seconds" || left < 60)
		.map((unit) => `${parts[unit]} ${words[unit]}`);
	return (
		<div class="countdown" role="timer" aria-label={`${label}: ${says.join(" ")}`}>
			<span class="label" aria-hidden="true">
				{label}
			</span>
			<div class="clock" aria-hidden="true">
				{shown.map((unit) => (
					<span key={unit}>
						<b>{`${parts[unit]}`.padStart(2, "0")}</b>
						<small>{words[unit]}</small>
					</span>
				))}
			</div>
		</div>
	);
}

export const kinds: Kinds = {
	countdown: { is: ({ label, ended }) => isText(label) && isText(ended), Draw: Countdown },
};
export const css = countdown;
