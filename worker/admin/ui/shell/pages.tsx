// The pages of a site, each loaded when it is opened.

import { Compass } from "lucide";
import { Route, Router } from "preact-iso";
import { useWords } from "../language.ts";
import { later } from "../later.tsx";
import { LinkButton } from "../parts/button.tsx";
import { Empty, Page } from "../parts/page.tsx";
import type { OpenSite } from "../site.ts";

const Today = later(() => import("../pages/today/today.tsx"));
const Live = later(() => import("../pages/live/live.tsx"));
const Chat = later(() => import("../pages/chat/chat.tsx"), "chat", "card");
const Reports = later(() => import("../pages/reports/reports.tsx"));
const Segments = later(() => import("../pages/segments/segments.tsx"));
const Segment = later(() => import("../pages/segments/segment.tsx"));
const Settings = later(() => import("../pages/settings/settings.tsx"), "settings", "audit", "site");
const Start = later(() => import("../pages/start/start.tsx"));
const People = later(() => import("../pages/people/people.tsx"));
const Experiences = later(() => import("../pages/experiences/experiences.tsx"), "experiences");
const NewExperience = later(() => import("../pages/experiences/new.tsx"), "experiences");
const Experience = later(() => import("../pages/experiences/experience.tsx"), "experiences");
const Imports = later(() => import("../pages/imports/imports.tsx"), "imports");
const Import = later(() => import("../pages/imports/import.tsx"), "imports");
const Products = later(() => import("../pages/products/products.tsx"), "products");
const Feed = later(() => import("../pages/products/feed.tsx"), "products");
const Product = later(() => import("../pages/products/product.tsx"), "products");
const Coupons = later(() => import("../pages/coupons/coupons.tsx"), "coupons");
const TagsPage = later(() => import("../pages/tags/tags.tsx"));
const TagPage = later(() => import("../pages/tags/tag.tsx"));
const InterestPage = later(() => import("../pages/tags/interest.tsx"));
const Scores = later(() => import("../pages/scores/scores.tsx"));
const ScoreRule = later(() => import("../pages/scores/rule.tsx"));
const Programme = later(() => import("../pages/scores/programme.tsx"));
const Lists = later(() => import("../pages/lists/lists.tsx"));
const StaticList = later(() => import("../pages/lists/list.tsx"));
const Person = later(() => import("../pages/person/person.tsx"), "card");
const Conflicts = later(() => import("../pages/people/conflicts.tsx"), "card");
const Account = later(() => import("../pages/account/account.tsx"), "account", "audit");

export function Pages({ site }: { readonly site: OpenSite | undefined }) {
	// Another site is another set of pages: nothing of the one stays on the screen of the other. The first route that fits is
	// taken: names stand before what is any name.
	return (
		<Router key={site?.id}>
			<Route path="/admin/account/:part?" component={Account} />
			<Route path="/admin/:site" component={site ? Today : Missing} />
			<Route path="/admin/:site/people" component={site ? People : Missing} />
			<Route path="/admin/:site/live" component={site ? Live : Missing} />
			<Route path="/admin/:site/chat/:list?/:conversation?" component={site ? Chat : Missing} />
			<Route path="/admin/:site/reports/:report?/:id?" component={site ? Reports : Missing} />
			<Route path="/admin/:site/people/conflicts" component={site ? Conflicts : Missing} />
			<Route path="/admin/:site/people/lists" component={site ? Lists : Missing} />
			<Route path="/admin/:site/people/lists/:id" component={site ? StaticList : Missing} />
			<Route path="/admin/:site/people/:person" component={site ? Person : Missing} />
			<Route path="/admin/:site/segments" component={site ? Segments : Missing} />
			<Route path="/admin/:site/segments/:id" component={site ? Segment : Missing} />
			<Route path="/admin/:site/settings/:part?" component={site ? Settings : Missing} />
			<Route path="/admin/:site/start" component={site ? Start : Missing} />
			<Route path="/admin/:site/experiences" component={site ? Experiences : Missing} />
			<Route path="/admin/:site/experiences/new" component={site ? NewExperience : Missing} />
			<Route path="/admin/:site/experiences/:id" component={site ? Experience : Missing} />
			<Route path="/admin/:site/imports" component={site ? Imports : Missing} />
			<Route path="/admin/:site/imports/:id" component={site ? Import : Missing} />
			<Route path="/admin/:site/products" component={site ? Products : Missing} />
			<Route path="/admin/:site/products/feed" component={site ? Feed : Missing} />
			<Route path="/admin/:site/products/item/:id" component={site ? Product : Missing} />
			<Route path="/admin/:site/coupons" component={site ? Coupons : Missing} />
			<Route path="/admin/:site/tags" component={site ? TagsPage : Missing} />
			<Route path="/admin/:site/tags/interests/:id" component={site ? InterestPage : Missing} />
			<Route path="/admin/:site/tags/:id" component={site ? TagPage : Missing} />
			<Route path="/admin/:site/scores" component={site ? Scores : Missing} />
			<Route path="/admin/:site/scores/programmes/:id" component={site ? Programme : Missing} />
			<Route path="/admin/:site/scores/:id" component={site ? ScoreRule : Missing} />
			<Route default component={Missing} />
		</Router>
	);
}

function Missing() {
	const { shell } = useWords();
	return (
		<Page title={shell.missing}>
			<Empty
				icon={Compass}
				title={shell.missingWhy}
				action={<LinkButton href="/admin">{shell.goHome}</LinkButton>}
			/>
		</Page>
	);
}
