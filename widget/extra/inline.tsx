// What stands within the page, in a place of its own there.

import type { Offer } from "../../worker/protocol/experience.ts";
import type { Host } from "../host.ts";
import { seat } from "../seat.ts";
import { tell } from "../tell.ts";
import css from "../ui/inline.css";
import { drawIn, newRoot } from "../ui/stage.tsx";
import { Steps } from "../ui/steps.tsx";
import { wordsIn } from "../ui/words.ts";

/** Puts it there when it can; `onShown` gets what takes it away. */
export function place(
	offer: Offer,
	host: Host,
	claim: () => Promise<boolean>,
	signal: AbortSignal,
	onShown: (vanish: () => void) => void,
	onClosed: () => void,
): void {
	const { experience, revision, language, content } = offer;
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
	seat(root.host as HTMLElement, offer, host, {
		claim,
		signal,
		onShown: (takeAway) => {
			vanish = takeAway;
			onShown(takeAway);
		},
	});
}
