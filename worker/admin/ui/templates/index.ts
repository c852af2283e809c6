// The gallery: what a marketer can begin with, in the order in which it is shown.

import { fullScreen, wheel } from "./campaign.ts";
import { cartFrame, cartRescue, countdownSale, freeDelivery } from "./cart.ts";
import { homeFrame, lastViewed, productFrame, promotions } from "./frames.ts";
import { announcement, comeBackTab, deliveryNotice, returnsTip, spotlight } from "./inform.ts";
import { buyAgain, loyaltyBalance, reviewRequest, welcomeBack } from "./keep.ts";
import { exitSurvey, nps } from "./listen.ts";
import { callBack, webinar } from "./meeting.ts";
import { newsletterCorner, newsletterDiscount, teaserTab } from "./newsletter.ts";
import { exitOffer, firstOrder, priceHelp, pricePromise } from "./offer.ts";
import { backInStock, leadMagnet } from "./request.ts";
import { survey } from "./survey.ts";
import type { Template } from "./template.ts";

export { type Audience, type Category, categories, type Draft, type Template } from "./template.ts";

export const templates: readonly Template[] = [
	newsletterDiscount,
	newsletterCorner,
	leadMagnet,
	teaserTab,
	callBack,
	webinar,
	backInStock,
	cartRescue,
	freeDelivery,
	exitOffer,
	firstOrder,
	wheel,
	countdownSale,
	priceHelp,
	fullScreen,
	pricePromise,
	homeFrame,
	productFrame,
	cartFrame,
	promotions,
	lastViewed,
	welcomeBack,
	loyaltyBalance,
	reviewRequest,
	buyAgain,
	survey,
	nps,
	exitSurvey,
	announcement,
	spotlight,
	returnsTip,
	deliveryNotice,
	comeBackTab,
];
