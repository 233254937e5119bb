import { t } from '../../i18n/messages.js';
import type { Language } from '../../shared/languages.js';
import { escapeHtml } from '../../platform/html.js';
import { mailFrame, placeOf } from '../../delivery/mail/frame.js';
import { colours } from '../../delivery/mail/look.js';
import { htmlOf, textOf } from './blocks.js';
import type { SessionMail } from './model.js';

/** A mail that lacks only what differs from person to person. */
export interface PreparedMail {
  readonly language: Language;
  readonly subject: string;
  /** @param stopUrl where this person stops the mails. */
  readonly html: (stopUrl: string) => string;
  readonly text: (stopUrl: string) => string;
}

const maxRule = 60;

function footerHtml(language: Language, programme: string, stopUrl: string): string {
  const paragraph = (html: string): string => `<p style="margin:0 0 8px">${html}</p>`;
  const stop = escapeHtml(t(language, 'mail.session.stop'));
  return [
    escapeHtml(t(language, 'mail.session.from', { name: programme })),
    escapeHtml(t(language, 'mail.session.why')),
    `<a style="color:${colours.link}" href="${escapeHtml(stopUrl)}">${stop}</a>`,
  ]
    .map(paragraph)
    .join('');
}

function footerText(language: Language, programme: string, stopUrl: string): string {
  const lines = [
    t(language, 'mail.session.from', { name: programme }),
    t(language, 'mail.session.why'),
    `${t(language, 'mail.session.stop')}:\n${stopUrl}`,
  ];
  // Two dashes and a space begin a signature (https://www.rfc-editor.org/rfc/rfc3676#section-4.3).
  return `-- \n${lines.join('\n')}\n`;
}

/**
 * The mail in HTML and in plain text. MJML makes the frame once; for each person only the link that stops the mails is
 * put in.
 * @param programme the programme's name in the mail's language.
 */
export async function prepareMail(mail: SessionMail, programme: string): Promise<PreparedMail> {
  const { language, subject, preview, heading, line, blocks } = mail;
  const frame = await mailFrame(
    {
      language,
      subject,
      preview,
      above: { language, text: programme },
      heading,
      line,
      cards: [{ html: placeOf('contents'), padding: '32px 24px 16px' }],
      footer: placeOf('footer'),
    },
    ['contents', 'footer'],
  );
  const contents = htmlOf(blocks);
  const head = [
    programme,
    '',
    heading,
    line,
    '='.repeat(Math.min(maxRule, Math.max(heading.length, line.length))),
  ];
  const body = `${head.join('\n')}\n\n${textOf(blocks)}`;
  return {
    language,
    subject,
    html: (stopUrl) => frame.fill({ contents, footer: footerHtml(language, programme, stopUrl) }),
    text: (stopUrl) => `${body}\n\n\n${footerText(language, programme, stopUrl)}`,
  };
}
