// What the lists of others (listed.ts) leave out or call otherwise, in the words that hosts.ts reads: Poland, webmail,
// short addresses, Android's apps (they refer as `android-app://<package>`), and where a purchase leads through.

export const search = `
	?text ya.ru=yandex ru.yandex.searchplugin=yandex
	?q
	com.google.android.googlequicksearchbox=google com.google.android.apps.searchlite=google
	com.google.android.apps.magazines=google com.microsoft.bing=bing com.duckduckgo.mobile.android=duckduckgo
	com.qwant.liberty=qwant`;

/** All of one network under one name: whoever says t.co, twitter.com or x.com means the same. */
export const social = `
	!.x.com .twitter.com=x .t.co=x com.twitter.android=x
	.fb.com=facebook .fb.me=facebook .fb.watch=facebook com.facebook.katana=facebook com.facebook.lite=facebook
	.m.me=messenger com.facebook.orca=messenger
	.instagr.am=instagram .ig.me=instagram com.instagram.android=instagram
	!.threads.net .threads.com com.instagram.barcelona=threads
	.lnkd.in=linkedin com.linkedin.android=linkedin .pin.it=pinterest com.pinterest=pinterest
	.redd.it=reddit com.reddit.frontpage=reddit com.snapchat.android=snapchat .t.umblr.com=tumblr com.tumblr=tumblr
	com.zhiliaoapp.musically=tiktok com.ss.android.ugc.trill=tiktok
	!.telegram.org .telegram.me .t.me=telegram org.telegram.messenger=telegram org.telegram.messenger.web=telegram
	.wa.me=whatsapp com.whatsapp=whatsapp com.whatsapp.w4b=whatsapp .viber.com com.viber.voip=viber com.discord=discord
	.bsky.app=bluesky bluesky xyz.blueskyweb.app=bluesky org.joinmastodon.android=mastodon mastodon
	com.vkontakte.android=vk com.quora.android=quora !.wykop.pl io.wykop.android=wykop .kwejk.pl`;

export const video = `
	.youtu.be=youtube .youtube-nocookie.com=youtube com.google.android.youtube=youtube tv.twitch.android.app=twitch
	com.vimeo.android.videoapp=vimeo !.cda.pl !.rumble.com .odysee.com .kick.com`;

export const shopping = `
	.amazon.* .ebay.* .shopping.google.* .shopping.yahoo.com
	!.allegro.pl .allegrolokalnie.pl pl.allegro=allegro.pl !.ceneo.pl pl.ceneo=ceneo.pl !.skapiec.pl !.nokaut.pl
	!.olx.pl .okazje.info.pl !.domodi.pl !.homebook.pl .allani.pl .favi.* .glami.* !.erli.pl .empik.com !.pepper.pl
	!.temu.com !.aliexpress.com .aliexpress.* .shein.com .zalando.* .vinted.* .idealo.* .kelkoo.* .heureka.* .emag.*
	.kaufland.* .pricerunner.*`;
export const shoppingNames: readonly string[] = ["google shopping"];

/** Named by the host they send in links of their own: ChatGPT adds utm_source=chatgpt.com to what it cites. */
export const assistants = `
	.openai.com=chatgpt.com .chat.com=chatgpt.com com.openai.chatgpt=chatgpt.com chatgpt openai
	com.anthropic.claude=claude.ai claude com.google.android.apps.bard=gemini.google.com gemini
	.copilot.com=copilot.microsoft.com .copilot.cloud.microsoft=copilot.microsoft.com copilot
	com.microsoft.copilot=copilot.microsoft.com ai.perplexity.app.android=perplexity.ai perplexity
	com.deepseek.chat=chat.deepseek.com .deepseek.com=chat.deepseek.com deepseek .x.ai=grok.com ai.x.grok=grok.com grok
	.mistral.ai=chat.mistral.ai .kimi.com .doubao.com .poe.com .phind.com .pi.ai .bielik.ai .manus.im`;

