// What stands within the page, in a place of its own there.

import type { Offer } from "../../worker/protocol/experience.ts";
import type { Host } from "../host.ts";
import { keepAt, whenSeen } from "../place.ts";
import { tell } from "../tell.ts";
import css from "../ui/inline.css";
import { drawIn, newRoot } from "../ui/stage.tsx";
import { Steps } from "../ui/steps.tsx";
import { wordsIn } from "../ui/words.ts";

/** After so long into the page view the visitor reads what the page has there. */
const lateMs = 300;

/** Puts it there when it can; `onShown` gets what takes it away. */
export function place(
	offer: Offer,
	host: Host,
	claim: () => Promise<boolean>,
	signal: AbortSignal,
	onShown: (vanish: () => void) => void,
	onClosed: () => void,
): void {
	const { experience, revision, language, surface, content } = offer;
	if (surface.kind !== "inline") return;
	const began = host.view()?.event.at ?? 0;
	const root = newRoot("witaj-banner", offer, css);
	let vanish = () => root.replaceChildren();
	const close = () => {
		const props = { experience, revision, by: "button" };
		host.note(host.newEvent("Experience Closed", props));
		tell(host, "closed", props);
		onClosed();
		vanish();
	};
	drawIn(
		root,
		<section class="banner" aria-label={content.label} lang={language}>
			<Steps offer={offer} host={host} words={wordsIn(language)} close={close} />
		</section>,
		() => vanish(),
	);
	if (!root.firstChild) return;
	keepAt(root.host as HTMLElement, {
		place: surface.place,
		isLate: () => Date.now() - began > lateMs,
		claim,
		signal,
		onShown: (takeAway) => {
			vanish = takeAway;
			onShown(takeAway);
			tell(host, "shown", { experience, revision });
			whenSeen(
				root.host,
				() => host.note(host.newEvent("Experience Seen", { experience, revision })),
				signal,
			);
		},
		onMissed: (why) => host.note(host.newEvent("Experience Missed", { experience, revision, why })),
	});
}
