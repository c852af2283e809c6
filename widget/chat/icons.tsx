// The marks on the chat's buttons.

import type { JSX } from "preact";

const paths = {
	close: "M5 5l12 12M17 5L5 17",
	more: "M4.500 11a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM10.500 11a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM16.500 11a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0z",
	send: "M3 11h14M11 5l6 6-6 6",
	attach: "M15.5 6.5l-7 7a2 2 0 0 0 3 3l7-7a4 4 0 0 0-6-6l-7 7a6 6 0 0 0 8.500 8.500l5-5",
	face: "M11 19a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM8 9h.01M14 9h.01M7.500 13a4 4 0 0 0 7 0",
	file: "M6 3h7l4 4v12H6zM13 3v4h4",
	star: "M11 3l2.500 5.200 5.500.7-4 3.900 1 5.600-5-2.700-5 2.700 1-5.600-4-3.900 5.500-.7z",
} as const;

export function Icon({ of }: { of: keyof typeof paths }): JSX.Element {
	return (
		<svg viewBox="0 0 22 22" aria-hidden="true">
			<path d={paths[of]} />
		</svg>
	);
}
