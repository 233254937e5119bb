import { deterministicId, type ContactId, type SeriesId } from '../../platform/ids.js';
import type { Mail } from '../../delivery/mail/mailer.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { SessionFanOutDeps } from '../fan-outs.js';
import type { Contact } from '../../audience/contact.js';
import type { ContactLookup } from '../../audience/service.js';
import type { Readers } from './model.js';
import { prepareMail } from './render.js';
import { mailWriter, type WritingDeps } from './writing.js';

export interface SessionMailDeps extends WritingDeps {
  readonly contacts: Pick<ContactLookup, 'find'>;
}

/** Why nothing may be sent to the contact any more; looked at again for each mail, right before it leaves. */
function whyNot(contact: Contact | undefined, seriesId: SeriesId): string | undefined {
  if (contact === undefined) return 'contactGone';
  if (!contact.consent.given) return 'noConsent';
  return contact.subscriptions.includes(seriesId) ? undefined : 'notInvited';
}

/** The mails of what is sent of sessions to contacts: reminders, changes, thanks and invitations. */
export function sessionMails(deps: SessionMailDeps): SessionFanOutDeps['mail'] {
  const { contacts, programme, publicUrl } = deps;
  const write = mailWriter(deps);
  return async (content, language) => {
    const readers: Readers = { language, programme: await programme(), publicUrl };
    const { mail, seriesId, attachments } = await write(content, readers);
    const prepared = await prepareMail(mail, readers.programme.names[language]);
    // Tells this content from any other.
    const seed = JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));

    async function to(key: string): Promise<Mail | Outcome> {
      const contact = (await contacts.find(key.replace(/^contact:/, '') as ContactId))?.value;
      const reason = whyNot(contact, seriesId);
      if (contact === undefined || reason !== undefined)
        return { result: 'undeliverable', reason: reason ?? 'contactGone' };
      const { name, address, stopKey, consent } = contact;
      const stopUrl = `${publicUrl}/stop/${stopKey}`;
      return {
        // Who agreed anew gets another mail, though it says the same.
        id: deterministicId('mail', seed, key, consent.at),
        to: { name, address },
        language: prepared.language,
        subject: prepared.subject,
        html: prepared.html(stopUrl),
        text: prepared.text(stopUrl),
        attachments: attachments({ name, address }),
        unsubscribeUrl: stopUrl,
      };
    }
    return { to };
  };
}
