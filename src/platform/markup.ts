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
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map((each) => each?.text ?? '').join('');
  return String(part)
    .replace(notInXml, '')
    .replace(/[&<>"']/gu, (character) => escapes[character] ?? '');
}

/** HTML or XML with every value in it escaped, in text and in quoted attributes alike, unless it is markup already. */
export function markup(texts: TemplateStringsArray, ...deps: readonly Part[]): Markup {
  return new Markup(texts.map((text, index) => text + written(deps[index])).join(''));
}
