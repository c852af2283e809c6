// Who an account is, by the team of the site.

import type { Team } from "../../../protocol/account.ts";
import { useAsked } from "../api/asked.ts";
import { useWords } from "../language.ts";
import { whoami } from "../session.ts";
import { useSite } from "../site.ts";

export function useNames(): (account: string) => string {
	const { value } = useAsked<Team>(`${useSite().api}/team`);
	const { definitions } = useWords();
	return (account) => {
		if (account === whoami.value?.account?.id) return definitions.you;
		if (account === "operator") return definitions.operator;
		const member = value?.members.find((one) => one.account === account);
		return member ? member.name || member.email : definitions.somebody;
	};
}
