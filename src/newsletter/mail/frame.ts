import { t } from '../../i18n/messages.js';
import { otherLanguage } from '../../shared/languages.js';
import { escapeHtml } from '../../platform/html.js';
import { mailFrame, placeOf, type Frame } from '../../delivery/mail/frame.js';
import { toPlainText } from '../../content/markdown.js';
import { briefOf, issueName, type MailModel } from './model.js';

const maxPreview = 140;

function footer({ language, programme }: MailModel): string {
  return [
    t(language, 'mail.newsletter.from', { name: programme }),
    t(language, 'mail.newsletter.why'),
    t(language, 'mail.newsletter.stopWithout'),
  ]
    .map((text) => `<p style="margin:0 0 8px">${escapeHtml(text)}</p>`)
    .join('');
}

/** What an inbox shows after the subject: whole words of the lead story's beginning. */
function previewOf({ lead }: MailModel): string {
  const text = lead === undefined ? '' : toPlainText(briefOf(lead)).replace(/\s+/g, ' ');
  return text.length <= maxPreview ? text : `${text.slice(0, maxPreview).replace(/\s\S*$/, '')}…`;
}

/** What the reader's inbox shows. */
export function subjectOf(model: MailModel): string {
  return model.lead?.title ?? issueName(model);
}

/** The newsletter without its stories, which are put in later; the other language's readers are pointed to their mail. */
export function newsletterFrame(model: MailModel): Promise<Frame<'lead' | 'stories'>> {
  const { language, programme } = model;
  const other = otherLanguage(language);
  return mailFrame(
    {
      language,
      subject: subjectOf(model),
      preview: previewOf(model),
      above: { language: other, text: t(other, 'mail.newsletter.switchWithout') },
      heading: programme,
      line: issueName(model),
      cards: [
        { html: placeOf('lead'), padding: '32px 24px 16px', cssClass: 'lead' },
        { html: placeOf('stories'), padding: '0 24px 8px', cssClass: 'stories' },
      ],
      footer: footer(model),
    },
    ['lead', 'stories'],
  );
}
