import { createEditor } from '../../tab/shared/editor/create-editor.js';
import type { Dropped } from '../../tab/shared/editor/paste.js';

/** The editor alone on a page, for tests in a browser. */

export interface Pasted {
  readonly markdown: string;
  readonly dropped: Dropped;
}

declare global {
  interface Window {
    /** What an empty editor holds after something was pasted into it. */
    paste: (clipboard: Readonly<Record<string, string>>) => Pasted;
    /** What a copy of all of a text puts on the clipboard. */
    copy: (markdown: string) => { readonly text: string; readonly html: string };
    /** What is in an editor after a text was copied out of another one. */
    copyAndPaste: (markdown: string) => string;
    pastePicture: () => Pasted;
  }
}

function editorWith(markdown: string) {
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  const seen = { markdown, dropped: {} as Dropped };
  const view = createEditor({
    place,
    markdown,
    label: 'Teksti',
    language: 'fi',
    isEditable: () => true,
    isFaulty: () => false,
    onChange: (changed) => {
      seen.markdown = changed;
    },
    onState: () => undefined,
    onLink: () => undefined,
    onPaste: (dropped) => {
      seen.dropped = dropped;
    },
  });
  return { view, seen };
}

function pasteInto(data: DataTransfer): Pasted {
  const { view, seen } = editorWith('');
  view.dom.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );
  view.destroy();
  return seen;
}

function copyOf(markdown: string): DataTransfer {
  const { view } = editorWith(markdown);
  view.focus();
  document.getSelection()?.selectAllChildren(view.dom);
  view.dom.dispatchEvent(new Event('selectionchange', { bubbles: true }));
  const data = new DataTransfer();
  view.dom.dispatchEvent(
    new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
  );
  view.destroy();
  return data;
}

window.paste = (clipboard) => {
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(clipboard)) data.setData(type, text);
  return pasteInto(data);
};
window.pastePicture = () => {
  const data = new DataTransfer();
  data.items.add(new File(['x'], 'kuva.png', { type: 'image/png' }));
  return pasteInto(data);
};
window.copy = (markdown) => {
  const data = copyOf(markdown);
  return { text: data.getData('text/plain'), html: data.getData('text/html') };
};
window.copyAndPaste = (markdown) => pasteInto(copyOf(markdown)).markdown;
