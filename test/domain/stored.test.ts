import { expect, it } from "vitest";
import { type Event, eventNames } from "../../worker/domain/event.ts";
import { readEffect, storedEffect } from "../../worker/domain/stored.ts";

const cause = (rule: string) => ({ event: "e", rule });
const base = { id: "e/x", at: 1 };

it("a membership stands in its row without naming the segment twice, and is told with the segment as what made it", () => {
	const props = { segment: "buyers" };
	const entered: Event = { ...base, name: eventNames.segmentEntered, props, cause: cause("buyers") };
	const kept = JSON.parse(JSON.stringify(storedEffect(entered)));
	expect(kept).toEqual({ name: entered.name, props });
	expect(readEffect(kept)).toEqual({ name: entered.name, props, rule: "buyers" });
});

it("whatever else rules made is told with the rule", () => {
	const earned: Event = {
		...base,
		name: eventNames.pointsEarned,
		props: { points: 5 },
		cause: cause("cennik"),
	};
	const kept = JSON.parse(JSON.stringify(storedEffect(earned)));
	expect(readEffect(kept)).toEqual({ name: earned.name, props: earned.props, rule: "cennik" });
});
