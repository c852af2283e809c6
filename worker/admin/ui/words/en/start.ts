// Getting started.

export const start = {
	title: "Getting started",
	lead: "Four steps from here to a visitor who is greeted by what they came for.",
	done: "Done",
	open: "Still to do",
	tag: "Add the script tag",
	platform: "Where does your site run?",
	platforms: {
		html: "Any website (HTML)",
		gtm: "Google Tag Manager",
		wordpress: "WordPress",
		woocommerce: "WooCommerce",
		shopify: "Shopify",
		prestashop: "PrestaShop",
		magento: "Magento / Adobe Commerce",
		shoper: "Shoper",
		idosell: "IdoSell",
	},
	where: {
		html: "Paste it into every page, anywhere within <head>.",
		gtm: "New tag → Custom HTML, paste it, trigger: All Pages. Where the shop asks for consent, set the tag’s consent settings to “No additional consent required”: Witaj waits for consent by itself.",
		wordpress:
			"Add it at the end of functions.php of your child theme, or as a PHP snippet of the plugin WPCode, to run everywhere.",
		woocommerce:
			"Add it at the end of functions.php of your child theme, or as a PHP snippet of the plugin WPCode. Products are read from the structured data that WooCommerce writes by itself.",
		shopify: "Online Store → Themes → Edit code → theme.liquid: paste it just before </head>.",
		prestashop:
			"Design → Theme & Logo → Pages configuration, or the module “Custom code”: paste it into the head of all pages.",
		magento: "Content → Design → Configuration → your store view → HTML Head → Scripts and Style Sheets.",
		shoper: "Konfiguracja → Integracje → Własne skrypty: add it to the head of all pages.",
		idosell: "Moderacja → Własne dodatki HTML i JavaScript: a new campaign, in <head>, on all pages.",
	},
	route: "How do browsers reach Witaj?",
	routes: { worker: "At the Worker’s address", own: "On your own domain (best)" },
	ownHow:
		"In Cloudflare, give the Worker “witaj” a route such as www.your-shop.com/_w/*. The visitor’s token is then a cookie that no script can read and that no browser cuts short: people are recognised for longer.",
	edge: "Address of the Worker “witaj”",
	edgeHint: "As npm run deploy printed it.",
	seen: "See that it works",
	seenNow: "Your tag has been seen: somebody is on your site now.",
	wasSeen: "Your tag has been seen. Who consents to be recognised is counted from then on.",
	notSeen: "Waiting for the first page view… Open your site in another tab; it shows here within seconds.",
	consent: "Ask for consent where you have to",
	consentWhy:
		"Before consent nothing is stored on the device and nobody is recognised. Choose what to listen to: your own banner by our API, Google Consent Mode or IAB TCF.",
	consentGo: "Set up consent",
	first: "Publish your first experience",
	firstWhy:
		"Choose a template, change its words, see it on your own page, and publish. It is live within seconds.",
	firstGo: "Choose a template",
};
