// Made by test/support/sources.ts of Matomo's lists (CC0) and of Google Analytics' categories (MIT), in the words
// that hosts.ts reads. Not edited by hand: what they leave out is in ours.ts.

export const search = `
?Keywords arcor.de fastweb.it gomeo.com gooofullsearch.com isodelen.se search.hiyo.com !search.incredimail.com
search.sweetim.com search1.incredimail.com search2.incredimail.com search3.incredimail.com
search4.incredimail.com suche.info
?MDN goyellow.de
?MOTS x-recherche.com
?MT image.search.smt.docomo.ne.jp ocnsearch.goo.ne.jp search.goo.ne.jp search.smt.docomo.ne.jp
?QUERY weborama.fr
?Query 1881.no
?What allaverksamheter.se riksdelen.se
?ask,q,searchfor ask.co.uk !.ask.com ask.reference.com askkids.com .qbyrd.com !.search-results.com
searchqu.com
?begriff acoon.de
?eingabe meta.rrzn.uni-hannover.de metager.de
?gsc.q cgi2.nintendo.co.jp
?k search.yam.com
?key looksmart.com walhello.*
?keyword en.wedoo.com english.sogou.com es.wedoo.com everyclick.com flix.de fr.wedoo.com gnadenmeer.de
home.kingsoft.jp m.sogou.com sharelook.fr wap.sogou.com
?keywords mister-wong.com mister-wong.de
?kw dasoertliche.de lemoteur.ke.voila.fr lemoteur.orange.fr video.so-net.ne.jp videosearch.nifty.com woopie.jp
www1.dastelefonbuch.de
?kwd,keywords search.smartshopping.com
?name recherche.francite.com
?p image.search.yahoo.co.jp search.bt.com search.freecause.com video.search.yahoo.co.jp
?p,q cade.yahoo.com one.cn.yahoo.com .search.yahoo.com
?p,va images.search.yahoo.com .images.yahoo.com
?p,vp search.yahoo.co.jp
?p7 class.hit-parade.com hit-parade.com req.hit-parade.com
?ph,kw www2.dasoertliche.de
?q 1.cz 118700.se 360.cn abacho.* abcsok.no alexa.com alltheinternet.com alltheweb.com alohafind.com
.altavista.* arama.com ariadna.elmundo.es benefind.de !biglobe.co.jp biglobe.ne.jp blekko.com blogdigger.com
blogs.icerocket.com blogsearch.google.* brisbane.t-online.de busca.orange.es busca.uol.com.br centrum.cz
cercato.it cgi.search.biglobe.ne.jp charter.net chercherfr.aguea.com claro-search.com crawler.com cuil.com
daemon-search.com !daum.net de.aolsearch.com delta-search.com dir.gigablast.com !dogpile.com !.duckduckgo.com
.ecosia.org encrypted.google.com entireweb.com epicsearch.in eurip.com exalead.com exalead.fr excite.com
extern.peoplecheck.de fastbrowsersearch.com findhurtig.dk fireball.com fireball.de firmy.cz fixsuche.de
forestle.mobi .forestle.org foretag.118700.se freespoke.com gais.cs.ccu.edu.tw geona.net gfsoso.com gibiru.com
gigablast.com go.google.com go.mail.ru gogole.* googel.* !google.* google.interia.pl
googlesyndicatedsearch.com govome.inspsearch.com gppgle.* gulesider.no haosou.com highbeam.com holmes.ge
home.speedbit.com icq.com images.google.* images.search.biglobe.ne.jp images.search.conduit.com info.com
infospace.com ipv6.google.com isearch.avg.com isearch.babylon.com isearch.glarysoft.com jungle-spider.de
juniorsafesearch.com jwsearch.jword.jp jyxo.1188.cz k9safesearch.com kadaza.com kagi.com karmasearch.org
kataweb.it kensaq.com laban.vn latne.lv lens.google.com localmoxie.com lookany.com m.naver.com
m.search.naver.com m.sm.cn m.so.com m.sp.sm.cn maps.google.* meta.ua metacrawler.com metager2.de mojeek.com
monumentbrowser.com morfeo.centrum.cz mozbot.* !msn.com msxml.excite.com my.daemon-search.com
myprivatesearch.com !najdi.si !naver.com navigationshilfe.t-online.de netlavis.azione.jp news.google.*
ntp.msn.com oceanhero.today online.no only-search.com optuszoo.com.au otsing.delfi.ee paperball.de
pesquisa.sapo.pt picsearch.com play.google.com plazoo.com plusnetwork.com presearch.com privacywall.org
qualigo.* quark.sm.cn quendu.com !.qwant.com !rakuten.co.jp !rambler.ru results.searchlock.com
scholar.google.* scour.com se.abacho.com search.1und1.de search.abv.bg !search.auone.jp search.avast.com
!search.avg.com search.b1.org !search.babylon.com search.brave.com search.centrum.cz search.ch
search.chatzum.com search.com !search.comcast.net !search.conduit.com search.daum.net search.disconnect.me
search.dolphin-browser.jp search.earthlink.net search.excite.co.uk search.excite.de search.excite.es
search.excite.fr search.excite.it search.excite.nl search.fbdownloader.com search.fooooo.com
search.frontier.com search.genieo.com search.gmx.com search.google.com search.handycafe.com search.icq.com
search.iminent.com search.incredibar.com search.kiwee.com search.leonardo.it search.lilo.org
search.lookseek.com search.magentic.com search.nan.so search.nate.com search.offerbox.com search.peoplepc.com
search.rr.com search.searchcompletion.com search.seesaa.jp search.seznam.cz search.snap.do search.softonic.com
search.toolbars.alexa.com search.trustnav.com !search.ukr.net search.v9.com search.webssearches.com
search.winamp.com search.zonealarm.com searchalot.com searchassist.babylon.com searchatlas.centrum.cz
searchcanvas.com searches.safehomepage.com searches.vi-view.com searches3.globososo.com searchlock.com
searchmobileonline.com searchy.co.uk searchya.com secureurl.ukr.net !seznam.cz skynet.be sm.de smart.delfi.lv
so.360.cn so.com so.m.sm.cn sou.com sp-image.search.auone.jp sp-search.auone.jp sp-web.search.auone.jp
sputnik.ru start.funmoods.com start.iplay.com start.lenovo.com startab.me !startsiden.no stract.com
suche.1und1.de suche.gmx.net suche.t-online.de suchnase.de surfcanyon.com swiggle.org.uk tarmot.com
tattoodle.com technorati.com teoma.com toile.com toolbarhome.com torry.io tr.abacho.com translate.google.com
trovarapido.com tusksearch.com tut.by twingly.com url.org utorrent.inspsearch.com verden.abcsok.no
videa.seznam.cz video.google.com vinden.nl vshare.toolbarhome.com vuhuv.com web.canoe.ca web.toile.com
webben.118700.se webcache.googleusercontent.com webcrawler.com webfetch.com webmaster.yandex.ru .wow.com
wsdsold.infospace.com www1.austronaut.at www1.delta-search.com www2.austronaut.at www2.google.com
www2.inbox.com www3.zoek.nl wwwgoogle.* yabs.yandex.* yahoo.co.jp !yahoo.com yatedo.com yatedo.fr yellowmap.de
yep.com yougoo.fr ys.mirostart.com yz.m.sm.cn zen.yandex.ru zoeken.nl zoohoo.cz
?q,Q !.bing.com cc.bingj.com dizionario.it.msn.com enciclopedia.it.msn.com msnbc.msn.com
?q,Text search.azby.fmworld.net search.nifty.com
?q,key search-dyn.tiscali.it search.tiscali.it
?q,qs search.free.fr search1-1.free.fr search1-2.free.fr
?q,query cse.google.* startgoogle.startpagina.nl zapmeta.* zapmetasearch.*
?q,search_word !eniro.se !kvasir.no
?q,si search.imesh.com
?qkw,q websearch.com
?qrs !mobile.virgilio.it
?qry firstsfind.com monstercrawler.com s1.metacrawler.de s2.metacrawler.de s3.metacrawler.de
searchservice.myspace.com
?qs rechercher.aliceadsl.fr ricerca.virgilio.it ricercaimmagini.virgilio.it ricercanews.virgilio.it
ricercavideo.virgilio.it
?qt !szukaj.onet.pl websearch.rakuten.co.jp
?query all.by apollo7.de arianna.com arianna.libero.it blogpulse.com !buscador.terra.cl buscador.terra.com.br
buscador.terra.es !cnn.com coccoc.com darkoogle.com find.tdc.dk fr2.rpmfind.net hledani.tiscali.cz hotbot.com
it.luna.tv .ixquick.com .ixquick.de jp.hao123.com junglekey.com junglekey.fr !lycos.* mamma.com
mamma75.mamma.com neti.ee rpmfind.net search.alot.com search.darkoogle.com search.f-secure.com
search.foxtab.com search.juno.com search.lycos.com search.naver.com search.qip.ru search.walla.co.il
search.www.ee search.yippy.com search.zum.com searches.f-secure.com searchresults.verizon.com .setooz.com
so-net.ne.jp !sogou.com .startpage.com swisscows.com talktalk.co.uk trouvez.com websearch.cs.com yasni.*
?query,Keywords suche.freenet.de
?query,q aim.search.aol.com alicesuche.aol.de alicesuchet.aol.de aolbusqueda.aol.com.mx aolimages.aol.fr
aolrecherche.aol.fr aolrecherches.aol.fr aolsearch.aol.co.uk aolsearch.aol.com find.web.aol.com o2suche.aol.de
recherche.aol.ca recherche.aol.fr search-intl.netscape.com search.aol.co.uk search.aol.com search.aol.it
search.hp.my.aol.com.au search.hp.my.aol.de search.hp.my.aol.it !suche.aol.de suche.aolsvc.de sucheaol.aol.de
suchet2.aol.de
?query,words nova.rambler.ru
?question pesquisa.clix.pt
?r sm.aport.ru
?rdata lemoteur.fr search.ke.voila.fr
?recherche hooseek.com
?req fr.dir.com
?s nigma.ru search.smartaddressbar.com start.facemoods.com zoznam.sk
?sc tixuma.de
?search de.toppreise.ch dmoz.org editors.dmoz.org en.toppreise.ch excite.co.jp fr.toppreise.ch kwzf.net
talimba.com toppreise.ch web.volny.cz witch.de
?searchTerm search.xfinity.com
?searchTerm,q search.bluewin.ch
?search_for ilse.nl search.vindex.nl vindex.nl
?search_term 123people.*
?searchfor ko.search.need2find.com
?searchfor,searchFor kf.mysearch.myway.com ki.mysearch.myway.com ms114.mysearch.com ms146.mysearch.com
mysearch.com search.myway.com search.mywebsearch.com
?string euroseek.com
?su,q m.suche.web.de suche.web.de
?suchstr suchmaschine.com
?szukaj szukaj.wp.pl
?tekst maailm.com
?text clck.yandex.* images.yandex.* m.yandex.* poisk.ru search.chedot.com ya.ru !yandex.*
?w p.zhongsou.com soso.com trusted-search.com
?wd zxuso.com
?wd,word,kw baidu.co.th !baidu.com m.baidu.com news.baidu.com tieba.baidu.com www1.baidu.com zhidao.baidu.com
?word yongzin.com
?words allesklar.* meinestadt.de
?x_query eo.st lo.st
?zoekwoord web.nl
alice globo google-play
`;

