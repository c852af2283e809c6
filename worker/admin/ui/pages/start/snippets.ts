// The script tag as each kind of shop wants it.

export const platforms = [
	"html",
	"gtm",
	"wordpress",
	"woocommerce",
	"shopify",
	"prestashop",
	"magento",
	"shoper",
	"idosell",
] as const;
export type Platform = (typeof platforms)[number];

export interface Tag {
	readonly key: string;
	/** Where our script is: an origin, or the path of a route of the site's own. */
	readonly edge: string;
}

const tagOf = ({ key, edge }: Tag) => `<script async src="${edge}/w.js?site=${key}"></script>`;

/** In a tag manager the tag itself is made by a script, which only some of them run as it stands. */
const made = ({ key, edge }: Tag) => `<script>
(function (d) {
  var s = d.createElement("script");
  s.async = true;
  s.src = "${edge}/w.js?site=${key}";
  d.head.appendChild(s);
})(document);
</script>`;

const inPhp = (tag: Tag) => `add_action('wp_head', function () {
  echo '${tagOf(tag)}';
});`;

/** What is to be pasted; where, the words say. */
export function snippetFor(platform: Platform, tag: Tag): string {
	switch (platform) {
		case "gtm":
			return made(tag);
		case "wordpress":
		case "woocommerce":
			return inPhp(tag);
		default:
			return tagOf(tag);
	}
}
