import type { Language } from '../../shared/languages.js';
import { escapeHtml, escapeLines, webLink } from '../../platform/html.js';
import { t } from '../../i18n/messages.js';
import { helpLineHtml, helpLineText } from '../../people/help-line.js';
import type { Programme } from '../../people/person.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { SeriesKind } from '../series/series.js';
import { kindPictures } from '../../shared/kind-pictures.js';
import { kindLooks } from '../../shared/session-kinds.js';
import type { Picture } from '../../delivery/mail/mailer.js';
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
  /** The clock time at which it is, before it. */
  readonly time?: string;
  readonly url?: string;
}

/** The contents of a mail, block by block; HTML and plain text are both made of it. All of it is plain text. */
export type Block =
  | { readonly is: 'text'; readonly text: string; readonly isLead?: boolean }
  /** `isTable`: short ones, a row each. */
  | { readonly is: 'facts'; readonly facts: readonly Fact[]; readonly isTable?: boolean }
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
      readonly links: readonly { readonly text: string; readonly url: string }[];
      /** Whether it asks if they come. */
      readonly asks: boolean;
    }
  /** Asks whether they come to the session of the mail: for each person with links of their own. */
  | { readonly is: 'answers' };

/** The addresses at which one says whether one comes, and what was said so far. */
interface Answering {
  readonly coming: string;
  readonly notComing: string;
  readonly given?: 'coming' | 'notComing';
}

/** What differs from person to person in a mail. */
export interface Personal {
  /** Where this person stops the mails; absent in the last one to somebody. */
  readonly stopUrl?: string | undefined;
  /** Absent of whoever is not asked whether they come. */
  readonly answering?: Answering | undefined;
}

/** A mail about sessions in one language, the same for everybody who reads it. */
export interface SessionMail {
  readonly language: Language;
  /** The kind of its series, by which it looks. */
  readonly kind: SeriesKind;
  /** What kind of mail it is, above the heading. */
  readonly kicker: string;
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  readonly heading: string;
  /** Below the heading: when it is. */
  readonly line: string;
  readonly blocks: readonly Block[];
  /** The session of which it asks whether they come. */
  readonly asks?: Occurrence;
}

const margin = 'margin:0 0 16px';
const anyButton = `display:inline-block;padding:10px 20px;border:1px solid ${colours.link};border-radius:4px;font-weight:600;text-decoration:none`;
const buttonStyle = `${anyButton};background:${colours.link};color:#ffffff`;
const quietButtonStyle = `${anyButton};margin:0 8px 8px 0;color:${colours.link}`;
const quietStyle = `font-size:14px;line-height:20px;color:${colours.quiet}`;

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
  return `<p style="margin:0 0 12px"><span class="q" style="${quietStyle}">${escapeHtml(fact.label)}</span><br>${value}</p>`;
}

