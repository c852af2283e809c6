// Something put into the visitor's page from within a conversation: a pop-up, a product, a coupon.

import { useState } from "preact/hooks";
import type { Pushed } from "../../../../protocol/chat.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { useLang, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Choice, Input, Select } from "../../parts/field.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import type { Desk } from "./desk.ts";
import { type Chosen, Goods } from "./goods.tsx";

const kinds = ["experience", "product", "coupon"] as const;

export function PushDialog({
	desk,
	conversation,
	onClose,
}: {
	readonly desk: Desk;
	readonly conversation: string;
	readonly onClose: () => void;
}) {
	const { chat: words, shell } = useWords();
	const lang = useLang();
	const experiences = (useDefinitions("experience").value?.definitions ?? []).filter(
		({ live }) => live !== null && live.definition?.surface?.kind !== "inline",
	);
	const [kind, setKind] = useState<Pushed["is"]>("experience");
	const [experience, setExperience] = useState("");
	const [product, setProduct] = useState<Chosen>();
	const [coupon, setCoupon] = useState({ code: "", text: "" });
	const what: Pushed | undefined =
		kind === "experience"
			? experience
				? { is: kind, experience }
				: undefined
			: kind === "product"
				? product && /^https?:\/\//.test(product.url)
					? { is: kind, ...product }
					: undefined
				: coupon.code.trim() && coupon.text.trim()
					? { is: kind, ...coupon }
					: undefined;
	async function show(pushed: Pushed): Promise<void> {
		if (pushed.is !== "experience") {
			desk.say(conversation, { is: "push", what: pushed });
			return;
		}
		try {
			const why = await desk.show(conversation, pushed.experience);
			say(why ? words.refusals[why] : words.pushed);
		} catch (error) {
			sayRefused(error);
		}
	}
	return (
		<Dialog
			title={words.pushTitle}
			onClose={onClose}
			actions={
				<>
					<Button onClick={onClose}>{shell.cancel}</Button>
					<Button
						kind="primary"
						disabled={!what}
						onClick={() => {
							if (what) void show(what);
							onClose();
						}}
					>
						{words.pushAct}
					</Button>
				</>
			}
		>
			<Choice
				label={words.pushWhat}
				value={kind}
				options={kinds.map((value) => ({ value, label: words.pushes[value] }))}
				onChange={setKind}
			/>
			{kind === "experience" && (
				<Select
					label={words.experience}
					value={experience}
					options={[
						{ value: "", label: "–", disabled: true },
						...experiences.map(({ id, names }) => ({ value: id, label: names[lang] })),
					]}
					onChange={setExperience}
				/>
			)}
			{kind === "product" && <Goods value={product} onChange={setProduct} />}
			{kind === "coupon" && (
				<>
					<Input
						label={words.couponCode}
						hint={words.couponHint}
						value={coupon.code}
						maxLength={64}
						onInput={(code) => setCoupon({ ...coupon, code })}
					/>
					<Input
						label={words.couponText}
						value={coupon.text}
						maxLength={200}
						onInput={(text) => setCoupon({ ...coupon, text })}
					/>
				</>
			)}
		</Dialog>
	);
}
