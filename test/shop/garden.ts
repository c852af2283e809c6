// Drawings of what waters a garden, on a canvas of 480 × 360 whose ground lies at 304.

import { bright, type Drawing, ink, steel } from "./paint.ts";

export type Watering = "hose" | "sprinkler" | "drip" | "reel" | "timer";

const water = "#6fb7d6";

function drawTomato(x: number): string {
	return `<path d="M${x} 262V150M${x} 232q-34-4-40-34q36-2 40 34zM${x} 210q34-4 40-34q-36-2-40 34zM${x} 174q-26-4-30-28q28 0 30 28zM${x} 164q24-6 26-28q-26 2-26 28z" fill="#4f9a63" stroke="#3d8b57" stroke-width="4" stroke-linejoin="round"/><circle cx="${x + 20}" cy="226" r="14" fill="#cc5a45"/><circle cx="${x - 18}" cy="208" r="11" fill="#d97a55"/>`;
}

export const garden: Record<Watering, Drawing> = {
	hose: (
		paint,
	) => `<g fill="none"><circle cx="226" cy="186" r="104" stroke="${paint.deep}" stroke-width="17"/><circle cx="226" cy="186" r="86" stroke="${paint.main}" stroke-width="17"/><circle cx="226" cy="186" r="68" stroke="${paint.deep}" stroke-width="17"/><circle cx="226" cy="186" r="50" stroke="${paint.main}" stroke-width="17"/>
<g stroke="${paint.pale}" stroke-width="2.5" stroke-dasharray="14 9"><circle cx="226" cy="186" r="104"/><circle cx="226" cy="186" r="86"/><circle cx="226" cy="186" r="68"/><circle cx="226" cy="186" r="50"/></g>
<path d="M226 290Q330 296 384 254" stroke="${paint.deep}" stroke-width="17" stroke-linecap="round"/></g>
<path d="M370 246L402 222L420 244L388 272Z" fill="${ink}"/><path d="M400 216L432 196L444 214L418 240Z" fill="#e2833a"/><path d="M206 74h40v36h-40zM206 250h40v46h-40z" fill="${ink}"/><rect x="206" y="262" width="40" height="12" fill="#e2833a"/>`,

	sprinkler: (
		paint,
	) => `<g fill="none" stroke="${water}" stroke-width="4" stroke-linecap="round" stroke-dasharray="2 11"><path d="M168 236Q150 90 60 100M190 236Q176 60 110 58M214 236Q206 40 178 38M240 236V28M266 236Q274 40 302 38M290 236Q304 60 370 58M312 236Q330 90 420 100"/></g>
<path d="M84 298Q84 286 98 286H146V262H334V286H382Q396 286 396 298V304H84Z" fill="${ink}"/><path d="M136 250Q240 214 344 250L338 264Q240 234 142 264Z" fill="${paint.main}"/>
<path d="M166 244h.1M190 238h.1M214 234h.1M240 232h.1M266 234h.1M290 238h.1M314 244h.1" stroke="${bright}" stroke-width="8" stroke-linecap="round"/><rect x="112" y="240" width="40" height="40" rx="8" fill="${paint.deep}"/><rect x="328" y="240" width="40" height="40" rx="8" fill="${paint.deep}"/><circle cx="132" cy="260" r="9" fill="${paint.pale}"/>`,

	drip: (
		paint,
	) => `${drawTomato(130)}${drawTomato(244)}${drawTomato(358)}<path d="M58 262H430L420 304H68Z" fill="#8a6a4f"/><path d="M58 262H430L427 274H61Z" fill="#6f523b"/>
<path d="M30 254Q120 240 244 254T452 250" stroke="${ink}" stroke-width="10" fill="none" stroke-linecap="round"/>
${[88, 168, 206, 284, 320, 396].map((x) => `<rect x="${x - 7}" y="242" width="14" height="18" rx="4" fill="${paint.main}"/><path d="M${x} 264q8 11 0 16q-8-5 0-16z" fill="${water}"/>`).join("")}`,

	reel: (
		paint,
	) => `<rect x="72" y="70" width="34" height="200" rx="8" fill="${steel}"/><circle cx="89" cy="94" r="6" fill="${ink}"/><circle cx="89" cy="246" r="6" fill="${ink}"/><path d="M106 136H150V204H106Z" fill="${ink}"/>
<path d="M132 170Q136 70 240 66Q342 70 346 170Q342 270 240 276Q136 270 132 170Z" fill="${paint.main}"/><path d="M170 170Q172 104 240 102Q306 104 308 170Q306 236 240 240Q172 236 170 170Z" fill="${paint.deep}"/>
<g fill="none" stroke="#4f9a63" stroke-width="11"><circle cx="240" cy="171" r="56"/><circle cx="240" cy="171" r="43"/><circle cx="240" cy="171" r="30"/></g><circle cx="240" cy="171" r="17" fill="${ink}"/>
<path d="M334 208Q404 214 400 296" fill="none" stroke="#3d8b57" stroke-width="13" stroke-linecap="round"/><path d="M386 282h28v30h-28z" fill="${ink}"/><rect x="204" y="50" width="72" height="26" rx="13" fill="${ink}"/>`,

	timer: (
		paint,
	) => `<path d="M206 34h68v44h-68z" fill="${steel}"/><path d="M196 70h88v24h-88z" fill="${ink}"/><path d="M142 112Q142 90 164 90H316Q338 90 338 112V240Q338 262 316 262H164Q142 262 142 240Z" fill="${paint.main}"/>
<rect x="166" y="112" width="148" height="76" rx="10" fill="#dcebdd"/><path d="M186 134h52M186 152h32" stroke="${paint.deep}" stroke-width="7" stroke-linecap="round"/><path d="M276 126q22 30 0 42q-22-12 0-42z" fill="${water}"/>
<circle cx="192" cy="226" r="17" fill="${paint.deep}"/><circle cx="240" cy="226" r="17" fill="${bright}"/><circle cx="288" cy="226" r="17" fill="${paint.deep}"/><path d="M240 214v12l8 6" stroke="${ink}" stroke-width="4" fill="none" stroke-linecap="round"/>
<path d="M174 262h36v26h-36zM270 262h36v26h-36z" fill="${ink}"/><path d="M180 288h24v22h-24zM276 288h24v22h-24z" fill="#e2833a"/>`,
};
