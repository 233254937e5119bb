/** How long Big Room keeps what nobody needs for good, in days. The privacy page says the same. */
export const retentionDays = {
  /** Messages of the outbox that were sent, cancelled or could not be delivered. */
  endedMessages: 30,
  /** Who got what of a fan-out that has ended; then only the counts are kept. */
  fanOutRecipients: 60,
  /** The rows of an import of contacts, as they were pasted, and what it did to whom, by which it can be undone. */
  importRows: 14,
  /** Who lost invitations, where it could not be taken out of their calendar. */
  leavings: 30,
  /** Mails that trial mode writes as files. */
  mailFiles: 30,
  /** What somebody typed who signed up on a public page and has not confirmed it; their link works as long. */
  unconfirmedSignUps: 7,
  /** How often an address was used on public pages, under hashes. */
  publicLimits: 1,
} as const;

/**
 * For how many days an action can be undone. Shorter than ended messages are kept: an undo has to see whether what the action
 * sent has left.
 */
export const undoDays = 14;
