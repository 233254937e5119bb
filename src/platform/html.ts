import { urlOf } from '../shared/links.js';
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text escaped for HTML and for an attribute of it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The same, its line breaks kept. */
export function escapeLines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

/** An address that may be a link, escaped; `undefined` for any other scheme than http and https. */
export function webLink(address: string | undefined): string | undefined {
  const url = address === undefined ? undefined : urlOf(address);
  if (url === undefined) return undefined;
  const { protocol, href } = url;
  return protocol === 'https:' || protocol === 'http:' ? escapeHtml(href) : undefined;
}

/** Markup that may go into a page as it is. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Part = string | number | Markup | undefined | readonly (Markup | undefined)[];

// U+FFFE and U+FFFF are no characters of XML, and no reader would miss them in HTML.
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu;
function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map((each) => each?.text ?? '').join('');
  return escapeHtml(String(part).replace(notInXml, ''));
}

/** HTML or XML with every value in it escaped, in text and in quoted attributes alike, unless it is markup already. */
export function markup(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(texts.map((text, index) => text + written(values[index])).join(''));
}
