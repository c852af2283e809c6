import { encode } from "uqr";

/** Always dark on white: phones look for that. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
	const { data, size } = encode(text, { border: 4 });
	const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
	return (
		<svg
			class="account-qr"
			role="img"
			aria-label={label}
			viewBox={`0 0 ${size} ${size}`}
			shape-rendering="crispEdges"
		>
			<path d={dark.join("")} />
		</svg>
	);
}
