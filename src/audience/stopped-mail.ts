import { z } from 'zod';
import { colours, mailFrame, placeholder } from '../delivery/mail/frame.js';
import type { Mail, Mailer } from '../delivery/mail/mailer.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { t } from '../i18n/messages.js';
import type { Programme } from '../people/person.js';
import { escapeHtml } from '../platform/html.js';
import { deterministicId, type ContactId, type MessageId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import type { Contact } from './contact.js';
import type { ContactStore } from './store.js';

/** Notifies somebody who stopped their mails that no more come, and how they take that back. */
export const stoppedRequest = messageKind('contactStopped', z.object({ contactId: storedId<ContactId>() }));

/**
 * The message that a contact who stopped gets, once for each consent: who takes it back and stops again knows the way.
 * @param consentAt ISO instant of the consent that they stopped.
 * @param dueAt ISO instant before which it does not leave: they may take it back before.
 */
export function stoppedMessage({ id, stopKey }: Contact, consentAt: string, dueAt: string): NewMessage {
  return {
    id: deterministicId<MessageId>('contactStopped', stopKey, consentAt),
    dueAt,
    body: stoppedRequest.body({ contactId: id }),
  };
}

/** The mail that says so. It has no link of its own to stop mails: it is the last one. */
async function stoppedMail(
  { name, address, language, stopKey }: Contact,
  programme: string,
  publicUrl: string,
): Promise<Omit<Mail, 'id'>> {
  const subject = t(language, 'mail.stopped.subject');
  const [text, mistake] = [t(language, 'mail.stopped.text'), t(language, 'mail.stopped.mistake')];
  const calendar = t(language, 'mail.stopped.calendar');
  const from = t(language, 'mail.session.from', { name: programme });
  const url = `${publicUrl}/stop/${stopKey}`;
  const frame = await mailFrame(
    {
      language,
      subject,
      preview: text,
      above: { language, text: programme },
      heading: t(language, 'stop.done'),
      line: programme,
      cards: [{ html: placeholder('contents'), padding: '32px 24px 16px' }],
      footer: placeholder('footer'),
    },
    ['contents', 'footer'],
  );
  const paragraph = (html: string): string => `<p style="margin:0 0 16px">${html}</p>`;
  const link = `<a style="color:${colours.link};word-break:break-all" href="${escapeHtml(url)}">${escapeHtml(t(language, 'stop.back'))}</a>`;
  const contents =
    paragraph(escapeHtml(text)) +
    paragraph(`${escapeHtml(mistake)}<br>${link}`) +
    paragraph(escapeHtml(calendar));
  return {
    to: { name, address },
    language,
    fromName: programme,
    subject,
    html: frame.fill({ contents, footer: escapeHtml(from) }),
    text: `${programme}\n\n${t(language, 'stop.done')}\n\n${text}\n\n${mistake}\n${url}\n\n${calendar}\n\n-- \n${from}\n`,
    attachments: [],
  };
}

interface StoppedDeps {
  readonly store: Pick<ContactStore, 'find'>;
  readonly mailer: Mailer;
  readonly programme: () => Promise<Programme>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** Sends it; not to who took it back meanwhile, or was removed. */
export function stoppedDelivery({
  store,
  mailer,
  programme,
  publicUrl,
}: StoppedDeps): DeliveryKind<PayloadOf<typeof stoppedRequest>> {
  return {
    ...stoppedRequest,
    // They asked for no more mails: a second one is worse than none.
    afterCrash: 'ask',
    afterRestore: 'ask',
    handle: async ({ contactId }, { id }) => {
      const contact = (await store.find(contactId))?.value;
      if (contact === undefined) return { result: 'undeliverable', reason: 'contactGone' };
      if (contact.consent.given || contact.consent.why !== 'unsubscribed')
        return { result: 'undeliverable', reason: 'superseded' };
      const { names } = await programme();
      return mailer.send({ id, ...(await stoppedMail(contact, names[contact.language], publicUrl)) });
    },
  };
}
