import { Button, Field, Input } from '@fluentui/react-components';
import {
  Link20Regular,
  TextBold20Regular,
  TextBulletListLtr20Regular,
  TextHeader220Regular,
  TextItalic20Regular,
  TextNumberListLtr20Regular,
  TextQuote20Regular,
} from '@fluentui/react-icons';
import type { EditorState } from 'prosemirror-state';
import { useState, type ComponentType, type KeyboardEvent, type SyntheticEvent } from 'react';
import { completedLink, isSafeLink } from '../../../src/shared/links.js';
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

/** Asks for the address of a link. The answer's address is undefined when the link is to be taken away. */
export function LinkForm(props: {
  readonly address: string | undefined;
  readonly onAnswer: (answer: { readonly address: string | undefined } | undefined) => void;
}) {
  const { t } = useText();
  const [address, setAddress] = useState(props.address ?? 'https://');
  const wanted = completedLink(address);
  const [isTried, setTried] = useState(false);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isSafeLink(wanted)) props.onAnswer({ address: wanted });
  };
  const isWrong = isTried && !isSafeLink(wanted);
  return (
    <form className={css.link} onSubmit={send} noValidate>
      <Field
        label={t('editor.link.address')}
        {...(isWrong ? { validationMessage: t('field.notALink') } : {})}
      >
        <Input
          type="url"
          autoFocus
          value={address}
          onChange={(_, data) => setAddress(data.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.onAnswer(undefined);
          }}
        />
      </Field>
      <div className={css.linkButtons}>
        <Button size="small" type="submit" appearance="primary">
          {t('editor.link.set')}
        </Button>
        {props.address !== undefined && (
          <Button size="small" onClick={() => props.onAnswer({ address: undefined })}>
            {t('editor.link.remove')}
          </Button>
        )}
        <Button size="small" appearance="subtle" onClick={() => props.onAnswer(undefined)}>
          {t('shared.cancel')}
        </Button>
      </div>
    </form>
  );
}
