// Drawings of machines, on a canvas of 480 × 360 whose ground lies at 304.

import { bright, type Drawing, ink, steel } from "./paint.ts";

export type Machine =
	| "mower"
	| "robot"
	| "petrol"
	| "tractor"
	| "trimmer"
	| "brushcutter"
	| "chainsaw"
	| "minisaw"
	| "polesaw"
	| "hedge"
	| "hedgepole"
	| "blower"
	| "vacuum"
	| "backpack";

const glass = "#f7faf7";

function drawWheel(x: number, y: number, r: number, hub: string): string {
	return `<circle cx="${x}" cy="${y}" r="${r}" fill="#26332c"/><circle cx="${x}" cy="${y}" r="${r * 0.78}" fill="none" stroke="#435048" stroke-width="3"/><circle cx="${x}" cy="${y}" r="${r * 0.52}" fill="${hub}"/><circle cx="${x}" cy="${y}" r="${r * 0.16}" fill="#26332c"/>`;
}

function drawRod(path: string, width: number, colour: string): string {
	return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** The blade of a hedge trimmer, lying along x from 0 to `length`. */
function drawTeeth(length: number): string {
	let teeth = "";
	for (let x = 8; x < length - 10; x += 18) {
		teeth += `M${x} 0l4-16h6l3 16zM${x} 12l4 16h6l3-16z`;
	}
	return `<path d="${teeth}" fill="${steel}"/><rect y="-2" width="${length}" height="16" rx="6" fill="${bright}"/><path d="M4 6H${length - 8}" stroke="${steel}" stroke-width="3"/>`;
}

/** The bar and chain of a saw, lying along x from 0 to `length`. */
function drawBar(length: number, height: number): string {
	const half = height / 2;
	const outline = `M0 ${-half}H${length - half}a${half} ${half} 0 0 1 0 ${height}H0Z`;
	return `<path d="${outline}" fill="${bright}" stroke="${ink}" stroke-width="9" stroke-dasharray="8 4"/><path d="${outline}" fill="${bright}" stroke="${steel}" stroke-width="3"/><path d="M14 0H${length - height}" stroke="${steel}" stroke-width="5" stroke-linecap="round" stroke-dasharray="34 12"/>`;
}

function drawChassis(paint: Parameters<Drawing>[0]): string {
	return `<path d="M132 206L62 184Q46 180 46 198L56 262Q58 276 74 276L140 268Z" fill="#435048"/>
<path d="M66 202l62 18M64 222l66 14M68 244l64 8M84 192l6 78M106 198l4 70" stroke="#56635b" stroke-width="3"/>
${drawRod("M152 234L64 84", 9, ink)}${drawRod("M196 222L88 120", 6, "#56635b")}
${drawRod("M70 94L52 64L30 62", 12, paint.deep)}${drawRod("M78 112l-14 10", 7, paint.main)}
<path d="M116 262Q116 204 178 198H304Q366 200 378 254Q380 270 364 270H128Q116 272 116 262Z" fill="${paint.main}"/>
<path d="M116 256H378Q380 270 364 270H128Q116 272 116 262Z" fill="${paint.deep}"/>
<path d="M330 208Q358 218 366 242H340Q334 224 322 208Z" fill="${paint.pale}" fill-opacity=".7"/>`;
}

export const machines: Record<Machine, Drawing> = {
	mower: (paint) => `${drawChassis(paint)}
<path d="M168 202Q172 156 222 152H272Q306 154 316 202Z" fill="${ink}"/>
<path d="M190 200Q194 168 226 166H264Q286 168 292 200Z" fill="${paint.main}"/>
<rect x="212" y="172" width="58" height="16" rx="8" fill="${paint.pale}"/><path d="M218 212H300" stroke="${paint.pale}" stroke-width="5" stroke-linecap="round"/>
${drawWheel(150, 264, 40, paint.pale)}${drawWheel(336, 274, 30, paint.pale)}`,

	robot: (
		paint,
	) => `<path d="M106 270Q110 196 208 184Q332 176 366 250Q372 272 356 276H118Q106 278 106 270Z" fill="${paint.main}"/>
<path d="M106 262H368Q370 276 356 278H118Q106 278 106 270Z" fill="${ink}"/>
<path d="M150 236Q162 202 216 198Q290 192 322 228Q250 214 150 236Z" fill="${paint.pale}" fill-opacity=".75"/>
<rect x="214" y="168" width="54" height="22" rx="11" fill="#cc5a45"/><path d="M330 238q18 2 26 14" stroke="${glass}" stroke-width="6" stroke-linecap="round" fill="none"/>
${drawWheel(164, 262, 42, paint.pale)}<circle cx="332" cy="286" r="17" fill="#435048"/><circle cx="332" cy="286" r="7" fill="${steel}"/>`,

	petrol: (paint) => `${drawChassis(paint)}
<rect x="182" y="164" width="112" height="40" rx="6" fill="#435048"/><path d="M190 174h96M190 184h96M190 194h96" stroke="#6d7a72" stroke-width="4"/>
<path d="M176 168Q178 136 214 134H262Q296 136 300 168Z" fill="${ink}"/><path d="M200 156q38-16 76 0" stroke="#56635b" stroke-width="5" fill="none" stroke-linecap="round"/>
<rect x="224" y="122" width="34" height="14" rx="5" fill="${paint.main}"/>
<rect x="296" y="172" width="34" height="24" rx="6" fill="${steel}"/><path d="M302 180h22M302 188h22" stroke="#8a968e" stroke-width="3"/>
${drawRod("M180 170Q130 150 96 128", 3, ink)}
${drawWheel(150, 260, 44, bright)}${drawWheel(336, 274, 30, bright)}`,

	tractor: (
		paint,
	) => `<path d="M64 176H120V262H76Q64 262 62 250Z" fill="#435048"/><path d="M74 190v60M90 186v70M106 186v70" stroke="#56635b" stroke-width="3"/>
<path d="M112 262Q112 214 160 208H206V244H262L282 188Q286 178 298 178H376Q402 180 404 206V250Q404 262 392 262Z" fill="${paint.main}"/>
<path d="M112 250H404Q404 264 392 264H122Q112 264 112 250Z" fill="${paint.deep}"/>
<path d="M298 196H372M298 210H372M298 224H372" stroke="${paint.deep}" stroke-width="5" stroke-linecap="round"/><circle cx="394" cy="204" r="9" fill="${glass}"/>
<path d="M142 206V150Q142 138 154 138Q164 138 166 150L172 188H214Q226 190 226 202V208Z" fill="${ink}"/>
${drawRod("M274 190L250 150", 7, ink)}${drawRod("M234 160L268 142", 9, ink)}
<path d="M206 262H292L306 288H194Z" fill="${ink}"/>
${drawWheel(150, 248, 56, paint.pale)}${drawWheel(360, 268, 37, paint.pale)}`,

	trimmer: (paint) => `<path d="M296 292Q330 250 402 268L416 292Z" fill="${ink}"/>
${drawRod("M110 96L346 268", 11, steel)}${drawRod("M110 96L206 166", 13, ink)}
<path d="M58 66Q68 48 90 56L138 92Q148 104 138 116L122 130Q110 138 98 128L60 98Q46 84 58 66Z" fill="${paint.main}"/>
<path d="M58 66L48 78Q40 92 52 104L82 128L98 128L60 98Q46 84 58 66Z" fill="${ink}"/>
<path d="M96 80L122 100" stroke="${paint.pale}" stroke-width="6" stroke-linecap="round"/>
${drawRod("M196 158Q180 108 214 98Q248 92 248 130", 11, ink)}<path d="M196 158l16 12" stroke="${paint.main}" stroke-width="18" stroke-linecap="round"/>
<path d="M330 250L362 272L350 292H318Z" fill="${paint.main}"/><rect x="322" y="286" width="40" height="14" rx="5" fill="${paint.deep}"/>
<path d="M324 298Q296 308 268 300M360 298Q392 310 424 302" stroke="${paint.main}" stroke-width="3" fill="none" stroke-linecap="round"/>`,

	brushcutter: (paint) => `${drawRod("M112 98L372 272", 11, steel)}${drawRod("M112 98L190 150", 15, ink)}
<path d="M44 70Q48 44 76 46L118 62Q138 72 134 96L122 124Q112 136 96 130L60 114Q40 104 44 70Z" fill="${paint.main}"/>
<path d="M48 88L120 118Q114 134 96 130L60 114Q48 106 48 88Z" fill="${ink}"/><circle cx="84" cy="80" r="18" fill="${paint.deep}"/><path d="M74 80h20M76 72h16M76 88h16" stroke="${paint.pale}" stroke-width="3"/>
${drawRod("M216 168L170 214M216 168L276 104", 9, ink)}${drawRod("M170 214l-12 12M276 104l12-14", 16, paint.main)}
<ellipse cx="376" cy="284" rx="64" ry="15" fill="${bright}" stroke="${steel}" stroke-width="5" stroke-dasharray="11 7"/><ellipse cx="376" cy="283" rx="18" ry="7" fill="${ink}"/>
<path d="M346 244L384 268L378 284L350 272Z" fill="${paint.deep}"/>`,

	chainsaw: (paint) => `<g transform="translate(222 214)">${drawBar(210, 44)}</g>
${drawRod("M92 178Q94 104 154 108Q204 112 226 168", 13, ink)}
<path d="M74 196Q74 160 112 158H206Q240 160 246 192V236Q246 254 228 254H112Q84 252 76 228Z" fill="${paint.main}"/>
<path d="M76 226H246V236Q246 254 228 254H112Q84 252 76 228Z" fill="${paint.deep}"/>
<path d="M84 176Q36 166 34 212Q34 250 84 250" fill="none" stroke="${ink}" stroke-width="17" stroke-linecap="round"/>
<path d="M216 166Q240 126 268 120L276 134Q256 150 250 186Z" fill="${ink}"/>
<path d="M122 176h64M122 190h64M122 204h64" stroke="${paint.deep}" stroke-width="6" stroke-linecap="round"/><circle cx="222" cy="214" r="13" fill="${paint.pale}"/><circle cx="222" cy="214" r="5" fill="${ink}"/>`,

	minisaw: (paint) => `<g transform="translate(262 150) rotate(8)">${drawBar(138, 34)}</g>
<path d="M130 118Q134 96 160 96H256Q286 100 290 130V160Q288 178 270 180H176Q162 180 158 196L146 262Q142 276 128 274L102 270Q88 266 92 250L118 152Z" fill="${paint.main}"/>
<path d="M112 176L158 190L146 262Q142 276 128 274L102 270Q88 266 92 250Z" fill="${ink}"/><rect x="72" y="262" width="94" height="36" rx="9" transform="rotate(9 119 280)" fill="${paint.deep}"/>
<path d="M186 180Q188 208 166 214" stroke="${ink}" stroke-width="8" fill="none" stroke-linecap="round"/><path d="M242 94Q300 66 338 98L332 110Q294 92 262 112Z" fill="${ink}"/>
<path d="M158 118h70M158 132h70" stroke="${paint.pale}" stroke-width="6" stroke-linecap="round"/>`,

	polesaw: (
		paint,
	) => `${drawRod("M60 290L318 132", 12, steel)}${drawRod("M60 290L174 220", 17, ink)}${drawRod("M196 206l22-13", 20, paint.deep)}
<g transform="translate(340 116) rotate(-24)">${drawBar(116, 28)}</g>
<path d="M286 138Q284 112 310 100L352 84Q370 80 376 98Q380 116 364 124L316 156Q296 164 286 138Z" fill="${paint.main}"/><path d="M306 126L352 104" stroke="${paint.pale}" stroke-width="6" stroke-linecap="round"/>
<path d="M34 288Q36 268 58 264L88 272Q92 296 70 310L46 312Q34 306 34 288Z" fill="${paint.main}"/>`,

	hedge: (paint) => `<g transform="translate(214 200) rotate(-9)">${drawTeeth(232)}</g>
<path d="M196 158L232 142Q248 176 244 232L208 238Z" fill="${ink}"/>
${drawRod("M162 168Q160 96 204 100Q228 106 222 156", 12, ink)}
<path d="M44 214Q46 176 88 174L178 164Q214 164 220 196Q222 232 186 238L112 244Q92 244 92 258Q90 272 70 270Q44 264 44 214Z" fill="${paint.main}"/>
<path d="M76 212Q108 206 124 212Q124 224 104 226L80 228Q66 224 76 212Z" fill="#f3f1e8"/><path d="M48 236L92 256Q90 272 70 270Q50 266 48 236Z" fill="${paint.deep}"/>
<path d="M142 188L196 182M144 204L198 198" stroke="${paint.pale}" stroke-width="6" stroke-linecap="round"/>`,

	hedgepole: (
		paint,
	) => `${drawRod("M54 296L270 160", 12, steel)}${drawRod("M54 296L160 230", 17, ink)}${drawRod("M182 216l22-13", 20, paint.deep)}
<g transform="translate(286 146) rotate(-12)"><g transform="scale(.8)">${drawTeeth(200)}</g></g>
<path d="M248 168Q246 146 270 136L306 124Q324 122 326 142Q326 158 310 164L276 184Q254 190 248 168Z" fill="${paint.main}"/><circle cx="288" cy="152" r="11" fill="${paint.pale}"/>
<path d="M28 294Q30 272 54 268L82 278Q84 300 64 316L40 318Q28 312 28 294Z" fill="${paint.main}"/>`,

	blower: (
		paint,
	) => `<path d="M222 168L414 216Q428 222 426 236L424 250Q420 262 406 258L212 232Z" fill="${ink}"/><path d="M330 194L350 199L340 247L320 244Z" fill="${paint.main}"/>
<circle cx="158" cy="206" r="76" fill="${paint.main}"/><circle cx="158" cy="206" r="50" fill="${paint.deep}"/>
<path d="M158 164v84M116 206h84M128 176l60 60M188 176l-60 60" stroke="${paint.main}" stroke-width="6"/><circle cx="158" cy="206" r="15" fill="${paint.pale}"/>
${drawRod("M104 148Q112 92 176 88Q234 88 256 168", 17, ink)}<path d="M196 92q26 8 40 40" stroke="${paint.main}" stroke-width="8" fill="none" stroke-linecap="round"/><rect x="70" y="238" width="66" height="44" rx="10" fill="${ink}"/>`,

	vacuum: (
		paint,
	) => `<path d="M76 178Q28 190 34 252Q44 308 128 302Q192 296 190 250L170 190Z" fill="#6d7a72"/><path d="M54 224q60 18 120 6M50 256q66 18 132 4M70 284q50 10 98-2" stroke="#828e86" stroke-width="4" fill="none"/>
<path d="M240 148L428 262Q438 272 430 284L420 296Q412 302 402 296L206 206Z" fill="${ink}"/><path d="M328 200L346 211L328 246L308 236Z" fill="${paint.main}"/>
<path d="M112 168Q116 122 168 116Q224 110 250 146Q262 180 238 208Q204 232 156 222Q112 212 112 168Z" fill="${paint.main}"/><circle cx="182" cy="168" r="32" fill="${paint.deep}"/><path d="M160 168h44M166 154h32M166 182h32" stroke="${paint.pale}" stroke-width="5" stroke-linecap="round"/>
${drawRod("M126 128Q146 66 206 74Q244 82 252 134", 15, ink)}`,

	backpack: (paint) => `${drawRod("M168 108Q138 118 140 180V262", 14, ink)}
<path d="M166 84Q168 62 190 62H254Q286 66 288 104V268Q288 292 264 292H196Q172 292 170 268Z" fill="${paint.main}"/><path d="M170 220H288V268Q288 292 264 292H196Q172 292 170 268Z" fill="${ink}"/>
<circle cx="230" cy="136" r="40" fill="${paint.deep}"/><path d="M230 102v68M196 136h68M206 112l48 48M254 112l-48 48" stroke="${paint.main}" stroke-width="5"/><circle cx="230" cy="136" r="12" fill="${paint.pale}"/><rect x="204" y="238" width="52" height="22" rx="6" fill="${bright}"/>
<path d="M284 262Q322 280 330 246" stroke="#435048" stroke-width="34" fill="none" stroke-dasharray="9 3"/><path d="M312 250L346 240L438 116Q440 104 428 98L412 92Q402 90 396 98Z" fill="${ink}"/><path d="M366 144L394 162L384 176L356 160Z" fill="${paint.main}"/>${drawRod("M346 232Q334 196 356 182", 12, paint.deep)}`,
};
