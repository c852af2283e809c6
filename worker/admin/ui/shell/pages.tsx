// The pages of a site, each loaded when it is opened.

import { Compass } from "lucide";
import { lazy, Route, Router } from "preact-iso";
import { useWords } from "../language.ts";
import { LinkButton } from "../parts/button.tsx";
import { Empty } from "../parts/page.tsx";
import type { OpenSite } from "../site.ts";

const Today = lazy(() => import("../pages/today/today.tsx"));
const Segments = lazy(() => import("../pages/segments/segments.tsx"));
const Segment = lazy(() => import("../pages/segments/segment.tsx"));
const Settings = lazy(() => import("../pages/settings/settings.tsx"));
const Start = lazy(() => import("../pages/start/start.tsx"));
const Account = lazy(() => import("../pages/account/account.tsx"));

export function Pages({ site }: { readonly site: OpenSite | undefined }) {
	// Another site is another set of pages: nothing of the one stays on the screen of the other.
	return (
		<Router key={site?.id}>
			<Route path="/admin/account/:part?" component={Account} />
			<Route path="/admin/:site" component={site ? Today : Missing} />
			<Route path="/admin/:site/segments" component={site ? Segments : Missing} />
			<Route path="/admin/:site/segments/:id" component={site ? Segment : Missing} />
			<Route path="/admin/:site/settings/:part?" component={site ? Settings : Missing} />
			<Route path="/admin/:site/start" component={site ? Start : Missing} />
			<Route default component={Missing} />
		</Router>
	);
}

function Missing() {
	const { shell } = useWords();
	return (
		<Empty
			icon={Compass}
			title={shell.missing}
			action={<LinkButton href="/admin">{shell.goHome}</LinkButton>}
		>
			{shell.missingWhy}
		</Empty>
	);
}
