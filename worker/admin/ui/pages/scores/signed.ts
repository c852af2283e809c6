import type { Format } from "../../format.ts";

/** "+5", "−3". */
export function signed(format: Format, points: number): string {
	return points > 0 ? `+${format.number(points)}` : format.number(points).replace("-", "−");
}
