import type { Language } from '../../shared/languages.js';
import { escapeHtml, escapeLines, webLink } from '../../platform/html.js';
import { t } from '../../i18n/messages.js';
import type { Helper, Programme } from '../../people/person.js';
import { shownAddress } from '../../platform/mail-address.js';
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
  | { readonly is: 'link'; readonly text: string; readonly url: string }
  /** Several links that do the same for different programs. */
  | {
      readonly is: 'links';
      readonly text: string;
      readonly links: readonly { readonly text: string; readonly url: string }[];
    }
  /** One session in a frame of its own: when it is, and what is to be known of it. */
  | {
      readonly is: 'tile';
      readonly label: string;
      readonly when: string;
      readonly facts: readonly Fact[];
      readonly link?: { readonly text: string; readonly url: string };
    };

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
    case 'link':
      return `<p style="${margin}">${linkHtml(block.url, escapeHtml(block.text))}</p>`;
    case 'links': {
      const links = block.links.map(({ text, url }) => linkHtml(url, escapeHtml(text)));
      return `<p style="${margin}">${escapeHtml(block.text)}<br>${links.join(' · ')}</p>`;
    }
    case 'tile': {
      const { label, when, facts, link } = block;
      const head = `<p class="q" style="margin:0 0 4px;font-size:14px;line-height:20px;color:${colours.quiet}">${escapeHtml(label)}</p><p style="margin:0 0 12px;font-size:20px;line-height:26px;font-weight:600">${escapeHtml(when)}</p>`;
      const foot = link && `<p style="margin:0">${linkHtml(link.url, escapeHtml(link.text))}</p>`;
      return `<div class="tile" style="margin:0 0 24px;padding:16px 20px 16px;border:1px solid ${colours.line};border-left:4px solid ${colours.link};border-radius:4px">${head}${facts.map(factHtml).join('')}${foot ?? ''}</div>`;
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
      return `${block.text}:\n${block.url}`;
    case 'links':
      return [block.text, ...block.links.map(({ text, url }) => `- ${text}: ${url}`)].join('\n');
    case 'tile': {
      const { label, when, facts, link } = block;
      const lines = facts.map(({ label: what, text }) => `${what}: ${text}`);
      return [`${label}: ${when}`, ...lines, ...(link ? [`${link.text}:\n${link.url}`] : [])].join('\n');
    }
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

/** Whose mail it is: the programme, whom one may ask, and where people reach Big Room. */
export interface From {
  readonly programme: Pick<Programme, 'names' | 'helper'>;
  /** Without a slash at the end. */
  readonly publicUrl: string;
}

const privacyUrl = (language: Language, publicUrl: string): string =>
  `${publicUrl}/privacy?language=${language}`;

function helpHtml({ name, phone, address }: Helper): string {
  const link = (scheme: string, text: string): string =>
    `<a style="color:${colours.link};white-space:nowrap" href="${scheme}:${escapeHtml(text.replaceAll(' ', ''))}">${escapeHtml(text)}</a>`;
  return [
    escapeHtml(name),
    ...(phone === undefined ? [] : [link('tel', phone)]),
    ...(address === undefined ? [] : [link('mailto', shownAddress(address))]),
  ].join(', ');
}

function helpText({ name, phone, address }: Helper): string {
  return [name, phone ?? [], address === undefined ? [] : shownAddress(address)].flat().join(', ');
}

function footerHtml(language: Language, { programme, publicUrl }: From, stopUrl: string | undefined): string {
  const paragraph = (html: string): string => `<p style="margin:0 0 8px">${html}</p>`;
  const link = (url: string, text: string): string =>
    `<a style="color:${colours.link}" href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
  const { names, helper } = programme;
  // The mark stands where the text has the name of whom to ask.
  const mark = '\u0000';
  const help = escapeHtml(t(language, 'mail.session.help', { help: mark }));
  return [
    escapeHtml(t(language, 'mail.session.from', { name: names[language] })),
    ...(helper === undefined ? [] : [help.replace(mark, () => helpHtml(helper))]),
    ...(stopUrl === undefined
      ? []
      : [escapeHtml(t(language, 'mail.session.why')), link(stopUrl, t(language, 'mail.session.stop'))]),
    link(privacyUrl(language, publicUrl), t(language, 'privacy.title')),
  ]
    .map(paragraph)
    .join('');
}

function footerText(language: Language, { programme, publicUrl }: From, stopUrl: string | undefined): string {
  const { names, helper } = programme;
  const lines = [
    t(language, 'mail.session.from', { name: names[language] }),
    ...(helper === undefined ? [] : [t(language, 'mail.session.help', { help: helpText(helper) })]),
    ...(stopUrl === undefined
      ? []
      : [t(language, 'mail.session.why'), `${t(language, 'mail.session.stop')}:\n${stopUrl}`]),
    `${t(language, 'privacy.title')}:\n${privacyUrl(language, publicUrl)}`,
  ];
  // Two dashes and a space begin a signature (https://www.rfc-editor.org/rfc/rfc3676#section-4.3).
  return `-- \n${lines.join('\n')}\n`;
}

/**
 * The mail in HTML and in plain text. MJML makes the frame once; for each person only the link that stops the mails is
 * put in.
 */
export async function prepareMail(mail: SessionMail, from: From): Promise<PreparedMail> {
  const programme = from.programme.names[mail.language];
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
    html: (stopUrl) => frame.fill({ contents, footer: footerHtml(language, from, stopUrl) }),
    text: (stopUrl) => `${body}\n\n\n${footerText(language, from, stopUrl)}`,
  };
}
