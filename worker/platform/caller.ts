/** Network of the caller, for counting: of IPv6 the half that a household shares. Never stored as it is. */
export function callerOf(request: Request): string {
	const address = request.headers.get("cf-connecting-ip") ?? "";
	return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}
