// Which report an address is.

import { Compass } from "lucide";
import { useWords } from "../../language.ts";
import { later } from "../../later.tsx";
import { LinkButton } from "../../parts/button.tsx";
import { Empty } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import { Coupons } from "./coupons.tsx";
import { Experience } from "./experience.tsx";
import { Experiences } from "./experiences.tsx";
import { Products } from "./products.tsx";
import { SegmentsAndScores } from "./segments.tsx";
import { Visits } from "./visits.tsx";

const Chat = later(() => import("./chat.tsx"));

export default function Reports({
	report = "",
	id = "",
}: {
	readonly report?: string;
	readonly id?: string;
}) {
	const { shell } = useWords();
	const site = useSite();
	if (report === "experiences" && id !== "") return <Experience key={id} id={id} />;
	switch (id === "" ? report : undefined) {
		case "":
			return <Visits />;
		case "experiences":
			return <Experiences />;
		case "people":
			return <SegmentsAndScores />;
		case "products":
			return <Products />;
		case "chat":
			return <Chat />;
		case "coupons":
			return <Coupons />;
		default:
			return (
				<Empty
					icon={Compass}
					title={shell.missing}
					action={<LinkButton href={`${site.home}/reports`}>{shell.goHome}</LinkButton>}
				>
					{shell.missingWhy}
				</Empty>
			);
	}
}
