import { render } from "preact";
import { App } from "./app.tsx";
import { chooseLanguage, preferredLang } from "./language.ts";
import { applyTheme } from "./theme.ts";

applyTheme();
const root = document.getElementById("screen");
if (root)
	chooseLanguage(preferredLang()).then(
		() => render(<App />, root),
		// There are no words to say it in yet.
		() =>
			render(
				<main class="waiting">
					<p lang="en">Witaj could not be loaded. Check your connection.</p>
					<p lang="pl">Nie udało się wczytać Witaj. Sprawdź połączenie z internetem.</p>
					<a href={location.href}>Try again / Spróbuj ponownie</a>
				</main>,
				root,
			),
	);
