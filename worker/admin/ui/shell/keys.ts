// Keys that work on every page: Ctrl or ⌘ with K for the palette, and "g" with a letter to go somewhere.

import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { isAtLeast } from "../session.ts";
import type { OpenSite } from "../site.ts";
import { places } from "./nav.ts";

const isWriting = (target: EventTarget | null) =>
	target instanceof HTMLElement &&
	(target.isContentEditable ||
		/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
		!!target.closest("dialog"));

export function useKeys(site: OpenSite | undefined, onSearch: () => void): void {
	const { route } = useLocation();
	useEffect(() => {
		let isGoing = false;
		const onKeyDown = (event: KeyboardEvent) => {
			if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
				event.preventDefault();
				onSearch();
				return;
			}
			if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
			if (event.key === "/") {
				event.preventDefault();
				onSearch();
			}
			if (isGoing && site) {
				const place = places.find(({ key }) => key === event.key);
				if (place && isAtLeast(site.role, place.least)) route(site.home + place.path);
			}
			isGoing = !isGoing && event.key === "g";
		};
		document.addEventListener("keydown", onKeyDown);
		return () => document.removeEventListener("keydown", onKeyDown);
	}, [site, route, onSearch]);
}