function factTable(facts: readonly Fact[]): string {
  const cell = 'padding:0 0 6px;vertical-align:top';
  const rows = facts.map(
    (fact) =>
      `<tr><td class="q" style="${cell};padding-right:16px;white-space:nowrap;color:${colours.quiet}">${escapeHtml(fact.label)}</td><td style="${cell}">${textHtml(fact)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px;font:inherit;color:inherit">${rows.join('')}</table>`;
}

function noteHtml({ note }: Item): string {
  return note === undefined
    ? ''
    : ` <span class="q" style="color:${colours.quiet}">${escapeHtml(note)}</span>`;
}

function itemHtml(item: Item): string {
  return `<li style="margin:0 0 6px">${linkHtml(item.url, textHtml(item))}${noteHtml(item)}</li>`;
}

const hasTimes = (items: readonly Item[]): boolean => items.some(({ time }) => time !== undefined);

/** A list of what is when: the times in a column of their own, as mail programs line up nothing else. */
function timedHtml(items: readonly Item[]): string {
  const cell = 'padding:0 0 6px;vertical-align:top';
  const rows = items.map(
    (item) =>
      `<tr><td class="q" style="${cell};padding-right:16px;white-space:nowrap;color:${colours.quiet}">${escapeHtml(item.time ?? '')}</td><td style="${cell}">${linkHtml(item.url, textHtml(item))}${noteHtml(item)}</td></tr>`,
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px;font:inherit;color:inherit">${rows.join('')}</table>`;
}

/** The answer that would change what they have said; any where they have said nothing. */
const otherAnswer = ({ given }: Answering): 'coming' | 'notComing' =>
  given === 'coming' ? 'notComing' : 'coming';

/** @param isMain whether to come is what the mail asks for first. */
function answersHtml(language: Language, answering: Answering | undefined, isMain: boolean): string {
  if (answering === undefined) return '';
  const { given } = answering;
  if (given !== undefined) {
    const change = linkHtml(answering[otherAnswer(answering)], escapeHtml(t(language, 'mail.answer.change')));
    return `<p style="${margin}">${escapeHtml(t(language, `mail.answer.given.${given}`))} ${change}</p>`;
  }
  const buttons = (['coming', 'notComing'] as const).map(
    (answer) =>
      `<a ${isMain && answer === 'coming' ? `class="b" style="${buttonStyle};margin:0 8px 8px 0"` : `class="o" style="${quietButtonStyle}"`} href="${webLink(answering[answer]) ?? ''}">${escapeHtml(t(language, `public.answer.button.${answer}`))}</a>`,
  );
  return `<p style="margin:0 0 8px;font-weight:600">${escapeHtml(t(language, 'public.answer.ask'))}</p><p style="margin:0 0 12px">${buttons.join('')}</p>`;
}

/** Of whom a block is written. */
interface Whom extends Personal {
  readonly language: Language;
  /** The colour of the kind, on white. */
  readonly accent: string;
}

function blockHtml(block: Block, whom: Whom): string {
  switch (block.is) {
    case 'text': {
      const size = block.isLead === true ? ';font-size:18px;line-height:27px' : '';
      return `<p style="${margin}${size}">${escapeLines(block.text)}</p>`;
    }
    case 'facts':
      if (block.isTable === true) return factTable(block.facts);
      return `<div style="margin:0 0 20px">${block.facts.map(factHtml).join('')}</div>`;
    case 'button': {
      const address = webLink(block.url);
      if (address === undefined) return '';
      return `<p style="margin:0 0 24px"><a class="b" style="${buttonStyle}" aria-label="${escapeHtml(block.label)}" href="${address}">${escapeHtml(block.text)}</a></p>`;
    }
    case 'list': {
      const tag = block.isOrdered === true ? 'ol' : 'ul';
      const heading = `<h2 style="margin:0 0 8px;font-size:18px;line-height:24px;font-weight:600">${escapeHtml(block.heading)}</h2>`;
      if (hasTimes(block.items)) return `${heading}${timedHtml(block.items)}`;
      return `${heading}<${tag} style="margin:0 0 20px;padding-left:24px">${block.items.map(itemHtml).join('')}</${tag}>`;
    }
    case 'link':
      return `<p style="${margin}">${linkHtml(block.url, escapeHtml(block.text))}</p>`;
    case 'links': {
      const links = block.links.map(({ text, url }) => linkHtml(url, escapeHtml(text)));
      return `<p style="${margin}">${escapeHtml(block.text)}<br>${links.join(' · ')}</p>`;
    }
    case 'tile': {
      const { label, when, facts, links, asks } = block;
      const head = `<p class="q" style="margin:0 0 4px;${quietStyle}">${escapeHtml(label)}</p><p style="margin:0 0 12px;font-size:20px;line-height:26px;font-weight:600">${escapeHtml(when)}</p>`;
      const answers = asks ? answersHtml(whom.language, whom.answering, true) : '';
      const shown = links.map(
        ({ text, url }) =>
          `<span style="display:inline-block;margin:0 16px 0 0">${linkHtml(url, escapeHtml(text))}</span>`,
      );
      const foot = shown.length === 0 ? '' : `<p style="margin:0">${shown.join(' ')}</p>`;
      return `<div class="tile" style="margin:0 0 24px;padding:16px 20px 16px;border:1px solid ${colours.line};border-left:4px solid ${whom.accent};border-radius:4px">${head}${facts.map(factHtml).join('')}${answers}${foot}</div>`;
    }
    case 'answers':
      return answersHtml(whom.language, whom.answering, false);
  }
}

/** The blocks as HTML; whatever people typed comes out as text. */
function htmlOf(blocks: readonly Block[], whom: Whom): string {
  return blocks.map((block) => blockHtml(block, whom)).join('');
}

function itemText({ text, note, url, time }: Item, mark: string): string {
  const line = note === undefined ? text : `${text} (${note})`;
  return `${time ?? mark} ${line}${url === undefined ? '' : `\n  ${url}`}`;
}

function answersText(language: Language, answering: Answering | undefined): string[] {
  if (answering === undefined) return [];
  const { given, coming, notComing } = answering;
  if (given !== undefined)
    return [
      t(language, `mail.answer.given.${given}`),
      `${t(language, 'mail.answer.change')}:`,
      answering[otherAnswer(answering)],
    ];
  return [
    t(language, 'public.answer.ask'),
    `${t(language, 'public.answer.button.coming')}:`,
    coming,
    `${t(language, 'public.answer.button.notComing')}:`,
    notComing,
  ];
}

function blockText(block: Block, whom: Whom): string {
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
      const { label, when, facts, links, asks } = block;
      const lines = facts.map(({ label: what, text }) => `${what}: ${text}`);
      const answers = asks ? answersText(whom.language, whom.answering) : [];
      const shown = links.map(({ text, url }) => `${text}:\n${url}`);
      return [[`${label}: ${when}`, ...lines], answers, shown]
        .filter((each) => each.length > 0)
        .map((each) => each.join('\n'))
        .join('\n\n');
    }
    case 'answers':
      return answersText(whom.language, whom.answering).join('\n');
  }
}

