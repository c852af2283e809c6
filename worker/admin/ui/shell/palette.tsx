// Everything that one can go to or do, found by its name.

import { Globe, type IconNode, Moon, Search, Sun, UserRound } from "lucide";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import { folded } from "../folded.ts";
import { chooseLanguage, useLang, useWords } from "../language.ts";
import { Icon } from "../parts/icon.tsx";
import { Listbox, optionId } from "../parts/listbox.tsx";
import { isAtLeast, type Session } from "../session.ts";
import type { OpenSite } from "../site.ts";
import { chooseTheme } from "../theme.ts";
import { places } from "./nav.ts";
import { sayRefused } from "./toasts.tsx";

interface Entry {
	readonly key: string;
	readonly name: string;
	readonly note?: string;
	readonly icon: IconNode;
	readonly act: () => void;
}

export function Palette({
	session,
	site,
	onClose,
}: {
	readonly session: Session;
	readonly site: OpenSite | undefined;
	readonly onClose: () => void;
}) {
	const { shell } = useWords();
	const lang = useLang();
	const { route } = useLocation();
	const list = useId();
	const dialog = useRef<HTMLDialogElement>(null);
	const [written, setWritten] = useState("");
	const [active, setActive] = useState(0);
	useEffect(() => {
		const shown = dialog.current;
		shown?.showModal();
		return () => shown?.close();
	}, []);

	const entries = useMemo((): readonly Entry[] => {
		const there = site
			? places
					.filter(({ least }) => isAtLeast(site.role, least))
					.map(({ path, name, icon, key }) => ({
						key: path,
						name: shell.places[name],
						note: `g ${key}`,
						icon,
						act: () => route(site.home + path),
					}))
			: [];
		const sites = session.sites
			.filter(({ id }) => id !== site?.id)
			.map(({ id, name }) => ({
				key: `site ${id}`,
				name,
				note: shell.sites,
				icon: Globe,
				act: () => route(`/admin/${id}`),
			}));
		return [
			...there,
			...sites,
			{ key: "light", name: shell.themes.light, icon: Sun, act: () => chooseTheme("light") },
			{ key: "dark", name: shell.themes.dark, icon: Moon, act: () => chooseTheme("dark") },
			{
				key: "language",
				name: shell.languages[lang === "pl" ? "en" : "pl"],
				icon: Globe,
				act: () => void chooseLanguage(lang === "pl" ? "en" : "pl").catch(sayRefused),
			},
		];
	}, [session, site, shell, lang, route]);

	const sought = folded(written);
	const found: readonly Entry[] = [
		...entries.filter(({ name }) => folded(name).includes(sought)),
		...(site && written.trim() !== ""
			? [
					{
						key: "people",
						name: shell.seekPeople(written),
						icon: UserRound,
						act: () => route(`${site.home}/people?q=${encodeURIComponent(written)}`),
					},
				]
			: []),
	];
	const chosen = Math.min(active, found.length - 1);

	function take(entry: Entry | undefined): void {
		if (!entry) return;
		onClose();
		entry.act();
	}
	function onKeyDown(event: KeyboardEvent): void {
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		if (step !== 0 && found.length > 0) {
			event.preventDefault();
			setActive((chosen + step + found.length) % found.length);
		} else if (event.key === "Enter") {
			event.preventDefault();
			take(found[chosen]);
		}
	}
	return (
		<dialog
			ref={dialog}
			class="palette"
			aria-label={shell.search}
			onCancel={onClose}
			onMouseDown={(event) => event.target === dialog.current && onClose()}
		>
			<div class="palette-field">
				<Icon of={Search} />
				<input
					type="text"
					role="combobox"
					aria-expanded="true"
					aria-controls={list}
					aria-activedescendant={found[chosen] && optionId(list, chosen)}
					aria-label={shell.search}
					placeholder={shell.seek}
					value={written}
					onInput={({ currentTarget }) => {
						setWritten(currentTarget.value);
						setActive(0);
					}}
					onKeyDown={onKeyDown}
				/>
			</div>
			<Listbox
				id={list}
				label={shell.search}
				items={found}
				active={chosen}
				keyOf={(entry) => entry.key}
				onChoose={take}
				onPoint={setActive}
			>
				{(entry) => (
					<>
						<Icon of={entry.icon} />
						<span>{entry.name}</span>
						{entry.note && <small>{entry.note}</small>}
					</>
				)}
			</Listbox>
		</dialog>
	);
}
