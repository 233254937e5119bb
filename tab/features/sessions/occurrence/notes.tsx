import { Button } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { problemText } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import { Section } from '../parts/section.js';
import { useNotes, type NotesHandle } from './use-notes.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import css from './notes.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../../../shared/editor/markdown-editor.js')).MarkdownEditor,
}));

/** What was said, written down. */
export function Notes({
  occurrence,
  here,
}: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { t, language } = useText();
  const may = useMay();
  const mayWrite = useIsPresenter()(occurrence) || may('session:edit');
  const notes = occurrence.record?.notes;
  return (
    <Section id="notes" title={t('sessions.notes.title')}>
      {mayWrite ? (
        <Writing occurrence={occurrence} here={here} />
      ) : notes === undefined || notes.text.trim() === '' ? (
        <p className={css.none}>{t('sessions.notes.none')}</p>
      ) : (
        <Suspense fallback={<Bones rows={1} height={120} />}>
          <MarkdownEditor
            key={notes.revision}
            label={t('sessions.notes.title')}
            language={language}
            markdown={notes.text}
            isReadOnly
          />
        </Suspense>
      )}
    </Section>
  );
}

function Writing({ occurrence, here }: { readonly occurrence: Occurrence; readonly here: OccurrenceHere }) {
  const { t, language } = useText();
  const handle = useNotes(occurrence, here);
  return (
    <>
      <p className={css.none}>{t('sessions.notes.hint')}</p>
      {handle.phase === 'conflict' && <Conflict handle={handle} />}
      <div className={css.paper}>
        <Suspense fallback={<Bones rows={1} height={160} />}>
          <MarkdownEditor
            key={handle.epoch}
            label={t('sessions.notes.title')}
            language={language}
            markdown={handle.text}
            onChange={handle.type}
          />
        </Suspense>
      </div>
      <Saved handle={handle} />
    </>
  );
}

function Saved({ handle }: { readonly handle: NotesHandle }) {
  const { texts } = useShell();
  const { t, dates } = useText();
  const { phase, savedAt, error } = handle;
  let words = '';
  if (phase === 'clean' && savedAt !== undefined) words = t('news.saved.at', { time: dates.time(savedAt) });
  if (phase === 'dirty') words = t('news.saved.soon');
  if (phase === 'saving') words = t('news.saved.now');
  if (phase === 'conflict') words = t('news.saved.conflict');
  if (phase === 'failed') words = t('news.saved.failed', { why: problemText(texts, error) });
  return (
    <p className={css.saved}>
      <span role="status">{words}</span>
      {phase === 'failed' && (
        <Button size="small" onClick={handle.saveNow}>
          {t('shared.retry')}
        </Button>
      )}
    </p>
  );
}

/** Two people wrote at once: theirs is shown beside what is on the screen, and the later one chooses. */
function Conflict({ handle }: { readonly handle: NotesHandle }) {
  const { t, dates, language } = useText();
  const { theirs, resolve } = handle;
  if (theirs === undefined) return null;
  return (
    <div className={css.conflict}>
      <p role="alert">
        {t('sessions.notes.conflict', { name: theirs.by.name, when: dates.brief(theirs.at) })}
      </p>
      <Suspense fallback={<Bones rows={1} height={80} />}>
        <MarkdownEditor
          key={theirs.revision}
          label={t('sessions.notes.theirs', { name: theirs.by.name })}
          language={language}
          markdown={theirs.text}
          isReadOnly
        />
      </Suspense>
      <div className={css.choices}>
        <Button appearance="primary" onClick={() => resolve('mine')}>
          {t('sessions.notes.keepMine')}
        </Button>
        <Button onClick={() => resolve('theirs')}>{t('sessions.notes.takeTheirs')}</Button>
      </div>
    </div>
  );
}
