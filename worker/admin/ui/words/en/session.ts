export const session = {
	title: "Sign in",
	lead: "Greet every visitor by what they came for.",
	email: "E-mail",
	password: "Password",
	signIn: "Sign in",
	passkey: "Sign in with a passkey",
	forgotten: "I forgot my password",
};
