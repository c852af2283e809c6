// The public lists behind the tables, where they are at hand: ../shared/data/traffic-sources beside the repository.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { channelOf } from "../../worker/domain/source/channel.ts";
import { areListsHere, listed, listedText, lists } from "../support/sources.ts";

interface Case {
	readonly source: string;
	readonly medium: string;
	readonly campaign: string;
	readonly expected_channel: string;
}

const read = (name: string) => readFileSync(join(lists, name), "utf8");

// Skipped where ../shared/data/traffic-sources is absent: a clone has the tables, not the lists they were made of.
describe.skipIf(!areListsHere)("the public lists (skipped where ../shared/data is absent)", () => {
	it("make the table that the Worker has", () => {
		expect(readFileSync(listed, "utf8")).toBe(listedText());
	});

	it("agree with the channels in Google's worked cases", () => {
		const cases: readonly Case[] = JSON.parse(read("ga4-channel-cases.json"));
		// An unpaid visit cannot be paid shopping: this row contradicts the rules that it is to show.
		const contradicts = ({ source, medium, campaign }: Case) =>
			source === "alibaba" && medium === "" && campaign === "";
		const wrong = cases.filter((one) => channelOf(one) !== one.expected_channel);
		expect(wrong.every(contradicts)).toBe(true);
		expect(cases.filter(contradicts).map(channelOf)).toEqual(["Organic Shopping"]);
	});

	it("agree on the category of each of Google's sources, but for those we know better", () => {
		const paid: Readonly<Record<string, string>> = {
			SOURCE_CATEGORY_SEARCH: "Paid Search",
			SOURCE_CATEGORY_SOCIAL: "Paid Social",
			SOURCE_CATEGORY_VIDEO: "Paid Video",
			SOURCE_CATEGORY_SHOPPING: "Paid Shopping",
		};
		const rows = read("ga4_source_categories.csv").trim().split(/\r?\n/).slice(1);
		const wrong = rows.filter((row) => {
			const [source = "", category = ""] = row.split(",");
			return channelOf({ source, medium: "cpc" }) !== paid[category];
		});
		expect(wrong.map((row) => row.split(",")[0]).sort()).toEqual([
			"email.seznam.cz",
			"mail.rambler.ru",
			"mail.yandex.ru",
			"onet.pl",
		]);
	});
});
