// Who gets a new conversation: the first rule that fits, and of its agents the one with the least to do.

import { Plus, Trash2 } from "lucide";
import type { Team } from "../../../../protocol/account.ts";
import type { ChatSettings } from "../../../../protocol/chat.ts";
import { useAsked } from "../../api/asked.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useLang, useWords } from "../../language.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { Checkbox, Input, Select } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { isAtLeast } from "../../session.ts";
import { useSite } from "../../site.ts";
import type { ChatEditing } from "./chat.tsx";

type Route = NonNullable<ChatSettings["routes"]>[number];

export function Routes({ chat, put }: ChatEditing) {
	const { chatSettings: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const routes = chat.routes ?? [];
	const segments = useDefinitions("segment").value?.definitions ?? [];
	const team = useAsked<Team>(`${site.api}/team`).value?.members ?? [];
	const agents = team.filter(({ role }) => isAtLeast(role, "agent"));
	const set = (place: number, next: Route) =>
		put({ routes: routes.map((one, n) => (n === place ? next : one)) });
	const without = <K extends keyof Route>(route: Route, key: K): Route => {
		const { [key]: _, ...rest } = route;
		return rest as Route;
	};
	return (
		<Section
			title={words.routes}
			hint={words.routesHint}
			actions={
				<Button
					small
					icon={Plus}
					disabled={agents.length === 0}
					onClick={() =>
						put({
							routes: [
								...routes,
								{ id: crypto.randomUUID(), agents: agents.slice(0, 1).map((one) => one.account) },
							],
						})
					}
				>
					{words.addRoute}
				</Button>
			}
		>
			{routes.map((route, place) => (
				<div key={route.id} class="chat-route">
					<Select
						label={words.ofSegment}
						value={route.segment ?? ""}
						options={[
							{ value: "", label: words.anyone },
							...segments.map(({ id, names }) => ({ value: id, label: names[lang] })),
						]}
						onChange={(segment) => set(place, segment ? { ...route, segment } : without(route, "segment"))}
					/>
					<Select
						label={words.language}
						value={route.language ?? ""}
						options={[
							{ value: "", label: words.anyLanguage },
							...["pl", "en", "de", "uk", "cs"].map((value) => ({
								value,
								label: new Intl.DisplayNames(lang, { type: "language" }).of(value) ?? value,
							})),
						]}
						onChange={(language) =>
							set(place, language ? { ...route, language } : without(route, "language"))
						}
					/>
					<Input
						label={words.page}
						value={route.pages?.[0]?.value ?? ""}
						placeholder="/"
						maxLength={200}
						onInput={(value) =>
							set(
								place,
								value.trim()
									? { ...route, pages: [{ op: "starts-with", value: value.trim() }] }
									: without(route, "pages"),
							)
						}
					/>
					<IconButton
						icon={Trash2}
						label={words.removeRoute}
						onClick={() => put({ routes: routes.filter((_, n) => n !== place) })}
					/>
					<fieldset class="editor-several">
						<legend>{words.agents}</legend>
						{agents.map(({ account, name, email }) => {
							const isIn = route.agents.includes(account);
							return (
								<Checkbox
									key={account}
									label={name || email}
									checked={isIn}
									disabled={isIn && route.agents.length === 1}
									onChange={(next) =>
										set(place, {
											...route,
											agents: next
												? [...route.agents, account]
												: route.agents.filter((one) => one !== account),
										})
									}
								/>
							);
						})}
					</fieldset>
				</div>
			))}
		</Section>
	);
}
