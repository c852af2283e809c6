// Where one can go, for the list at the side, the palette and the keyboard alike.

import {
	Activity,
	ChartLine,
	ChartPie,
	Gauge,
	House,
	type IconNode,
	MessagesSquare,
	Package,
	PanelTop,
	Settings,
	Tags,
	Ticket,
	Upload,
	Users,
} from "lucide";
import type { Role } from "../../../domain/role.ts";
import type { Words } from "../words/words.ts";

export interface Place {
	/** After `/admin/<site>`. */
	readonly path: string;
	readonly name: keyof Words["shell"]["places"];
	readonly icon: IconNode;
	readonly least: Role;
	/** Pressed after `g`. */
	readonly key: string;
	/** Places that belong together stand together. */
	readonly group: "now" | "who" | "what" | "site";
}

export const places: readonly Place[] = [
	{ path: "", name: "today", icon: House, least: "analyst", key: "t", group: "now" },
	{ path: "/live", name: "live", icon: Activity, least: "analyst", key: "l", group: "now" },
	{ path: "/chat", name: "chat", icon: MessagesSquare, least: "agent", key: "m", group: "now" },
	{ path: "/people", name: "people", icon: Users, least: "analyst", key: "p", group: "who" },
	{ path: "/segments", name: "segments", icon: ChartPie, least: "analyst", key: "s", group: "who" },
	{ path: "/tags", name: "tags", icon: Tags, least: "analyst", key: "g", group: "who" },
	{ path: "/scores", name: "scores", icon: Gauge, least: "analyst", key: "c", group: "who" },
	{ path: "/imports", name: "imports", icon: Upload, least: "marketer", key: "i", group: "who" },
	{ path: "/experiences", name: "experiences", icon: PanelTop, least: "analyst", key: "e", group: "what" },
	{ path: "/products", name: "products", icon: Package, least: "analyst", key: "k", group: "what" },
	{ path: "/coupons", name: "coupons", icon: Ticket, least: "analyst", key: "o", group: "what" },
	{ path: "/reports", name: "reports", icon: ChartLine, least: "analyst", key: "r", group: "what" },
	{ path: "/settings", name: "settings", icon: Settings, least: "analyst", key: "u", group: "site" },
];

/** The place that an address is in or below. */
export function placeOf(path: string, home: string): Place | undefined {
	if (!path.startsWith(home)) return undefined;
	const within = path.slice(home.length);
	const fits = (place: Place) =>
		place.path !== "" && (within === place.path || within.startsWith(`${place.path}/`));
	return places.find(fits) ?? (within === "" || within === "/" ? places[0] : undefined);
}
