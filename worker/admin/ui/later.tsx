// Pages, and parts of them, that are fetched when they are first opened: most people never come to all of them. Where that
// fails, the place says so and how to go on.

import type { ComponentType, FunctionComponent, VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { Refusal } from "./api/call.ts";
import { fetched } from "./api/fetched.ts";
import { saying, useWords } from "./language.ts";
import { Button } from "./parts/button.tsx";
import { Notice, Skeleton } from "./parts/page.tsx";
import { useRefusalWords } from "./parts/refusal.ts";
import type { Later } from "./words/words.ts";

interface Module<Props> {
	readonly default: ComponentType<Props>;
}

/** With the words that only it says. Within a Router or an ErrorBoundary: what was there stays until it has come. */
export function later<Props extends object>(
	load: () => Promise<Module<Props>>,
	...words: readonly (keyof Later)[]
): FunctionComponent<Props> {
	return fetchedWhenDrawn(load, words, (loading) => {
		throw loading;
	});
}

/** Of a page that says all its words already, with a skeleton until it has come. */
export function laterPart<Props extends object>(
	load: () => Promise<Module<Props>>,
): FunctionComponent<Props> {
	return fetchedWhenDrawn(load, [], () => <Skeleton />);
}

function fetchedWhenDrawn<Props extends object>(
	load: () => Promise<Module<Props>>,
	words: readonly (keyof Later)[],
	meanwhile: (loading: Promise<void>) => VNode,
): FunctionComponent<Props> {
	let Part: ComponentType<Props> | undefined;
	let refusal: Refusal | undefined;
	let loading: Promise<void> | undefined;
	async function attempt(): Promise<void> {
		try {
			[{ default: Part }] = await Promise.all([fetched(load), saying(...words)]);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			refusal = error;
		}
	}
	async function again(): Promise<void> {
		const wasThere = refusal?.body.error !== "unreachable";
		await attempt();
		// Some browsers never ask anew for what failed once: nothing but a new document does.
		if (!Part && wasThere) location.reload();
	}
	return function Fetched(props) {
		const [, draw] = useState(0);
		const isWaiting = useRef(false);
		const drawAnew = () => draw((n) => n + 1);
		if (Part) return <Part {...props} />;
		if (refusal) return <Unfetched refusal={refusal} again={() => again().then(drawAnew)} />;
		loading ??= attempt();
		if (!isWaiting.current) {
			isWaiting.current = true;
			void loading.then(drawAnew);
		}
		return meanwhile(loading);
	};
}

function Unfetched({ refusal, again }: { readonly refusal: Refusal; readonly again: () => Promise<void> }) {
	const { shell } = useWords();
	const wordsOf = useRefusalWords();
	const [isBusy, setBusy] = useState(false);
	const isRenewed = refusal.body.error === "renewed";
	return (
		<Notice
			kind={isRenewed ? "info" : "bad"}
			action={
				<Button
					small
					busy={isBusy}
					onClick={() => {
						if (isRenewed) return location.reload();
						setBusy(true);
						void again().then(() => setBusy(false));
					}}
				>
					{isRenewed ? shell.reload : shell.again}
				</Button>
			}
		>
			{wordsOf(refusal)}
		</Notice>
	);
}
