// Who one talks with: where they are, how they came there, what is known of them, and what they were shown and why.

import { useEffect, useState } from "preact/hooks";
import type { BesideView, VisitorSeen } from "../../../../protocol/chat.ts";
import { useAsked } from "../../api/asked.ts";
import { useMoney, useNames } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Answered } from "../../parts/page.tsx";
import { Avatar, Badge } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { Candidates } from "../person/why.tsx";
import { timeZone } from "../person/zone.ts";

const everyMs = 30_000;
/** So long after a page was turned to, all that came of it is where it is asked. */
const settledMs = 2_500;
const mostPages = 12;
const mostShown = 5;

/** `seen`: where they are, as their sockets say it at once. */
export function Beside({
	conversation,
	seen,
}: {
	readonly conversation: string;
	readonly seen: VisitorSeen | undefined;
}) {
	const { chat: words } = useWords();
	return (
		<aside class="desk-beside" aria-label={words.beside}>
			<About path={`conversations/${conversation}/beside`} seen={seen} />
		</aside>
	);
}

/** The same of somebody who is there and may not talk yet. */
export function BesideDialog({
	seen,
	onClose,
}: {
	readonly seen: VisitorSeen;
	readonly onClose: () => void;
}) {
	const { chat: words } = useWords();
	return (
		<Dialog side title={words.beside} onClose={onClose}>
			<div class="desk-about">
				<About path={`desk/visitors/${encodeURIComponent(seen.visitor)}`} seen={seen} />
			</div>
		</Dialog>
	);
}

function About({ path, seen }: { readonly path: string; readonly seen: VisitorSeen | undefined }) {
	const { api } = useSite();
	const asked = useAsked<BesideView>(`${api}/${path}`, { everyMs });
	const { refresh } = asked;
	const url = seen?.url;
	useEffect(() => {
		if (url == null) return;
		const timer = setTimeout(refresh, settledMs);
		return () => clearTimeout(timer);
	}, [url, refresh]);
	return (
		<Answered asked={asked} rows={6}>
			{(view) => <View view={view} seen={seen} />}
		</Answered>
	);
}

function View({ view, seen }: { readonly view: BesideView; readonly seen: VisitorSeen | undefined }) {
	const { chat: words, people } = useWords();
	const format = useFormat();
	const { api, home } = useSite();
	const money = useMoney();
	const segmentOf = useNames("segment");
	const experienceOf = useNames("experience");
	const [isAsking, ask] = useState(false);
	const { person, identity, proof, name, score, tags, segments, path, cart, shown } = view;
	const page = seen?.url ?? path[0]?.path ?? "/";
	const card = `${home}/people/${encodeURIComponent(person)}`;
	return (
		<>
			<section>
				<span class="who">
					<Avatar name={name ?? undefined} />
					<span class="two-lines">
						<a href={card}>{name ?? words.anonymous}</a>
						<small>{people.identity[identity]}</small>
					</span>
				</span>
				{proof && (
					<p>
						<Badge kind={proof === "verified" ? "good" : "warn"}>{words.proof[proof]}</Badge>
					</p>
				)}
			</section>
			<section>
				<h3>{words.lookingAt}</h3>
				{seen?.url ? (
					<p class="desk-page">
						<i class={`desk-dot${seen.visible ? "" : " is-away"}`} aria-hidden="true" />
						<span>
							{seen.title || seen.url}
							<small>{seen.visible ? seen.url : `${seen.url} · ${words.hidden}`}</small>
						</span>
					</p>
				) : (
					<p class="hint">{words.gone}</p>
				)}
			</section>
			{path.length > 0 && (
				<section>
					<h3>{words.path}</h3>
					<ol class="desk-path">
						{path.slice(0, mostPages).map(({ at, path: where, title }) => (
							<li key={at}>
								<time dateTime={new Date(at).toISOString()}>{format.time(at)}</time>
								<span title={where}>{title || where}</span>
							</li>
						))}
					</ol>
				</section>
			)}
			<section>
				<h3>{words.cart}</h3>
				{cart && cart.items > 0 ? (
					<p>
						<b>{money(cart.value)}</b> · {words.items(cart.items)}
						<br />
						<small class="soft">{cart.products.join(", ")}</small>
					</p>
				) : (
					<p class="hint">{words.noCart}</p>
				)}
			</section>
			<section>
				<h3>{words.score}</h3>
				<p>
					<b>{format.number(score)}</b>
				</p>
			</section>
			{segments.length > 0 && (
				<section>
					<h3>{words.segments}</h3>
					<span class="names">
						{segments.map((id) => (
							<Badge key={id} kind="accent">
								{segmentOf(id)}
							</Badge>
						))}
					</span>
				</section>
			)}
			{Object.keys(tags).length > 0 && (
				<section>
					<h3>{words.tags}</h3>
					<span class="names">
						{Object.entries(tags).map(([tag, n]) => (
							<Badge key={tag}>{`${tag} (${n})`}</Badge>
						))}
					</span>
				</section>
			)}
			<section>
				<h3>{words.shown}</h3>
				{shown.length > 0 ? (
					<ol class="desk-path">
						{shown.slice(0, mostShown).map(({ at, experience, path: where, audience, over }) => (
							<li key={`${at} ${experience}`}>
								<time dateTime={new Date(at).toISOString()}>{format.time(at)}</time>
								<span class="desk-shown">
									<b>{experienceOf(experience)}</b>
									{where && <small>{words.shownOn(where)}</small>}
									{audience && (
										<small>{words.shownTo(audience.segment && segmentOf(audience.segment))}</small>
									)}
									{over.length > 0 && <small>{words.shownOver(over.map(experienceOf))}</small>}
								</span>
							</li>
						))}
					</ol>
				) : (
					<p class="hint">{words.noShown}</p>
				)}
				<span class="names">
					<Button small onClick={() => ask(true)}>
						{words.why}
					</Button>
					<LinkButton small href={card}>
						{words.card}
					</LinkButton>
				</span>
			</section>
			{isAsking && (
				<Dialog side title={words.whyTitle} onClose={() => ask(false)}>
					<p class="hint">{page}</p>
					<Candidates path={`${api}/explain`} body={{ page: { url: page }, person, timeZone }} />
				</Dialog>
			)}
		</>
	);
}
