import { urlOf, isSafeLink } from '../../../src/shared/links.js';
import { normalise } from '../../../src/shared/normalise.js';

/** What may be left out of a pasted text, or changed in it. */
export const droppedKinds = ['tables', 'pictures', 'links', 'comments', 'deleted'] as const;
/** How many of each; a kind of which there is none is not named. */
export type Dropped = Partial<Record<(typeof droppedKinds)[number], number>>;

const elements = (root: ParentNode, selector: string): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(selector),
];

const styleOf = (element: Element): string => element.getAttribute('style') ?? '';
const shownText = (node: Node): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Puts what is in an element in its place. */
const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

function removeAll(root: ParentNode, selector: string): number {
  const found = elements(root, selector);
  for (const element of found) element.remove();
  return found.length;
}

/** What a page has round its text, and what nobody sees. */
const notText =
  'script, style, noscript, template, title, meta, link, xml, iframe, object, embed, canvas, nav, [role=navigation], menu, button, input, select, textarea, datalist, dialog, [hidden]';

function removeUnseen(root: ParentNode): void {
  removeAll(root, notText);
  for (const element of elements(root, '[style]'))
    if (
      /display:\s*none|visibility:\s*hidden|mso-hide:\s*all|mso-element:\s*(?:header|footer)\b/i.test(
        styleOf(element),
      )
    )
      element.remove();
}

/** Of Word (desktop and web) and Google Docs: the mark in the text, and the comment after it. */
const comments = [
  '.MsoCommentReference',
  '.msocomanchor',
  '.msocomtxt',
  '.msocomoff',
  '.MsoCommentText',
  '.CommentStart, .CommentEnd, .CommentHighlightPipe',
  'a[href^="#_msocom"]',
  'a[href^="#cmnt"]',
].join(', ');

function removeComments(root: ParentNode): number {
  const lists = elements(root, '[style*="mso-element"]').filter((element) =>
    /mso-element:\s*comment/i.test(styleOf(element)),
  );
  for (const list of lists) list.remove();
  // Google Docs has a comment in a block of its own, which begins with a link back to its mark.
  const blocks = elements(root, 'a[href^="#cmnt_ref"]').map((link) => link.closest('div, p'));
  for (const block of blocks) block?.remove();
  const marks = elements(root, comments).filter((mark) => mark.parentElement?.closest(comments) === null);
  for (const mark of marks) {
    const around = mark.parentElement;
    mark.remove();
    if (around?.tagName === 'SUP' && shownText(around) === '') around.remove();
  }
  const texts = lists.filter((element) => !/comment-list/i.test(styleOf(element)));
  return Math.max(marks.length, blocks.length, texts.length);
}

/** Deleted while changes are tracked, or struck through: without its line it would read as what holds. */
function removeDeleted(root: ParentNode): number {
  const struck = elements(root, '[style*="line-through"]');
  const deleted = [...elements(root, 'del, s, strike, .msoDel, .TrackedChangeDeletion'), ...struck].filter(
    (element) => shownText(element) !== '',
  );
  const outermost = deleted.filter(
    (element) => !deleted.some((other) => other !== element && other.contains(element)),
  );
  for (const element of deleted) element.remove();
  return outermost.length;
}

const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u;

/** Chat shows an emoji as a picture with the emoji as its text; any other picture can't be in a text. */
function removePictures(root: ParentNode): number {
  let pictures = 0;
  for (const image of elements(root, 'img, picture, svg, video, audio, v\\:shape, v\\:imagedata')) {
    if (!root.contains(image)) continue;
    const alt = image.getAttribute('alt') ?? '';
    const isSpacer = [image.getAttribute('width'), image.getAttribute('height')].some(
      (size) => size !== null && Number.parseFloat(size) <= 1,
    );
    const isIcon = image.matches('svg, [aria-hidden=true], [role=presentation]');
    if (emoji.test(alt)) image.replaceWith(alt);
    else {
      image.remove();
      if (!isSpacer && !isIcon) pictures += 1;
    }
  }
  return pictures;
}

/** The address itself behind one that a mail or document program puts before it to check or count. */
function ownAddress(address: string): string {
  const url = urlOf(address);
  if (url === undefined) return address;
  const { hostname, pathname, searchParams } = url;
  if (/\.safelinks\.protection\.outlook\.com$/i.test(hostname)) return searchParams.get('url') ?? address;
  if (/^www\.google\.[a-z.]+$/i.test(hostname) && pathname === '/url')
    return searchParams.get('q') ?? address;
  return address;
}

