// The two pictures that are not of a product: the logo and the garden of the home page.

import { drawGrass, drawShape, wrapSvg } from "./pictures.ts";

export function drawLogo(): string {
	return wrapSvg(
		36,
		36,
		`<rect width="36" height="36" rx="10" fill="#2f7d4f"/><path d="M9 27V9h18" fill="none" stroke="#bfe3c8" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/><path d="M13 27Q13 15 28 14Q28 27 16 27Z" fill="#fff"/><path d="M12 29Q15 22 22 19" fill="none" stroke="#2f7d4f" stroke-width="2" stroke-linecap="round"/>`,
	);
}

function drawTree(x: number, y: number, r: number, colour: string): string {
	return `<path d="M${x - 6} ${y}h12v${r * 1.3}h-12z" fill="#8a6a4f"/><circle cx="${x}" cy="${y - r * 0.4}" r="${r}" fill="${colour}"/><circle cx="${x - r * 0.62}" cy="${y}" r="${r * 0.66}" fill="${colour}"/><circle cx="${x + r * 0.62}" cy="${y}" r="${r * 0.66}" fill="${colour}"/><circle cx="${x - r * 0.25}" cy="${y - r * 0.65}" r="${r * 0.34}" fill="#fff" fill-opacity=".14"/>`;
}

function drawFlower(x: number, y: number, colour: string): string {
	return `<path d="M${x} ${y}v36m0-10q-12-2-14-14q13 1 14 14m0-4q11-2 13-13q-12 1-13 13" fill="#4f9a63" stroke="#4f9a63" stroke-width="3"/><g fill="${colour}"><circle cx="${x - 7}" cy="${y - 4}" r="7"/><circle cx="${x + 7}" cy="${y - 4}" r="7"/><circle cx="${x - 5}" cy="${y + 6}" r="7"/><circle cx="${x + 5}" cy="${y + 6}" r="7"/><circle cx="${x}" cy="${y - 9}" r="7"/></g><circle cx="${x}" cy="${y - 1}" r="5" fill="#f2d16b"/>`;
}

function drawHouse(): string {
	return `<path d="M392 210L482 138L572 210V318H392Z" fill="#fbf8ef"/><path d="M376 216L482 128L588 216" fill="none" stroke="#c4674d" stroke-width="20" stroke-linejoin="round" stroke-linecap="round"/><path d="M530 136h26v44l-26-20z" fill="#c4674d"/>
<rect x="416" y="232" width="46" height="46" rx="4" fill="#cfe4ea"/><path d="M439 232v46M416 255h46" stroke="#fff" stroke-width="4"/><path d="M498 318V246q0-22 24-22t24 22v72z" fill="#3d8b57"/><circle cx="536" cy="276" r="4" fill="#f2d16b"/><path d="M412 280h54v12h-54z" fill="#8a6a4f"/><circle cx="422" cy="278" r="8" fill="#e2833a"/><circle cx="440" cy="276" r="9" fill="#cc5a45"/><circle cx="457" cy="278" r="8" fill="#e2833a"/>`;
}

export function drawHero(): string {
	const mower = drawShape({ kind: "mower", tone: "orange", size: 1 });
	let fence = "";
	for (let x = 6; x < 390; x += 27) fence += `<path d="M${x} 322v-58l9-12l9 12v58z" fill="#fdfcf7"/>`;
	return wrapSvg(
		640,
		480,
		`<clipPath id="frame"><rect width="640" height="480" rx="28"/></clipPath><g clip-path="url(#frame)">
<rect width="640" height="480" fill="#dcefe6"/><circle cx="150" cy="104" r="56" fill="#f7e3a1"/><circle cx="150" cy="104" r="82" fill="#f7e3a1" fill-opacity=".35"/>
<path d="M270 92q4-24 30-22q12-22 36-10q24-4 26 18q20 2 18 20H262q-8-8 8-6z" fill="#fff" fill-opacity=".85"/>
<path d="M0 250Q150 168 320 240T640 214V480H0Z" fill="#c2dfc6"/><path d="M0 290Q210 226 400 282T640 268V480H0Z" fill="#a8d0ae"/>
${drawTree(330, 228, 52, "#5a9e6c")}${drawTree(612, 236, 46, "#5a9e6c")}${drawHouse()}${drawTree(64, 232, 62, "#4b8f5f")}
<path d="M0 282h390v8H0zM0 304h390v8H0z" fill="#ece8da"/>${fence}
<path d="M0 326Q320 302 640 324V480H0Z" fill="#8fc598"/><path d="M0 392Q320 372 640 396V480H0Z" fill="#7cb787"/>
<ellipse cx="272" cy="415" rx="160" ry="11" fill="#26332c" fill-opacity=".2"/><g transform="translate(30 112)">${mower}</g>
${drawFlower(470, 374, "#cc5a45")}${drawFlower(508, 392, "#e8a6b8")}${drawFlower(548, 370, "#f3f1e8")}${drawFlower(588, 392, "#cc5a45")}
${drawGrass(458, "#5fa56f", 640)}</g>`,
	);
}
