// Who was invited comes in: with the account that they have, or with a new one.

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { InvitationView, Whoami } from "../../../../protocol/account.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Input } from "../../parts/field.tsx";
import { Notice, Skeleton } from "../../parts/page.tsx";
import { useRefusalWords } from "../../parts/refusal.ts";
import { findSession, isSignedIn, signOut, whoami } from "../../session.ts";
import { Door } from "./door.tsx";
import { NewPassword } from "./new-password.tsx";
import { SignInForm } from "./sign-in.tsx";
import { forgetToken, useToken } from "./token.ts";

export default function Invitation() {
	const { session, roles, shell } = useWords();
	const wordsOf = useRefusalWords();
	const token = useToken();
	const asked = useAsked<InvitationView>(token && "/api/invitation", { body: { token } });
	const { value: invitation, refusal } = asked;
	if (!token || refusal?.status === 404 || refusal?.status === 422)
		return (
			<Door title={session.linkUnknown} lead={session.linkUnknownWhy}>
				<LinkButton href="/admin">{session.toSignIn}</LinkButton>
			</Door>
		);
	if (!invitation || whoami.value === undefined)
		return (
			<Door title={session.invited}>
				{refusal ? (
					<Notice kind="bad" action={<Button onClick={asked.refresh}>{shell.again}</Button>}>
						{wordsOf(refusal)}
					</Notice>
				) : (
					<Skeleton />
				)}
			</Door>
		);
	return (
		<Door
			title={session.invitedTo(invitation.site.name)}
			lead={`${roles.names[invitation.role]}. ${roles.what[invitation.role]}`}
		>
			{isSignedIn(whoami.value) ? (
				<Join token={token} invitation={invitation} as={whoami.value.account.email} />
			) : invitation.hasAccount ? (
				<>
					<p>{session.signInToJoin}</p>
					<SignInForm email={invitation.email} />
				</>
			) : (
				<JoinAnew token={token} invitation={invitation} />
			)}
		</Door>
	);
}

interface Joining {
	readonly token: string;
	readonly invitation: InvitationView;
}

function useAcceptance({ token, invitation }: Joining) {
	const { route } = useLocation();
	const wordsOf = useRefusalWords();
	const { session } = useWords();
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<Refusal>();
	async function accept(who: object): Promise<void> {
		setBusy(true);
		try {
			await call<Whoami>("POST", "/api/invitation/acceptance", { token, ...who });
			forgetToken();
			await findSession();
			route(`/admin/${invitation.site.id}`, true);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			setRefusal(error);
			setBusy(false);
		}
	}
	const isUnknown = refusal?.body.error === "link-unknown";
	const refused = refusal && (isUnknown ? session.linkUnknownWhy : wordsOf(refusal));
	return { accept, isBusy, refused };
}

function Join({ as, ...joining }: Joining & { readonly as: string }) {
	const { session } = useWords();
	const { accept, isBusy, refused } = useAcceptance(joining);
	return (
		<div class="stack">
			{refused && <Notice kind="bad">{refused}</Notice>}
			<p>{session.joinAs(as)}</p>
			<Button kind="primary" busy={isBusy} onClick={() => void accept({})}>
				{session.join}
			</Button>
			<Button kind="quiet" onClick={() => void signOut()}>
				{session.asAnother}
			</Button>
		</div>
	);
}

function JoinAnew(joining: Joining) {
	const { session } = useWords();
	const { accept, isBusy, refused } = useAcceptance(joining);
	const [name, setName] = useState("");
	const [password, setPassword] = useState("");
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				void accept({ name, password });
			}}
		>
			{refused && <Notice kind="bad">{refused}</Notice>}
			<Input
				label={session.email}
				type="email"
				autocomplete="username"
				disabled
				value={joining.invitation.email}
				onInput={() => undefined}
			/>
			<Input label={session.name} autocomplete="name" autofocus required value={name} onInput={setName} />
			<NewPassword value={password} onInput={setPassword} />
			<Button kind="primary" type="submit" busy={isBusy}>
				{session.joinAnew}
			</Button>
		</form>
	);
}
