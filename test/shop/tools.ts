// Drawings of hand tools and accessories, on a canvas of 480 × 360.

import { bright, type Drawing, ink, steel } from "./paint.ts";

export type Tool =
	| "shears"
	| "handsaw"
	| "pruner"
	| "powerpruner"
	| "lopper"
	| "battery"
	| "charger"
	| "blade"
	| "line"
	| "oil"
	| "gloves";

function drawPivot(x: number, y: number, r: number): string {
	return `<circle cx="${x}" cy="${y}" r="${r}" fill="${steel}"/><circle cx="${x}" cy="${y}" r="${r * 0.45}" fill="${ink}"/>`;
}

export const tools: Record<Tool, Drawing> = {
	shears: (paint) => `<g transform="rotate(-18 240 180)">
<path d="M226 196L432 132Q438 142 428 148L244 216Z" fill="${steel}"/><path d="M226 172L432 222Q440 212 428 204L248 150Z" fill="${bright}"/>
<path d="M248 150l24 8 16-2 22 12 18-2 22 12 20-2 20 12 24 10 14 6" stroke="${steel}" stroke-width="3" fill="none"/>
<path d="M244 160L130 236" stroke="${ink}" stroke-width="12" stroke-linecap="round"/><path d="M244 208L130 130" stroke="${ink}" stroke-width="12" stroke-linecap="round"/>
<path d="M146 226L60 284" stroke="${paint.main}" stroke-width="30" stroke-linecap="round"/><path d="M146 140L60 82" stroke="${paint.main}" stroke-width="30" stroke-linecap="round"/>
<path d="M128 240L76 274M128 126L76 92" stroke="${paint.deep}" stroke-width="6" stroke-linecap="round"/><circle cx="192" cy="166" r="10" fill="${paint.deep}"/><circle cx="192" cy="204" r="10" fill="${paint.deep}"/>${drawPivot(240, 184, 17)}</g>`,

	handsaw: (paint) => `<path d="M172 214Q300 210 428 96Q436 108 426 120Q330 244 190 262Z" fill="${bright}"/>
<path d="M190 262l6-14 10 13 5-16 11 13 5-17 12 12 4-17 12 11 4-17 13 10 3-18 13 9 3-18 13 8 2-18 13 7 2-18 13 6 1-18 13 5 1-18 12 4 1-18 12 3 0-17 12 1" fill="none" stroke="${steel}" stroke-width="4"/>
<path d="M196 204Q186 194 168 196Q110 210 66 252Q44 276 60 294Q74 306 94 288Q118 268 140 272Q176 280 204 264Q214 238 196 204Z" fill="${paint.main}"/>
<path d="M66 252Q44 276 60 294Q74 306 94 288L100 282Q84 268 90 236Z" fill="${ink}"/><path d="M120 236Q148 222 176 222" stroke="${paint.pale}" stroke-width="8" stroke-linecap="round" fill="none"/>${drawPivot(186, 242, 9)}`,

	pruner: (paint) => `<g transform="rotate(-8 240 180)">
<path d="M262 176Q306 152 384 92Q404 78 410 92Q404 150 318 204Q288 216 262 212Z" fill="${bright}"/><path d="M276 190Q340 164 406 96" stroke="${steel}" stroke-width="4" fill="none"/>
<path d="M258 176Q322 226 396 196Q404 204 398 214Q334 268 254 226Z" fill="${steel}"/>
<path d="M262 172Q190 122 76 118Q52 120 56 142Q60 158 82 156Q160 156 236 214Z" fill="${paint.main}"/><path d="M56 142Q60 158 82 156Q120 156 160 170L166 146Q110 126 58 132Z" fill="${paint.deep}"/>
<path d="M268 210Q226 236 182 276Q142 306 98 304Q76 300 80 282Q86 268 106 270Q142 266 170 236Q204 200 238 180Z" fill="${paint.main}"/><path d="M80 282Q86 268 106 270Q128 268 148 256L164 282Q132 306 98 304Q76 300 80 282Z" fill="${paint.deep}"/>
<path d="M196 172q-22 22-10 42" stroke="${steel}" stroke-width="7" fill="none" stroke-dasharray="5 4"/>${drawPivot(252, 194, 19)}</g>`,

	powerpruner: (
		paint,
	) => `<path d="M292 122Q338 116 416 70Q430 64 432 76Q416 138 332 166L292 164Z" fill="${bright}"/><path d="M288 152Q350 202 420 168Q428 176 422 184Q354 234 282 186Z" fill="${steel}"/>
<path d="M120 130Q124 100 158 98L268 104Q306 110 306 146Q304 184 268 186L190 184Q172 184 166 202L144 272Q138 288 122 284L92 276Q78 270 84 252Z" fill="${paint.main}"/>
<path d="M112 166L166 188Q170 188 166 202L144 272Q138 288 122 284L92 276Q78 270 84 252Z" fill="${ink}"/><rect x="64" y="270" width="98" height="38" rx="10" transform="rotate(15 113 289)" fill="${paint.deep}"/>
<path d="M200 184Q206 226 160 232" stroke="${ink}" stroke-width="8" fill="none" stroke-linecap="round"/><path d="M160 122h82M160 138h60" stroke="${paint.pale}" stroke-width="7" stroke-linecap="round"/>${drawPivot(288, 148, 15)}`,

	lopper: (paint) => `<g transform="rotate(-34 240 180)">
<path d="M296 160Q348 124 410 120Q420 124 416 134Q380 184 306 196Z" fill="${bright}"/><path d="M296 196Q342 236 396 220Q402 210 394 204Q350 202 316 176Z" fill="${steel}"/>
<path d="M300 172Q180 150 44 132M300 186Q180 208 44 232" stroke="${steel}" stroke-width="15" fill="none" stroke-linecap="round"/>
<path d="M128 142Q80 136 34 130M128 220Q80 228 34 236" stroke="${paint.main}" stroke-width="27" fill="none" stroke-linecap="round"/><path d="M60 133h.1M84 136h.1M108 139h.1M60 230h.1M84 227h.1M108 224h.1" stroke="${paint.deep}" stroke-width="12" stroke-linecap="round"/>
<path d="M222 172h26v20h-26z" fill="${ink}"/>${drawPivot(302, 179, 17)}</g>`,

	battery: (
		paint,
	) => `<path d="M128 150Q128 134 144 134H336Q352 134 352 150V270Q352 290 332 290H148Q128 290 128 270Z" fill="${ink}"/><path d="M152 108Q152 96 164 96H316Q328 96 328 108V134H152Z" fill="#435048"/>
<path d="M172 96v-10h28v10zM226 96v-10h28v10zM280 96v-10h28v10z" fill="${steel}"/><path d="M128 198H352V232H128Z" fill="${paint.main}"/>
<path d="M262 146L214 218H240L226 272L278 196H250Z" fill="${bright}"/><circle cx="290" cy="262" r="6" fill="${paint.pale}"/><circle cx="310" cy="262" r="6" fill="${paint.pale}"/><circle cx="330" cy="262" r="6" fill="#56635b"/><path d="M110 176h18v74h-18zM352 176h18v74h-18z" fill="${paint.deep}"/>`,

	charger: (
		paint,
	) => `<path d="M372 262Q440 262 432 206Q424 150 452 96" stroke="${ink}" stroke-width="9" fill="none" stroke-linecap="round"/>
<path d="M92 218Q94 202 110 202H356Q372 202 374 218L386 280Q388 296 370 296H98Q80 296 82 280Z" fill="${ink}"/><path d="M88 258H380L384 280Q386 296 370 296H98Q80 296 82 280Z" fill="#435048"/>
<path d="M146 110Q146 98 158 98H300Q312 98 312 110V202H146Z" fill="#435048"/><path d="M146 140H312V168H146Z" fill="${paint.main}"/><path d="M240 112L208 158H226L216 192L252 146H234Z" fill="${bright}"/>
<circle cx="120" cy="278" r="7" fill="#7ccf8d"/><circle cx="144" cy="278" r="7" fill="${paint.main}"/><path d="M268 270h84M268 282h84" stroke="#6d7a72" stroke-width="5" stroke-linecap="round"/>`,

	blade:
		() => `<g transform="rotate(-24 240 190)"><path d="M44 166Q40 160 50 158L206 164H274L398 148Q436 146 438 168L434 214Q436 220 424 222L274 218H206L82 232Q44 234 42 212Z" fill="${steel}"/>
<path d="M44 166Q40 160 50 158L150 162L140 182L48 188ZM438 190L434 214Q436 220 424 222L330 220L340 198Z" fill="${bright}"/><path d="M42 212L50 222Q62 234 82 232L206 218" stroke="#8a968e" stroke-width="4" fill="none"/>
<circle cx="240" cy="191" r="18" fill="#f6f8f5"/><circle cx="240" cy="191" r="18" fill="none" stroke="#8a968e" stroke-width="4"/><circle cx="206" cy="191" r="6" fill="#f6f8f5"/><circle cx="274" cy="191" r="6" fill="#f6f8f5"/></g>`,

	line: (
		paint,
	) => `<path d="M330 150Q420 130 424 214Q422 296 372 292" stroke="${paint.main}" stroke-width="6" fill="none" stroke-linecap="round"/><circle cx="224" cy="190" r="118" fill="${paint.deep}"/><circle cx="224" cy="190" r="104" fill="${paint.main}"/>
<g fill="none" stroke="${paint.deep}" stroke-width="3"><circle cx="224" cy="190" r="96"/><circle cx="224" cy="190" r="88"/><circle cx="224" cy="190" r="80"/><circle cx="224" cy="190" r="72"/></g>
<circle cx="224" cy="190" r="62" fill="${ink}"/><circle cx="224" cy="190" r="44" fill="#435048"/><path d="M224 146v24M224 210v24M180 190h24M244 190h24" stroke="${ink}" stroke-width="9"/><circle cx="224" cy="190" r="15" fill="${bright}"/><path d="M150 142Q172 108 214 100" stroke="${paint.pale}" stroke-width="6" stroke-linecap="round" fill="none"/>`,

	oil: (
		paint,
	) => `<path d="M190 70h52q6 0 6 6v30h-64V76q0-6 6-6z" fill="${ink}"/><path d="M184 104H250Q256 124 300 134Q336 144 338 182V282Q338 304 316 304H166Q144 304 144 282V164Q146 122 184 104Z" fill="${paint.main}"/>
<path d="M276 150Q314 152 314 188V232Q314 244 302 244Q292 244 292 232V196Q292 180 272 178Q262 176 262 164Q262 152 276 150Z" fill="#f3f1e8"/><rect x="164" y="182" width="108" height="92" rx="8" fill="${bright}"/>
<path d="M218 196Q244 228 244 244Q242 262 218 264Q194 262 192 244Q192 228 218 196Z" fill="${paint.deep}"/><path d="M204 246Q206 254 216 256" stroke="${paint.pale}" stroke-width="5" fill="none" stroke-linecap="round"/><path d="M150 286H334" stroke="${paint.deep}" stroke-width="5"/>`,

	gloves: (paint) =>
		[-1, 1]
			.map(
				(
					side,
				) => `<g transform="translate(240 0) scale(${side} 1) translate(${side < 0 ? 6 : 10} ${side < 0 ? 0 : 12}) rotate(10 90 190)">
<path d="M44 206V110Q46 94 60 94Q72 94 74 110V86Q76 70 90 70Q104 70 104 86V82Q106 68 118 68Q132 68 132 84V98Q134 86 146 86Q158 88 158 102V222H44Z" fill="${paint.main}"/>
<path d="M46 176Q22 152 12 130Q8 114 22 112Q32 112 40 128L58 160Z" fill="${paint.main}"/><path d="M74 110v40M104 90v60M132 98v52" stroke="${paint.deep}" stroke-width="4" stroke-linecap="round"/>
<path d="M46 196H158V228H46Z" fill="${paint.deep}"/><path d="M40 224H164L168 284Q168 292 158 292H46Q36 292 36 284Z" fill="#efe6cf"/><path d="M40 246h126M38 266h128" stroke="#d9cba6" stroke-width="4"/></g>`,
			)
			.join(""),
};