/** Links that readers can't use become text. Counted are those that did lead somewhere, not places in the same document. */
function unlink(root: ParentNode): number {
  let links = 0;
  for (const link of elements(root, 'a')) {
    const address = ownAddress((link.getAttribute('href') ?? '').trim());
    // What appears over a link is mostly its address once more.
    link.removeAttribute('title');
    if (isSafeLink(address)) link.setAttribute('href', address);
    else {
      if (address !== '' && !/^(?:#|about:|javascript:)/i.test(address) && shownText(link) !== '') links += 1;
      unwrap(link);
    }
  }
  return links;
}

/** A paragraph that Word shows as an item of a list. */
interface Item {
  readonly element: HTMLElement;
  /** 1 for the outermost. */
  readonly level: number;
  readonly isOrdered: boolean;
  readonly start: number;
  /** Which list it is of, where that is known. */
  readonly list: string;
}

const orderedMark = /^\(?(?:(\d{1,4})(?:\.\d{1,4})*|[a-zåäö]|[ivxlcdm]{1,6})[.):]/i;
const ignored = /mso-list:\s*ignore/i;

/** The mark before an item, which Word writes as text, taken out of it. */
function takeMark(element: HTMLElement): string {
  let mark = '';
  for (const span of elements(element, '[style]')) {
    if (!ignored.test(styleOf(span))) continue;
    mark ||= shownText(span);
    span.remove();
  }
  return mark;
}

function wordItem(element: HTMLElement): Item | undefined {
  const [, list = '', level = ''] = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(styleOf(element)) ?? [];
  if (level === '') return undefined;
  const mark = takeMark(element);
  if (/^H[1-6]$/.test(element.tagName)) return undefined;
  const ordered = orderedMark.exec(mark);
  return {
    element,
    level: Math.min(Number(level), 9),
    isOrdered: ordered !== null,
    start: Number(ordered?.[1] ?? 1),
    list,
  };
}

/** Word on the web writes each item as a list of its own, with its level beside it. */
function webItem(element: HTMLElement): Item | undefined {
  const level = Number(element.getAttribute('data-aria-level') ?? '');
  const list = element.parentElement;
  if (!(level >= 1) || list?.childElementCount !== 1) return undefined;
  return {
    element,
    level,
    isOrdered: list.tagName === 'OL',
    start: Number(list.getAttribute('start') ?? 1),
    list: '',
  };
}

/** Where an item of Word on the web stands: its list, and what is round that alone. */
function blockOf({ element }: Item): Element {
  let block: Element = element;
  while (
    block.tagName !== 'BODY' &&
    block.parentElement?.childNodes.length === 1 &&
    block.parentElement.tagName !== 'BODY'
  )
    block = block.parentElement;
  return block;
}

function isNext(block: Element, before: Element | undefined): boolean {
  let previous = block.previousSibling;
  while (
    previous !== null &&
    previous !== before &&
    (previous.nodeType === Node.COMMENT_NODE || shownText(previous) === '') &&
    !(previous instanceof Element && previous.querySelector('img') !== null)
  )
    previous = previous.previousSibling;
  return before !== undefined && previous === before;
}

interface OpenList {
  readonly node: HTMLElement;
  /** The item with which it began. */
  readonly item: Item;
}

/** Lists of items that follow each other, nested by their levels, in the place of the first. */
function buildLists(document: Document, items: readonly Item[]): void {
  let open: OpenList[] = [];
  let top: Element | undefined;
  for (const item of items) {
    const block = blockOf(item);
    const isNew = top === undefined || !isNext(block, top);
    if (isNew) open = [];
    const closed = open.find(({ item: other }) => other.level > item.level);
    open = open.filter(({ item: other }) => other.level <= item.level);
    let current = open.at(-1);
    // From the third level to the second, where there was no second before: it is the same list.
    if (closed !== undefined && current !== undefined && current.item.level < item.level) {
      current = { node: closed.node, item: { ...closed.item, level: item.level } };
      open.push(current);
    }
    const isSame =
      current?.item.level === item.level &&
      current.item.isOrdered === item.isOrdered &&
      current.item.list === item.list;
    if (!isSame) {
      if (current?.item.level === item.level) open.pop();
      current = { node: listNode(document, item), item };
      const parent = open.at(-1)?.node.lastElementChild;
      if (parent) parent.append(current.node);
      else {
        block.before(current.node);
        top = current.node;
      }
      open.push(current);
    }
    current?.node.append(itemNode(document, item));
    block.remove();
  }
}

function listNode(document: Document, { isOrdered, start }: Item): HTMLElement {
  const list = document.createElement(isOrdered ? 'ol' : 'ul');
  if (isOrdered && start !== 1) list.setAttribute('start', String(start));
  return list;
}

function itemNode(document: Document, { element }: Item): HTMLElement {
  const [node, paragraph] = [document.createElement('li'), document.createElement('p')];
  const inner = element.tagName === 'LI' ? elements(element, 'p') : [];
  for (const each of inner) unwrap(each);
  paragraph.append(...element.childNodes);
  node.append(paragraph);
  return node;
}

function makeLists(document: Document): void {
  const items: Item[] = [];
  for (const element of elements(document.body, '[style*="mso-list"], li[data-aria-level]')) {
    const item = element.tagName === 'LI' ? webItem(element) : wordItem(element);
    if (item === undefined) continue;
    if (shownText(element) === '') element.remove();
    else items.push(item);
  }
  for (const element of elements(document.body, '[style*="mso-list"]'))
    if (ignored.test(styleOf(element))) element.remove();
  buildLists(document, items);
}

const rowsOf = (table: Element): Element[] =>
  elements(table, 'tr').filter((row) => row.closest('table') === table);
const cellsOf = (row: Element): Element[] => [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName));
const blocks = 'p, div, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre';

/** Whether a table only places things: one column, or whole pages in its cells. */
function isLayout(table: Element, rows: readonly Element[]): boolean {
  if (/^(?:presentation|none)$/.test(table.getAttribute('role') ?? '')) return true;
  const filled = rows.map((row) => cellsOf(row).filter((cell) => shownText(cell) !== ''));
  if (filled.every((cells) => cells.length <= 1)) return true;
  return filled
    .flat()
    .some((cell) => cell.querySelector('h1, h2, h3, ul, ol, blockquote, [data-table]') !== null);
}

/** The contents of a cell in one line. */
function inLine(cell: Element): Node[] {
  for (const inner of elements(cell, blocks)) {
    inner.append(' ');
    unwrap(inner);
  }
  for (const end of elements(cell, 'br')) end.replaceWith(' ');
  cell.normalize();
  const [first, last] = [cell.firstChild, cell.lastChild];
  if (first?.nodeType === Node.TEXT_NODE) first.textContent = (first.textContent ?? '').trimStart();
  if (last?.nodeType === Node.TEXT_NODE) last.textContent = (last.textContent ?? '').trimEnd();
  return [...cell.childNodes];
}

/** A line a row, its cells with a dash between; a cell that is empty between others keeps its place. */
function asLines(document: Document, rows: readonly Element[]): HTMLElement {
  const lines = document.createElement('p');
  lines.setAttribute('data-table', '');
  const columns = Math.max(...rows.map((row) => cellsOf(row).length));
  const used = Array.from({ length: columns }, (_, index) =>
    rows.some((row) => shownText(cellsOf(row)[index] ?? document.createElement('td')) !== ''),
  );
  for (const row of rows) {
    const cells = cellsOf(row).filter((_, index) => used[index]);
    while (cells.length > 0 && shownText(cells.at(-1) ?? row) === '') cells.pop();
    if (cells.length === 0) continue;
    if (lines.hasChildNodes()) lines.append(document.createElement('br'));
    for (const [index, cell] of cells.entries()) {
      if (index > 0) lines.append(' – ');
      lines.append(...(shownText(cell) === '' ? ['-'] : inLine(cell)));
    }
  }
  return lines;
}

function openTables(document: Document): number {
  let tables = 0;
  // The innermost first: a table in a cell is lines by the time its own table is looked at.
  for (const table of elements(document.body, 'table').reverse()) {
    const rows = rowsOf(table);
    const captions = elements(table, 'caption').map((caption) => {
      const paragraph = document.createElement('p');
      paragraph.append(...caption.childNodes);
      return paragraph;
    });
    if (isLayout(table, rows)) {
      const parts = rows.flatMap(cellsOf).map((cell) => {
        const part = document.createElement('div');
        part.append(...cell.childNodes);
        return part;
      });
      table.replaceWith(...captions, ...parts);
    } else {
      table.replaceWith(...captions, asLines(document, rows));
      tables += 1;
    }
  }
  return tables;
}

/** Google Docs puts all of a text into bold that is none; spaces and empty blocks make distances. */
function tidy(document: Document): void {
  for (const wrapper of elements(document.body, 'b[id^="docs-internal-guid"], b[style*="font-weight"]'))
    if (/font-weight:\s*(?:normal|400)/i.test(styleOf(wrapper))) unwrap(wrapper);
  for (const pre of elements(document.body, 'pre')) {
    const lines = pre.textContent.replace(/\n$/, '').split('\n');
    pre.replaceChildren(
      ...lines.flatMap((line, index) =>
        index === 0 ? [line.trim()] : [document.createElement('br'), line.trim()],
      ),
    );
  }
  for (const end of elements(document.body, 'br')) {
    const isBetweenBlocks = [end.previousElementSibling, end.nextElementSibling].some(
      (beside) => beside?.matches(`${blocks}, hr`) === true,
    );
    if (end.matches('.Apple-interchange-newline') || (isBetweenBlocks && !hasTextBeside(end))) end.remove();
  }
  for (const block of elements(document.body, `${blocks}, li`))
    if (shownText(block) === '' && block.querySelector('br + br') === null) block.remove();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode())
    text.textContent = normalise(text.textContent ?? '').replace(/\u00A0(?=[\s\u00A0])|(?<=\s)\u00A0+/g, ' ');
  for (const block of elements(document.body, 'p, li, h1, h2, h3, h4, h5, h6')) trimEnd(block);
}

