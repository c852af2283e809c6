// What we write to people, as blocks, and as the text and the HTML that are made of them. Whatever comes from outside, a
// site's name or a marketer's wording, stands in HTML as text alone.

export type LetterBlock =
	| { readonly kind: "heading" | "text" | "quote" | "small"; readonly text: string }
	| { readonly kind: "button"; readonly text: string; readonly link: string };

export interface Letter {
	readonly language: "pl" | "en";
	readonly subject: string;
	readonly blocks: readonly LetterBlock[];
}

/** The message that asks whether an address is theirs, and where there is a wording, whether they agree to it. */
export function confirmationLetter(
	language: "pl" | "en",
	{ site, wording }: { readonly site: string; readonly wording?: string | undefined },
	link: string,
): Letter {
	const words = confirmation[language];
	return {
		language,
		subject: `${words.subject} – ${site}`,
		blocks: [
			{ kind: "heading", text: words.heading },
			{ kind: "text", text: words.asked(site) },
			...(wording === undefined ? [] : [{ kind: "quote", text: wording } as const]),
			{ kind: "button", text: words.button, link },
			{ kind: "small", text: words.otherwise },
		],
	};
}

const confirmation = {
	pl: {
		subject: "Potwierdź swój adres",
		heading: "Potwierdź swój adres e-mail",
		asked: (site: string) => `Ktoś podał ten adres w serwisie ${site}. Jeśli to Ty, potwierdź go.`,
		button: "Przejdź do potwierdzenia",
		otherwise: "Jeśli to nie Ty, nie rób nic: bez potwierdzenia nic więcej nie wyślemy.",
	},
	en: {
		subject: "Confirm your address",
		heading: "Confirm your e-mail address",
		asked: (site: string) => `Somebody gave this address at ${site}. If it was you, please confirm it.`,
		button: "Go to confirmation",
		otherwise: "If it was not you, do nothing: without a confirmation we write no more.",
	},
} as const;

/** A line for each block, with an empty one between. */
export function letterText({ blocks }: Letter): string {
	const lines = blocks.map((block) => {
		if (block.kind === "button") return `${block.text}:\n${block.link}`;
		return block.kind === "quote" ? block.text.replace(/^/gm, "> ") : block.text;
	});
	return `${lines.join("\n\n")}\n`;
}

/** A whole document: without pictures, scripts or anything from elsewhere. */
export function letterHtml({ language, subject, blocks }: Letter): string {
	return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1c1c1c;background:#ffffff"><div style="max-width:520px;margin:0 auto">
${blocks.map(blockHtml).join("\n")}
</div></body></html>
`;
}

function blockHtml(block: LetterBlock): string {
	const text = escapeHtml(block.text);
	switch (block.kind) {
		case "heading":
			return `<h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">${text}</h1>`;
		case "text":
			return `<p style="margin:0 0 16px">${text}</p>`;
		case "quote":
			return `<blockquote style="margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #c8c8c8">${text}</blockquote>`;
		case "small":
			return `<p style="margin:0;font-size:14px;color:#5c5c5c">${text}</p>`;
		case "button":
			return `<p style="margin:0 0 24px"><a href="${escapeHtml(block.link)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f6f4a;color:#ffffff;text-decoration:none">${text}</a></p>`;
	}
}

/** As text between tags, or in a quoted attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? "");
}

const escapes: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};
