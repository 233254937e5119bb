import MarkdownIt, { type Token } from 'markdown-it';
import { isSafeLink } from '../shared/links.js';

export interface HtmlOptions {
  /** The level that `#` gets, so that a text's headings are below those of its page; 2 unless given. */
  readonly firstHeading?: 2 | 3 | 4;
}

const blockRules = ['heading', 'list', 'blockquote'];
const inlineRules = ['emphasis', 'link', 'autolink', 'newline', 'escape', 'entity', 'linkify'];
const secondPassRules = ['balance_pairs', 'emphasis', 'fragments_join'];

/** The marks round a link whose address may not be one go; its text stays. Images are no part of a text. */
function withoutOtherLinks(tokens: readonly Token[]): Token[] {
  const open: boolean[] = [];
  return tokens.filter((token) => {
    if (token.type === 'link_open') open.push(isSafeLink(token.attrGet('href') ?? ''));
    else if (token.type === 'link_close') return open.pop() === true;
    else return true;
    return open.at(-1) === true;
  });
}

/** What reads our texts, on the server and in the editor alike: no HTML, and a line end is a line break. */
export function createParser(): MarkdownIt {
  const parser = new MarkdownIt('zero', { html: false, linkify: true, breaks: true });
  parser.block.ruler.enable(blockRules);
  parser.inline.ruler.enable(inlineRules);
  parser.inline.ruler2.enable(secondPassRules);
  parser.core.ruler.enable(['linkify']);
  // Only whole addresses: "elma.fi" in a sentence may be a name, and a guess would link to http.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  // Else what is no link would stay in the text with its brackets and its address.
  parser.validateLink = () => true;
  parser.core.ruler.push('allowed_links', ({ tokens }) => {
    for (const token of tokens)
      if (token.children !== null) token.children = withoutOtherLinks(token.children);
  });
  return parser;
}

const parser = createParser();

/**
 * The HTML of a Markdown text: paragraphs, headings, lists, quotes, bold, italic and links, which mail, the
 * intranet and SharePoint all keep. HTML, pictures, code and tables are no part of it and show as typed; a link
 * that readers can't use (`isSafeLink`) is its text.
 */
export function toHtml(markdown: string, { firstHeading = 2 }: HtmlOptions = {}): string {
  const tokens = parser.parse(markdown, {});
  for (const token of tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') {
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + firstHeading - 1)}`;
    }
  }
  return parser.renderer.render(tokens, parser.options, {});
}

function inlineText(tokens: readonly Token[]): string {
  let text = '';
  let linkStart = 0;
  let address = '';
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n';
    else if (token.type === 'link_open') {
      linkStart = text.length;
      address = token.attrGet('href') ?? '';
    } else if (token.type === 'link_close') {
      const label = text.slice(linkStart);
      const isSame = label === address || `mailto:${label}` === address || `tel:${label}` === address;
      if (!isSame) text += ` (${address.replace(/^(?:mailto|tel):/u, '')})`;
    } else text += token.content;
  }
  return text;
}

/** What a reader of a Markdown text sees, without its marks, and each address that is behind a link. */
export function shownParts(markdown: string): string[] {
  const blocks = parser.parse(markdown, {}).flatMap(({ children }) => (children === null ? [] : [children]));
  const shown = blocks.map((tokens) =>
    tokens.map(({ type, content }) => (type.endsWith('break') ? '\n' : content)).join(''),
  );
  const addresses = blocks.flat().flatMap((token) => token.attrGet('href') ?? []);
  return [shown.join('\n'), ...addresses];
}

/** What comes before the lines of a block: the first line's mark, and what the others are indented by. */
interface Margin {
  first: string;
  readonly rest: string;
}

function takeMargins(margins: readonly Margin[]): { first: string; rest: string } {
  const first = margins.map((margin) => margin.first).join('');
  const rest = margins.map((margin) => margin.rest).join('');
  for (const margin of margins) margin.first = margin.rest;
  return { first, rest };
}

/**
 * The text without its marks, for plain-text mail and previews: lists keep a dash or a number, quotes `> `, and a
 * link is followed by its address in brackets.
 */
export function toPlainText(markdown: string): string {
  const blocks: Block[] = [];
  const margins: Margin[] = [];
  let isNewList = false;
  for (const token of parser.parse(markdown, {})) {
    if (token.type === 'blockquote_open') margins.push({ first: '> ', rest: '> ' });
    else if (token.type === 'list_item_open') {
      const mark = token.info === '' ? '- ' : `${token.info}. `;
      margins.push({ first: mark, rest: ' '.repeat(mark.length) });
    } else if (token.type.endsWith('list_open')) isNewList = margins.length === 0;
    else if (token.type === 'blockquote_close' || token.type === 'list_item_close') margins.pop();
    else if (token.type === 'inline') {
      const startsItem = margins.some((margin) => margin.first !== margin.rest);
      const { first, rest } = takeMargins(margins);
      const text = first + inlineText(token.children ?? []).replaceAll('\n', `\n${rest}`);
      blocks.push({ text, isItem: startsItem && margins.length > 0, isNewList });
      isNewList = false;
    }
  }
  return joinBlocks(blocks);
}

interface Block {
  readonly text: string;
  readonly isItem: boolean;
  /** Whether it begins a list that is not inside another one. */
  readonly isNewList: boolean;
}

/** An empty line between blocks, but none between the items of a list. */
function joinBlocks(blocks: readonly Block[]): string {
  return blocks
    .map(({ text, isItem, isNewList }, index) => {
      if (index === 0) return text;
      return (isItem && !isNewList && blocks[index - 1]?.isItem === true ? '\n' : '\n\n') + text;
    })
    .join('');
}

const inlineLink =
  /(?<!\\)\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(\s*(<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;

/** The Markdown with links that readers can't use as their text; their addresses (of a file, say) are kept nowhere. */
export function withAllowedLinks(markdown: string): string {
  return markdown.replace(inlineLink, (link, label: string, address: string) =>
    isSafeLink(address.replace(/^<|>$/g, '').replaceAll(' ', '%20')) ? link : label,
  );
}
