import type * as z from "zod/mini";
import type * as schema from "./account.schema.ts";

export type AccountView = z.infer<typeof schema.AccountView>;
export type InvitationMade = z.infer<typeof schema.InvitationMade>;
export type InvitationView = z.infer<typeof schema.InvitationView>;
export type Invitations = z.infer<typeof schema.Invitations>;
export type MySites = z.infer<typeof schema.MySites>;
export type PasskeyChallenge = z.infer<typeof schema.PasskeyChallenge>;
export type Passkeys = z.infer<typeof schema.Passkeys>;
export type RecoveryCodes = z.infer<typeof schema.RecoveryCodes>;
export type SecondFactorBegun = z.infer<typeof schema.SecondFactorBegun>;
export type Sessions = z.infer<typeof schema.Sessions>;
export type SessionsEnded = z.infer<typeof schema.SessionsEnded>;
export type SiteMade = z.infer<typeof schema.SiteMade>;
export type Team = z.infer<typeof schema.Team>;
export type Whoami = z.infer<typeof schema.Whoami>;
