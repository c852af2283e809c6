// A rule or a scale and the recorded past: whom it would change, told before; and applied, with how far it has come.

import { useEffect, useRef, useState } from "preact/hooks";
import type * as z from "zod/mini";
import type * as schema from "../../../protocol/admin.schema.ts";
import { useAsked } from "../api/asked.ts";
import { call } from "../api/call.ts";
import { useFormat, useWords } from "../language.ts";
import { Button } from "../parts/button.tsx";
import { Confirm } from "../parts/dialog.tsx";
import { Notice, Section } from "../parts/page.tsx";
import { Progress } from "../parts/show.tsx";
import { say, sayRefused } from "../shell/toasts.tsx";
import { useMay, useSite } from "../site.ts";
import { PastFound } from "./past-found.tsx";

type PastPreview = z.infer<typeof schema.PastPreview>;
type PastProgress = z.infer<typeof schema.PastProgress>;
export type Applied = z.infer<typeof schema.PastBody>["apply"];

/** People looked at before it is said what came of it; one may go on from there. */
const atOnce = 1_000;
const ofOneRequest = 200;
const whileApplyingMs = 1_000;
const usuallyMs = 20_000;

/** A rule as it is being written. */
export interface Unsaved {
	readonly kind: "tag-rule" | "score-rule";
	readonly body: object;
}

export function Past({
	apply,
	unsaved,
	isLive,
	isChanged,
	title,
}: {
	readonly apply: Applied;
	/** What is looked at in place of what is saved. */
	readonly unsaved?: Unsaved | undefined;
	/** Whether what is saved is what is live: the past is given what is live. */
	readonly isLive: boolean;
	/** Whether something is not saved: without `unsaved`, what is saved is looked at. */
	readonly isChanged: boolean;
	readonly title?: string;
}) {
	const { rules: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const mayApply = useMay("marketer");
	const [found, setFound] = useState<PastPreview>();
	const [isLooking, setLooking] = useState(false);
	const [isAsking, setAsking] = useState(false);
	const [isApplying, setApplying] = useState(false);
	const progress = useAsked<PastProgress>(`${site.api}/past`, {
		everyMs: isApplying ? whileApplyingMs : usuallyMs,
	});
	const own = JSON.stringify(apply);
	const { pending = [], people = 0, done = 0 } = progress.value ?? {};
	const isPending = pending.some((one) => JSON.stringify(one) === own);
	useEffect(() => setApplying(isPending), [isPending]);
	const written = JSON.stringify(unsaved);
	// What was found is of what was written then, also where it comes after more was written.
	const latest = useRef(written);
	latest.current = written;
	useEffect(() => setFound(undefined), [written]);

	async function look(): Promise<void> {
		setLooking(true);
		let all: PastPreview | undefined = found?.next ? found : undefined;
		try {
			const until = (all?.people ?? 0) + atOnce;
			do {
				const after = all?.next ? { after: all.next } : {};
				const rule = unsaved && { rule: unsaved };
				const body = { apply, ...rule, limit: ofOneRequest, definitions: "drafts", ...after };
				const page: PastPreview = await call("POST", `${site.api}/past/preview`, body);
				if (latest.current !== written) break;
				all = all
					? {
							people: all.people + page.people,
							busy: all.busy + page.busy,
							changed: [...all.changed, ...page.changed],
							next: page.next,
						}
					: page;
				setFound(all);
			} while (all.next !== null && all.people < until);
		} catch (error) {
			sayRefused(error);
		}
		setLooking(false);
	}
	async function goBack(): Promise<void> {
		setAsking(false);
		try {
			await call("POST", `${site.api}/past/apply`, { apply });
			say(words.pastBegun);
			setApplying(true);
			setFound(undefined);
			progress.refresh();
		} catch (error) {
			sayRefused(error);
		}
	}
	return (
		<Section title={title ?? words.past} hint={words.pastHint}>
			{isPending && <Progress label={words.applying} share={people > 0 ? done / people : 1} />}
			{found && <PastFound found={found} />}
			{found?.next && <Notice>{words.lookedAt(format.number(found.people))}</Notice>}
			{isChanged && !unsaved && <p class="hint">{words.pastOfSaved}</p>}
			<div class="row">
				<Button small busy={isLooking} onClick={() => void look()}>
					{found?.next ? words.lookOn : words.look}
				</Button>
				{mayApply && (
					<Button small disabled={!isLive || isChanged || isPending} onClick={() => setAsking(true)}>
						{words.apply}
					</Button>
				)}
			</div>
			{mayApply && (!isLive || isChanged) && <p class="hint">{words.applyLater}</p>}
			{isAsking && (
				<Confirm
					title={words.apply}
					act={words.apply}
					onAct={() => void goBack()}
					onClose={() => setAsking(false)}
				>
					<p>{words.applyWhy}</p>
					{!found && <p class="hint">{words.lookFirst}</p>}
					<p class="hint">{words.applyAgain}</p>
				</Confirm>
			)}
		</Section>
	);
}
