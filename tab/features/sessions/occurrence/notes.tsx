import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useMemo } from 'react';
import type { Occurrence, Notes as StoredNotes } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { remember, remembered } from '../../../shared/device-storage.js';
import { problemText } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import type { Draft, Kind, Version } from '../../../shared/writing/autosave.js';
import { useAutosave, type WritingHandle } from '../../../shared/writing/use-autosave.js';
import { Section } from '../parts/section.js';
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
  const { writing, type } = handle;
  return (
    <>
      <p className={css.none}>{t('sessions.notes.hint')}</p>
      <Conflict handle={handle} />
      <div id={notesId} className={css.paper}>
        <Suspense fallback={<Bones rows={1} height={160} />}>
          <MarkdownEditor
            key={writing.epoch}
            label={t('sessions.notes.title')}
            language={language}
            markdown={writing.content}
            onChange={(text) => type(() => text)}
          />
        </Suspense>
      </div>
      <Saved handle={handle} />
    </>
  );
}

function Saved({ handle }: { readonly handle: Handle }) {
  const { texts } = useShell();
  const { t, dates } = useText();
  const { phase, savedAt, error } = handle.writing;
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
function Conflict({ handle }: { readonly handle: Handle }) {
  const { t, dates, language } = useText();
  const { writing, resolve } = handle;
  const { theirs } = writing;
  if (theirs?.saved === undefined) return null;
  const { by, at } = theirs.saved;
  return (
    <div className={css.conflict}>
      <p role="alert">{t('sessions.notes.conflict', { name: by.name, when: dates.brief(at) })}</p>
      <Suspense fallback={<Bones rows={1} height={80} />}>
        <MarkdownEditor
          key={theirs.mark}
          label={t('sessions.notes.theirs', { name: by.name })}
          language={language}
          markdown={theirs.content}
          isReadOnly
        />
      </Suspense>
      <div className={css.choices}>
        <Button appearance="primary" onClick={() => resolve(writing.content)}>
          {t('sessions.notes.keepMine')}
        </Button>
        <Button onClick={() => resolve(theirs.content)}>{t('sessions.notes.takeTheirs')}</Button>
      </div>
    </div>
  );
}

type Handle = WritingHandle<string, number>;

function versionOf(notes: StoredNotes | undefined): Version<string, number> {
  if (notes === undefined) return { content: '', mark: 0 };
  const { text, revision, by, at } = notes;
  return { content: text, mark: revision, saved: { by, at } };
}

const kind: Kind<string, number> = {
  isSame: (one, other) => one === other,
  tidied: (text) => text.trim(),
  isStorable: () => true,
  isNewer: (revision, than) => revision > than,
  theirs: (fact) => (fact === undefined ? undefined : versionOf(fact as StoredNotes)),
};

function readDraft(key: string): Draft<string, number> | undefined {
  try {
    const draft: unknown = JSON.parse(remembered(key) ?? 'null');
    if (typeof draft !== 'object' || draft === null) return undefined;
    const { text, basedOn } = draft as { readonly text?: unknown; readonly basedOn?: unknown };
    return typeof text === 'string' && typeof basedOn === 'number'
      ? { content: text, mark: basedOn }
      : undefined;
  } catch {
    return undefined;
  }
}

const notesId = 'session-notes';

/** The notes while they are written; others' words are never written over. */
function useNotes(occurrence: Occurrence, { show, api }: OccurrenceHere): Handle {
  const { session } = useShell();
  const { t } = useText();
  const key = `notes.${session.person.id}.${occurrence.id}`;
  const notes = occurrence.record?.notes;
  return useAutosave<string, number>({
    kind,
    stored: useMemo(() => versionOf(notes), [notes]),
    draft: {
      read: () => readDraft(key),
      keep: (draft) => remember(key, draft && JSON.stringify({ text: draft.content, basedOn: draft.mark })),
    },
    send: async (text, basedOn) => {
      const answer = await api.setNotes(text, basedOn);
      show(answer);
      return versionOf(answer.occurrence.record?.notes);
    },
    sendLast: api.putNotesLast,
    trouble: ({ phase }) => t('sessions.notes.unsettled', { why: phase }),
    show: () => document.getElementById(notesId)?.scrollIntoView({ block: 'center' }),
  });
}
