// A drawing of Lucide's, beside words or with a name of its own.

import type { IconNode } from "lucide";
import { h } from "preact";

export type { IconNode };

export function Icon({ of, label, size = 16 }: { of: IconNode; label?: string; size?: 16 | 20 | 24 }) {
	return (
		<svg
			class="icon"
			width={size}
			height={size}
			viewBox="0 0 24 24"
			role={label ? "img" : undefined}
			aria-label={label}
			aria-hidden={label ? undefined : true}
		>
			{of.map(([tag, attributes]) => h(tag, attributes))}
		</svg>
	);
}
