import { z } from 'zod';
import { colours, mailFrame, placeholder } from '../delivery/mail/frame.js';
import type { Mail, Mailer } from '../delivery/mail/mailer.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { t } from '../i18n/messages.js';
import type { Language } from '../shared/languages.js';
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

/**
 * In which words somebody is asked.
 * @param name of who has it sent.
 * @param series the names of what they would be invited to, as far as that is known and published.
 */
export function askText(
  language: Language,
  {
    programme,
    name,
    series,
  }: { readonly programme: string; readonly name: string; readonly series: readonly string[] },
): string {
  const text = t(language, 'mail.ask.text', { programme, name });
  if (series.length === 0) return text;
  return `${text} ${t(language, 'mail.ask.series', { count: series.length, series: series.join(', ') })}`;
}

async function askMail(
  { name, address, language, stopKey, consent }: Contact,
  { names, helper }: Pick<Programme, 'names' | 'helper'>,
  publicUrl: string,
  series: readonly string[],
): Promise<Omit<Mail, 'id'>> {
  const programme = names[language];
  const subject = t(language, 'mail.ask.subject', { programme });
  const by = consent.given || consent.why !== 'notAsked' ? '' : (consent.asked?.by.name ?? '');
  const about = askText(language, { programme, name: by, series });
  const more = t(language, 'mail.ask.more');
  const privacy = `${publicUrl}/privacy?language=${language}`;
  const [yes, no] = [`${publicUrl}/agree/${stopKey}`, `${publicUrl}/stop/${stopKey}`];
  const from = t(language, 'mail.session.from', { name: programme });
  const frame = await mailFrame(
    {
      language,
      subject,
      preview: about,
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
  const contents = [escapeHtml(about), link, escapeHtml(more)].map(paragraph).join('');
  return {
    to: { name, address },
    language,
    fromName: programme,
    subject,
    html: frame.fill({
      contents,
      footer: [
        escapeHtml(from),
        `<a style="color:${colours.link}" href="${escapeHtml(privacy)}">${escapeHtml(t(language, 'public.signUp.privacy'))}</a>`,
        ...(helper ? [helpLineHtml(language, helper, `color:${colours.link};`)] : []),
      ].join('<br>'),
    }),
    text: `${programme}\n\n${about}\n\n${t(language, 'mail.ask.link')}:\n${yes}\n\n${more}\n\n-- \n${from}\n${t(language, 'public.signUp.privacy')}:\n${privacy}\n${helper ? `${helpLineText(language, helper)}\n` : ''}`,
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
  /** The names of those of somebody's subscriptions that are published and not ended. */
  readonly currentNames: (subscriptions: readonly string[], language: Language) => Promise<readonly string[]>;
}

/** Sends it; not to who has answered meanwhile, stopped their mails, or was removed. */
export function askDelivery({
  store,
  mailer,
  programme,
  publicUrl,
  recorded,
  currentNames,
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
      const series = await currentNames(contact.subscriptions, contact.language);
      const mail = await askMail(contact, await programme(), publicUrl, series);
      const outcome = await mailer.send({ id, ...mail });
      await recorded(`contact:${contactId}`, { id, kind: 'ask', subject: mail.subject }, outcome);
      return outcome;
    },
  };
}
