// Many write a rule, and few look at the recorded past: what shows it is fetched by itself.

import { laterPart } from "../later.tsx";

export const Past = laterPart(() => import("./past.tsx"));
