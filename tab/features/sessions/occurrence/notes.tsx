import { Button } from '@fluentui/react-components';
import { lazy, Suspense, useMemo, useState } from 'react';
import type {
  Notes as StoredNotes,
  NotesText,
  Occurrence,
} from '../../../../src/sessions/occurrences/occurrence.js';
import { publicLanguages, type Language } from '../../../../src/shared/languages.js';
import { missingTexts, textIn, textToRead } from '../../../../src/shared/translated.js';
import { bothTexts } from '../../../shared/both-texts.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { remember, remembered } from '../../../shared/device-storage.js';
import { problemText } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import type { Draft, Kind, Version } from '../../../shared/writing/autosave.js';
import { useAutosave, type WritingHandle } from '../../../shared/writing/use-autosave.js';
import { MissingLanguages } from '../parts/missing-languages.js';
import { Section } from '../parts/section.js';
import { useIsPresenter, type OccurrenceHere } from './use-occurrence.js';
import css from './notes.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../../../shared/editor/markdown-editor.js')).MarkdownEditor,
}));

/** What was said, written down: to read in one's own language where it exists, to write in each. */
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
  const shown = textToRead(language, notes);
  return (
    <Section id="notes" title={t('sessions.notes.title')}>
      {mayWrite ? (
        <WritingIn occurrence={occurrence} here={here} />
      ) : shown === undefined ? (
        <p className={css.none}>{t('sessions.notes.none')}</p>
      ) : (
        <Suspense fallback={<Bones rows={1} height={120} />}>
          <MarkdownEditor
            key={shown.text}
            label={t('sessions.notes.title')}
            language={shown.language ?? language}
            markdown={shown.text}
            isReadOnly
          />
        </Suspense>
      )}
    </Section>
  );
}

/** The public languages, and the one in which the notes were first written, or would be. */
function languagesOf(notes: StoredNotes | undefined, own: Language): readonly Language[] {
  const first = notes?.language ?? own;
  return publicLanguages.some((language) => language === first)
    ? publicLanguages
    : [first, ...publicLanguages];
}

/** The notes, with a choice of the language in which one writes; of old ones one says first in which they are. */
function WritingIn({ occurrence, here }: { readonly occurrence: Occurrence; readonly here: OccurrenceHere }) {
  const { fail } = useShell();
  const { t, language: own } = useText();
  const notes = occurrence.record?.notes;
  const [chosen, setChosen] = useState<Language>();
  const isUnnamed = notes !== undefined && notes.language === undefined;
  const offered = languagesOf(notes, own);
  const written = chosen ?? (textIn(own, notes) === undefined ? (notes?.language ?? own) : own);
  const name = async (language: Language): Promise<void> => {
    if (notes === undefined) return;
    try {
      here.show(await here.api.setNotes({ text: notes.text, language, basedOn: notes.revision }));
      setChosen(language);
    } catch (error) {
      fail(error);
      here.reload();
    }
  };
  return (
    <>
      <p className={css.none}>{t('sessions.notes.hint')}</p>
      <div className={css.languages}>
        {isUnnamed && <span>{t('sessions.notes.whichLanguage')}</span>}
        <div
          role="group"
          className={css.choices}
          aria-label={t(isUnnamed ? 'sessions.notes.whichLanguage' : 'sessions.notes.language')}
        >
          {offered.map((language) => (
            <Button
              key={language}
              size="small"
              {...(!isUnnamed && { 'aria-pressed': language === written })}
              appearance={!isUnnamed && language === written ? 'primary' : 'secondary'}
              onClick={() => (isUnnamed ? void name(language) : setChosen(language))}
            >
              {t(`language.own.${language}`)}
            </Button>
          ))}
        </div>
        <MissingLanguages languages={missingTexts(notes)} />
      </div>
      {isUnnamed ? (
        <Writing key="unnamed" occurrence={occurrence} here={here} />
      ) : (
        <Writing key={written} language={written} occurrence={occurrence} here={here} />
      )}
    </>
  );
}

/** The notes in one language; without one those whose language nobody has said. */
function Writing(props: {
  readonly language?: Language;
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
}) {
  const { occurrence, here } = props;
  const { t, language: own } = useText();
  const handle = useNotes(occurrence, here, props.language);
  const { writing, type } = handle;
  return (
    <>
      <Conflict handle={handle} language={props.language ?? own} />
      <div id={notesId} className={css.paper}>
        <Suspense fallback={<Bones rows={1} height={160} />}>
          <MarkdownEditor
            key={writing.epoch}
            label={t('sessions.notes.title')}
            language={props.language ?? own}
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
function Conflict({ handle, language }: { readonly handle: Handle; readonly language: Language }) {
  const { t, dates } = useText();
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
        <Button appearance="primary" onClick={() => resolve(bothTexts(theirs.content, writing.content))}>
          {t('sessions.notes.keepBoth')}
        </Button>
        <Button onClick={() => resolve(writing.content)}>{t('sessions.notes.keepMine')}</Button>
        <Button onClick={() => resolve(theirs.content)}>{t('sessions.notes.takeTheirs')}</Button>
      </div>
    </div>
  );
}

type Handle = WritingHandle<string, number>;

function versionOf(notes: NotesText | undefined): Version<string, number> {
  if (notes === undefined) return { content: '', mark: 0 };
  const { text, revision, by, at } = notes;
  return { content: text, mark: revision, saved: { by, at } };
}

const kind: Kind<string, number> = {
  isSame: (one, other) => one === other,
  tidied: (text) => text.trim(),
  isStorable: () => true,
  isNewer: (revision, than) => revision > than,
  theirs: (fact) => (fact === undefined ? undefined : versionOf(fact as NotesText)),
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

/** The notes in a language while they are written; others' words are never written over. */
function useNotes(
  occurrence: Occurrence,
  { show, api }: OccurrenceHere,
  language: Language | undefined,
): Handle {
  const { session } = useShell();
  const { t, language: own } = useText();
  const notes = occurrence.record?.notes;
  // The copy of the first text has the name that it had when there was no other.
  const isFirst = language === undefined || language === (notes?.language ?? own);
  const key = `notes.${session.person.id}.${occurrence.id}${isFirst ? '' : `.${language}`}`;
  const ofLanguage = (all: StoredNotes | undefined) => (language === undefined ? all : textIn(language, all));
  const stored = ofLanguage(notes);
  const input = (text: string, basedOn: number) => ({ text, basedOn, ...(language && { language }) });
  return useAutosave<string, number>({
    kind,
    stored: useMemo(() => versionOf(stored), [stored]),
    draft: {
      read: () => readDraft(key),
      keep: (draft) => remember(key, draft && JSON.stringify({ text: draft.content, basedOn: draft.mark })),
    },
    send: async (text, basedOn) => {
      const answer = await api.setNotes(input(text, basedOn));
      show(answer);
      return versionOf(ofLanguage(answer.occurrence.record?.notes));
    },
    sendLast: (text, basedOn) => api.putNotesLast(input(text, basedOn)),
    trouble: ({ phase }) => t('sessions.notes.unsettled', { why: phase }),
    show: () => document.getElementById(notesId)?.scrollIntoView({ block: 'center' }),
  });
}
