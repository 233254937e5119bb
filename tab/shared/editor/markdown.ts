import MarkdownIt from 'markdown-it';
import {
  defaultMarkdownSerializer,
  MarkdownParser,
  MarkdownSerializer,
  schema as full,
} from 'prosemirror-markdown';
import { Schema, type MarkType, type Node, type NodeType } from 'prosemirror-model';
import { isSafeLink } from '../../../src/shared/links.js';

const kept = [
  'paragraph',
  'blockquote',
  'heading',
  'ordered_list',
  'bullet_list',
  'list_item',
  'text',
  'hard_break',
];

/** What a text may hold: paragraphs, headings, lists, quotes, bold, italic and links; what mail and SharePoint keep. */
export const textSchema = new Schema({
  nodes: {
    doc: full.spec.nodes.get('doc') ?? {},
    ...Object.fromEntries(kept.map((name) => [name, full.spec.nodes.get(name) ?? {}])),
    heading: { ...full.spec.nodes.get('heading'), content: 'text*' },
  },
  marks: Object.fromEntries(['em', 'strong', 'link'].map((name) => [name, full.spec.marks.get(name) ?? {}])),
});

/** @throws Error when the schema has no such node: a fault of the program. */
export function nodeType(name: string): NodeType {
  const type = textSchema.nodes[name];
  if (type === undefined) throw new Error(`No node ${name}`);
  return type;
}

/** @throws Error when the schema has no such mark: a fault of the program. */
export function markType(name: string): MarkType {
  const type = textSchema.marks[name];
  if (type === undefined) throw new Error(`No mark ${name}`);
  return type;
}

/** The same Markdown as the server's (src/content/markdown.ts): no HTML, a line end is a line break. */
function createTokenizer(): MarkdownIt {
  const tokenizer = new MarkdownIt('zero', { html: false, linkify: true, breaks: true });
  tokenizer.block.ruler.enable(['heading', 'list', 'blockquote']);
  tokenizer.inline.ruler.enable(['emphasis', 'link', 'autolink', 'newline', 'escape', 'entity', 'linkify']);
  tokenizer.inline.ruler2.enable(['balance_pairs', 'emphasis', 'fragments_join']);
  tokenizer.core.ruler.enable(['linkify']);
  tokenizer.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  tokenizer.validateLink = isSafeLink;
  return tokenizer;
}

/** Reading and writing of Markdown for the editor. */
export function createMarkdown(): {
  readonly read: (markdown: string) => Node;
  readonly write: (text: Node) => string;
} {
  const parser = new MarkdownParser(textSchema, createTokenizer(), {
    blockquote: { block: 'blockquote' },
    paragraph: { block: 'paragraph' },
    list_item: { block: 'list_item' },
    bullet_list: { block: 'bullet_list', getAttrs: () => ({ tight: true }) },
    ordered_list: {
      block: 'ordered_list',
      getAttrs: (token) => ({ order: Number(token.attrGet('start') ?? 1), tight: true }),
    },
    heading: { block: 'heading', getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
    hardbreak: { node: 'hard_break' },
    softbreak: { node: 'hard_break' },
    em: { mark: 'em' },
    strong: { mark: 'strong' },
    link: {
      mark: 'link',
      getAttrs: (token) => ({ href: token.attrGet('href'), title: null }),
    },
  });
  const { nodes, marks } = defaultMarkdownSerializer;
  const writer = new MarkdownSerializer(
    {
      ...nodes,
      bullet_list: (state, node) => state.renderList(node, '  ', () => '- '),
      // A line end alone is a line break here.
      hard_break: (state, node, parent, index) => {
        const isLast = index === parent.childCount - 1 || node.type !== textSchema.nodes['hard_break'];
        if (!isLast) state.write('\n');
      },
    },
    marks,
  );
  return {
    read: (markdown) => parser.parse(markdown),
    write: (text) => writer.serialize(text, { tightLists: true }),
  };
}
