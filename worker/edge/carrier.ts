// How a browser carries its token: as a cookie where we answer on the site's own origin, in the body elsewhere.

const name = "__Host-witaj";
/** 400 days, the longest that browsers keep a cookie. */
const maxAgeSeconds = 400 * 86_400;

/** Whether the page and we are one origin: the browser says so, the page cannot. */
export function isOwnOrigin(request: Request): boolean {
	return request.headers.get("origin") === new URL(request.url).origin;
}

export function cookieToken(request: Request): string | undefined {
	const cookies = request.headers.get("cookie") ?? "";
	for (const pair of cookies.split("; ")) {
		if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
	}
	return undefined;
}

export function tokenCookie(token: string): string {
	return `${name}=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; Secure; SameSite=Lax`;
}

export function removedCookie(): string {
	return `${name}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`;
}