export const mail = `
	.mail.google.com .inbox.google.com=mail.google.com com.google.android.gm=mail.google.com
	.outlook.live.com .mail.live.com=outlook.live.com .outlook.com=outlook.live.com .hotmail.com=outlook.live.com
	.outlook.office.com .outlook.office365.com=outlook.office.com .outlook.cloud.microsoft=outlook.office.com
	com.microsoft.office.outlook=outlook.live.com
	.mail.yahoo.com .mail.yahoo.*=mail.yahoo.com com.yahoo.mobile.client.android.mail=mail.yahoo.com .mail.aol.com
	.poczta.onet.pl .poczta.onet.eu=poczta.onet.pl pl.onet.poczta=poczta.onet.pl .poczta.wp.pl
	.poczta.o2.pl .poczta.interia.pl .poczta.fm=poczta.interia.pl .poczta.pl
	.poczta.tlen.pl=poczta.o2.pl pl.wp.mail=poczta.wp.pl
	.proton.me .protonmail.com=proton.me ch.protonmail.android=proton.me .tuta.com .tutanota.com=tuta.com .fastmail.com
	.icloud.com .mail.zoho.* .mailbox.org .e.mail.ru .mail.yandex.* .mail.rambler.ru .email.seznam.cz .mail.centrum.cz
	.navigator.gmx.net=gmx.net .bap.navigator.gmx.net=gmx.net .deref-gmx.net=gmx.net .deref-gmx.com=gmx.net
	.navigator.web.de=web.de .deref-web.de=web.de .deref-mail.com .mail.com .mail.de .freemail.hu
	.mail.qq.com .mail.163.com .mail.naver.com .laposte.net .mail.orange.fr com.samsung.android.email.provider`;

/** First labels by which a company's own webmail is known: `poczta.firma.pl`. */
export const webmailLabels: ReadonlySet<string> = new Set(["poczta", "webmail", "mail", "roundcube", "owa"]);

/**
 * Payment providers, the banks that they lead to, and signing in with an account from elsewhere. Stripe and Google
 * are both shops' neighbours and detours: only their hosts on the way are listed.
 */
export const detours = `
	.payu.com .payu.pl .przelewy24.pl .p24.pl .tpay.com .transferuj.pl .dotpay.pl .dotpay.eu .imoje.pl .autopay.eu
	.autopay.pl .bluemedia.pl .bm.pl .blik.com .paynow.pl .cashbill.pl .hotpay.pl .espago.com .ecard.pl .axepta.pl
	.polcard.com.pl .paybynet.com.pl .simpay.pl .zen.com .paypo.pl .twisto.pl .eraty.pl .leaselink.pl .comfino.pl
	.santanderconsumer.pl .pay.allegro.pl
	.paypal.com .checkout.stripe.com .buy.stripe.com .hooks.stripe.com .invoice.stripe.com .pay.stripe.com
	.pay.shopify.com .checkout.shopify.com .klarna.com .sofort.com .adyen.com .adyen.link .adyenpayments.com
	.braintreegateway.com .mollie.com .checkout.com .worldpay.com .saferpay.com .datatrans.com .computop.com .payone.com
	.trustly.com .skrill.com .paysafecard.com .paysafe.com .vivapayments.com .2checkout.com .redsys.es .gopay.com
	.gopay.cz .comgate.cz .barion.com .netopia-payments.com .cardinalcommerce.com .arcot.com .wlp-acs.com
	.pay.google.com .payments.google.com .applepay.apple.com .apple-pay-gateway.apple.com .pay.amazon.com
	.payments.amazon.* .checkout.revolut.com .pay.revolut.com
	.online.mbank.pl .login.mbank.pl .ipko.pl .inteligo.pl .login.pkobp.pl .pekao24.pl .login.pekao.pl .centrum24.pl
	.online.santander.pl .login.ingbank.pl .online.bankmillennium.pl .system.aliorbank.pl .login.aliorbank.pl
	.goonline.bnpparibas.pl .planet.bnpparibas.pl .login.bnpparibas.pl .e-bank.credit-agricole.pl .ca24.pl
	.bosbank24.pl .online.pocztowy.pl .login.nestbank.pl .online.citibank.pl .secure.velobank.pl .plusbank24.pl
	.sgb24.pl .e25.pl
	accounts.google.com accounts.youtube.com appleid.apple.com login.live.com login.microsoftonline.com
	login.yahoo.com id.allegro.pl`;
