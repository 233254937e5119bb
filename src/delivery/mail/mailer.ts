import type { Language } from '../../shared/languages.js';
import type { Outcome } from '../outbox/message.js';

export interface Attachment {
  readonly fileName: string;
  /** MIME type with its parameters, such as `text/calendar; method=REQUEST; charset=utf-8`. */
  readonly type: string;
  readonly content: string;
}

/** A picture in the HTML of a mail, travelling with it: mail programs load nothing for it. */
export interface Picture {
  /** `src="cid:…"` names it (RFC 2392); letters, digits, hyphens. */
  readonly cid: string;
  /** MIME type. */
  readonly type: string;
  readonly base64: string;
}

/** A mail to one person, in one language. */
export interface Mail {
  /** The same id is the same mail: makes the Message-ID, and the file's name in trial mode. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly language: Language;
  /** Whose mail it is, as inboxes show it before the address; the mailer's own name without it. */
  readonly fromName?: string;
  /** Where answers go, where not to the address that it comes from. */
  readonly replyTo?: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly pictures?: readonly Picture[];
  /** Where the receiver stops these mails (RFC 8058 List-Unsubscribe, where the mailer supports it). */
  readonly unsubscribeUrl?: string;
}

/** Sends mail: by Graph's sendMail, or into files in trial mode. */
export interface Mailer {
  /** Bounds its own time; a fault of the other side is an outcome. */
  send(mail: Mail): Promise<Outcome>;
}
