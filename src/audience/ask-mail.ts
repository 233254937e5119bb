import { z } from 'zod';
import { colours, mailFrame, placeholder } from '../delivery/mail/frame.js';
import type { Mail, Mailer } from '../delivery/mail/mailer.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { t } from '../i18n/messages.js';
import { helpLineHtml, helpLineText } from '../people/help-line.js';
import type { Programme } from '../people/person.js';
import { escapeHtml } from '../platform/html.js';
import { deterministicId, type ContactId, type MessageId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import { consentStateOf, type Contact } from './contact.js';
import type { MailRecord } from './mail-record.js';
import type { ContactStore } from './store.js';

/** Asks somebody by mail whether they want to get mails. */
export const askRequest = messageKind('contactAsk', z.object({ contactId: storedId<ContactId>() }));

/** The one mail that asks a contact. @param dueAt ISO instant before which it does not leave. */
export function askMessage({ id, stopKey }: Contact, askedAt: string, dueAt: string): NewMessage {
  return {
    id: deterministicId<MessageId>('contactAsk', stopKey, askedAt),
    dueAt,
    body: askRequest.body({ contactId: id }),
  };
}

async function askMail(
  { name, address, language, stopKey, consent }: Contact,
  { names, helper }: Pick<Programme, 'names' | 'helper'>,
  publicUrl: string,
): Promise<Omit<Mail, 'id'>> {
  const programme = names[language];
  const subject = t(language, 'mail.ask.subject', { programme });
  const by = consent.given || consent.why !== 'notAsked' ? '' : (consent.asked?.by.name ?? '');
  const lines = [t(language, 'mail.ask.text', { programme, name: by }), t(language, 'mail.ask.more')];
  const [yes, no] = [`${publicUrl}/agree/${stopKey}`, `${publicUrl}/stop/${stopKey}`];
  const from = t(language, 'mail.session.from', { name: programme });
  const frame = await mailFrame(
    {
      language,
      subject,
      preview: lines[0] ?? '',
      above: { language, text: programme },
      heading: t(language, 'ask.ask', { programme }),
      line: programme,
      cards: [{ html: placeholder('contents'), padding: '32px 24px 16px' }],
      footer: placeholder('footer'),
    },
    ['contents', 'footer'],
  );
  const paragraph = (html: string): string => `<p style="margin:0 0 16px">${html}</p>`;
  const link = `<a style="color:${colours.link};font-weight:600" href="${escapeHtml(yes)}">${escapeHtml(t(language, 'mail.ask.link'))}</a>`;
  const contents = [escapeHtml(lines[0] ?? ''), link, escapeHtml(lines[1] ?? '')].map(paragraph).join('');
  return {
    to: { name, address },
    language,
    fromName: programme,
    subject,
    html: frame.fill({
      contents,
      footer: [
        escapeHtml(from),
        ...(helper ? [helpLineHtml(language, helper, `color:${colours.link};`)] : []),
      ].join('<br>'),
    }),
    text: `${programme}\n\n${lines[0] ?? ''}\n\n${t(language, 'mail.ask.link')}:\n${yes}\n\n${lines[1] ?? ''}\n\n-- \n${from}\n${helper ? `${helpLineText(language, helper)}\n` : ''}`,
    attachments: [],
    unsubscribeUrl: no,
  };
}

interface AskDeps {
  readonly store: Pick<ContactStore, 'find'>;
  readonly mailer: Mailer;
  readonly programme: () => Promise<Programme>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  readonly recorded: MailRecord;
}

/** Sends it; not to who has answered meanwhile, stopped their mails, or was removed. */
export function askDelivery({
  store,
  mailer,
  programme,
  publicUrl,
  recorded,
}: AskDeps): DeliveryKind<PayloadOf<typeof askRequest>> {
  return {
    ...askRequest,
    // Who has not agreed to anything is asked once.
    afterCrash: 'ask',
    afterRestore: 'ask',
    handle: async ({ contactId }, { id }) => {
      const contact = (await store.find(contactId))?.value;
      if (contact === undefined) return { result: 'undeliverable', reason: 'contactGone' };
      if (consentStateOf(contact) !== 'asked') return { result: 'undeliverable', reason: 'superseded' };
      const mail = await askMail(contact, await programme(), publicUrl);
      const outcome = await mailer.send({ id, ...mail });
      await recorded(`contact:${contactId}`, { id, kind: 'ask', subject: mail.subject }, outcome);
      return outcome;
    },
  };
}
