import { Button } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { otherLanguage, type PublicLanguage } from '../../../src/shared/languages.js';
import type { Subject } from './subject.js';
import { textStatus, type TextContent } from '../../../src/content/text.js';
import { useShell, useText } from '../context.js';
import { isUnsaved } from './autosave.js';
import { Behind } from './behind.js';
import { ColumnHead } from './column-head.js';
import { conflictPlace, fieldId } from './field-id.js';
import { Saved } from './saved.js';
import { TextFields } from './text-fields.js';
import { useWriting, type WritingHandle } from './use-writing.js';
import css from './texts.module.css';

const Conflict = lazy(async () => ({ default: (await import('./conflict.js')).Conflict }));

/** One language, to write in. */
export function EditableColumn(props: { readonly language: PublicLanguage; readonly subject: Subject }) {
  const { language, subject } = props;
  const { t } = useText();
  const { notify } = useShell();
  const handle = useWriting({ subject, language });
  const { writing } = handle;
  const isThere = subject.texts[language] !== undefined || isUnsaved(writing);
  const [isStarted, setStarted] = useState(false);
  useEffect(() => {
    if (isStarted) document.getElementById(fieldId(language, 'title'))?.focus();
  }, [isStarted, language]);

  const restore = (words: TextContent): void => {
    const before = writing.words;
    handle.replace(words);
    notify(t('news.restored'), () => {
      handle.replace(before);
      return Promise.resolve();
    });
  };
  return (
    <section className={css.column} data-language={language} aria-label={t(`language.own.${language}`)}>
      <ColumnHead
        language={language}
        status={textStatus(subject.texts, language)}
        subject={subject}
        saved={<Saved handle={handle} />}
        onRestore={restore}
      />
      <div className={css.notice}>
        {writing.theirs === undefined && <Behind subject={subject} language={language} />}
        <ConflictAbove language={language} handle={handle} />
      </div>
      {isThere || isStarted ? (
        <TextFields subject={subject} language={language} handle={handle} />
      ) : (
        <Missing language={language} onStart={() => setStarted(true)} />
      )}
    </section>
  );
}

/** A conflict is shown above both columns: two texts want the full width. */
function ConflictAbove(props: { readonly language: PublicLanguage; readonly handle: WritingHandle }) {
  const { writing, resolve } = props.handle;
  const place = document.getElementById(conflictPlace);
  if (writing.theirs === undefined || place === null) return null;
  return createPortal(
    <Suspense>
      <Conflict language={props.language} mine={writing.words} theirs={writing.theirs} onResolve={resolve} />
    </Suspense>,
    place,
  );
}

function Missing({ language, onStart }: { readonly language: PublicLanguage; readonly onStart: () => void }) {
  const { t } = useText();
  return (
    <div className={css.none}>
      <p>{t(`news.text.none.${language}`)}</p>
      <p className={css.hint}>{t('news.text.none.hint', { other: otherLanguage(language) })}</p>
      <Button id={fieldId(language, 'start')} icon={<Add20Regular />} onClick={onStart}>
        {t(`news.text.start.${language}`)}
      </Button>
    </div>
  );
}