/** Without the space that cannot break with which Word on the web ends a paragraph. */
function trimEnd(block: Element): void {
  let last: Node | null = block;
  while (last instanceof Element) last = last.lastChild;
  if (last !== null) last.textContent = (last.textContent ?? '').trimEnd();
}

const hasTextBeside = (end: Element): boolean =>
  [end.previousSibling, end.nextSibling].some(
    (beside) => beside?.nodeType === Node.TEXT_NODE && shownText(beside) !== '',
  );

/** What this editor never copies. */
const notOurs = 'table, img, del, s, div, span, pre, a:not([href])';

/**
 * The HTML of a clipboard as texts may hold it: the lists of Word as lists, tables as lines, no comments, deleted text,
 * pictures, and links that readers can't use; and what that left out. Meets HTML of Word (desktop and web), Outlook,
 * Excel, LibreOffice, Google Docs, Teams and web pages. What this editor copied comes back as it was.
 */
export function cleanPasted(html: string): { readonly html: string; readonly dropped: Dropped } {
  const document = new DOMParser().parseFromString(html, 'text/html');
  const root = document.body;
  const slice = root.querySelector('[data-pm-slice]');
  if (slice !== null) {
    if (root.querySelector(notOurs) === null) return { html, dropped: {} };
    // Another editor of the same make, with more in its texts.
    slice.removeAttribute('data-pm-slice');
  }
  removeUnseen(document);
  const counts: Required<Dropped> = {
    comments: removeComments(root),
    deleted: removeDeleted(root),
    pictures: removePictures(root),
    links: unlink(root),
    tables: 0,
  };
  makeLists(document);
  counts.tables = openTables(document);
  tidy(document);
  const dropped = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  return { html: root.innerHTML, dropped };
}

/** Plain text of a spreadsheet: a tab between cells becomes the dash of a table's line. */
export function cleanPastedText(text: string): { readonly text: string; readonly dropped: Dropped } {
  const lines = normalise(text).replace(/\r\n?/g, '\n').split('\n');
  const isTable = lines.filter((line) => /\S\t+\S/.test(line)).length > 1;
  const shown = lines
    .filter((line) => line.trim() !== '')
    .map((line) =>
      line
        .replace(/^\t+|\t+$/g, '')
        .split('\t')
        .map((cell) => cell.trim() || '-')
        .join(' – '),
    );
  return isTable
    ? { text: shown.join('\n'), dropped: { tables: 1 } }
    : { text: lines.join('\n'), dropped: {} };
}

/** Whether a clipboard has only pictures, of which nothing can be pasted. */
export function hasOnlyPictures(clipboard: DataTransfer | null): boolean {
  if (clipboard === null || clipboard.files.length === 0) return false;
  const hasText = ['text/html', 'text/plain'].some((type) => clipboard.getData(type).trim() !== '');
  return !hasText && [...clipboard.files].every(({ type }) => type.startsWith('image/'));
}
