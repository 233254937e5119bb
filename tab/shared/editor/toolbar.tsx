import {
  Link20Regular,
  TextBold20Regular,
  TextBulletListLtr20Regular,
  TextHeader220Regular,
  TextItalic20Regular,
  TextNumberListLtr20Regular,
  TextQuote20Regular,
} from '@fluentui/react-icons';
import { useState, type ComponentType, type KeyboardEvent } from 'react';
import type { EditorState } from 'prosemirror-state';
import { useText } from '../context.js';
import { isOn, tools, type Tool } from './commands.js';
import css from './editor.module.css';

const icons: Readonly<Record<Tool, ComponentType>> = {
  bold: TextBold20Regular,
  italic: TextItalic20Regular,
  heading: TextHeader220Regular,
  list: TextBulletListLtr20Regular,
  numbers: TextNumberListLtr20Regular,
  quote: TextQuote20Regular,
  link: Link20Regular,
};

/** The tools above a text: one stop for the Tab key, the arrows go along. */
export function Toolbar(props: {
  readonly label: string;
  readonly state: EditorState | undefined;
  readonly onUse: (tool: Tool) => void;
}) {
  const { t } = useText();
  const [stop, setStop] = useState(0);
  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (stop + step + tools.length) % tools.length;
    setStop(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      className={css.toolbar}
      role="toolbar"
      aria-label={t('editor.toolbar', { label: props.label })}
      onKeyDown={onKey}
    >
      {tools.map((tool, index) => {
        const Icon = icons[tool];
        return (
          <button
            key={tool}
            type="button"
            tabIndex={index === stop ? 0 : -1}
            aria-label={t(`editor.tool.${tool}`)}
            title={t(`editor.tool.${tool}`)}
            aria-pressed={props.state !== undefined && isOn(props.state, tool)}
            onFocus={() => setStop(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.onUse(tool)}
          >
            <Icon aria-hidden="true" />
          </button>
        );
      })}
    </div>
  );
}
