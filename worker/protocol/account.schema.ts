// Who signs in to the admin, and how.

import * as z from "zod/mini";
import { roles } from "../domain/role.ts";
import { Id } from "./id.schema.ts";

export const RoleName = z.enum(roles);
export const Email = z.email().check(z.maxLength(254), z.toLowerCase());
export const PersonName = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
/** Length is what makes a password: ten characters, of any kind. */
export const Password = z.string().check(z.minLength(10), z.maxLength(256));
/** One that is typed again may be from before a rule. */
const typed = z.string().check(z.minLength(1), z.maxLength(256));
/** Six digits of an authenticator, or a recovery code. */
const Code = z.string().check(z.trim(), z.minLength(6), z.maxLength(40));
const Token = z.string().check(z.regex(/^[\w-]{43}$/, "not a token of ours"));
const instant = z.int();
const Bytes = z.string().check(z.maxLength(4_096), z.regex(/^[\w-]*$/, "not base64url"));

/** What `navigator.credentials.get` answered. */
export const PasskeyAssertion = z.strictObject({
	id: Bytes,
	clientData: Bytes,
	authenticatorData: Bytes,
	signature: Bytes,
});
/** What `navigator.credentials.create` answered: `getPublicKey()`, `getPublicKeyAlgorithm()` and so on. */
export const PasskeyBody = z.strictObject({
	name: PersonName,
	clientData: Bytes,
	authenticatorData: Bytes,
	publicKey: Bytes,
	algorithm: z.int(),
});
/** To be signed within five minutes, once. `host` is the relying party. */
export const PasskeyChallenge = z.strictObject({
	challenge: z.string(),
	host: z.string(),
	algorithms: z.readonly(z.array(z.int())),
});
export const Passkeys = z.strictObject({
	passkeys: z.array(
		z.strictObject({ id: z.string(), name: z.string(), createdAt: instant, usedAt: z.nullable(instant) }),
	),
});

/** For an authenticator: typed, or as the address in a QR code. */
export const SecondFactorBegun = z.strictObject({ secret: z.string(), uri: z.string() });
export const SecondFactorBody = z.strictObject({ code: Code });
/** Each opens the account once in place of a code; shown this once. */
export const RecoveryCodes = z.strictObject({ codes: z.array(z.string()) });

export const SetupBody = z.strictObject({ email: Email, name: PersonName, password: Password });
/** `code` where the account has a second factor: without it the answer is `code-required`. */
export const SignInBody = z.union([
	z.strictObject({ email: Email, password: typed, code: z.exactOptional(Code) }),
	z.strictObject({ passkey: PasskeyAssertion }),
]);
export const ConfirmBody = z.union([
	z.strictObject({ password: typed, code: z.exactOptional(Code) }),
	z.strictObject({ passkey: PasskeyAssertion }),
]);
export const AccountBody = z.strictObject({ name: PersonName });
export const PasswordBody = z.strictObject({ password: Password });
export const SiteBody = z.strictObject({
	name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
});
export const MemberBody = z.strictObject({ role: RoleName });

const SiteOfAccount = z.strictObject({ id: Id, name: z.string(), role: RoleName });
export const MySites = z.strictObject({ sites: z.array(SiteOfAccount) });
export const SiteMade = z.strictObject({ id: Id });
export const Whoami = z.strictObject({
	/** Null where nobody is signed in. */
	account: z.nullable(z.strictObject({ id: z.string(), email: z.string(), name: z.string() })),
	sites: z.array(SiteOfAccount),
	/** Nobody has an account yet: the operator makes the first. */
	needsSetup: z.boolean(),
	/** What asks for fresh proof is open until then. */
	confirmedUntil: z.nullable(instant),
});
export const AccountView = z.strictObject({
	id: z.string(),
	email: z.string(),
	name: z.string(),
	hasPassword: z.boolean(),
	hasSecondFactor: z.boolean(),
	/** How many are left. */
	recoveryCodes: z.int(),
	/** Whether the address is known to be theirs. */
	isProven: z.boolean(),
});
export const Sessions = z.strictObject({
	sessions: z.array(
		z.strictObject({
			id: z.string(),
			/** The one that asks. */
			isThis: z.boolean(),
			agent: z.string(),
			place: z.string(),
			createdAt: instant,
			seenAt: instant,
		}),
	),
});
export const SessionsEnded = z.strictObject({ ended: z.int() });
export const Team = z.strictObject({
	members: z.array(
		z.strictObject({
			account: z.string(),
			name: z.string(),
			email: z.string(),
			role: RoleName,
			since: instant,
			seenAt: z.nullable(instant),
			hasSecondFactor: z.boolean(),
		}),
	),
});

export const InvitationBody = z.strictObject({
	email: Email,
	role: RoleName,
	language: z._default(z.enum(["pl", "en"]), "pl"),
});
/** `url` is shown this once. */
export const InvitationMade = z.strictObject({
	id: z.string(),
	url: z.string(),
	expiresAt: instant,
	isMailed: z.boolean(),
});
export const Invitations = z.strictObject({
	invitations: z.array(
		z.strictObject({
			id: z.string(),
			email: z.string(),
			role: RoleName,
			madeAt: instant,
			expiresAt: instant,
		}),
	),
});
export const InvitationAsked = z.strictObject({ token: Token });
export const InvitationView = z.strictObject({
	site: z.strictObject({ id: Id, name: z.string() }),
	role: RoleName,
	email: z.string(),
	/** Whoever has one signs in first, and then accepts. */
	hasAccount: z.boolean(),
});
/** `name` and `password` of whoever has no account yet. */
export const AcceptanceBody = z.strictObject({
	token: Token,
	name: z.exactOptional(PersonName),
	password: z.exactOptional(Password),
});

export const RecoveryBody = z.strictObject({
	email: Email,
	language: z._default(z.enum(["pl", "en"]), "pl"),
});
export const RecoveredBody = z.strictObject({ token: Token, password: Password });
