import type * as z from "zod/mini";
import type * as schema from "./account.schema.ts";

export type Whoami = z.infer<typeof schema.Whoami>;
export type AccountView = z.infer<typeof schema.AccountView>;
export type Sessions = z.infer<typeof schema.Sessions>;
export type Team = z.infer<typeof schema.Team>;
export type Invitations = z.infer<typeof schema.Invitations>;
export type InvitationMade = z.infer<typeof schema.InvitationMade>;
export type InvitationView = z.infer<typeof schema.InvitationView>;
