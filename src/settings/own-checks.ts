import { z } from 'zod';
import type { NoticeKind, ShowNotice } from '../delivery/notices.js';
import { mailFrame, placeholder } from '../delivery/mail/frame.js';
import type { Mail, Mailer } from '../delivery/mail/mailer.js';
import type { Outcome } from '../delivery/outbox/message.js';
import { t } from '../i18n/messages.js';
import type { Programme } from '../people/person.js';
import type { Clock } from '../platform/clock.js';
import { isAppError } from '../platform/errors.js';
import { escapeHtml } from '../platform/html.js';
import { freshId } from '../platform/ids.js';
import { mailAddressSchema } from '../platform/mail-address.js';
import type { Partition } from '../platform/partition.js';
import { put, storedKind } from '../platform/stored.js';
import type { Language } from '../shared/languages.js';
import type { Finding } from '../shared/answers/set-up.js';
import type { Check } from './check.js';

const triedRow = storedKind<{ readonly at: string }>({
  name: 'settings.tried',
  schema: z.looseObject({ at: z.string() }),
});

/** Writes a small row, and reads it back. */
export function storageCheck(
  partition: Pick<Partition, 'commit' | 'get'>,
  { clock, isLocal }: { readonly clock: Clock; readonly isLocal: boolean },
): Check {
  return {
    id: 'storage',
    state: isLocal ? 'local' : 'set',
    try: async () => {
      const at = clock.now().toString();
      try {
        await partition.commit([put(triedRow, 'settings-tried', { at })]);
        const read = await partition.get(triedRow, 'settings-tried');
        return read === undefined
          ? { result: 'fails', code: 'storageAway' }
          : { result: 'works', code: 'storageWorks' };
      } catch (error) {
        if (isAppError(error, 'storage.unavailable')) return { result: 'fails', code: 'storageAway' };
        throw error;
      }
    },
  };
}

const tried = z.object({ about: z.literal('tried') });

/** A card that shows that the bot can write: shown at once, and never kept for later. */
export const triedNotice: NoticeKind<z.output<typeof tried>> = { kind: 'tried', payload: tried };

/** What came of a message that somebody sent to try it. */
function findingOf(outcome: Outcome, sent: Finding, refused: Finding): Finding {
  switch (outcome.result) {
    case 'sent':
      return sent;
    case 'uncertain':
      return { result: 'fails', code: 'uncertain' };
    case 'retry':
    case 'postponed':
      return { result: 'fails', code: 'away' };
    default:
      return refused;
  }
}

/** Writes a card into the own chat of whoever tries it. @param show by which the bot writes; absent where no bot runs. */
export function botCheck(show: () => ShowNotice | undefined, isLocal: boolean): Check {
  return {
    id: 'bot',
    state: isLocal ? 'local' : 'set',
    try: async ({ person }) => {
      const write = show();
      if (person.chat === undefined || write === undefined) return { result: 'fails', code: 'botNotMet' };
      // Whatever way they chose: what is tried is the chat.
      const outcome = await write({ ...person, notifyBy: 'chat' }, { about: 'tried' });
      const isElsewhere = outcome.result === 'sent' && outcome.by === 'feed';
      return findingOf(
        isElsewhere ? { result: 'undeliverable', reason: 'notInChat' } : outcome,
        { result: 'works', code: 'cardSent' },
        { result: 'fails', code: 'botRefused' },
      );
    },
  };
}

async function testMail(language: Language, programme: string, name: string, address: string): Promise<Mail> {
  const subject = t(language, 'mail.tried.subject', { programme });
  const text = t(language, 'mail.tried.text', { programme });
  const frame = await mailFrame(
    {
      language,
      subject,
      preview: text,
      heading: t(language, 'mail.tried.heading'),
      line: programme,
      cards: [{ html: placeholder('contents'), padding: '32px 24px 16px' }],
      footer: placeholder('footer'),
    },
    ['contents', 'footer'],
  );
  return {
    id: `tried-${freshId()}`,
    to: { name, address },
    language,
    fromName: programme,
    subject,
    html: frame.fill({ contents: escapeHtml(text), footer: escapeHtml(programme) }),
    text: `${programme}\n\n${text}\n`,
    attachments: [],
  };
}

/** Sends a mail to the address that whoever tries it gives. */
export function mailCheck(deps: {
  readonly mailer: Mailer | undefined;
  /** From which address; none where mail becomes files. */
  readonly sender: string | undefined;
  readonly isLocal: boolean;
  readonly programme: () => Promise<Pick<Programme, 'names'>>;
}): Check {
  const { mailer, sender, isLocal, programme } = deps;
  if (mailer === undefined) return { id: 'mail', state: 'missing' };
  return {
    id: 'mail',
    state: isLocal ? 'local' : 'set',
    ...(sender !== undefined && { value: sender }),
    try: async ({ person: { name, language }, address: typed = '' }) => {
      if (typed.trim() === '') return { result: 'fails', code: 'addressWanted' };
      const address = mailAddressSchema.safeParse(typed);
      if (!address.success) return { result: 'fails', code: 'addressWrong' };
      const { names } = await programme();
      const outcome = await mailer.send(await testMail(language, names[language], name, address.data));
      const reason = 'reason' in outcome ? outcome.reason : '';
      // Graph's code of a missing permission (https://learn.microsoft.com/graph/errors).
      const isForbidden = reason === 'ErrorAccessDenied' || reason === 'Authorization_RequestDenied';
      if (isForbidden)
        return {
          result: 'fails',
          code: 'rightMissing',
          values: { right: 'Mail.Send', value: sender ?? '' },
        };
      if (reason === 'organiserGone')
        return { result: 'fails', code: 'mailboxMissing', values: { value: sender ?? '' } };
      if (reason === 'notAnAddress') return { result: 'fails', code: 'addressWrong' };
      return findingOf(
        outcome,
        { result: 'works', code: isLocal ? 'mailFiled' : 'mailSent', values: { address: address.data } },
        { result: 'fails', code: 'unknown' },
      );
    },
  };
}

/** What the installation has no setting for. */
export const missingCheck = (id: Check['id']): Check => ({ id, state: 'missing' });

/** The intranet on this machine: there is nothing that could refuse. */
export const localIntranetCheck = (url: string, state: 'local' | 'set'): Check => ({
  id: 'intranet',
  state,
  value: url,
  try: () => Promise.resolve({ result: 'works', code: 'siteLocal', values: { name: url } }),
});
