import { render } from "preact";
import { App } from "./app.tsx";
import { chooseLanguage, preferredLang } from "./language.ts";
import { applyTheme } from "./theme.ts";

applyTheme();
await chooseLanguage(preferredLang());
const root = document.getElementById("screen");
if (root) render(<App />, root);
