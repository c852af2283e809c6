// Where a page says that its visitor is.

import type { VisitorFrame } from "../../worker/protocol/chat.ts";
import type { Host } from "../host.ts";

export type Here = Extract<VisitorFrame, { is: "here" }>;

export function hereOn(host: Host): Here {
	return {
		is: "here",
		url: (host.view()?.page.url ?? location.href).slice(0, 2_048),
		title: document.title.slice(0, 300),
		language: (document.documentElement.lang || navigator.language).slice(0, 35),
		visible: !document.hidden,
	};
}
