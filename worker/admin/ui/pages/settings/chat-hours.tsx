// When somebody is there, in the site's own time: a span for each day of the week.

import type { ChatSettings } from "../../../../protocol/chat.ts";
import { useLang, useWords } from "../../language.ts";
import { Input, Switch } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import type { ChatEditing } from "./chat.tsx";

type Day = NonNullable<ChatSettings["hours"]>[number];
const office: Day = { from: 9 * 60, until: 17 * 60 };
const usual: readonly Day[] = [office, office, office, office, office, null, null];
const endOfDay = 1_440;

/** "09:30" as minutes; what ends at midnight ends the day. */
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const timeOf = (minutes: number) =>
	`${String(Math.floor((minutes % endOfDay) / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export function Hours({ chat, put }: ChatEditing) {
	const { chatSettings: words } = useWords();
	const lang = useLang();
	const { hours } = chat;
	// The first of January 2024 was a Monday.
	const nameOf = (day: number) =>
		new Date(Date.UTC(2024, 0, 1 + day)).toLocaleDateString(lang, { weekday: "long", timeZone: "UTC" });
	const change = (place: number, next: Day) =>
		put({ hours: hours?.map((one, n) => (n === place ? next : one)) });
	return (
		<Section title={words.hours} hint={words.hoursHint}>
			<Switch
				label={words.hasHours}
				checked={hours !== undefined}
				onChange={(isOn) => put({ hours: isOn ? [...usual] : undefined })}
			/>
			{hours?.map((day, place) => (
				<div key={nameOf(place)} class="chat-day">
					<Switch
						label={nameOf(place)}
						checked={day !== null}
						onChange={(isOn) => change(place, isOn ? office : null)}
					/>
					{day && (
						<>
							<Input
								label={words.from(nameOf(place))}
								hideLabel
								type="time"
								value={timeOf(day.from)}
								onInput={(text) => text && change(place, { ...day, from: minutesOf(text) })}
							/>
							<Input
								label={words.until(nameOf(place))}
								hideLabel
								type="time"
								value={timeOf(day.until)}
								{...(day.until <= day.from && { error: words.hoursWrong })}
								onInput={(text) => text && change(place, { ...day, until: minutesOf(text) || endOfDay })}
							/>
						</>
					)}
				</div>
			))}
		</Section>
	);
}
