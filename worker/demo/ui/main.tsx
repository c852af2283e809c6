import { render } from "preact";
import { App } from "./app.tsx";

const shop = document.querySelector<HTMLMetaElement>("meta[name=shop]")?.content ?? "";
render(<App shop={shop} />, document.body);
