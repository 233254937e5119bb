import { normalise } from '../../src/shared/normalise.js';
import type { CheckedActivity } from './activity.js';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The text without what stands between two marks, them included; as it is from where an end is missing. Each character is
 * looked at once: whoever writes could fill a message with marks.
 */
function without(text: string, begin: RegExp, end: string): string {
  const begins = new RegExp(begin.source, `${begin.flags}g`);
  const ends = new RegExp(escaped(end), 'gi');
  let kept = '';
  let from = 0;
  for (let found = begins.exec(text); found !== null; found = begins.exec(text)) {
    ends.lastIndex = begins.lastIndex;
    if (ends.exec(text) === null) break;
    kept += `${text.slice(from, found.index)} `;
    from = begins.lastIndex = ends.lastIndex;
  }
  return kept + text.slice(from);
}

/** What word processors put beside a text: styles, data of their own, and macros. */
function withoutOffice(text: string): string {
  const sections: readonly (readonly [RegExp, string])[] = [
    [/<!--/, '-->'],
    [/<style\b[^>]{0,500}>/i, '</style>'],
    [/<script\b[^>]{0,500}>/i, '</script>'],
    [/<xml\b[^>]{0,500}>/i, '</xml>'],
    [/<head\b[^>]{0,500}>/i, '</head>'],
    [/\/\* (?:Style|Font) Definitions \*\//i, '}\n\n'],
    [/^[ \t]*(?:(?:Private|Public) )?Sub \w+\([^)\n]{0,200}\)[ \t]*$/im, 'end sub'],
  ];
  const cleaned = sections.reduce((rest, [begin, end]) => without(rest, begin, end), text);
  return cleaned
    .replace(/^[ \t]*Attribute VB_\w+ = .*$/gim, '')
    .replace(
      /\b(?:Normal )?\d+ (?:\d+ )?(?:false ){2,3}[A-Z]{2}(?:-[A-Z]{2})? X-NONE X-NONE(?: MicrosoftInternetExplorer4)?/g,
      '',
    )
    .replace(
      /^[ \t.]*(?:(?:table|p|li|div|span|@page|@font-face)[ \t.]*)?Mso\w*[^{}\n]{0,200}\{[^{}]{0,2000}\}/gim,
      '',
    )
    .replace(/\bmso-[a-z-]{1,60}:[^;\n]{0,200};?/g, '');
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (whole, decimal, hex, named) => {
      if (typeof named === 'string') return entities[named.toLowerCase()] ?? whole;
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

const imageTag = /<(?:img|emoji)\b(?:[^<>]{0,2000}?\balt="([^"<>]{0,100})")?[^<>]{0,5000}>/gi;

/** Whether an image stands for a sign of the text, and is none of its own. */
const isEmoji = (image: string): boolean =>
  /^<emoji|schema\.skype\.com\/Emoji|\balt="[^"]*\p{Extended_Pictographic}/iu.test(image);

const htmlOf = ({ attachments }: Pick<CheckedActivity, 'attachments'>): string => {
  const content = attachments?.find(({ contentType }) => contentType === 'text/html')?.content;
  return typeof content === 'string' ? content : '';
};

const fileType = /^(?:image|video|audio)\/|^application\/vnd\.microsoft\.teams\.file\.|^reference$/i;

/** Whether somebody sent a picture or a file, alone or beside a text. */
export function holdsFile(activity: Pick<CheckedActivity, 'attachments'>): boolean {
  const { attachments } = activity;
  if (attachments?.some(({ contentType }) => fileType.test(contentType ?? '')) === true) return true;
  return [...htmlOf(activity).matchAll(imageTag)].some(([image]) => !isEmoji(image));
}

/** The text of the HTML that Teams makes of what somebody wrote: its lines, lists and links, without what it replies to. */
function textOfHtml(html: string): string {
  const own = without(
    html,
    /<blockquote\b[^>]{0,500}schema\.skype\.com\/Reply[^>]{0,500}>/i,
    '</blockquote>',
  );
  const said = without(own, /<span\b[^>]{0,500}schema\.skype\.com\/Mention[^>]{0,500}>/i, '</span>');
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .replace(imageTag, (image, alt: string | undefined) => (isEmoji(image) ? (alt ?? '') : ' '))
    .replace(
      /<a\b[^<>]{0,2000}?\bhref="(https?:[^"<>]{1,2000})"[^>]{0,500}>([^<]{0,500})<\/a>/gi,
      (_, url: string, label: string) =>
        label.trim() === '' || url.includes(label.trim().replace(/^https?:\/\//, ''))
          ? url
          : `${label} (${url})`,
    )
    .replace(/<li\b[^>]{0,500}>/gi, '\n- ')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|ul|ol|tr|h[1-6]|blockquote)>/gi, '\n')
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(/<\/?[a-z][^<>]{0,2000}>/gi, '');
  return decoded(lines);
}

/** Whether a text is written in HTML rather than about it. */
const isHtml = (text: string): boolean =>
  /<(?:p|div|br|li|blockquote|table|o:p|html|body)\b[^<>]{0,500}>/i.test(text);

/** A slash command may come as it was typed: with its slash, and with the name of the app before it. */
function withoutSlash(text: string): string {
  const said = text.replace(/^\/(?=\p{L})/u, '');
  return said === text ? text : said.replace(/^big ?room\s+(?=\S)/iu, '');
}

/**
 * What somebody wrote, as plain text with its line breaks. Teams puts what was pasted or forwarded beside the text, as HTML:
 * the text alone has lost its lines and lists.
 */
export function writtenText(activity: CheckedActivity): string {
  const html = htmlOf(activity);
  const source = html.trim() === '' ? (activity.text ?? '') : html;
  const cleaned = withoutOffice(source.replace(/\r\n?/g, '\n'));
  const mentioned = cleaned.replace(/<at\b[^>]{0,500}>[^<]{0,200}<\/at>/gi, ' ');
  const plain = source === html || isHtml(mentioned) ? textOfHtml(mentioned) : mentioned;
  return withoutSlash(
    normalise(plain)
      .replace(/[ \t\u00a0]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  );
}
