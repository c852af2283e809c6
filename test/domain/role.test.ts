import { expect, test } from "vitest";
import { mayAs, roles } from "../../worker/domain/role.ts";

test("each role may what those before it may, and nothing of those behind it", () => {
	expect(roles).toEqual(["analyst", "agent", "marketer", "owner"]);
	for (const [i, role] of roles.entries())
		for (const [j, needed] of roles.entries()) expect(mayAs(role, needed)).toBe(i >= j);
});
