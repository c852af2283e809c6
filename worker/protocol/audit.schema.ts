// The audit log: who did what, when, at which site, and what it was about.

import * as z from "zod/mini";
import { Id } from "./id.schema.ts";

/** Whatever leaves a row in the log, in the past tense. */
export const acts = [
	"account.changed",
	"account.created",
	"attribute.named",
	"attribute.unnamed",
	"bulk.begun",
	"bulk.erasing",
	"bulk.resumed",
	"bulk.stopped",
	"bulk.undone",
	"card.merged",
	"card.unmerged",
	"codes.added",
	"confirmation.sent",
	"conflict.settled",
	"conversation.acted-on",
	"conversation.begun",
	"conversation.file-added",
	"conversation.mailed",
	"definition.deleted",
	"definition.made",
	"definition.rolled-back",
	"definition.saved",
	"definitions.saved",
	"experience.archived",
	"experience.paused",
	"experience.restored",
	"experience.resumed",
	"faq.added",
	"faq.changed",
	"faq.ordered",
	"faq.removed",
	"feed.decided",
	"feed.removed",
	"feed.run",
	"feed.set",
	"feed.uploaded",
	"import.mended",
	"import.planned",
	"import.rehearsed",
	"import.run",
	"import.undone",
	"import.uploaded",
	"invitation.accepted",
	"invitation.made",
	"invitation.revoked",
	"link.made",
	"member.changed",
	"member.removed",
	"passkey.added",
	"passkey.removed",
	"password.changed",
	"password.recovered",
	"past.applied",
	"people.acted-on",
	"people.exported",
	"person.erased",
	"person.exported",
	"person.untied",
	"preview.made",
	"products.changed",
	"products.put",
	"products.removed",
	"recovery-codes.made",
	"second-factor.added",
	"second-factor.removed",
	"secret-key.made",
	"secret-key.revoked",
	"session.begun",
	"session.confirmed",
	"session.ended",
	"settings.saved",
	"site.closed",
	"site.kept",
	"site.made",
	"site.published",
	"site.removed",
	"unsubscribing.made",
	"view.changed",
	"view.made",
	"view.removed",
] as const;
export const Act = z.enum(acts);

export const AuditRow = z.strictObject({
	id: z.string(),
	at: z.int(),
	/** Null for the operator. */
	account: z.nullable(z.strictObject({ id: z.string(), name: z.string(), email: z.string() })),
	act: Act,
	/** Of people a digest: erased, nobody gets from here to them. */
	about: z.record(z.string(), z.union([z.string(), z.number()])),
	/** `failed`: it may have happened in part. */
	outcome: z.enum(["done", "failed"]),
});
/** The latest first. */
export const Audit = z.strictObject({ rows: z.array(AuditRow), next: z.nullable(z.string()) });

const page = {
	/** `next` of the page before. */
	before: z.exactOptional(z.uuid()),
	limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
};
export const OwnAuditQuery = z.strictObject(page);
export const AuditQuery = z.strictObject({
	act: z.exactOptional(Act),
	/** An account's id, or `operator`. */
	by: z.exactOptional(z.union([z.literal("operator"), z.uuid()])),
	/** What was done to one person. */
	person: z.exactOptional(Id),
	/** Epoch ms. */
	since: z.exactOptional(z.coerce.number().check(z.int(), z.minimum(0))),
	until: z.exactOptional(z.coerce.number().check(z.int(), z.minimum(0))),
	...page,
});
