import { lazy, Suspense } from 'react';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import type { Subject } from './subject.js';
import { textStatus, type Text } from '../../../src/content/text.js';
import { useText } from '../context.js';
import { BodyWaiting } from './body-waiting.js';
import { ColumnHead } from './column-head.js';
import css from './texts.module.css';

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
    <section className={css.column} data-language={language} aria-label={t(`language.own.${language}`)}>
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

/** The English words in which the author told the news: a source for both texts, itself not owed to anybody. */
export function Source({ text }: { readonly text: Text }) {
  const { t } = useText();
  return (
    <details className={css.source} open>
      <summary>{t('news.source.title')}</summary>
      <div className={css.sourceText} role="region" aria-label={t('news.source.title')} tabIndex={0}>
        <Reading text={text} language="en" />
      </div>
    </details>
  );
}
