import type { Words } from "../words.ts";

export const session: Words["session"] = {
	title: "Zaloguj się",
	lead: "Powitaj każdego odwiedzającego tym, po co przyszedł.",
	email: "E-mail",
	password: "Hasło",
	code: "Kod",
	codeHint: "Sześć cyfr z aplikacji uwierzytelniającej albo jeden z kodów zapasowych.",
	signIn: "Zaloguj się",
	forgotten: "Nie pamiętam hasła",
	setUpTitle: "Witaj w Witaj",
	setUpLead: "Nikt nie ma tu jeszcze konta. Załóż pierwsze: należą do niego wszystkie serwisy.",
	token: "Token operatora",
	tokenHint: "ADMIN_TOKEN, który wypisało npm run deploy. Dowodzi, że to Witaj jest Twoje.",
	wrongToken: "To nie jest token operatora tego Witaj.",
	name: "Imię i nazwisko",
	passwordHint: "Co najmniej 10 znaków. Siłę hasła daje długość.",
	setUp: "Załóż konto",
};
