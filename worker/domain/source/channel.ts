// The channel of a visit, by the rules that Google publishes for the default channel group of its Analytics: the first
// rule that holds names it. The assistants' channel is the youngest of them; its list of hosts is ours (listed.ts).

import { fold } from "../text.ts";
import { kindOf } from "./hosts.ts";

export const channels = [
	"Direct",
	"Cross-network",
	"Paid Shopping",
	"Paid Search",
	"Paid Social",
	"Paid Video",
	"Display",
	"Paid Other",
	"AI Assistant",
	"Organic Shopping",
	"Organic Social",
	"Organic Video",
	"Organic Search",
	"Referral",
	"Email",
	"Affiliates",
	"Audio",
	"SMS",
	"Mobile Push Notifications",
	"Unassigned",
] as const;
export type Channel = (typeof channels)[number];

/** Whether a search engine sent the visitor, for money or without. */
export function isSearch(channel: Channel | undefined): boolean {
	return channel === "Organic Search" || channel === "Paid Search";
}

const noMedium: ReadonlySet<string> = new Set(["(not set)", "(none)"]);
const displayMedia: ReadonlySet<string> = new Set(["display", "banner", "expandable", "interstitial", "cpm"]);
const socialMedia: ReadonlySet<string> = new Set([
	"social",
	"social-network",
	"social-media",
	"sm",
	"social network",
	"social media",
]);
const referralMedia: ReadonlySet<string> = new Set(["referral", "app", "link"]);
const emailWords: ReadonlySet<string> = new Set(["email", "e-mail", "e_mail", "e mail"]);
/** "shop" where a word begins, or behind an e ("eshop"); "workshop" is none. */
const shopCampaign = /(?:[^a-df-z]|^)shop|shopping/;
const paidMedium = /cp|^ppc$|^retargeting$|^paid/;

/**
 * `{ source: "google", medium: "cpc" }` → `Paid Search`. Case does not matter; an empty member is one that is not set.
 * A source is known by its host or by its bare name: `l.facebook.com`, `facebook.com`, `facebook`.
 */
export function channelOf(touch: {
	readonly source: string;
	readonly medium: string;
	readonly campaign?: string | undefined;
}): Channel {
	const source = fold(touch.source).trim();
	const medium = fold(touch.medium).trim();
	const campaign = fold(touch.campaign ?? "");
	if (source === "(direct)" && noMedium.has(medium)) return "Direct";
	if (campaign.includes("cross-network")) return "Cross-network";
	const kind = kindOf(source);
	const isShopping = kind === "shopping" || shopCampaign.test(campaign);
	const isPaid = paidMedium.test(medium);
	if (isPaid) {
		if (isShopping) return "Paid Shopping";
		if (kind === "search") return "Paid Search";
		if (kind === "social") return "Paid Social";
		if (kind === "video") return "Paid Video";
	}
	if (displayMedia.has(medium)) return "Display";
	if (isPaid) return "Paid Other";
	if (kind === "assistant" || medium === "ai-assistant") return "AI Assistant";
	if (isShopping) return "Organic Shopping";
	if (kind === "social" || socialMedia.has(medium)) return "Organic Social";
	if (kind === "video" || medium.includes("video")) return "Organic Video";
	if (kind === "search" || medium === "organic") return "Organic Search";
	// Before "Referral", unlike Google's: whoever tags a link in a webmail as a referral still has it in a letter.
	if (kind === "mail") return "Email";
	if (referralMedia.has(medium)) return "Referral";
	if (emailWords.has(source) || emailWords.has(medium)) return "Email";
	if (medium === "affiliate") return "Affiliates";
	if (medium === "audio") return "Audio";
	if (source === "sms" || medium === "sms") return "SMS";
	if (medium.endsWith("push") || medium.includes("mobile") || medium.includes("notification"))
		return "Mobile Push Notifications";
	return source === "firebase" ? "Mobile Push Notifications" : "Unassigned";
}
