import { escapeHtml } from '../../platform/html.js';

const linked = (html: string): string =>
  html.replace(/https?:\/\/[^\s<]+[^\s<.,;:!?)]/g, (address) => `<a href="${address}">${address}</a>`);

const mark = 'big-room';

/** Plain text as the HTML of an event's body: paragraphs, line breaks, links; marked, so that it is found again. */
export function bodyHtml(text: string): string {
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${linked(escapeHtml(paragraph.trim())).replaceAll('\n', '<br>')}</p>`);
  return `<div id="${mark}">${paragraphs.join('')}</div>`;
}

/** Ours, by its mark. Exchange may put `x_` before ids; nothing of ours has a div inside. */
const marked = /<div[^>]*\bid="(?:x_)*big-room"[^>]*>.*?<\/div>/is;

/** Where Teams begins with what one needs to join: an element with a line of underscores, or the text's own class. */
const meetingStart =
  /<(?:div|span|p)[^>]*>(?:\s*<(?:div|span)[^>]*>)*\s*_{20,}|<div[^>]*class="me-email-text"/i;

/** Where in an event's body our own text stands; `undefined` where that cannot be told from what Teams added. */
function ownPart(html: string): { readonly from: number; readonly to: number } | undefined {
  const found = marked.exec(html);
  if (found !== null) return { from: found.index, to: found.index + found[0].length };
  const body = /<body[^>]*>/i.exec(html);
  const from = body === null ? 0 : body.index + body[0].length;
  const meeting = meetingStart.exec(html.slice(from));
  return meeting === null ? undefined : { from, to: from + meeting.index };
}

const signs: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (whole, name: string) => signs[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The body with our text instead of the one that stands there; `undefined` where it says that already, or where our
 * part cannot be told. What Teams added stays: without it the meeting is no online meeting any more
 * (https://learn.microsoft.com/graph/api/event-update#notes-for-updating-specific-properties).
 */
export function bodyWith(standing: string, text: string): string | undefined {
  const part = ownPart(standing);
  if (part === undefined) return undefined;
  const own = bodyHtml(text);
  if (plain(standing.slice(part.from, part.to)) === plain(own)) return undefined;
  return `${standing.slice(0, part.from)}${own}${standing.slice(part.to)}`;
}
