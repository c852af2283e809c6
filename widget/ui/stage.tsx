// The dialog itself: a shadow root of our own in the browser's top layer, above any page and touching none of it.

import type { Offer } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Host } from "../host.ts";
import { tell } from "../tell.ts";
import { render } from "./draw.ts";
import { Steps } from "./steps.tsx";
import { sheetsOf } from "./theme.ts";
import { wordsIn } from "./words.ts";

type Closing = "button" | "escape" | "outside";

/** What happens in here is not the page's: its shortcuts and focus traps would answer to our keys. */
const ownEvents = ["keydown", "keyup", "keypress", "click", "pointerdown", "mousedown", "focusin", "input"];
const fadeMs = 140;

/** Opens in a moment. Returns what closes it without a trace; `onClosed` is called however it was closed. */
export function open(offer: Offer, host: Host, onClosed: () => void, css = ""): () => void {
	const words = wordsIn(offer.language);
	const element = document.createElement("witaj-popup");
	const root = element.attachShadow({ mode: "open" });
	root.adoptedStyleSheets = sheetsOf(offer.theme, css);
	for (const kind of ownEvents) root.addEventListener(kind, (event) => event.stopPropagation());
	const dialog = () => root.querySelector("dialog");
	let isOpen = true;
	let pressedOutside = false;

	const remove = () => {
		// Gives the focus back to where it was.
		dialog()?.close();
		render(null, root);
		element.remove();
	};
	const end = () => {
		if (!isOpen) return false;
		isOpen = false;
		onClosed();
		return true;
	};
	const vanish = () => {
		if (end()) remove();
	};
	const close = (by: Closing) => {
		if (!end()) return;
		const { experience, revision } = offer;
		host.note(host.newEvent("Experience Closed", { experience, revision, by }));
		tell(host, "closed", { experience, revision, by });
		const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
		const fade = dialog()?.animate({ opacity: 0 }, { duration: still ? 0 : fadeMs, fill: "forwards" });
		if (fade) fade.finished.then(remove, remove);
		else remove();
	};

	render(
		<dialog
			aria-modal="true"
			aria-label={offer.content.label}
			lang={offer.language}
			onCancel={guard((event: Event) => {
				event.preventDefault();
				close("escape");
			})}
			// A browser may close it without asking, when Escape or a back gesture is pressed twice.
			onClose={guard(() => close("escape"))}
			// Both: a selection dragged out of the card ends outside, too.
			onPointerDown={guard((event: Event) => {
				pressedOutside = event.target === event.currentTarget;
			})}
			onClick={guard((event: Event) => {
				if (pressedOutside && event.target === event.currentTarget) close("outside");
			})}
			onKeyDown={guard((event: KeyboardEvent) => {
				if (event.key === "Tab") keepFocus(event, root);
			})}
		>
			<div class="card" tabIndex={-1}>
				<button class="close" type="button" aria-label={words.close} onClick={guard(() => close("button"))}>
					<svg viewBox="0 0 20 20" aria-hidden="true">
						<path d="M5 5l10 10M15 5L5 15" />
					</svg>
				</button>
				<Steps offer={offer} host={host} words={words} close={() => close("button")} />
			</div>
		</dialog>,
		root,
		vanish,
	);
	// In a task of its own: to open and to focus has the browser lay the page out there and then.
	setTimeout(
		guard(() => {
			if (!isOpen) return;
			document.documentElement.append(element);
			dialog()?.showModal();
			// Not by the `autofocus` attribute: in another origin's frame a browser refuses it, and says so in the console.
			root.querySelector<HTMLElement>(".card")?.focus();
			tell(host, "shown", { experience: offer.experience, revision: offer.revision });
		}),
	);
	return vanish;
}

/** Tab goes round within; without this it would leave for the browser's own bar. */
function keepFocus(event: KeyboardEvent, root: ShadowRoot): void {
	const stops = [
		...root.querySelectorAll<HTMLElement>("button, a[href], input:not([tabindex]), select, textarea, iframe"),
	];
	const first = stops[0];
	const last = stops[stops.length - 1];
	const now = root.activeElement;
	const outside = !stops.some((stop) => stop === now);
	if (event.shiftKey ? now === first || outside : now === last) {
		event.preventDefault();
		(event.shiftKey ? last : first)?.focus();
	}
}
