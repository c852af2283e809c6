// What waits to go live, and what is on its way to the cells.

import { useState } from "preact/hooks";
import type { Publication } from "../../../protocol/definition.ts";
import { useAsked } from "../api/asked.ts";
import { useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Notice } from "../parts/page.tsx";
import { Progress } from "../parts/show.tsx";
import { useMay, useSite } from "../site.ts";
import { PublishDialog } from "./dialogs.tsx";

const whileUnderWayMs = 1_000;
const usuallyMs = 20_000;

/** Whether something waits to go live, and how far the last publication has come to the cells. */
export function PublicationBar() {
	const { definitions: words } = useWords();
	const site = useSite();
	const mayPublish = useMay("marketer");
	const [isOpen, setOpen] = useState(false);
	const [isUnderWay, setUnderWay] = useState(false);
	const asked = useAsked<Publication>(`${site.api}/publication`, {
		everyMs: isUnderWay ? whileUnderWayMs : usuallyMs,
	});
	const { value } = asked;
	if (!value) return null;
	const { cells, cellsWaiting, changes } = value;
	if (cellsWaiting > 0 !== isUnderWay) setUnderWay(cellsWaiting > 0);
	return (
		<>
			{cellsWaiting > 0 && <Progress label={words.reaching} share={(cells - cellsWaiting) / cells} />}
			{changes.length > 0 && cellsWaiting === 0 && (
				<Notice
					action={
						mayPublish && (
							<Button small kind="primary" onClick={() => setOpen(true)}>
								{words.publishAll}
							</Button>
						)
					}
				>
					{words.waiting(changes.length)}
				</Notice>
			)}
			{isOpen && <PublishDialog onClose={() => setOpen(false)} onDone={asked.refresh} />}
		</>
	);
}
