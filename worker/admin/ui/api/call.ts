// The only way to the API.

/** As every refusal is answered: a code, what is wrong where, and the id of a fault in our log. */
export interface RefusalBody {
	readonly error: string;
	readonly id?: string;
	readonly problems?: readonly Problem[];
}

export interface Problem {
	/** Path within what was sent. */
	readonly at: string;
	readonly why: string;
	/** What the screen may say in place of it. */
	readonly code?: string;
}

export class Refusal extends Error {
	override readonly name = "Refusal";
	/** 0 where nothing answered. */
	readonly status: number;
	readonly body: RefusalBody;

	constructor(status: number, body: RefusalBody) {
		super(body.error);
		this.status = status;
		this.body = body;
	}
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Called when the session has ended, wherever that is noticed. */
let onSignedOut = () => {};
export function whenSignedOut(then: () => void): void {
	onSignedOut = then;
}

export interface Calling {
	readonly signal?: AbortSignal;
	/** The operator's, in place of the session. */
	readonly token?: string;
}

/** Answers with the parsed body. Throws `Refusal` alone. A `Blob` or `FormData` is sent as it is. */
export async function call<T>(
	method: Method,
	path: string,
	body?: unknown,
	calling: Calling = {},
): Promise<T> {
	const response = await send(method, path, body, calling);
	const text = await response.text();
	const answer = parsed(text);
	if (response.ok) return answer as T;
	if (response.status === 401 && !calling.token && !path.startsWith("/api/session")) onSignedOut();
	throw new Refusal(response.status, isRefusal(answer) ? answer : { error: "fault" });
}

/** The answer as a file, with the name that it was given. */
export async function download(method: Method, path: string, body?: unknown): Promise<void> {
	const response = await send(method, path, body);
	if (!response.ok) {
		const answer = parsed(await response.text());
		throw new Refusal(response.status, isRefusal(answer) ? answer : { error: "fault" });
	}
	const [, name = "witaj"] =
		/filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
	const link = document.createElement("a");
	link.href = URL.createObjectURL(await response.blob());
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function send(
	method: Method,
	path: string,
	body: unknown,
	{ signal, token }: Calling = {},
): Promise<Response> {
	const isRaw = body instanceof Blob || body instanceof FormData;
	const isJson = body !== undefined && !isRaw;
	try {
		return await fetch(path, {
			method,
			headers: {
				...(isJson && { "content-type": "application/json" }),
				...(token !== undefined && { authorization: `Bearer ${token}` }),
			},
			...(signal && { signal }),
			...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
		});
	} catch (error) {
		if (signal?.aborted) throw error;
		throw new Refusal(0, { error: "unreachable" });
	}
}

function parsed(text: string): unknown {
	try {
		return text === "" ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isRefusal(answer: unknown): answer is RefusalBody {
	return (
		typeof answer === "object" && answer !== null && "error" in answer && typeof answer.error === "string"
	);
}
