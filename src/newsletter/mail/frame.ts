import { say } from '../../i18n/messages.js';
import { otherLanguage } from '../../languages.js';
import { toPlainText } from '../../texts/markdown.js';
import { escapeHtml } from './escape.js';
import { colours, fonts, styles } from './look.js';
import { briefOf, type MailModel } from './model.js';
import { issueName } from './names.js';

const mostPreview = 140;

/**
 * Where the stories go. They are put in after MJML has made the frame: what people typed never passes its parser,
 * and its work stays the same however long the issue is. No escaped text can hold this tag.
 */
const places = { lead: '<br data-place="lead">', stories: '<br data-place="stories">' } as const;

export interface Contents {
  readonly lead: string;
  readonly stories: string;
}

/** The other language's readers are told in it that there is a mail for them. */
function languageSwitch({ language }: MailModel): string {
  const other = otherLanguage(language);
  const text = escapeHtml(say(other, 'mail.newsletter.switchWithout'));
  return `
    <mj-section padding="12px 24px 8px">
      <mj-column>
        <mj-text css-class="quiet" align="right" font-size="14px" line-height="20px" color="${colours.quiet}"><span lang="${other}">${text}</span></mj-text>
      </mj-column>
    </mj-section>`;
}

function band(model: MailModel): string {
  return `
    <mj-section css-class="band" background-color="${colours.band}" padding="28px 24px">
      <mj-column>
        <mj-text color="${colours.bandInk}" font-size="16px" line-height="22px"><h1 style="margin:0;font-size:24px;line-height:32px;font-weight:600">${escapeHtml(model.programme)}</h1><p style="margin:6px 0 0">${escapeHtml(issueName(model))}</p></mj-text>
      </mj-column>
    </mj-section>`;
}

const card = (cssClass: string, place: string, padding: string): string => `
    <mj-section css-class="card" background-color="${colours.card}" padding="${padding}">
      <mj-column>
        <mj-text css-class="ink ${cssClass}">${place}</mj-text>
      </mj-column>
    </mj-section>`;

function footer({ language, programme }: MailModel): string {
  const paragraphs = [
    say(language, 'mail.newsletter.from', { name: programme }),
    say(language, 'mail.newsletter.why'),
    say(language, 'mail.newsletter.stopWithout'),
  ].map((text) => `<p style="margin:0 0 8px">${escapeHtml(text)}</p>`);
  return `
    <mj-section padding="24px">
      <mj-column>
        <mj-text css-class="quiet" font-size="14px" line-height="20px" color="${colours.quiet}">${paragraphs.join('')}</mj-text>
      </mj-column>
    </mj-section>`;
}

/** What an inbox shows after the subject: whole words of the lead story's beginning. */
function previewOf({ lead }: MailModel): string {
  const text = lead === undefined ? '' : toPlainText(briefOf(lead)).replace(/\s+/g, ' ');
  return text.length <= mostPreview ? text : `${text.slice(0, mostPreview).replace(/\s\S*$/, '')}…`;
}

function source(model: MailModel): string {
  const subject = escapeHtml(subjectOf(model));
  const preview = escapeHtml(previewOf(model));
  return `
<mjml lang="${model.language}" dir="ltr">
  <mj-head>
    <mj-title>${subject}</mj-title>
    <mj-preview>${preview}</mj-preview>
    <mj-attributes>
      <mj-text font-family="${fonts}" font-size="16px" line-height="24px" color="${colours.ink}" padding="0" />
    </mj-attributes>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
    <mj-style>${styles}</mj-style>
  </mj-head>
  <mj-body width="600px" background-color="${colours.page}" css-class="page">
    ${languageSwitch(model)}${band(model)}
    ${card('lead', places.lead, '32px 24px 16px')}${card('stories', places.stories, '0 24px 8px')}
    ${footer(model)}
  </mj-body>
</mjml>`;
}

/** What stands in the reader's inbox. */
export function subjectOf(model: MailModel): string {
  return model.lead?.title ?? issueName(model);
}

/**
 * The mail without its stories: 600 px, one column. `fill` puts them in.
 * @throws Error when MJML finds a fault in the frame: a fault of the program.
 */
export async function mailFrame(
  model: MailModel,
): Promise<{ bytes: number; fill: (contents: Contents) => string }> {
  // Half a second of loading that only mail needs: not at the start of the process.
  const { default: mjml2html } = await import('mjml');
  const { html } = await mjml2html(source(model), {
    validationLevel: 'strict',
    keepComments: false,
    fonts: {},
  });
  const [head, afterLead] = split(html, places.lead);
  const [between, tail] = split(afterLead, places.stories);
  return {
    bytes: Buffer.byteLength(head + between + tail),
    fill: ({ lead, stories }) => head + lead + between + stories + tail,
  };
}

function split(html: string, place: string): [before: string, after: string] {
  const at = html.indexOf(place);
  if (at < 0) throw new Error(`The mail's frame lost ${place}`);
  return [html.slice(0, at), html.slice(at + place.length)];
}
