// Some people, each with why they fit or what they lack.

import type * as z from "zod/mini";
import type * as schema from "../../../protocol/admin.schema.ts";
import { useFormat, useWords } from "../language.ts";
import { useSite } from "../site.ts";

type Person = z.infer<typeof schema.Person>;

export interface Sample {
	readonly person: Person;
	/** Why they fit: told when it is asked for. */
	readonly why?: readonly string[];
	/** What they lack. */
	readonly lacks?: string;
}

export function Samples({ people }: { readonly people: readonly Sample[] }) {
	return (
		<ul class="samples">
			{people.map((sample) => (
				<One key={sample.person.id} {...sample} />
			))}
		</ul>
	);
}

function One({ person, why = [], lacks }: Sample) {
	const { builder } = useWords();
	const format = useFormat();
	const site = useSite();
	const { id, lastSeenAt } = person;
	return (
		<li>
			<a href={`${site.home}/people/${id}`}>{nameOf(person) ?? builder.anonymous}</a>
			{lastSeenAt !== null && <small>{format.relative(lastSeenAt)}</small>}
			{lacks && <p>{lacks}</p>}
			{why.length > 0 && (
				<details>
					<summary>{builder.why}</summary>
					{/* Of several the first says what the others come to. */}
					{(why.length > 1 ? why.slice(1) : why).map((part) => (
						<p key={part}>{part}</p>
					))}
				</details>
			)}
		</li>
	);
}

function nameOf({ attributes: { name, firstName, lastName, email } }: Person): string | undefined {
	const whole = [firstName, lastName].filter((part) => typeof part === "string").join(" ");
	return [name, whole, email].find((one): one is string => typeof one === "string" && one !== "");
}
