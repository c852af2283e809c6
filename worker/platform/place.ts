// What the platform says of where a request came from, as far as it is text. No address is read here.

export interface Place {
	readonly country?: string;
	readonly city?: string;
	readonly continent?: string;
	readonly regionCode?: string;
}

export function placeOf(request: Request): Place {
	const cf: Readonly<Record<string, unknown>> = { ...request.cf };
	return {
		...member(cf, "country"),
		...member(cf, "city"),
		...member(cf, "continent"),
		...member(cf, "regionCode"),
	};
}

function member<K extends string>(from: Readonly<Record<string, unknown>>, key: K): { [key in K]?: string } {
	const value = from[key];
	return (typeof value === "string" && value !== "" ? { [key]: value } : {}) as { [key in K]?: string };
}
