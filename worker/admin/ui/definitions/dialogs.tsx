// Dialogs of a definition that most visits of its page never open.

import { later } from "../later.tsx";

export const PublishDialog = later(() => import("./publish.tsx"));
export const RevisionsDialog = later(() => import("./revisions.tsx"));
