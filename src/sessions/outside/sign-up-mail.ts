import { z } from 'zod';
import { colours, fonts, mailFrame, placeholder } from '../../delivery/mail/frame.js';
import type { Mail, Mailer } from '../../delivery/mail/mailer.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../../delivery/outbox/kind.js';
import { t } from '../../i18n/messages.js';
import { helpLineHtml, helpLineText } from '../../people/help-line.js';
import type { Helper, Programme } from '../../people/person.js';
import { escapeHtml } from '../../platform/html.js';
import { helperOf } from '../series/series.js';
import type { ReadingDeps } from '../occurrences/reading.js';
import type { OutsideStore, SignUp } from './store.js';

/** Asks somebody who signed up on a public page whether it was them. The address is in the row of the token alone. */
export const signUpRequest = messageKind('signUp', z.object({ token: z.string() }));

interface Facts {
  readonly person: NonNullable<SignUp['person']>;
  readonly language: SignUp['language'];
  readonly programme: string;
  readonly series: string;
  readonly url: string;
  readonly helper: Helper | undefined;
}

/** The mail with the link at which they confirm it. It says the same to everybody, whether or not we know them. */
async function signUpMail({
  person,
  language,
  programme,
  series,
  url,
  helper,
}: Facts): Promise<Omit<Mail, 'id'>> {
  const heading = t(language, 'public.confirm.ask', { name: series });
  const text = t(language, 'mail.signUp.text', { name: series });
  const button = t(language, 'mail.signUp.button');
  const notYou = t(language, 'mail.signUp.notYou');
  const from = t(language, 'mail.session.from', { name: programme });
  const frame = await mailFrame(
    {
      language,
      subject: heading,
      preview: text,
      above: { language, text: programme },
      heading,
      line: programme,
      cards: [{ html: placeholder('contents'), padding: '32px 24px 16px' }],
      footer: placeholder('footer'),
    },
    ['contents', 'footer'],
  );
  const paragraph = (html: string): string => `<p style="margin:0 0 20px">${html}</p>`;
  const look = `display:inline-block;padding:12px 24px;border-radius:4px;background:${colours.link};color:#ffffff;font-family:${fonts};font-weight:600;text-decoration:none`;
  const link = `<a class="b" style="${look}" href="${escapeHtml(url)}">${escapeHtml(button)}</a>`;
  return {
    to: { name: person.name, address: person.address },
    language,
    fromName: programme,
    subject: heading,
    html: frame.fill({
      contents: paragraph(escapeHtml(text)) + paragraph(link) + paragraph(escapeHtml(notYou)),
      footer: [
        escapeHtml(from),
        ...(helper ? [helpLineHtml(language, helper, `color:${colours.link};`)] : []),
      ].join('<br>'),
    }),
    text: `${programme}\n\n${heading}\n\n${text}\n\n${button}:\n${url}\n\n${notYou}\n\n-- \n${from}\n${helper ? `${helpLineText(language, helper)}\n` : ''}`,
    attachments: [],
  };
}

interface SignUpMailDeps {
  readonly store: Pick<OutsideStore, 'signUp'>;
  readonly sessions: Pick<ReadingDeps, 'store'>;
  readonly mailer: Mailer;
  readonly programme: () => Promise<Programme>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** Sends it; not to who has confirmed it already, nor once it is kept no more. */
export function signUpDelivery(deps: SignUpMailDeps): DeliveryKind<PayloadOf<typeof signUpRequest>> {
  return {
    ...signUpRequest,
    // Somebody waits for it, and a second one asks the same.
    afterCrash: 'repeat',
    afterRestore: 'ask',
    handle: async ({ token }, { id }) => {
      const { person, seriesId, language } = (await deps.store.signUp(token))?.value ?? {};
      const series = seriesId && (await deps.sessions.store.series(seriesId))?.value;
      if (person === undefined || language === undefined || !series)
        return { result: 'undeliverable', reason: 'superseded' };
      const programme = await deps.programme();
      const { names } = programme;
      const url = `${deps.publicUrl}/sign-up/${token}`;
      const facts = {
        person,
        language,
        programme: names[language],
        series: series.names[language],
        url,
        helper: helperOf(series, programme),
      };
      return deps.mailer.send({ id, ...(await signUpMail(facts)) });
    },
  };
}
