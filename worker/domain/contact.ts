// Identifiers as the directory knows them.

/** An address as it is compared: trimmed and in lower case; nothing for what is none. */
export function normaliseEmail(text: string): string | undefined {
	const email = text.trim().toLowerCase();
	const [local, domain, ...more] = email.split("@");
	if (!local || !domain || more.length > 0 || email.length > 254 || /\s/.test(email)) return undefined;
	const labels = domain.split(".");
	return labels.length > 1 && labels.every((label) => label.length > 0) ? email : undefined;
}
