import { Button } from '@fluentui/react-components';
import { Add20Regular, Copy20Regular, History20Regular, People16Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useState, useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { textStatus, type TextStatus, type TextContent, type Text } from '../../../src/content/text.js';
import { otherLanguage, type PublicLanguage } from '../../../src/shared/languages.js';
import { useText, useShell } from '../context.js';
import { StateChip } from '../state-chip.js';
import { isUnsaved } from './autosave.js';
import { Behind, StatusTools } from './behind.js';
import { isStorable } from './item-text.js';
import { Saved } from './saved.js';
import { fieldId, conflictPlace, type Other, type Subject } from './subject.js';
import { TextFields, BodyWaiting } from './text-fields.js';
import { useWriting, type TextHandle } from './use-writing.js';
import css from './texts.module.css';

const HistoryDialog = lazy(async () => ({ default: (await import('./history-dialog.js')).HistoryDialog }));

/** The head of a language's column: its name, how it stands, what is saved, and the way to its history. */
export function ColumnHead(props: {
  readonly language: PublicLanguage;
  readonly status: TextStatus;
  readonly subject: Subject;
  readonly saved?: ReactNode;
  /** Given where the person may put an older revision back. */
  readonly onRestore?: (content: TextContent) => void;
  /** What can be done about its state; the row has its room whether there is something in it or not. */
  readonly tools?: ReactNode;
}) {
  const { language, subject, onRestore } = props;
  const { t } = useText();
  const [shown, setShown] = useState<'never' | 'open' | 'closed'>('never');
  const close = (): void => {
    setShown('closed');
  };
  return (
    <header className={css.head}>
      <h2 id={fieldId(language, 'heading')} lang={language}>
        {t(`language.own.${language}`)}
      </h2>
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
      {props.tools !== undefined && <div className={css.tools}>{props.tools}</div>}
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

/** Who else is in this text: beside the words that one writes oneself, in a row that has its room. */
function Others({ others }: { readonly others: readonly Other[] }) {
  const { t } = useText();
  const text = others
    .map(({ person, isTyping }) =>
      t(isTyping ? 'writing.others.typing' : 'writing.others.here', { name: person.name }),
    )
    .join(' · ');
  return (
    <span role="status" className={css.others} title={text}>
      {text !== '' && <People16Regular aria-hidden="true" />}
      <span>{text}</span>
    </span>
  );
}

const Conflict = lazy(async () => ({ default: (await import('./conflict.js')).Conflict }));

/** One language, to write in. */
export function EditableColumn(props: {
  readonly language: PublicLanguage;
  readonly subject: Subject;
  /** Who else is in this text now. */
  readonly others: readonly Other[];
}) {
  const { language, subject } = props;
  const { t } = useText();
  const { notify } = useShell();
  const handle = useWriting({ subject, language });
  const { writing } = handle;
  const isThere = subject.texts[language] !== undefined || isUnsaved(writing);
  const [isStarted, setStarted] = useState(false);
  const [isCompared, setCompared] = useState(false);
  useEffect(() => {
    if (isStarted) document.getElementById(fieldId(language, 'title'))?.focus();
  }, [isStarted, language]);

  const restore = (content: TextContent): void => {
    const before = writing.content;
    handle.replace(content);
    notify(t('news.restored'), () => {
      handle.replace(before);
      return Promise.resolve();
    });
  };
  return (
    <section className={css.column} data-language={language} aria-label={t('news.text.in', { language })}>
      <ColumnHead
        language={language}
        status={textStatus(subject.texts, language)}
        subject={subject}
        saved={<Saved handle={handle} isStorable={isStorable} />}
        onRestore={restore}
        tools={
          <>
            <StatusTools
              subject={subject}
              language={language}
              isOpen={isCompared}
              onOpen={() => setCompared(!isCompared)}
            />
            <Others others={props.others} />
          </>
        }
      />
      <div className={css.notice}>
        {isCompared && <Behind subject={subject} language={language} />}
        <ConflictAbove language={language} handle={handle} />
      </div>
      {isThere || isStarted ? (
        <TextFields subject={subject} language={language} handle={handle} />
      ) : (
        <Missing
          language={language}
          subject={subject}
          onStart={(source) => {
            setStarted(true);
            if (source !== undefined) handle.replace(source);
          }}
        />
      )}
    </section>
  );
}

/** A conflict is shown above both columns: two texts want the full width. */
function ConflictAbove(props: { readonly language: PublicLanguage; readonly handle: TextHandle }) {
  const { writing, resolve } = props.handle;
  const place = document.getElementById(conflictPlace);
  if (writing.theirs === undefined || place === null) return null;
  return createPortal(
    <Suspense>
      <Conflict
        language={props.language}
        mine={writing.content}
        theirs={writing.theirs}
        onResolve={resolve}
      />
    </Suspense>,
    place,
  );
}

/** Nothing is written in this language: it begins with an empty text, or with another one to write over. */
function Missing(props: {
  readonly language: PublicLanguage;
  readonly subject: Subject;
  /** @param source the text whose headings and lists are to be kept */
  readonly onStart: (source?: TextContent) => void;
}) {
  const { language, subject, onStart } = props;
  const { t } = useText();
  const sources = [otherLanguage(language), 'en'] as const;
  return (
    <div className={css.none}>
      <p>{t(`news.text.none.${language}`)}</p>
      {subject.texts[otherLanguage(language)] !== undefined && (
        <p className={css.hint}>{t('news.text.none.hint', { other: otherLanguage(language) })}</p>
      )}
      <div className={css.starts}>
        <Button id={fieldId(language, 'start')} icon={<Add20Regular />} onClick={() => onStart()}>
          {t(`news.text.start.${language}`)}
        </Button>
        {sources.map((source) => {
          const text = subject.texts[source];
          return (
            text !== undefined && (
              <Button key={source} icon={<Copy20Regular />} onClick={() => onStart(text)}>
                {t('writing.startFrom', { language: source })}
              </Button>
            )
          );
        })}
      </div>
      {sources.some((source) => subject.texts[source] !== undefined) && (
        <p className={css.hint}>{t('writing.startFrom.hint')}</p>
      )}
    </div>
  );
}

const MarkdownEditor = lazy(async () => ({
  default: (await import('../editor/markdown-editor.js')).MarkdownEditor,
}));

/** One language that this person may not edit now. */
export function ReadOnlyColumn({
  language,
  subject,
}: {
  readonly language: PublicLanguage;
  readonly subject: Subject;
}) {
  const { t } = useText();
  const text = subject.texts[language];
  return (
    <section className={css.column} data-language={language} aria-label={t('news.text.in', { language })}>
      <ColumnHead language={language} status={textStatus(subject.texts, language)} subject={subject} />
      <div />
      {text === undefined ? (
        <p className={css.none}>{t(`news.text.none.${language}`)}</p>
      ) : (
        <Reading text={text} language={language} />
      )}
    </section>
  );
}

/** A text to read: title, lead and body as they will look. */
function Reading({ text, language }: { readonly text: Text; readonly language: 'fi' | 'sv' | 'en' }) {
  const { t } = useText();
  return (
    <>
      <p className={css.readTitle} lang={language}>
        {text.title}
      </p>
      <p className={css.readLead} lang={language}>
        {text.lead}
      </p>
      <Suspense fallback={<BodyWaiting body={text.body} />}>
        <MarkdownEditor
          key={text.revision}
          isReadOnly
          label={t('news.field.body')}
          language={language}
          markdown={text.body}
        />
      </Suspense>
    </>
  );
}

/**
 * The English words in which the author wrote the news, as a column beside the others: a source for both texts, which need
 * not be published in English.
 */
export function Source({ text }: { readonly text: Text }) {
  const { t } = useText();
  return (
    <section className={css.column} data-language="en" aria-label={t('news.source.title')}>
      <header className={css.head}>
        <h2>{t('news.source.title')}</h2>
      </header>
      <div />
      <Reading text={text} language="en" />
    </section>
  );
}
