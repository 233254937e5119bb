import { Button } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Dismiss16Regular, ErrorCircle20Filled } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { useText } from '../shared/context.js';
import css from './toast.module.css';

export interface Said {
  readonly number: number;
  readonly text: string;
  readonly tone: 'done' | 'trouble';
  readonly undo?: () => Promise<void>;
}

const shownFor = { plain: 5000, undoable: 12_000, trouble: 12_000 } as const;

/** The last thing that was done or failed. Stays while the pointer or the focus is on it. */
export function Toast(props: {
  readonly said: Said;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}) {
  const { said, onClose } = props;
  const { t } = useText();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const long = said.undo === undefined ? shownFor.plain : shownFor.undoable;
    const timer = setTimeout(onClose, said.tone === 'trouble' ? shownFor.trouble : long);
    return () => clearTimeout(timer);
  }, [isHeld, said, onClose]);
  return (
    <div
      className={css.toast}
      data-tone={said.tone}
      role={said.tone === 'trouble' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {said.tone === 'done' ? (
        <CheckmarkCircle20Filled aria-hidden="true" />
      ) : (
        <ErrorCircle20Filled aria-hidden="true" />
      )}
      <span className={css.text}>{said.text}</span>
      {said.undo !== undefined && (
        <Button size="small" appearance="outline" onClick={props.onUndo}>
          {t('shell.undo')}
        </Button>
      )}
      <Button
        size="small"
        appearance="subtle"
        icon={<Dismiss16Regular />}
        aria-label={t('shared.close')}
        onClick={onClose}
      />
    </div>
  );
}
