import type { EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { useEffect, useRef, useState } from 'react';
import type { Language } from '../../../src/shared/languages.js';
import { commandOf, linkAt, setLink, type Tool } from './commands.js';
import { createEditor } from './create-editor.js';
import type { Dropped } from './paste.js';
import { PasteNotice } from './paste-notice.js';
import { LinkForm, Toolbar } from './toolbar.js';
import css from './editor.module.css';

export interface MarkdownEditorProps {
  /** What the field is called, for screen readers. */
  readonly label: string;
  /** The language of the text: for spelling and for reading aloud. */
  readonly language: Language;
  /** The text as it stands when the editor is drawn. Give the component another `key` to put in other words. */
  readonly markdown: string;
  readonly isReadOnly?: boolean;
  /** Whether writing begins here: the editor takes the focus once it is there. */
  readonly takesFocus?: boolean;
  /** Whether something is wrong with the text, which is said beside it. */
  readonly isFaulty?: boolean;
  readonly onChange?: (markdown: string) => void;
}

/** A text as it will look, with the few tools that mail and SharePoint keep. Read-only it is just the text. */
export function MarkdownEditor(props: MarkdownEditorProps) {
  const { label, language, isReadOnly = false } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const [state, setState] = useState<EditorState>();
  const [link, setLinkAsked] = useState<{ readonly address: string | undefined }>();
  const [dropped, setDropped] = useState<Dropped>({});
  const latest = useRef(props);
  const takesFocus = useRef(props.takesFocus === true);
  useEffect(() => {
    latest.current = props;
    view.current?.setProps({});
  });

  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = createEditor({
      place: place.current,
      markdown: latest.current.markdown,
      label,
      language,
      isEditable: () => latest.current.isReadOnly !== true,
      isFaulty: () => latest.current.isFaulty === true,
      onChange: (markdown) => latest.current.onChange?.(markdown),
      onState: setState,
      onLink: () => setLinkAsked({ address: linkAt(editor.state) }),
      onPaste: setDropped,
    });
    view.current = editor;
    setState(editor.state);
    if (takesFocus.current) editor.focus();
    takesFocus.current = false;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label, language]);

  const use = (tool: Tool): void => {
    const editor = view.current;
    if (editor === null) return;
    if (tool === 'link') {
      setLinkAsked({ address: linkAt(editor.state) });
      return;
    }
    commandOf(tool)(editor.state, editor.dispatch.bind(editor), editor);
    editor.focus();
  };
  const answerLink = (answer: { readonly address: string | undefined } | undefined): void => {
    setLinkAsked(undefined);
    const editor = view.current;
    if (editor === null) return;
    if (answer !== undefined) setLink(answer.address)(editor.state, editor.dispatch.bind(editor), editor);
    editor.focus();
  };
  return (
    <div className={css.editor} data-readonly={isReadOnly}>
      {!isReadOnly && <Toolbar label={label} state={state} onUse={use} />}
      {link !== undefined && <LinkForm address={link.address} onAnswer={answerLink} />}
      {!isReadOnly && <PasteNotice dropped={dropped} onClose={() => setDropped({})} />}
      <div ref={place} className={css.text} />
    </div>
  );
}
