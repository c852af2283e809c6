// The secret of a link stands behind the # of its address, where no server sees it.

import { useState } from "preact/hooks";

/** Undefined where there is none. */
export function useToken(): string | undefined {
	const [token] = useState(() => location.hash.slice(1) || undefined);
	return token;
}

/** Once it has done its work: out of the browser's history too. */
export function forgetToken(): void {
	history.replaceState(history.state, "", location.pathname);
}
