// What a visitor sees, beside what is edited: the widget itself, in a frame.

import { Moon, RotateCw, Sun } from "lucide";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FrameProduct } from "../../../../protocol/experience.ts";
import type { SiteSettings } from "../../../../protocol/site.ts";
import { useAsked } from "../../api/asked.ts";
import { useSettled } from "../../builder/settled.ts";
import { useFormat, useWords } from "../../language.ts";
import { IconButton } from "../../parts/button.tsx";
import { Choice } from "../../parts/field.tsx";
import type { Shown, Told } from "../../preview/preview.ts";
import { useSite } from "../../site.ts";
import { type Draft, firstList, type Path } from "./draft.ts";
import { useEditing } from "./editing.ts";
import { offerOf } from "./offer.ts";

const afterMs = 250;
const sizes = { desktop: { width: 1040, height: 720 }, phone: { width: 390, height: 760 } } as const;
type Device = keyof typeof sizes;

interface Products {
	readonly products: readonly {
		readonly id: string;
		readonly name: string;
		readonly url: string;
		readonly image?: string;
		readonly price: number;
		readonly before?: number;
		readonly currency: string;
	}[];
}
interface Settings {
	readonly settings: Pick<SiteSettings, "theme">;
}

export function Preview() {
	const { experiences: words } = useWords();
	const { draft, language, chosen, choose } = useEditing();
	const format = useFormat();
	const site = useSite();
	const [device, setDevice] = useState<Device>("desktop");
	const [isDark, setDark] = useState(false);
	const [turn, setTurn] = useState(0);
	const [isReady, setReady] = useState(false);
	const frame = useRef<HTMLIFrameElement>(null);
	const box = useRef<HTMLDivElement>(null);
	const [width, setWidth] = useState(600);
	const settings = useAsked<Settings>(`${site.api}/settings`).value?.settings;
	const goods = useAsked<Products>(`${site.api}/products?offered=true`).value?.products;
	const list = JSON.stringify(chosen?.slice(0, -1) ?? firstList);

	const products = useMemo(
		(): readonly FrameProduct[] =>
			goods && goods.length > 0
				? goods.map(({ id, name, url, image, price, before, currency }) => ({
						...{ id, name, url, price: format.money(price, currency), why: "" },
						...(image !== undefined && { image }),
						...(before !== undefined && { before: format.money(before, currency) }),
					}))
				: Array.from({ length: 16 }, (_, n) => ({
						...{ id: `${n}`, name: words.sampleProduct(n + 1), url: "https://example.com/", why: "" },
						price: format.money(49 + n * 10, "PLN"),
					})),
		[goods, format, words],
	);
	const settled = useSettled(JSON.stringify(draft), afterMs);
	const offer = useMemo(
		() =>
			offerOf(JSON.parse(settled) as Draft, language, {
				theme: settings?.theme,
				products,
				list: JSON.parse(list) as Path,
			}),
		[settled, language, settings, products, list],
	);

	useEffect(() => {
		const hear = ({ source, origin, data }: MessageEvent<Told>) => {
			if (source !== frame.current?.contentWindow || origin !== location.origin) return;
			if ("ready" in data) setReady(true);
			else choose([...(JSON.parse(list) as Path), data.chosen]);
		};
		addEventListener("message", hear);
		return () => removeEventListener("message", hear);
	}, [choose, list]);
	const opened = useRef(-1);
	useEffect(() => {
		if (isReady && offer) {
			const isOpening = opened.current !== turn;
			opened.current = turn;
			frame.current?.contentWindow?.postMessage(
				{ offer, isDark, isOpening } satisfies Shown,
				location.origin,
			);
		}
	}, [isReady, offer, isDark, turn]);
	useEffect(() => {
		const fit = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
		if (box.current) fit.observe(box.current);
		return () => fit.disconnect();
	}, []);

	const size = sizes[device];
	const scale = Math.min(1, width / size.width);
	return (
		<section class="editor-preview" aria-label={words.preview}>
			<header>
				<Choice
					label={words.device}
					hideLabel
					value={device}
					options={(["desktop", "phone"] as const).map((value) => ({ value, label: words.devices[value] }))}
					onChange={setDevice}
				/>
				<span class="row">
					<IconButton
						small
						icon={isDark ? Sun : Moon}
						label={isDark ? words.inLight : words.inDark}
						onClick={() => setDark(!isDark)}
					/>
					<IconButton small icon={RotateCw} label={words.showAgain} onClick={() => setTurn(turn + 1)} />
				</span>
			</header>
			<div class={`editor-stage is-${device}`} ref={box} style={{ blockSize: `${size.height * scale}px` }}>
				<iframe
					ref={frame}
					src="/admin/assets/preview"
					title={words.preview}
					style={{
						inlineSize: `${size.width}px`,
						blockSize: `${size.height}px`,
						colorScheme: isDark ? "dark" : "light",
						transform: `scale(${scale})`,
						marginInlineStart: `${Math.max(0, (width - size.width * scale) / 2)}px`,
					}}
				/>
			</div>
		</section>
	);
}
