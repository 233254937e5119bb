/** A mail that arrived; its contents are asked for by its id. */
export interface ArrivedMail {
  readonly id: string;
  /** ISO instant. */
  readonly receivedAt: string;
}

export interface MailPage {
  /** Those that may hold an answer from a calendar; in no order, and the same one may come again. */
  readonly mails: readonly ArrivedMail[];
  /** Where the next page begins. */
  readonly next: string;
  /** There is nothing newer yet. */
  readonly isLast: boolean;
}

/** The mailbox from which invitations are sent, and to which calendars answer. It is only read. */
export interface ReplySource {
  /** Names the mailbox: a place in one is none in another. */
  readonly mailbox: string;
  /**
   * What arrived after a place.
   * @param place `next` of the page before; the first time, and after `placeLost`, there is none.
   * @param since ISO instant: without a place, what arrived from then on.
   * @throws MailboxFault
   */
  page(place: string | undefined, since: string): Promise<MailPage>;
  /** The whole mail as it was sent (MIME); `undefined` where it was removed. @throws MailboxFault */
  mail(id: string): Promise<Uint8Array | undefined>;
}

/**
 * What goes wrong with a mailbox:
 * `unavailable`: later it will work, and this is no matter of one mail; `faulty`: it failed, perhaps by this mail;
 * `unreadable`: this mail can never be read; `placeLost`: the place is not known any more; `notAllowed`: somebody has to
 * look, at the permissions or at the mailbox.
 */
type MailboxFaultKind = 'unavailable' | 'faulty' | 'unreadable' | 'placeLost' | 'notAllowed';

export class MailboxFault extends Error {
  override readonly name = 'MailboxFault';

  /**
   * @param reason a code, without addresses and texts.
   * @param afterSeconds when to ask again, where that was named.
   */
  constructor(
    readonly kind: MailboxFaultKind,
    readonly reason: string,
    readonly afterSeconds?: number,
  ) {
    super(`${kind}: ${reason}`);
  }
}
