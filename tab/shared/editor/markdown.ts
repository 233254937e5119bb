import {
  defaultMarkdownSerializer,
  MarkdownParser,
  MarkdownSerializer,
  schema as full,
} from 'prosemirror-markdown';
import { Schema, type MarkType, type Node, type NodeType } from 'prosemirror-model';
import { createParser } from '../../../src/content/markdown.js';

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
    // No empty line between items, also of a list that is typed or pasted.
    bullet_list: {
      ...full.spec.nodes.get('bullet_list'),
      attrs: { tight: { default: true } },
      parseDOM: [{ tag: 'ul' }],
    },
    ordered_list: {
      ...full.spec.nodes.get('ordered_list'),
      attrs: { order: { default: 1 }, tight: { default: true } },
      parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ order: Number(list.getAttribute('start') ?? 1) }) }],
    },
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

/** Reading and writing of Markdown for the editor. */
export function createMarkdown(): {
  readonly read: (markdown: string) => Node;
  readonly write: (text: Node) => string;
} {
  const parser = new MarkdownParser(textSchema, createParser(), {
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
