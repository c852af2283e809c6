// Telling an agent who looks elsewhere that a visitor has written: a notification of the browser's, and a sound.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { ConversationRow } from "../../../../protocol/chat.ts";
import { useWords } from "../../language.ts";
import { useSite } from "../../site.ts";
import type { Desk } from "./desk.ts";

const mutedAs = "witaj.desk.muted";

/** "denied" also where there are none. */
export const mayNotify = signal<NotificationPermission>(
	"Notification" in window ? Notification.permission : "denied",
);
export const isMuted = signal(localStorage.getItem(mutedAs) !== null);

export function mute(isOff: boolean): void {
	isMuted.value = isOff;
	if (isOff) localStorage.setItem(mutedAs, "1");
	else localStorage.removeItem(mutedAs);
}

let context: AudioContext | undefined;

/** Two short notes. Until the page was touched the browser plays nothing, and complains. */
function ring(): void {
	if (!navigator.userActivation.hasBeenActive) return;
	context ??= new AudioContext();
	if (context.state !== "running") {
		void context.resume();
		return;
	}
	const start = context.currentTime;
	for (const [at, pitch] of [
		[0, 740],
		[0.14, 988],
	] as const) {
		const tone = context.createOscillator();
		const loudness = context.createGain();
		tone.frequency.value = pitch;
		loudness.gain.setValueAtTime(0.1, start + at);
		loudness.gain.exponentialRampToValueAtTime(0.001, start + at + 0.3);
		tone.connect(loudness).connect(context.destination);
		tone.start(start + at);
		tone.stop(start + at + 0.32);
	}
}

/** `current`: the conversation that is looked at. */
export function useNews(desk: Desk, current: string | undefined): void {
	const { chat: words } = useWords();
	const { route } = useLocation();
	const { home } = useSite();
	useEffect(
		() =>
			desk.whenTold((down, before) => {
				if (down.is !== "rows") return;
				const me = before.me?.agent;
				const isNew = (row: ConversationRow) =>
					row.unread > (before.rows.get(row.id)?.unread ?? 0) &&
					(row.agent === null || row.agent.agent === me) &&
					(document.hidden || row.id !== current);
				const news = down.rows.filter(isNew);
				if (news.length === 0) return;
				if (!isMuted.value) ring();
				if (mayNotify.value !== "granted" || !document.hidden) return;
				for (const { id, name, last } of news) {
					const title = words.newMessage(name ?? words.anonymous);
					const told = new Notification(title, { body: last?.text.slice(0, 120) ?? "", tag: id });
					told.onclick = () => {
						focus();
						route(`${home}/chat/all/${id}`);
						told.close();
					};
				}
			}),
		[desk, current, words, route, home],
	);
}
