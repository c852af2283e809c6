// Some people, each with why they fit or what they lack.

import type * as z from "zod/mini";
import type * as schema from "../../../protocol/admin.schema.ts";
import { useWords } from "../language.ts";
import { useSite } from "../site.ts";

type Person = z.infer<typeof schema.Person>;

export function Samples({
	people,
}: {
	readonly people: readonly { readonly person: Person; readonly why: string | undefined }[];
}) {
	const { builder } = useWords();
	const site = useSite();
	return (
		<ul class="samples">
			{people.map(({ person, why }) => (
				<li key={person.id}>
					<a href={`${site.home}/people/${person.id}`}>{nameOf(person) ?? builder.anonymous}</a>
					{why && <small>{why}</small>}
				</li>
			))}
		</ul>
	);
}

function nameOf({ attributes: { name, firstName, lastName, email } }: Person): string | undefined {
	const whole = [firstName, lastName].filter((part) => typeof part === "string").join(" ");
	return [name, whole, email].find((one): one is string => typeof one === "string" && one !== "");
}
