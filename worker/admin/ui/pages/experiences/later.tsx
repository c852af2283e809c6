// A part of the editor that is loaded when it is opened: most of who writes never come to all of them.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../../parts/page.tsx";

export function Later<Props extends object>({
	load,
	...props
}: { readonly load: () => Promise<{ readonly default: ComponentType<Props> }> } & Props) {
	const [Part, setPart] = useState<ComponentType<Props>>();
	useEffect(() => {
		let isOver = false;
		void load().then((loaded) => {
			if (!isOver) setPart(() => loaded.default);
		});
		return () => {
			isOver = true;
		};
	}, [load]);
	return Part ? <Part {...(props as unknown as Props)} /> : <Skeleton />;
}
