/** Where whoever looks is: instants in sentences are told so. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
