import { useWords } from "../../language.ts";
import { Page, Skeleton } from "../../parts/page.tsx";

export default function Account() {
	const { account } = useWords();
	return (
		<Page title={account.title}>
			<Skeleton />
		</Page>
	);
}
