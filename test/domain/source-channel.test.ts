import { expect, test } from "vitest";
import { type Channel, channelOf, channels } from "../../worker/domain/source/channel.ts";

const cases: readonly [source: string, medium: string, campaign: string, channel: Channel][] = [
	["(direct)", "(none)", "", "Direct"],
	["(direct)", "(not set)", "", "Direct"],
	["(direct)", "email", "", "Email"],
	["google", "cpc", "wiosna Cross-Network", "Cross-network"],
	["google", "cpc", "sklep shopping", "Paid Shopping"],
	["allegro.pl", "cpc", "", "Paid Shopping"],
	["ceneo", "cpc", "", "Paid Shopping"],
	["Google Shopping", "cpc", "", "Paid Shopping"],
	["google", "cpc", "", "Paid Search"],
	["GOOGLE", "CPC", "", "Paid Search"],
	["bing", "ppc", "", "Paid Search"],
	["www.google.pl", "paid", "", "Paid Search"],
	["google", "cpc", "workshop", "Paid Search"],
	["google", "cpc", "eshop", "Paid Shopping"],
	["google", "cpc", "pl_shop", "Paid Shopping"],
	["facebook", "paid_social", "", "Paid Social"],
	["l.facebook.com", "cpm", "", "Paid Social"],
	["ig", "paidsocial", "", "Paid Social"],
	["x", "cpc", "", "Paid Social"],
	["threads", "cpc", "", "Paid Social"],
	["youtube", "cpv-cpc", "", "Paid Video"],
	["onet", "display", "", "Display"],
	["onet.pl", "cpm", "", "Display"],
	["gazeta.pl", "Banner", "", "Display"],
	["taboola", "cpc", "", "Paid Other"],
	["chatgpt.com", "cpc", "", "Paid Other"],
	["chatgpt.com", "(not set)", "", "AI Assistant"],
	["perplexity", "referral", "", "AI Assistant"],
	["bielik.example", "ai-assistant", "", "AI Assistant"],
	["etsy", "", "", "Organic Shopping"],
	["gazetka", "druk", "shopping 2025", "Organic Shopping"],
	["wykop.pl", "referral", "", "Organic Social"],
	["forum", "Social-Network", "", "Organic Social"],
	["vimeo", "referral", "", "Organic Video"],
	["vod", "video-ad", "", "Organic Video"],
	["seznam", "referral", "", "Organic Search"],
	["mojeek.com", "organic", "", "Organic Search"],
	["dzialkowiec.example", "referral", "", "Referral"],
	["partner", "link", "", "Referral"],
	["newsletter", "e-mail", "", "Email"],
	["E_Mail", "", "", "Email"],
	["poczta.wp.pl", "(none)", "", "Email"],
	["awin", "affiliate", "", "Affiliates"],
	["spotify", "audio", "", "Audio"],
	["smsapi", "sms", "", "SMS"],
	["witaj", "web-push", "", "Mobile Push Notifications"],
	["witaj", "mobile app", "", "Mobile Push Notifications"],
	["firebase", "", "", "Mobile Push Notifications"],
	["ulotka", "(none)", "", "Unassigned"],
	// Bare words of a host are no names: only those that are known as names count.
	["web", "qr", "", "Unassigned"],
	["constructor", "", "", "Unassigned"],
	["", "", "", "Unassigned"],
];

test.each(cases)("%s / %s / %s is %s", (source, medium, campaign, channel) => {
	expect(channelOf({ source, medium, campaign })).toBe(channel);
});

test("each channel has a case", () => {
	expect(new Set(cases.map(([, , , channel]) => channel))).toEqual(new Set(channels));
});
