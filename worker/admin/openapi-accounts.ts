// The accounts' part of the API's description.

import * as accounts from "../protocol/account.schema.ts";
import { Audit, AuditQuery, OwnAuditQuery } from "../protocol/audit.schema.ts";
import type { Operation } from "./openapi.ts";

const { Email: _email, PersonName: _name, Password: _password, RoleName: _role, ...bodies } = accounts;
export const accountComponents = { ...bodies, Audit };
export const accountQueries = { AuditQuery, OwnAuditQuery };

export const accountOperations: readonly Operation[] = [
	{
		method: "post",
		path: "/setup",
		summary: "Makes the first account, which owns every site that is there. The operator's alone.",
		body: "SetupBody",
		answer: "Done",
		refusals: ["409", "422"],
	},
	{
		method: "get",
		path: "/session",
		summary: "Who is signed in, and what they may do where.",
		answer: "Whoami",
		refusals: [],
	},
	{
		method: "post",
		path: "/session",
		summary:
			"Signs in: the answer sets a cookie. Where the account has a second factor and no code came along, it says `code-required`.",
		body: "SignInBody",
		answer: "Whoami",
		refusals: ["422", "429"],
	},
	{
		method: "delete",
		path: "/session",
		summary: "Signs out.",
		answer: "Done",
		refusals: [],
	},
	{
		method: "post",
		path: "/session/confirmation",
		summary:
			"Proves anew who is signed in: a quarter of an hour from then on, what could take the account away is open.",
		body: "ConfirmBody",
		answer: "Whoami",
		refusals: ["422", "429"],
	},
	{
		method: "get",
		path: "/account",
		summary: "One's own account.",
		answer: "AccountView",
		refusals: [],
	},
	{
		method: "patch",
		path: "/account",
		summary: "Changes one's own name.",
		body: "AccountBody",
		answer: "Done",
		refusals: ["422"],
	},
	{
		method: "put",
		path: "/account/password",
		summary: "Changes one's own password; every other session ends. Wants fresh proof.",
		body: "PasswordBody",
		answer: "Done",
		refusals: ["422"],
	},
	{
		method: "get",
		path: "/account/sessions",
		summary: "Where one is signed in, the latest seen first.",
		answer: "Sessions",
		refusals: [],
	},
	{
		method: "delete",
		path: "/account/sessions",
		summary: "Ends all of one's sessions but this one.",
		answer: "SessionsEnded",
		refusals: [],
	},
	{
		method: "delete",
		path: "/account/sessions/{session}",
		summary: "Ends one of one's sessions.",
		answer: "Done",
		refusals: ["404"],
	},
	{
		method: "get",
		path: "/account/audit",
		summary: "What one did to one's own account, the latest first.",
		query: "OwnAuditQuery",
		answer: "Audit",
		refusals: ["422"],
	},
	{
		method: "get",
		path: "/sites",
		summary: "The sites where one may work, with one's role at each; the operator's are all.",
		answer: "MySites",
		refusals: [],
	},
	{
		method: "post",
		path: "/sites",
		summary: "Makes a site, whose owner is whoever made it. For owners of another.",
		body: "SiteBody",
		answer: "SiteMade",
		refusals: ["422"],
	},
	{
		method: "get",
		path: "/sites/{site}/team",
		summary: "Who works at the site.",
		answer: "Team",
		refusals: [],
	},
	{
		method: "put",
		path: "/sites/{site}/team/{account}",
		summary: "Gives somebody another role at the site. It never is without an owner.",
		body: "MemberBody",
		answer: "Done",
		refusals: ["404", "409", "422"],
	},
	{
		method: "delete",
		path: "/sites/{site}/team/{account}",
		summary: "Lets somebody work at the site no longer. It never is without an owner.",
		answer: "Done",
		refusals: ["404", "409"],
	},
	{
		method: "get",
		path: "/sites/{site}/audit",
		summary: "What was done at the site, by whom and when, the latest first.",
		query: "AuditQuery",
		answer: "Audit",
		refusals: ["422"],
	},
];
