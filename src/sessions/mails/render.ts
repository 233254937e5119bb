import type { Language } from '../../shared/languages.js';
import { escapeHtml, escapeLines, webLink } from '../../platform/html.js';
import { t } from '../../i18n/messages.js';
import { colours, mailFrame, placeholder } from '../../delivery/mail/frame.js';

/** A piece of text whose language may be another than the mail's. */
export interface LanguageText {
  readonly text: string;
  readonly language?: Language;
}

export interface Fact extends LanguageText {
  readonly label: string;
  /** A time that no longer holds. */
  readonly isOld?: boolean;
}

/** An item of a list, with a note in a quiet colour behind it, and its link. */
export interface Item extends LanguageText {
  readonly note?: string;
  readonly url?: string;
}

/** The contents of a mail, block by block; HTML and plain text are both made of it. All of it is plain text. */
export type Block =
  | { readonly is: 'text'; readonly text: string; readonly isLead?: boolean }
  | { readonly is: 'facts'; readonly facts: readonly Fact[] }
  /** `label` says what it opens, for screen readers that read the links alone. */
  | { readonly is: 'button'; readonly text: string; readonly label: string; readonly url: string }
  | {
      readonly is: 'list';
      readonly heading: string;
      readonly items: readonly Item[];
      readonly isOrdered?: boolean;
    }
  | { readonly is: 'link'; readonly text: string; readonly url: string };

/** A mail about sessions in one language, the same for everybody who reads it. */
export interface SessionMail {
  readonly language: Language;
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  readonly heading: string;
  /** Below the heading: when it is. */
  readonly line: string;
  readonly blocks: readonly Block[];
}

const margin = 'margin:0 0 16px';
const buttonStyle = `display:inline-block;padding:10px 20px;border:1px solid ${colours.link};border-radius:4px;background:${colours.link};color:#ffffff;font-weight:600;text-decoration:none`;

function textHtml({ text, language }: LanguageText): string {
  const html = escapeLines(text);
  return language === undefined ? html : `<span lang="${language}">${html}</span>`;
}

function linkHtml(url: string | undefined, inside: string): string {
  const address = webLink(url);
  return address === undefined ? inside : `<a style="color:${colours.link}" href="${address}">${inside}</a>`;
}

function factHtml(fact: Fact): string {
  const value = fact.isOld === true ? `<s>${textHtml(fact)}</s>` : textHtml(fact);
  return `<p style="margin:0 0 12px"><span class="q" style="font-size:14px;line-height:20px;color:${colours.quiet}">${escapeHtml(fact.label)}</span><br>${value}</p>`;
}

function itemHtml(item: Item): string {
  const note =
    item.note === undefined
      ? ''
      : ` <span class="q" style="color:${colours.quiet}">${escapeHtml(item.note)}</span>`;
  return `<li style="margin:0 0 6px">${linkHtml(item.url, textHtml(item))}${note}</li>`;
}

function blockHtml(block: Block): string {
  switch (block.is) {
    case 'text': {
      const size = block.isLead === true ? ';font-size:18px;line-height:27px' : '';
      return `<p style="${margin}${size}">${escapeLines(block.text)}</p>`;
    }
    case 'facts':
      return `<div style="margin:0 0 20px">${block.facts.map(factHtml).join('')}</div>`;
    case 'button': {
      const address = webLink(block.url);
      if (address === undefined) return '';
      return `<p style="margin:0 0 24px"><a class="b" style="${buttonStyle}" aria-label="${escapeHtml(block.label)}" href="${address}">${escapeHtml(block.text)}</a></p>`;
    }
    case 'list': {
      const tag = block.isOrdered === true ? 'ol' : 'ul';
      const heading = `<h2 style="margin:0 0 8px;font-size:18px;line-height:24px;font-weight:600">${escapeHtml(block.heading)}</h2>`;
      return `${heading}<${tag} style="margin:0 0 20px;padding-left:24px">${block.items.map(itemHtml).join('')}</${tag}>`;
    }
    case 'link': {
      // Long addresses break anywhere rather than make the mail wider than a phone.
      const shown = `<span style="word-break:break-all">${escapeHtml(block.url)}</span>`;
      return `<p style="${margin}">${escapeHtml(block.text)}<br>${linkHtml(block.url, shown)}</p>`;
    }
  }
}

/** The blocks as HTML; whatever people typed comes out as text. */
function htmlOf(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('');
}

function itemText({ text, note, url }: Item, mark: string): string {
  const line = note === undefined ? text : `${text} (${note})`;
  return `${mark} ${line}${url === undefined ? '' : `\n  ${url}`}`;
}

function blockText(block: Block): string {
  switch (block.is) {
    case 'text':
      return block.text;
    case 'facts':
      return block.facts.map(({ label, text }) => `${label}: ${text}`).join('\n');
    case 'button':
      return `${block.text}:\n${block.url}`;
    case 'list': {
      const marks = block.items.map((_, index) => (block.isOrdered === true ? `${String(index + 1)}.` : '-'));
      const items = block.items.map((item, index) => itemText(item, marks[index] ?? '-'));
      return [block.heading, '-'.repeat(block.heading.length), ...items].join('\n');
    }
    case 'link':
      return `${block.text}\n${block.url}`;
  }
}

/** The blocks for those who read text. */
function textOf(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('\n\n');
}

/** A mail that lacks only what differs from person to person. */
interface PreparedMail {
  readonly language: Language;
  readonly subject: string;
  /** @param stopUrl where this person stops the mails; absent in the last one to somebody. */
  readonly html: (stopUrl?: string) => string;
  readonly text: (stopUrl?: string) => string;
}

const maxRule = 60;

function footerHtml(language: Language, programme: string, stopUrl: string | undefined): string {
  const paragraph = (html: string): string => `<p style="margin:0 0 8px">${html}</p>`;
  const from = escapeHtml(t(language, 'mail.session.from', { name: programme }));
  if (stopUrl === undefined) return paragraph(from);
  const stop = escapeHtml(t(language, 'mail.session.stop'));
  return [
    from,
    escapeHtml(t(language, 'mail.session.why')),
    `<a style="color:${colours.link}" href="${escapeHtml(stopUrl)}">${stop}</a>`,
  ]
    .map(paragraph)
    .join('');
}

function footerText(language: Language, programme: string, stopUrl: string | undefined): string {
  const from = t(language, 'mail.session.from', { name: programme });
  const lines =
    stopUrl === undefined
      ? [from]
      : [from, t(language, 'mail.session.why'), `${t(language, 'mail.session.stop')}:\n${stopUrl}`];
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
      cards: [{ html: placeholder('contents'), padding: '32px 24px 16px' }],
      footer: placeholder('footer'),
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
