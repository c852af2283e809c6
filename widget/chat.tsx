// The chunk that talks: loaded when the launcher is pressed, or on any page while a conversation goes on.

import type { VisitorCommand } from "../worker/protocol/chat.ts";
import { blink, ring } from "./chat/attention.ts";
import css from "./chat/chat.css";
import { accepted } from "./chat/composer.tsx";
import { attempt, drop, mutedKey, openKey, read, write } from "./chat/keys.ts";
import { readUpTo, stageOf, unreadIn } from "./chat/log.ts";
import { Panel } from "./chat/panel.tsx";
import { begin as beginSession } from "./chat/session.ts";
import { wordsHere } from "./chat/words.ts";
import { guard } from "./guard.ts";
import type { Launcher, Talk } from "./launcher.ts";
import { render } from "./ui/draw.ts";
import { lookOf, sheetOf } from "./ui/look.ts";

/** What happens in here is not the page's: its shortcuts and focus traps would answer to our keys. */
const ownEvents = [
	"keydown",
	"keyup",
	"keypress",
	"click",
	"pointerdown",
	"mousedown",
	"focusin",
	"input",
	"paste",
];
const mostFile = 5_000_000;
const noteMs = 5_000;

export function begin(lent: Launcher): Talk {
	const { host, settings, root, button } = lent;
	const { words, lang } = wordsHere();
	const phone = matchMedia("(width <= 560px)");
	const [own = new CSSStyleSheet()] = root.adoptedStyleSheets;
	const room = new CSSStyleSheet();
	const status = document.createElement("span");
	// The key is its site's name, with a check.
	const files = `${settings.edge}/v1/chat/file/${settings.site.replace(/\.[^.]*$/, "")}`;
	const draft = { text: "" };
	let isOpen = false;
	let isDue = false;
	let note: string | undefined;
	let noteEnds = 0;
	/** The experience whose button led here. */
	let greeting: string | undefined;
	let theme: unknown;

	const session = beginSession(lent, {
		onChange: redraw,
		onMessages,
		onDone,
		isOpen: () => isOpen,
	});
	for (const kind of ownEvents) root.addEventListener(kind, (event) => event.stopPropagation());
	root.adoptedStyleSheets = [sheetOf(css), own, room];
	status.className = "unseen";
	status.role = "status";
	root.append(status);
	if (attempt(() => sessionStorage[openKey])) open(false);
	else redraw();

	document.addEventListener("visibilitychange", guard(look));
	phone.addEventListener("change", guard(redraw));
	for (const kind of ["resize", "scroll"]) visualViewport?.addEventListener(kind, guard(fillRoom));

	/** Once for all that changes in one go. */
	function redraw(): void {
		if (isDue) return;
		isDue = true;
		queueMicrotask(
			guard(() => {
				isDue = false;
				drawAll();
			}),
		);
	}

	function drawAll(): void {
		const state = session.state();
		const unread = unreadIn(state.log).length;
		if (state.theme && JSON.stringify(state.theme) !== theme) {
			theme = JSON.stringify(state.theme);
			root.adoptedStyleSheets = [sheetOf(css), own, lookOf(state.theme), room];
		}
		button.ariaExpanded = `${isOpen}`;
		button.ariaLabel = isOpen ? words.close : unread ? words.unread(unread) : words.launch;
		if (unread && !isOpen) button.dataset.unread = `${Math.min(unread, 99)}`;
		else delete button.dataset.unread;
		status.textContent = unread && !isOpen ? words.unread(unread) : "";
		if (!isOpen) {
			render(null, root);
			return;
		}
		const had = root.activeElement;
		render(
			<Panel
				state={state}
				words={words}
				lang={lang}
				isAllowed={host.consent() === "granted"}
				isMuted={read(mutedKey) !== undefined}
				isPhone={phone.matches}
				note={note}
				draft={draft}
				fileUrl={({ id }) => `${files}/${id}`}
				onClose={() => close()}
				onSend={send}
				onIntroduce={({ name, email, message }) => {
					session.say({ is: "introduce", ...(name && { name }), ...(email && { email }) });
					if (message) send(message);
					if (session.state().office?.isOpen === false) tell(words.sentAway);
				}}
				onMail={() => session.say({ is: "mail" })}
				onType={session.type}
				onFiles={attach}
				onRepeat={session.repeat}
				onOlder={session.older}
				onRate={(stars, text) => {
					session.say({ is: "rate", stars, ...(text && { text }) });
					tell(words.rated);
				}}
				onEnd={() => session.say({ is: "close" })}
				onMute={() => {
					if (read(mutedKey) === undefined) write(mutedKey, "1");
					else drop(mutedKey);
					redraw();
				}}
			/>,
			root,
			() => render(null, root),
		);
		// What had the focus may be gone: whoever has a keyboard alone stays in the window.
		if (had && !root.activeElement) focusInside();
		look();
	}

	/** On a phone the keyboard comes when it is asked for. */
	function focusInside(): void {
		const field = phone.matches ? undefined : root.querySelector<HTMLElement>(".panel :is(textarea,input)");
		(field ?? root.querySelector<HTMLElement>(".panel"))?.focus();
	}

	function send(text: string): void {
		session.say({
			is: "send",
			text,
			...(greeting && stageOf(session.state().log) === "none" && { greeting }),
		});
		greeting = undefined;
		redraw();
	}

	function attach(files: readonly File[]): void {
		for (const file of files) {
			if (file.size > mostFile || !accepted.includes(file.type || "?")) {
				tell(words.fileWrong);
				continue;
			}
			tell(words.sending);
			session.upload(file, (id) => {
				if (id) session.say({ is: "send", text: "", attachments: [id] });
				tell(id ? undefined : words.fileFailed);
			});
		}
	}

	function tell(next: string | undefined): void {
		note = next;
		clearTimeout(noteEnds);
		if (next && next !== words.sending) noteEnds = setTimeout(() => tell(undefined), noteMs);
		redraw();
	}

	/** What is before somebody's eyes is read. */
	function look(): void {
		const { log } = session.state();
		const unread = unreadIn(log);
		const last = unread.at(-1)?.seq ?? 0;
		const isSaid = session
			.state()
			.pending.some(({ command }) => command.is === "read" && command.upTo >= last);
		if (isOpen && !document.hidden && last > readUpTo(log, "visitor") && !isSaid)
			session.say({ is: "read", upTo: last });
		blink(document.hidden ? unread.length : 0);
	}

	function onDone(command: VisitorCommand, isRefused: boolean): void {
		if (command.is === "mail") tell(isRefused ? words.mailUnknown : words.mailed);
	}

	function onMessages(isLeading: boolean): void {
		const { log } = session.state();
		if (isLeading && read(mutedKey) === undefined && (document.hidden || !isOpen)) ring();
		// Somebody wants to talk with the visitor, who has said nothing yet.
		const isInvited = !log.events.some(({ is, by }) => is === "sent" && by.who === "visitor");
		if (isInvited && !document.hidden && !phone.matches) open(false);
		look();
	}

	function fillRoom(): void {
		const { height = innerHeight, offsetTop = 0 } = visualViewport ?? {};
		room.replaceSync(isOpen ? `:host{--room:${height}px;--top:${offsetTop}px}` : "");
	}

	function open(takesFocus = true): void {
		isOpen = true;
		attempt(() => (sessionStorage[openKey] = "1"));
		fillRoom();
		drawAll();
		if (takesFocus) focusInside();
	}

	function close(): void {
		isOpen = false;
		attempt(() => delete sessionStorage[openKey]);
		fillRoom();
		drawAll();
		button.focus();
	}

	return {
		toggle: () => (isOpen ? close() : open()),
		open: (experience) => {
			greeting = experience;
			open();
		},
	};
}
