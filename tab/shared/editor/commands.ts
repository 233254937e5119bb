import { setBlockType, toggleMark, wrapIn, lift } from 'prosemirror-commands';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import type { Attrs, MarkType, NodeType } from 'prosemirror-model';
import type { Command, EditorState } from 'prosemirror-state';
import { markType, nodeType, textSchema } from './markdown.js';

/** The tools of the editor: only what mail and SharePoint keep. */
export const tools = ['bold', 'italic', 'heading', 'list', 'numbers', 'quote', 'link'] as const;
export type Tool = (typeof tools)[number];

function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

function isInside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
  return false;
}

/** Whether a tool's mark stands where the cursor is. */
export function isOn(state: EditorState, tool: Tool): boolean {
  switch (tool) {
    case 'bold':
      return hasMark(state, markType('strong'));
    case 'italic':
      return hasMark(state, markType('em'));
    case 'link':
      return hasMark(state, markType('link'));
    case 'heading':
      return state.selection.$from.parent.type === nodeType('heading');
    case 'list':
      return isInside(state, nodeType('bullet_list'));
    case 'numbers':
      return isInside(state, nodeType('ordered_list'));
    case 'quote':
      return isInside(state, nodeType('blockquote'));
  }
}

/** What a tool does; used again, it takes its mark away. A link is asked for first: see {@link setLink}. */
export function commandOf(tool: Exclude<Tool, 'link'>): Command {
  return (state, dispatch, view) => {
    const on = isOn(state, tool);
    switch (tool) {
      case 'bold':
        return toggleMark(markType('strong'))(state, dispatch, view);
      case 'italic':
        return toggleMark(markType('em'))(state, dispatch, view);
      case 'heading':
        return setBlockType(nodeType(on ? 'paragraph' : 'heading'), on ? null : { level: 2 })(
          state,
          dispatch,
        );
      case 'list':
      case 'numbers': {
        const list = nodeType(tool === 'list' ? 'bullet_list' : 'ordered_list');
        return on ? liftListItem(nodeType('list_item'))(state, dispatch) : wrapInList(list)(state, dispatch);
      }
      case 'quote':
        return on ? lift(state, dispatch) : wrapIn(nodeType('blockquote'))(state, dispatch);
    }
  };
}

/** The address of the link under the cursor. */
export function linkAt(state: EditorState): string | undefined {
  const { $from, from, to, empty } = state.selection;
  let address: unknown;
  if (empty) address = markType('link').isInSet($from.marks())?.attrs['href'];
  else {
    state.doc.nodesBetween(from, to, (child) => {
      address ??= markType('link').isInSet(child.marks)?.attrs['href'];
    });
  }
  return typeof address === 'string' ? address : undefined;
}

/** The reach of the link under the cursor, or of the selection. */
function linkReach(state: EditorState): { from: number; to: number } {
  const { $from, from, to, empty } = state.selection;
  if (!empty) return { from, to };
  const found = markType('link').isInSet($from.marks());
  if (found === undefined) return { from, to };
  const { parent } = $from;
  const start = $from.start();
  let reach = { from, to };
  let at = start;
  parent.forEach((child) => {
    const end = at + child.nodeSize;
    if (found.isInSet(child.marks) && at <= from && end >= from) reach = { from: at, to: end };
    at = end;
  });
  return reach;
}

/** Links the selection to an address, or puts the address itself in as a link; `undefined` takes the link away. */
export function setLink(address: string | undefined): Command {
  return (state, dispatch) => {
    const { from, to } = linkReach(state);
    const type = markType('link');
    const change = state.tr;
    if (address === undefined) change.removeMark(from, to, type);
    else {
      const attrs: Attrs = { href: address, title: null };
      if (from === to) change.insert(from, textSchema.text(address, [type.create(attrs)]));
      else change.removeMark(from, to, type).addMark(from, to, type.create(attrs));
    }
    dispatch?.(change.scrollIntoView());
    return true;
  };
}
