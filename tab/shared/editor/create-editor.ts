import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { EditorState, type Command, type Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { toPlainText } from '../../../src/content/markdown.js';
import { commandOf } from './commands.js';
import { createMarkdown, nodeType, textSchema } from './markdown.js';
import { cleanPasted, cleanPastedText, hasOnlyPictures, type Dropped } from './paste.js';

const lineBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodeType('hard_break').create()).scrollIntoView());
  return true;
};

function keys(onLink: () => void): Plugin[] {
  const askLink: Command = () => {
    onLink();
    return true;
  };
  return [
    keymap({
      'Mod-b': commandOf('bold'),
      'Mod-i': commandOf('italic'),
      'Mod-k': askLink,
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      'Shift-Enter': chainCommands(exitCode, lineBreak),
      Enter: splitListItem(nodeType('list_item')),
      'Mod-[': liftListItem(nodeType('list_item')),
      'Mod-]': sinkListItem(nodeType('list_item')),
    }),
    keymap(baseKeymap),
  ];
}

/** Marks typed at the start of a line: `# `, `- `, `1. `, `> `. */
const typedMarks = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{1,3})\s$/, nodeType('heading'), (match) => ({
      level: match[1]?.length ?? 2,
    })),
    wrappingInputRule(/^\s*[-*]\s$/, nodeType('bullet_list')),
    wrappingInputRule(/^(\d+)\.\s$/, nodeType('ordered_list'), (match) => ({ order: Number(match[1]) })),
    wrappingInputRule(/^\s*>\s$/, nodeType('blockquote')),
  ],
});

export interface EditorParts {
  readonly place: HTMLElement;
  readonly markdown: string;
  readonly label: string;
  readonly language: string;
  readonly isEditable: () => boolean;
  readonly isFaulty: () => boolean;
  readonly onChange: (markdown: string) => void;
  /** The selection or the text changed: the toolbar may look different. */
  readonly onState: (state: EditorState) => void;
  readonly onLink: () => void;
  /** Something was pasted or dropped in; what of it could not be kept as it was. */
  readonly onPaste: (dropped: Dropped) => void;
}

/** A ProseMirror editor over Markdown. Its undo and redo are its own. */
export function createEditor(parts: EditorParts): EditorView {
  const { read, write } = createMarkdown();
  /** The browser would open a picture that is dropped, and leave the page. */
  const refusePictures = (event: Event, clipboard: DataTransfer | null): boolean => {
    if (!hasOnlyPictures(clipboard)) return false;
    event.preventDefault();
    parts.onPaste({ pictures: clipboard?.files.length ?? 0 });
    return true;
  };
  const view = new EditorView(parts.place, {
    state: EditorState.create({
      doc: read(parts.markdown),
      plugins: [history(), typedMarks, ...keys(parts.onLink)],
    }),
    editable: parts.isEditable,
    attributes: () => ({
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': parts.label,
      lang: parts.language,
      spellcheck: 'true',
      ...(parts.isFaulty() && { 'aria-invalid': 'true' }),
    }),
    clipboardTextSerializer: (slice) =>
      toPlainText(write(textSchema.topNodeType.create(null, slice.content))),
    transformPastedHTML: (html) => {
      const cleaned = cleanPasted(html);
      parts.onPaste(cleaned.dropped);
      return cleaned.html;
    },
    transformPastedText: (text) => {
      const cleaned = cleanPastedText(text);
      parts.onPaste(cleaned.dropped);
      return cleaned.text;
    },
    handleDOMEvents: {
      paste: (_, event) => refusePictures(event, event.clipboardData),
      drop: (_, event) => refusePictures(event, event.dataTransfer),
    },
    dispatchTransaction: (transaction) => {
      const next = view.state.apply(transaction);
      view.updateState(next);
      if (transaction.docChanged) parts.onChange(write(next.doc));
      parts.onState(next);
    },
  });
  return view;
}
