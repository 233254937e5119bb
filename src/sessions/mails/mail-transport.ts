import { deterministicId, type ContactId, type SeriesId } from '../../platform/ids.js';
import type { Mailer } from '../../delivery/mail/mailer.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { Transport, PreparedMessage } from '../../delivery/fan-out/ports.js';
import type { Recipient } from '../../delivery/fan-out/fan-out.js';
import type { Contact } from '../../audience/contact.js';
import type { ContactStore } from '../../audience/store-port.js';
import type { Readers } from './model.js';
import { prepareMail, type PreparedMail } from './render.js';
import { mailWriter, type Written, type WritingDeps } from './writing.js';

export interface MailCarrierDeps extends WritingDeps {
  readonly mailer: Mailer;
  readonly contacts: Pick<ContactStore, 'find'>;
}

/** The parcel as this carrier alone knows it. */
interface Prepared extends Omit<Written, 'mail'> {
  readonly mail: PreparedMail;
  /** Tells this content from any other. */
  readonly seed: string;
}

/** Why nothing may be sent to the contact any more; looked at again for each mail, right before it leaves. */
function whyNot(contact: Contact | undefined, seriesId: SeriesId): string | undefined {
  if (contact === undefined) return 'contactGone';
  if (!contact.consent.given) return 'noConsent';
  return contact.series.includes(seriesId) ? undefined : 'notInvited';
}

/** Carries what is sent of sessions to contacts by mail: reminders, changes, thanks and invitations. */
export function mailTransport(deps: MailCarrierDeps): Transport {
  const { mailer, contacts, programme, publicUrl } = deps;
  const write = mailWriter(deps);
  return {
    prepare: async (content, language) => {
      const readers: Readers = { language, programme: await programme(), publicUrl };
      const { mail, ...written } = await write(content, readers);
      const seed = JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));
      const prepared: Prepared = {
        ...written,
        mail: await prepareMail(mail, readers.programme.names[language]),
        seed,
      };
      return prepared as unknown as PreparedMessage;
    },
    send: async (preparedMessage, recipient) => sendTo(preparedMessage as unknown as Prepared, recipient),
  };

  async function sendTo(
    { mail, seriesId, attachments, seed }: Prepared,
    { key }: Recipient,
  ): Promise<Outcome> {
    const contact = (await contacts.find(key.replace(/^contact:/, '') as ContactId))?.value;
    const reason = whyNot(contact, seriesId);
    if (contact === undefined || reason !== undefined)
      return { result: 'gone', reason: reason ?? 'contactGone' };
    const { name, address, stopKey, consent } = contact;
    const stopUrl = `${publicUrl}/stop/${stopKey}`;
    return mailer.send({
      // Who agreed anew gets another mail, though it says the same.
      id: deterministicId('mail', seed, key, consent.at),
      to: { name, address },
      language: mail.language,
      subject: mail.subject,
      html: mail.html(stopUrl),
      text: mail.text(stopUrl),
      attachments: attachments({ name, address }),
      unsubscribeUrl: stopUrl,
    });
  }
}
