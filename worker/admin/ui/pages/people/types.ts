// What the API tells of people, by its schemas.

import type * as z from "zod/mini";
import type { Condition } from "../../../../domain/condition.ts";
import type * as act from "../../../../protocol/act.schema.ts";
import type * as admin from "../../../../protocol/admin.schema.ts";
import type * as bulk from "../../../../protocol/bulk.schema.ts";
import type * as card from "../../../../protocol/card.schema.ts";
import type * as view from "../../../../protocol/view.schema.ts";

export type Table = z.infer<typeof admin.PeopleTable>;
export type Row = Table["rows"][number];
export type Cell = Row["cells"][number];
export type People = z.infer<typeof admin.People>;
export type View = Omit<z.infer<typeof view.View>, "condition"> & { readonly condition: Condition };
export type Views = { readonly views: readonly View[] };
export type Job = z.infer<typeof bulk.BulkView>;
export type Jobs = z.infer<typeof bulk.BulkViews>;
export type BulkPreview = z.infer<typeof bulk.BulkPreview>;
export type Act = z.infer<typeof act.Act>;
export type ManyAct = z.infer<typeof act.ManyAct>;
export type Acted = z.infer<typeof act.Acted>;
export type Merged = z.infer<typeof card.CardMerged>;
export type Conflict = z.infer<typeof card.Conflicts>["conflicts"][number];
export type Explained = z.infer<typeof admin.ExplainedPerson>;
export type ExplainedPage = z.infer<typeof admin.ExplainedPage>;

/** Whom an act on many means. */
export type Whom =
	| { readonly people: readonly string[] }
	| { readonly condition: Condition; readonly q?: string; readonly definitions: "published" | "drafts" };
