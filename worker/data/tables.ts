// The tables of migrations/ that an admin's acts write, for the types of their rows. Queries are written out: a query
// builder would be a seventh of all that a deployment may weigh, for a handful of statements. What the cells' outboxes
// feed is written in bulk from JSON (intake.ts).

import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const sites = sqliteTable("sites", {
	id: text().primaryKey(),
	name: text().notNull(),
	settings: text().notNull(),
	createdAt: integer("created_at").notNull(),
});

export const definitions = sqliteTable(
	"definitions",
	{
		site: text().notNull(),
		kind: text({
			enum: [
				"tag-rule",
				"score-rule",
				"programme",
				"interest-tag",
				"list",
				"segment",
				"experience",
				"group",
				"attention",
			],
		}).notNull(),
		id: text().notNull(),
		body: text().notNull(),
		updatedAt: integer("updated_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.kind, table.id] })],
);

export const publications = sqliteTable(
	"publications",
	{
		site: text().notNull(),
		revision: integer().notNull(),
		snapshot: text().notNull(),
		publishedAt: integer("published_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.site, table.revision] })],
);

export type DefinitionRow = typeof definitions.$inferSelect;
