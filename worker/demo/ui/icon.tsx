const paths = {
	back: "M10 3 5 8l5 5",
	again: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
	home: "m2.5 8 5.5-5 5.5 5M4 7v6h8V7",
	yes: "m3.5 8.500 3 3 6-7",
} as const;

export function Icon({ of }: { readonly of: keyof typeof paths }) {
	return (
		<svg class={`icon is-${of}`} viewBox="0 0 16 16" aria-hidden="true">
			<path d={paths[of]} />
		</svg>
	);
}
