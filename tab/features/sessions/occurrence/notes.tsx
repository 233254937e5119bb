import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Occurrence, Notes as StoredNotes } from '../../../../src/sessions/occurrences/occurrence.js';
import { ApiError } from '../../../api.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { remember, remembered } from '../../../shared/device-storage.js';
import { problemText } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
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

const idle = 1500;

/** The notes while they are written: what is on the screen, what is stored, and what stands between them. */
export interface NotesHandle {
  readonly text: string;
  readonly phase: 'clean' | 'dirty' | 'saving' | 'failed' | 'conflict';
  readonly theirs?: StoredNotes;
  readonly error?: unknown;
  readonly savedAt?: string;
  /** Grows when the words were put in from outside, so that the editor shows them anew. */
  readonly epoch: number;
  readonly type: (text: string) => void;
  readonly saveNow: () => void;
  /** Goes on with one's own words, or with theirs. */
  readonly resolve: (whose: 'mine' | 'theirs') => void;
}

interface Draft {
  readonly text: string;
  readonly basedOn: number;
}

function readDraft(key: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(remembered(key) ?? 'null');
    if (typeof draft !== 'object' || draft === null) return undefined;
    const { text, basedOn } = draft as Partial<Draft>;
    return typeof text === 'string' && typeof basedOn === 'number' ? { text, basedOn } : undefined;
  } catch {
    return undefined;
  }
}

interface Standing {
  readonly text: string;
  readonly stored: Draft;
  readonly phase: NotesHandle['phase'];
  readonly theirs?: StoredNotes;
  readonly error?: unknown;
  readonly savedAt?: string;
  readonly epoch: number;
}

function startOf(notes: StoredNotes | undefined, draft: Draft | undefined): Standing {
  const stored = { text: notes?.text ?? '', basedOn: notes?.revision ?? 0 };
  if (draft === undefined || draft.text.trim() === stored.text.trim()) {
    return { text: stored.text, stored, phase: 'clean', epoch: 0 };
  }
  return { text: draft.text, stored: { ...stored, basedOn: draft.basedOn }, phase: 'dirty', epoch: 0 };
}

/** Notes saved when the typing pauses and kept on this device until then; others' words are never written over. */
export function useNotes(occurrence: Occurrence, here: OccurrenceHere): NotesHandle {
  const { session } = useShell();
  const key = `notes.${session.person.id}.${occurrence.id}`;
  const [now, setNow] = useState(() => startOf(occurrence.record?.notes, readDraft(key)));
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
    const isKept = now.phase !== 'clean' && !holdsPersonalData(now.error);
    remember(key, isKept ? JSON.stringify({ text: now.text, basedOn: now.stored.basedOn }) : undefined);
  });
  const { show, api } = here;
  const newer = occurrence.record?.notes;
  if (now.phase === 'clean' && newer !== undefined && newer.revision > now.stored.basedOn) {
    setNow({ ...startOf(newer, undefined), epoch: now.epoch + 1 });
  }

  const save = async (): Promise<void> => {
    const { text, stored } = latest.current;
    setNow((current) => ({ ...current, phase: 'saving' }));
    try {
      const answer = await api.setNotes(text, stored.basedOn);
      const notes = answer.occurrence.record?.notes;
      setNow((current) => ({
        text: current.text,
        stored: { text, basedOn: notes?.revision ?? stored.basedOn + 1 },
        phase: current.text === text ? 'clean' : 'dirty',
        savedAt: notes?.at ?? new Date().toISOString(),
        epoch: current.epoch,
      }));
      show(answer);
    } catch (error) {
      const theirs =
        error instanceof ApiError && error.code === 'text.conflict' ? error.facts.theirs : undefined;
      setNow((current) =>
        theirs === undefined
          ? { ...current, phase: 'failed', error }
          : { ...current, phase: 'conflict', theirs: theirs as StoredNotes },
      );
    }
  };
  const saver = useRef(save);
  useEffect(() => {
    saver.current = save;
  });
  useEffect(() => {
    if (now.phase !== 'dirty') return undefined;
    const timer = setTimeout(() => void saver.current(), idle);
    return () => clearTimeout(timer);
  }, [now.phase, now.text]);
  useLeaving(() => {
    const { phase, text, stored } = latest.current;
    if (phase === 'dirty') api.putNotesLast(text, stored.basedOn);
  });

  return {
    ...now,
    type: (text) =>
      setNow(({ error: _error, ...current }) => ({
        ...current,
        text,
        phase:
          current.phase === 'conflict' || current.phase === 'saving'
            ? current.phase
            : text === current.stored.text
              ? 'clean'
              : 'dirty',
      })),
    saveNow: () => void save(),
    resolve: (whose) =>
      setNow(({ theirs, ...current }) => {
        if (theirs === undefined) return current;
        const stored = { text: theirs.text, basedOn: theirs.revision };
        return whose === 'mine'
          ? { ...current, stored, phase: 'dirty' }
          : { ...current, stored, text: theirs.text, phase: 'clean', epoch: current.epoch + 1 };
      }),
  };
}

function holdsPersonalData(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'text.personalData';
}

/** Sends what is unsaved when the page is left. */
function useLeaving(flush: () => void): void {
  const latest = useRef(flush);
  useEffect(() => {
    latest.current = flush;
  });
  useEffect(() => () => latest.current(), []);
}
