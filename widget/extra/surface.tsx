// Surfaces other than the usual dialog.

import full from "../ui/full.css";

/** What a surface needs besides the usual style sheet. */
export const sheets = { full } as const;
