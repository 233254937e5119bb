import { Button } from '@fluentui/react-components';
import { History20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import type { Subject } from './subject.js';
import type { TextStatus, TextContent } from '../../../src/content/text.js';
import { useText } from '../context.js';
import { StateChip } from '../state-chip.js';
import { fieldId } from './field-id.js';
import css from './texts.module.css';

const HistoryDialog = lazy(async () => ({ default: (await import('./history-dialog.js')).HistoryDialog }));

/** The head of a language's column: its name, how it stands, what is saved, and the way to its history. */
export function ColumnHead(props: {
  readonly language: PublicLanguage;
  readonly status: TextStatus;
  readonly subject: Subject;
  readonly saved?: ReactNode;
  /** Given where the person may put an older revision back. */
  readonly onRestore?: (words: TextContent) => void;
}) {
  const { language, subject, onRestore } = props;
  const { t } = useText();
  const [shown, setShown] = useState<'never' | 'open' | 'closed'>('never');
  const close = (): void => {
    setShown('closed');
  };
  return (
    <header className={css.head}>
      <h2 id={fieldId(language, 'heading')}>{t(`language.own.${language}`)}</h2>
      <StateChip kind="text" state={props.status} />
      <span className={css.saved}>{props.saved}</span>
      {subject.texts[language] !== undefined && (
        <Button
          id={fieldId(language, 'history')}
          appearance="subtle"
          size="small"
          icon={<History20Regular />}
          aria-label={t('news.history.open', { language })}
          title={t('news.history.open', { language })}
          onClick={() => setShown('open')}
        />
      )}
      {shown !== 'never' && (
        <Suspense>
          <HistoryDialog
            subject={subject}
            language={language}
            isOpen={shown === 'open'}
            onClose={close}
            {...(onRestore === undefined ? {} : { onRestore })}
          />
        </Suspense>
      )}
    </header>
  );
}
