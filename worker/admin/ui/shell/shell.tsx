// The frame of all pages of a site: where one is, where one can go, who one is.

import {
	CircleUser,
	Globe,
	LogOut,
	Menu as MenuIcon,
	Monitor,
	Moon,
	Plus,
	Rocket,
	Search,
	Sun,
} from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";

import { chooseLanguage, langs, useLang, useWords } from "../language.ts";
import { IconButton } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import { Avatar } from "../parts/show.tsx";
import { isAtLeast, type Session, signOut } from "../session.ts";
import { type OpenSite, SiteContext } from "../site.ts";
import { chooseTheme, theme, themes } from "../theme.ts";
import { useKeys } from "./keys.ts";
import { placeOf, places } from "./nav.ts";
import { Pages } from "./pages.tsx";
import { Palette } from "./palette.tsx";
import { sayRefused } from "./toasts.tsx";

const rememberedAs = "witaj.site";

export function Shell({ session }: { readonly session: Session }) {
	const { path, route } = useLocation();
	const { shell } = useWords();
	const [isNavOpen, setNavOpen] = useState(false);
	const [isPaletteOpen, setPaletteOpen] = useState(false);
	const [, , named = ""] = path.split("/");
	const remembered =
		session.sites.find(({ id }) => id === localStorage.getItem(rememberedAs)) ?? session.sites[0];
	// One's account belongs to no site: the one where one was stays in sight.
	const open = named === "account" ? remembered : session.sites.find(({ id }) => id === named);
	const site: OpenSite | undefined = open && {
		...open,
		api: `/api/sites/${open.id}`,
		home: `/admin/${open.id}`,
	};

	useEffect(() => {
		if (open) localStorage.setItem(rememberedAs, open.id);
		// Whoever has no site is told there who can let them in.
		else if (named === "") route(remembered ? `/admin/${remembered.id}` : "/admin/account/sites", true);
	}, [open, named, remembered, route]);
	useEffect(() => setNavOpen(false), [path]);
	useKeys(site, () => setPaletteOpen(true));

	return (
		<SiteContext.Provider value={site}>
			<a class="skip" href="#page">
				{shell.skip}
			</a>
			<div class={`shell${isNavOpen ? " is-open" : ""}`}>
				<header class="phone-bar">
					<IconButton icon={MenuIcon} label={shell.menu} onClick={() => setNavOpen(!isNavOpen)} />
					<strong>{site?.name ?? "Witaj"}</strong>
					<IconButton icon={Search} label={shell.search} onClick={() => setPaletteOpen(true)} />
				</header>
				<Side session={session} site={site} onSearch={() => setPaletteOpen(true)} />
				{isNavOpen && (
					<button type="button" class="shade" aria-label={shell.close} onClick={() => setNavOpen(false)} />
				)}
				<main id="page">
					<Pages site={site} />
				</main>
			</div>
			{isPaletteOpen && <Palette session={session} site={site} onClose={() => setPaletteOpen(false)} />}
		</SiteContext.Provider>
	);
}

function Side({
	session,
	site,
	onSearch,
}: {
	readonly session: Session;
	readonly site: OpenSite | undefined;
	readonly onSearch: () => void;
}) {
	const { path } = useLocation();
	const { shell } = useWords();
	const here = site && placeOf(path, site.home);
	const shown = places.filter(({ least }) => isAtLeast(site?.role, least));
	const groups = [...new Set(shown.map(({ group }) => group))];
	return (
		<aside class="side">
			<SiteMenu session={session} site={site} />
			<button type="button" class="search" onClick={onSearch}>
				<Icon of={Search} />
				{shell.search}
				<kbd>{/Mac/.test(navigator.userAgent) ? "⌘K" : "Ctrl K"}</kbd>
			</button>
			{site && (
				<nav aria-label={shell.nav}>
					{groups.map((group) => (
						<ul key={group}>
							{shown
								.filter((place) => place.group === group)
								.map((place) => (
									<li key={place.path}>
										<a href={site.home + place.path} aria-current={place === here ? "page" : undefined}>
											<Icon of={place.icon} />
											{shell.places[place.name]}
										</a>
									</li>
								))}
						</ul>
					))}
				</nav>
			)}
			<div class="side-foot">
				{site && isAtLeast(site.role, "marketer") && (
					<a class="side-link" href={`${site.home}/start`}>
						<Icon of={Rocket} />
						{shell.start}
					</a>
				)}
				<AccountMenu session={session} />
			</div>
		</aside>
	);
}

function SiteMenu({ session, site }: { readonly session: Session; readonly site: OpenSite | undefined }) {
	const { shell } = useWords();
	const { route } = useLocation();
	const sites = session.sites.map(({ id, name }) => ({
		label: name,
		isChosen: id === site?.id,
		onAct: () => route(`/admin/${id}`),
	}));
	return (
		<Menu
			label={shell.sites}
			kind="bare"
			acts={[...sites, { label: shell.newSite, icon: Plus, href: "/admin/account/sites" }]}
		>
			<span class="logo" aria-hidden="true">
				{(site?.name ?? "W").slice(0, 1).toLocaleUpperCase()}
			</span>
			<span class="site-name">{site?.name ?? shell.sites}</span>
		</Menu>
	);
}

const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;

function AccountMenu({ session }: { readonly session: Session }) {
	const { shell } = useWords();
	const lang = useLang();
	const { name, email } = session.account;
	const next = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? "system";
	const other = langs.find((one) => one !== lang) ?? lang;
	return (
		<Menu
			label={shell.account}
			kind="bare"
			acts={[
				{ label: shell.myAccount, icon: CircleUser, href: "/admin/account" },
				{ label: shell.themes[next], icon: themeIcons[next], onAct: () => chooseTheme(next) },
				{
					label: shell.languages[other],
					icon: Globe,
					onAct: () => void chooseLanguage(other).catch(sayRefused),
				},
				{ label: shell.signOut, icon: LogOut, onAct: () => void signOut() },
			]}
		>
			<Avatar name={name || email} />
			<span class="site-name">{name || email}</span>
		</Menu>
	);
}
