// The one way to an address that somebody typed. It leads to the public web and nowhere else: addresses are looked at when
// they are saved, when they are asked and at each redirect. What a name leads to is the platform's to say: with
// `global_fetch_strictly_public` it reaches nothing but the public web either.

export type AddressRefusal =
	| "not-an-address"
	| "not-http"
	| "has-credentials"
	| "other-port"
	/** Of this machine, of a network of one's own, of the platform's inside. */
	| "not-public";

export type FetchFault =
	| { readonly is: AddressRefusal }
	| { readonly is: "too-many-redirects" | "unreachable" | "timed-out" }
	| { readonly is: "status"; readonly status: number };

export type Fetched<T> =
	| { readonly is: "read"; readonly value: T }
	| { readonly is: "refused"; readonly fault: FetchFault };

export interface FetchOptions {
	readonly headers?: Readonly<Record<string, string>>;
	/** For all of it, its body too. */
	readonly timeoutMs: number;
	/** An origin of a developer's own machine that may be asked all the same. */
	readonly local?: string | undefined;
}

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks by GET, and has `read` read what is answered with 200 or 304; that has to bound the body, and its errors are passed
 * on. No timer is left behind, for one would keep an object awake.
 */
export async function safeFetch<T>(
	address: string,
	options: FetchOptions,
	read: (response: Response) => Promise<T>,
): Promise<Fetched<T>> {
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), options.timeoutMs);
	try {
		const reached = await reach(address, options, stop.signal);
		return reached instanceof Response ? { is: "read", value: await read(reached) } : refused(reached);
	} catch (error) {
		if (stop.signal.aborted) return refused({ is: "timed-out" });
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

/** Follows redirects, each of which is looked at as the address was. */
async function reach(
	address: string,
	{ headers = {}, local }: FetchOptions,
	signal: AbortSignal,
): Promise<Response | FetchFault> {
	let next = address;
	for (let hops = 0; hops <= mostRedirects; hops++) {
		const refusal = refuseAddress(next, local);
		if (refusal) return { is: refusal };
		let response: Response;
		try {
			response = await fetch(next, { headers, redirect: "manual", signal });
		} catch {
			return { is: signal.aborted ? "timed-out" : "unreachable" };
		}
		if (response.status === 200 || response.status === 304) return response;
		await response.body?.cancel();
		const location = redirects.has(response.status) ? response.headers.get("location") : null;
		if (location === null) return { is: "status", status: response.status };
		next = URL.parse(location, next)?.href ?? location;
	}
	return { is: "too-many-redirects" };
}

/** Why an address may not be asked; nothing where it may. */
export function refuseAddress(address: string, local?: string): AddressRefusal | undefined {
	const url = URL.parse(address);
	if (!url) return "not-an-address";
	if (url.protocol !== "https:" && url.protocol !== "http:") return "not-http";
	if (url.username !== "" || url.password !== "") return "has-credentials";
	if (local !== undefined && url.origin === local) return undefined;
	if (!isPublic(url.hostname)) return "not-public";
	return url.port === "" ? undefined : "other-port";
}

function refused(fault: FetchFault): Fetched<never> {
	return { is: "refused", fault };
}

/** `hostname` as a URL has it: an IPv4 address is in four decimal numbers, however it was written. */
function isPublic(hostname: string): boolean {
	if (hostname.startsWith("[")) return isPublicIpv6(hostname.slice(1, -1));
	const name = hostname.replace(/\.$/, "");
	const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number);
	if (numbers) return isPublicIpv4(numbers);
	return name.includes(".") && !insideNames.some((end) => name.endsWith(end));
}

/** Names that are never of the public web (RFC 6761, RFC 6762, RFC 8375, and what networks and clouds call their inside). */
const insideNames = [
	".localhost",
	".local",
	".internal",
	".intranet",
	".private",
	".corp",
	".home",
	".lan",
	".home.arpa",
	".onion",
	".alt",
] as const;

/** IANA's registry of special-purpose addresses, each as its first number and its length. */
const inside: readonly (readonly [net: readonly number[], bits: number])[] = [
	[[0, 0, 0, 0], 8],
	[[10, 0, 0, 0], 8],
	[[100, 64, 0, 0], 10],
	[[127, 0, 0, 0], 8],
	[[169, 254, 0, 0], 16],
	[[172, 16, 0, 0], 12],
	[[192, 0, 0, 0], 24],
	[[192, 0, 2, 0], 24],
	[[192, 88, 99, 0], 24],
	[[192, 168, 0, 0], 16],
	[[198, 18, 0, 0], 15],
	[[198, 51, 100, 0], 24],
	[[203, 0, 113, 0], 24],
	[[224, 0, 0, 0], 3],
];

function isPublicIpv4(numbers: readonly number[]): boolean {
	const value = asNumber(numbers);
	return !inside.some(([net, bits]) => value >>> (32 - bits) === asNumber(net) >>> (32 - bits));
}

function asNumber(numbers: readonly number[]): number {
	return numbers.reduce((all, one) => ((all << 8) | one) >>> 0, 0);
}

/** Of 2000::/3, without what leads elsewhere (IPv4 in it, Teredo, 6to4, NAT64 and documentation). */
function isPublicIpv6(address: string): boolean {
	const [first = "0", second = "0"] = address.split(":");
	const [a, b] = [Number.parseInt(first || "0", 16), Number.parseInt(second || "0", 16)];
	if (a < 0x2000 || a > 0x3fff) return false;
	if (a === 0x2001) return b > 0x01ff && b !== 0x0db8;
	return a !== 0x2002 && !(a === 0x3fff && b < 0x1000);
}
