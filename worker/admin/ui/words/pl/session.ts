import type { Words } from "../words.ts";

export const session: Words["session"] = {
	title: "Zaloguj się",
	lead: "Powitaj każdego odwiedzającego tym, po co przyszedł.",
	email: "E-mail",
	password: "Hasło",
	signIn: "Zaloguj się",
	passkey: "Zaloguj się kluczem dostępu",
	forgotten: "Nie pamiętam hasła",
};
