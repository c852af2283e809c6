export type SiteRole = "owner" | "marketer" | "agent" | "analyst";
export interface Session {
	readonly account: { readonly id: string; readonly name: string; readonly email: string };
	readonly sites: readonly { readonly id: string; readonly name: string; readonly role: SiteRole }[];
}
