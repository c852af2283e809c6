// The right to be forgotten, and how far it has come.

import { CircleCheck, Compass, Hourglass } from "lucide";
import { useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/person.schema.ts";
import { forget, useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { Progress } from "../../parts/show.tsx";
import { sayRefused } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

type Erasure = z.infer<typeof schema.Erasure>;
const everyMs = 1_500;

export function EraseConfirm({
	person,
	name,
	onErased,
	onClose,
}: {
	readonly person: string;
	readonly name: string;
	readonly onErased: () => void;
	readonly onClose: () => void;
}) {
	const { card: words } = useWords();
	const site = useSite();
	const [busy, setBusy] = useState(false);
	async function erase(): Promise<void> {
		setBusy(true);
		try {
			await call("DELETE", `${site.api}/people/${person}`);
			forget(`${site.api}/people/${person}`);
			forget(`${site.api}/conditions/people`);
			onErased();
		} catch (error) {
			sayRefused(error);
			onClose();
		}
	}
	return (
		<Confirm
			danger
			title={words.eraseWho(name)}
			act={words.erase}
			busy={busy}
			onAct={() => void erase()}
			onClose={onClose}
		>
			<p>{words.eraseWhat}</p>
		</Confirm>
	);
}

/** In place of a card that is not there: because it is being erased, was erased, or never was. */
export function Erasing({
	person,
	above,
}: {
	readonly person: string;
	readonly above: readonly { readonly name: string; readonly href: string }[];
}) {
	const { card: words, people } = useWords();
	const format = useFormat();
	const site = useSite();
	const [isOver, setIsOver] = useState(false);
	const asked = useAsked<Erasure>(
		`${site.api}/people/${encodeURIComponent(person)}/erasure`,
		isOver ? {} : { everyMs },
	);
	const over = asked.value?.is === "erased" || asked.refusal !== undefined;
	if (over !== isOver) setIsOver(over);
	const back = <LinkButton href={`${site.home}/people`}>{people.title}</LinkButton>;
	if (asked.refusal?.status === 404)
		return (
			<Page title={words.nobody} above={above}>
				<Empty icon={Compass} title={words.nobody} action={back}>
					{words.nobodyWhy}
				</Empty>
			</Page>
		);
	return (
		<Page title={words.erasure} above={above}>
			<Answered asked={asked}>
				{(erasure) =>
					erasure.is === "erased" ? (
						<Empty icon={CircleCheck} title={words.erased} action={back}>
							{words.erasedWhy(format.dateTime(erasure.at))}
						</Empty>
					) : (
						<Empty icon={Hourglass} title={words.erasing} action={back}>
							{words.erasingWhy}
							<Progress label={words.waiting(erasure.waiting.length)} />
						</Empty>
					)
				}
			</Answered>
		</Page>
	);
}
