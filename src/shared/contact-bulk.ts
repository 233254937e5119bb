/** So many contacts are changed at once at most: they fit into a request and a row. */
export const maxBulkContacts = 5_000;