export const shopping = `
.aax-us-east.amazon-adsystem.com .aax.amazon-adsystem.com !.alibaba.com .amazon.co.uk !.amazon.com
.apps.shopify.com .checkout.shopify.com .checkout.stripe.com !.ebay.* !.etsy.com !.mercadolibre.*
.nl.shopping.net .no.shopping.net .partners.shopify.com s3.amazonaws.com .se.shopping.net .shop.app
!shopify.com .shopping.naver.com .shopping.yahoo.co.jp .shopping.yahoo.com !.shopzilla.com .simplycodes.com
!stripe.com .uk.shopping.net !.walmart.com igshopping
`;

export const social = `
!.43things.com .51.com .5ch.net .academia.edu !.activerain.com !.activeworlds.com !.addthis.com .airg.ca
.allnurses.com .allrecipes.com !.alumniclass.com .ameba.jp .ameblo.jp !.americantowns.com .ancestry.com
!.anobii.com !.answerbag.com .answers.yahoo.com !.aolanswers.com .artstation.com !.askubuntu.com
.asmallworld.com !.athlinks.com .awe.sm !.b.hatena.ne.jp !.baby-gaga.com .babyblog.ru !.badoo.com !.bebo.com
!.beforeitsnews.com !.bharatstudent.com .biip.no .bilibili.com .biswap.org .bit.ly .bitcoinhackers.org
.blackcareernetwork.com !.blackplanet.com .blip.fm blog.com !.blog.feedspot.com .blog.goo.ne.jp
.blog.naver.com .blog.yahoo.co.jp .blogg.no .bloggang.com !.blogger.com !.blogher.com !.bloglines.com
blogs.com !blogsome.com !blogspot.com !.blogster.com !.blurtit.com .bookmarks.yahoo.co.jp .bookmarks.yahoo.com
.botsin.space !.brightkite.com !.brizzly.com .bsky.app !.buzzfeed.com !.buzznet.com .c.im .cafe.naver.com
!.cafemom.com !.camospace.com canalblog.com .care.com !.care2.com .caringbridge.org !.catster.com .cbnt.io
!.cellufun.com centerblog.net .channels.weixin.qq.com .chaos.social !.chat.zalo.me .chegg.com !.chicagonow.com
.chiebukuro.yahoo.co.jp !.classmates.com !.classquest.com !cocolog-nifty.com .copainsdavant.linternaute.com
.couchsurfing.org !.cozycot.com .cross.tv !.crunchyroll.com .cybre.space !.cyworld.com .d.hatena.ne.jp
.dailystrength.org .deluxe.com !.deviantart.com !.dianping.com !.digg.com !.diigo.com .discord.com .discord.gg
.discordapp.com !.disqus.com !.dogster.com !.dol2day.com !.doostang.com !.dopplr.com !.douban.com .douyin.com
.douyu.com .draugiem.lv .dribbble.com !.drugs-forum.com !.dzone.com edublogs.org !.elftown.com .epicurious.com
.everforo.com exblog.jp !.extole.com !.facebook.com !.faceparty.com .fandom.com !.fanpop.com !.fark.com
!.fb.me !fc2.com !.feministing.com .fetlife.com !.filmaffinity.com !.flickr.com !.flipboard.com .flixster.com
!.folkdirect.com !.foodservice.com .forums.androidcentral.com .forums.crackberry.com .forums.imore.com
!.forums.nexopia.com .forums.webosnation.com .forums.wpcentral.com .fosstodon.org !.fotki.com !.fotolog.com
!.foursquare.com !.friendfeed.com .friends.nico .friendsreunited.com .friendster.com .front-end.social
.fruehstueckstreff.org !.fubar.com !.gaiaonline.com !.gamerdna.com .gate.sc .gather.com .geni.com
.getpocket.com .github.com !.glassboard.com !.glassdoor.com !.godtube.com .goldenline.pl !.goldstar.com
.goo.gl !.goodreads.com .googlegroups.com !.govloop.com !.gowalla.com .graphics.social .gree.jp
.groups.google.com .gulli.com .gutefrage.net !.habbo.com .hachyderm.io !.hi5.com !.hootsuite.com !.houzz.com
!.hoverspot.com .hr.com !.hubculture.com .hubpages.com .huya.com .hyves.net .hyves.nl !.ibibo.com .identi.ca
.imageshack.com !.imageshack.us !.imvu.com .indieweb.social !.insanejournal.com !.instagram.com
!.instapaper.com .internations.org .interpals.net !.intherooms.com .irc-galleria.net .is.gd !.italki.com
!.jammerdirect.com .jappy.com .jappy.de .kaboodle.com !.kakao.com .kakaocorp.com !.kaneva.com .kin.naver.com
.knzk.me .lang-8.com .last.fm .lastfm.* !.librarything.com .lifestream.aol.com !.line.me !.linkedin.com
!.listal.com !.listography.com livedoor.com .livejournal.com !.livejournal.ru .lnkd.in .mamot.fr .mas.to
.masto.ai .mastodon.* .mastodon.jalgi.eus .mastodonapp.uk .mastodont.cat .mbga.jp .medium.com .meetin.org
!.meetup.com .meinvz.net .meneame.net .menuism.com .messages.google.com .messages.yahoo.co.jp !.messenger.com
.metapixl.com .missevan.com .mix.com .mixi.jp !.mocospace.com .moikrug.ru !.mouthshut.com !.movabletype.com
.mp.weixin.qq.com .mstdn.* !.mubi.com .multiply.com .my.mail.ru .my.opera.com .myanimelist.net
!.myheritage.com .mylife.com !.mylife.ru !.mymodernmet.com !.myspace.com .myyearbook.com .netlog.com
!.netvibes.com .news.ycombinator.com .newsie.social .ngopost.org .nicovideo.jp !.nightlifelink.com !ning.com
.nk.pl .odnoklassniki.ru .odnoklassniki.ua .ohai.social .okwave.jp .oneworldgroup.org !.onstartups.com
.open.weixin.qq.com !.opendiary.com .orkut.com .oshiete.goo.ne.jp over-blog.com overblog.com .paper.li
.partyflock.nl .pawoo.net .peepeth.com !.photobucket.com !.pinboard.in !.pingsta.com !.pinterest.*
.pix.toot.wales .pixelfed.* .pixey.org .pixiv.net .plaxo.com .playahead.se !.plurk.com .plus.google.com
.pocket.co !.posterous.com .pro.homeadvisor.com .pulse.yahoo.com .pxlmo.com !.qapacity.com !.quechup.com
.quey.org !.quora.com .qzone.qq.com !.ravelry.com !.reddit.com !.redux.com !.renren.com .researchgate.net
!.reunion.com !.reverbnation.com .ro-mastodon.puyo.jp rtl.de !.ryze.com !.salespider.com .scoop.it
!.screenrant.com !.scribd.com !.scvngr.com !.secondlife.com !.serverfault.com .sfba.social !.sharethis.com
.shvoong.com .sites.google.com .skyfeed.app !.skyrock.com .slashdot.org .slideshare.net .smartnews.com
!.snapchat.com .social.tchncs.de .social.vivaldi.net .sociallife.com.br !.socialvibe.com .sonico.com
.soundcloud.com .sourceforge.net .spaces.live.com !.spoke.com !.spruz.com .ssense.com !.stackapps.com
!.stackexchange.com !.stackoverflow.com .stardoll.com !.stickam.com .studivz.net .stumbleupon.com .suomi24.fi
!.superuser.com !.sweeva.com .t.cn .t.co .t.me .t.umblr.com !.tagged.com !.taggedmail.com !.talkbiznow.com
.taringa.net !.techmeme.com !.tencent.com .threads.com .threads.net !.tiktok.com !.tinyurl.com .tkm.eus
!.toolbox.com .toot.community !.travellerspoint.com !.tripadvisor.com !.trombi.com !.tudou.com !.tuenti.com
!.tumblr.com !.tweetdeck.com .twitcasting.tv !.twitter.com .twoo.com !typepad.com .typo.social unblog.fr
.universeodon.com .urbanspoon.com .url.google.com .ushareit.com .ushi.cn .v2ex.com !.vampirefreaks.com
!.vampirerave.com vg.no .viadeo.com .video.ibm.com .vis.social .vk.com .vkontakte.ru .vkrugudruzei.ru
!.wakoopa.com !.wattpad.com .wayn.com !.web.skype.com .web.telegram.org !.webshots.com !.wechat.com
!weebly.com .weeworld.com !.weibo.com .wer-weiss-was.de !.weread.com !.whatsapp.com .wiki.answers.com
.wikihow.com .wikitravel.org .woot.com !wordpress.com wordpress.org .workplace.com .x.com !.xanga.com
!.xing.com .yahoo-mbga.jp !.yammer.com .yelp.co.uk !.yelp.com .youroom.in .youtu.be .zoo.gr !.zooppa.com
gooblog google+ googleplus ig livedoorblog newsshowcase niconico shareit social trustpilot
`;

export const video = `
!.crackle.com !.curiositystream.com .d.tube !.dailymotion.com !.disneyplus.com .fast.wistia.net !.hulu.com
.iq.com !.iqiyi.com .justin.tv !.netflix.com !.ted.com !.twitch.tv !.utreon.com !.veoh.com
.viadeo.journaldunet.com !.vimeo.com !.wistia.com !.youku.com !.youtube.com
`;

export const assistants = `
.ai.baidu.com=yiyan.baidu.com .app.jasper.ai .app.writesonic.com .bard.google.com=gemini.google.com
.chat-gpt.org=chatplus.com .chat.deepseek.com .chat.mistral.ai .chat.openai.com=chatgpt.com .chat.qwen.ai
.chatglm.cn .chatgpt.com .chatplus.com .claude.ai .copilot.microsoft.com .duck.ai .gemini.google.com .grok.com
.iask.ai .labs.openai.com=chatgpt.com .meta.ai .notebooklm.google.com .perplexity.ai .yiyan.baidu.com .you.com
`;
