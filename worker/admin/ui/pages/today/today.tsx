import { useWords } from "../../language.ts";
import { Page, Skeleton } from "../../parts/page.tsx";

export default function Today() {
	const { today } = useWords();
	return (
		<Page title={today.title}>
			<Skeleton />
		</Page>
	);
}
