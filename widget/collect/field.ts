// Which fields of a site's form are taken, and as what. What is secret, or pays, is never read.

/** As much of a field as is looked at to decide. */
export interface Field {
	readonly name: string;
	readonly id: string;
	readonly type: string;
	readonly autocomplete: string;
}

/** By the whole words of a name or id: "cardNumber" and "card_number", but not "discard" or "postcard". */
const secretWords = new RegExp(
	"(^| )(pass|passwd|password|passcode|pwd|haslo|pin|secret|token|csrf|xsrf|nonce|captcha|otp|" +
		"card|cards|cardholder|ccnumber|ccnum|cc|cvv|cvv2|cvc|cvc2|csc|karta|karty|" +
		"pesel|ssn|passport|paszport|dowod|iban|bic|swift)( |$)",
);
/** Written together, as many do. */
const secretParts = /password|passwd|cardnumber|creditcard|numerkarty|pesel|iban|cvv|cvc|csrf|xsrf|recaptcha/;

function wordsOf(text: string): string {
	return text
		.normalize("NFD")
		.replace(/\p{M}/gu, "")
		.replaceAll("ł", "l")
		.replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, " ")
		.trim();
}

/** Whether a field may be read at all. */
export function mayTake({ name, id, type, autocomplete }: Field): boolean {
	if (/^(password|hidden|file|submit|button|image|reset)$/.test(type)) return false;
	if (/(^|\s)(cc-|(current|new)-password|one-time-code|transaction-)/.test(autocomplete.toLowerCase()))
		return false;
	return [name, id]
		.map(wordsOf)
		.every((words) => !secretWords.test(words) && !secretParts.test(words.replaceAll(" ", "")));
}

/** What the field holds of a person, where that can be told; else nothing. */
function meaningOf({ name, id, type, autocomplete }: Field): string | undefined {
	const hint = autocomplete.toLowerCase().trim().split(/\s+/).at(-1);
	const words = ` ${wordsOf(name)} ${wordsOf(id)} `;
	if (type === "email" || hint === "email" || /e ?mail/.test(words)) return "email";
	if (type === "tel" || hint === "tel" || / (phone|tel|telephone|telefon|mobile|komorka) /.test(words))
		return "phone";
	if (hint === "given-name" || / (first ?name|imie|given ?name) /.test(words)) return "first_name";
	if (hint === "family-name" || / (last ?name|surname|nazwisko|family ?name) /.test(words))
		return "last_name";
	if (hint === "name" || / (name|full ?name|imie i nazwisko) /.test(words)) return "name";
	return undefined;
}

/** As a property's name may be written. */
const nameable = /^[\p{L}\p{N}_$][\p{L}\p{N}_$ .:-]{0,63}$/u;

/**
 * The name under which a field's value is sent: `email`, `phone`, `name`, `first_name`, `last_name`, or for a check box its
 * own name. Nothing for every other field: what we have no name for is the site's.
 */
export function propOf(field: Field): string | undefined {
	if (!mayTake(field)) return undefined;
	if (field.type === "checkbox")
		return nameable.test(field.name) && !(field.name in {}) ? field.name : undefined;
	return meaningOf(field);
}