/** The blocks for those who read text. */
function textOf(blocks: readonly Block[], whom: Whom): string {
  return blocks
    .map((block) => blockText(block, whom))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** A mail that lacks only what differs from person to person. */
interface PreparedMail {
  readonly language: Language;
  readonly subject: string;
  readonly html: (personal: Personal) => string;
  readonly text: (personal: Personal) => string;
  /** The icon of its kind. */
  readonly pictures: readonly Picture[];
  /** The session of which it asks whether they come. */
  readonly asks?: Occurrence;
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

function footerHtml(language: Language, { programme, publicUrl }: From, stopUrl: string | undefined): string {
  const paragraph = (html: string): string => `<p style="margin:0 0 8px">${html}</p>`;
  const link = (url: string, text: string): string =>
    `<a style="color:${colours.link}" href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
  const { names, helper } = programme;
  return [
    escapeHtml(t(language, 'mail.session.from', { name: names[language] })),
    ...(helper === undefined ? [] : [helpLineHtml(language, helper, `color:${colours.link};`)]),
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
    ...(helper === undefined ? [] : [helpLineText(language, helper)]),
    ...(stopUrl === undefined
      ? []
      : [t(language, 'mail.session.why'), `${t(language, 'mail.session.stop')}:\n${stopUrl}`]),
    `${t(language, 'privacy.title')}:\n${privacyUrl(language, publicUrl)}`,
  ];
  // Two dashes and a space begin a signature (https://www.rfc-editor.org/rfc/rfc3676#section-4.3).
  return `-- \n${lines.join('\n')}\n`;
}

/**
 * The mail in HTML and in plain text. MJML makes the frame once; for each person only the contents are written, with
 * their own links.
 */
export async function prepareMail(mail: SessionMail, from: From): Promise<PreparedMail> {
  const programme = from.programme.names[mail.language];
  const { language, subject, preview, kicker, heading, line, blocks, asks } = mail;
  const look = kindLooks[mail.kind];
  const cid = `kind-${mail.kind}`;
  const accent = look.palette === 'brand' ? look.ground : look.ink;
  const [type = '', base64 = ''] = kindPictures[look.icon].replace('data:', '').split(';base64,');

  const frame = await mailFrame(
    {
      language,
      subject,
      preview,
      above: { language, text: programme },
      kicker,
      heading,
      line,
      look: { ...look, picture: `cid:${cid}` },
      cards: [{ html: placeholder('contents'), padding: '32px 24px 16px' }],
      footer: placeholder('footer'),
    },
    ['contents', 'footer'],
  );
  const head = [
    programme,
    '',
    kicker,
    heading,
    line,
    '='.repeat(Math.min(maxRule, Math.max(heading.length, line.length))),
  ];
  return {
    language,
    subject,
    pictures: [{ cid, type, base64 }],
    ...(asks && { asks }),
    html: (personal) =>
      frame.fill({
        contents: htmlOf(blocks, { language, accent, ...personal }),
        footer: footerHtml(language, from, personal.stopUrl),
      }),
    text: (personal) =>
      `${head.join('\n')}\n\n${textOf(blocks, { language, accent, ...personal })}\n\n\n${footerText(language, from, personal.stopUrl)}`,
  };
}
