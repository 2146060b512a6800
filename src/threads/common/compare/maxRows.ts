// Separate from the requests, so that the page does not load their schemas.

/** Maximum number of equal rows in one response. */
export const maxRows = 200;
