// Which page an address is.

import { useEffect } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { useWords } from "./language.ts";
import { later } from "./later.tsx";
import { Button } from "./parts/button.tsx";
import { Notice, Skeleton } from "./parts/page.tsx";
import { useRefusalWords } from "./parts/refusal.ts";
import { findSession, isSignedIn, whoami, whoamiRefusal } from "./session.ts";
import { Shell } from "./shell/shell.tsx";
import { Toasts } from "./shell/toasts.tsx";

const SignIn = later(() => import("./pages/session/sign-in.tsx"));
const SetUp = later(() => import("./pages/session/set-up.tsx"));
const Invitation = later(() => import("./pages/session/invitation.tsx"));
const Recovery = later(() => import("./pages/session/recovery.tsx"));

export function App() {
	return (
		<>
			<LocationProvider scope="/admin">
				<Door />
			</LocationProvider>
			<Toasts />
		</>
	);
}

/** Where nobody is signed in, the pages that anybody may see; all else behind them. */
function Door() {
	useEffect(() => void findSession(), []);
	const { path } = useLocation();
	if (path === "/admin/invitation" || path === "/admin/recovery")
		return (
			<Router>
				<Route path="/admin/invitation" component={Invitation} />
				<Route path="/admin/recovery" component={Recovery} />
			</Router>
		);
	const who = whoami.value;
	if (who === undefined) return <Waiting />;
	if (!isSignedIn(who)) return <ErrorBoundary>{who.needsSetup ? <SetUp /> : <SignIn />}</ErrorBoundary>;
	return <Shell session={who} />;
}

function Waiting() {
	const { shell } = useWords();
	const wordsOf = useRefusalWords();
	const refusal = whoamiRefusal.value;
	return (
		<main class="waiting">
			{refusal ? (
				<Notice kind="bad" action={<Button onClick={() => void findSession()}>{shell.again}</Button>}>
					{wordsOf(refusal)}
				</Notice>
			) : (
				<Skeleton rows={4} />
			)}
		</main>
	);
}
