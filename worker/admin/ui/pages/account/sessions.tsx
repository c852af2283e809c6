import type { Sessions as All, SessionsEnded } from "../../../../protocol/account.ts";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { Table } from "../../parts/table.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";

type Session = All["sessions"][number];

export function Sessions() {
	const { account: words } = useWords();
	const format = useFormat();
	const asked = useAsked<All>("/api/account/sessions");
	const { value } = asked;

	async function end({ id }: Session): Promise<void> {
		if (value) asked.expect({ sessions: value.sessions.filter((one) => one.id !== id) });
		try {
			await call("DELETE", `/api/account/sessions/${id}`);
			say(words.ended);
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	async function endOthers(): Promise<void> {
		try {
			const { ended } = await call<SessionsEnded>("DELETE", "/api/account/sessions");
			say(words.othersEnded(ended));
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	return (
		<Section
			plain
			title={words.parts.sessions}
			hint={words.sessionsWhy}
			actions={
				<Button disabled={(value?.sessions.length ?? 0) < 2} onClick={() => void endOthers()}>
					{words.endOthers}
				</Button>
			}
		>
			<Answered asked={asked}>
				{({ sessions }) => (
					<Table
						label={words.parts.sessions}
						rows={sessions}
						keyOf={({ id }) => id}
						columns={[
							{
								id: "device",
								label: words.device,
								isMain: true,
								cell: ({ agent, isThis }) => (
									<span class="row">
										{agent || words.unknown}
										{isThis && <Badge kind="accent">{words.thisOne}</Badge>}
									</span>
								),
							},
							{ id: "place", label: words.place, cell: ({ place }) => place || words.unknown },
							{ id: "since", label: words.since, cell: ({ createdAt }) => format.dateTime(createdAt) },
							{ id: "seen", label: words.seen, cell: ({ seenAt }) => format.relative(seenAt) },
							{
								id: "acts",
								label: words.end,
								isActs: true,
								cell: (one) =>
									!one.isThis && (
										<Button small title={words.endOne(one.agent)} onClick={() => void end(one)}>
											{words.end}
										</Button>
									),
							},
						]}
					/>
				)}
			</Answered>
		</Section>
	);
}
