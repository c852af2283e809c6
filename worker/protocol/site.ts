import type * as z from "zod/mini";
import type * as domain from "../domain/definition.ts";
import type * as schema from "./site.schema.ts";

type Settings = Readonly<z.infer<typeof schema.SiteSettings>>;
/** How the site's own login vouches for people. Known to `Site` alone, and in no snapshot. */
export type Login = NonNullable<Settings["login"]>;
export type SiteSettings = Omit<Settings, "login">;
export type WrittenSettings = Settings;
type Content = Pick<z.infer<typeof schema.Experience>, "trigger" | "theme" | "content" | "variants">;
/** What the decision knows of an experience, with what the widget draws. */
export type Experience = Omit<domain.Experience, "variants"> & Readonly<Content>;
export type Definitions = domain.Definitions<Experience>;
export interface Snapshot {
	readonly site: string;
	readonly revision: number;
	readonly settings: SiteSettings;
	readonly definitions: Definitions;
	/** Nobody who comes to the site is answered. */
	readonly isClosed?: boolean;
}

/** A code of a coupon pool as a cell is told it: `place` counts from 1, without a gap, among what the cell has of the pool. */
export interface Lease {
	readonly place: number;
	readonly code: string;
}
