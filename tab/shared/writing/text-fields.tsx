import { lazy, Suspense, type ReactNode } from 'react';
import { textLimits } from '../../../src/content/text.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useShell, useText } from '../context.js';
import { countWords, plainText } from '../plain-text.js';
import { fieldProblem } from '../problem.js';
import { fieldId, type Subject } from './subject.js';
import type { TextHandle } from './use-writing.js';
import css from './texts.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../editor/markdown-editor.js')).MarkdownEditor,
}));

/** How many words suit a channel: what readers of each have the patience for. */
const measures: Readonly<Record<string, number | undefined>> = { newsletter: 150, intranet: 300 };

/** Title, lead and body of one language. */
export function TextFields(props: {
  readonly subject: Subject;
  readonly language: PublicLanguage;
  readonly handle: TextHandle;
}) {
  const { subject, language, handle } = props;
  const { writing } = handle;
  const { t } = useText();
  const field = (name: 'title' | 'lead') => (
    <FieldBox language={language} name={name} handle={handle}>
      <textarea
        id={fieldId(language, name)}
        aria-label={t(`news.field.${name}In`, { language })}
        className={css[name]}
        lang={language}
        rows={name === 'title' ? 1 : 2}
        spellCheck
        value={writing.content[name]}
        aria-describedby={`${fieldId(language, name)}-problem`}
        onChange={(event) => handle.type({ [name]: oneLine(name, event.target.value) })}
        onKeyDown={(event) => {
          if (name !== 'title' || event.key !== 'Enter') return;
          event.preventDefault();
          document.getElementById(fieldId(language, 'lead'))?.focus();
        }}
      />
    </FieldBox>
  );
  return (
    <>
      {field('title')}
      {field('lead')}
      <div className={css.field}>
        <span className={css.label}>{t('news.field.body')}</span>
        <Suspense fallback={<BodyWaiting body={writing.content.body} hasTools />}>
          <MarkdownEditor
            key={writing.epoch}
            label={t('news.field.bodyIn', { language })}
            language={language}
            markdown={writing.content.body}
            onChange={(body) => handle.type({ body })}
          />
        </Suspense>
        <Problem handle={handle} name="body" language={language} />
      </div>
      <Measure subject={subject} body={writing.content.body} />
    </>
  );
}

function oneLine(name: 'title' | 'lead', value: string): string {
  return name === 'title' ? value.replace(/\s*\n\s*/g, ' ') : value;
}

function FieldBox(props: {
  readonly language: PublicLanguage;
  readonly name: 'title' | 'lead';
  readonly handle: TextHandle;
  readonly children: ReactNode;
}) {
  const { language, name } = props;
  const { t } = useText();
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={fieldId(language, name)}>
        {t(`news.field.${name}`)}
      </label>
      {props.children}
      <Problem handle={props.handle} name={name} language={language} />
    </div>
  );
}

/** From here on a field says how much room is left: nine tenths of it are taken. */
const nearly = 0.9;

/**
 * What is wrong with the field: reported by the server, or already seen to be too long. Near its limit it says how much room
 * is left. The line is there always, so that nothing moves when it gets its words.
 */
function Problem(props: {
  readonly handle: TextHandle;
  readonly name: 'title' | 'lead' | 'body';
  readonly language: PublicLanguage;
}) {
  const { texts } = useShell();
  const { t } = useText();
  const { writing } = props.handle;
  const length = writing.content[props.name].length;
  const limit = textLimits[props.name];
  const refused = writing.phase === 'failed' ? fieldProblem(texts, writing.error, props.name) : undefined;
  const problem = length > limit ? t('writing.over', { count: length - limit }) : refused;
  const isNear = problem === undefined && length > limit * nearly;
  return (
    <span
      id={props.name === 'body' ? undefined : `${fieldId(props.language, props.name)}-problem`}
      className={css.problem}
      data-near={isNear}
    >
      <span role="alert">{problem}</span>
      {isNear && t('writing.left', { count: limit - length })}
    </span>
  );
}

/** The number of words, beside what suits the narrowest channel that was wished for. */
function Measure({ subject, body }: { readonly subject: Subject; readonly body: string }) {
  const { t } = useText();
  const count = countWords(body);
  const narrowest = subject.channels
    .flatMap((channel) => (measures[channel] === undefined ? [] : [{ channel, most: measures[channel] }]))
    .sort((one, other) => one.most - other.most)[0];
  return (
    <p className={css.measure}>
      {t('news.words', { count })}
      {narrowest !== undefined &&
        ` · ${t(`news.words.${narrowest.channel === 'newsletter' ? 'newsletter' : 'intranet'}`, { most: narrowest.most })}`}
    </p>
  );
}

/** The room that the body will take, until the editor has come: lines without letters, so that nothing jumps. */
export function BodyWaiting(props: { readonly body: string; readonly hasTools?: boolean }) {
  return (
    <div className={css.bodyWaiting} data-tools={props.hasTools === true} aria-hidden="true">
      {plainText(props.body)}
    </div>
  );
}
