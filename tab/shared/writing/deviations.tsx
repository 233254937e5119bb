import { Button, Field, Textarea } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import {
  deviatingParts,
  textParts,
  type Deviation,
  type Deviations,
} from '../../../src/content/deviation.js';
import { textLimits, type TextContent, type Texts } from '../../../src/content/text.js';
import { publicLanguages, type PublicLanguage } from '../../../src/shared/languages.js';
import { isSame } from '../../../src/shared/merge.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../context.js';
import { remember, remembered } from '../device-storage.js';
import { fieldProblem } from '../problem.js';
import { holdsPersonalData } from './autosave.js';
import css from './deviations.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../editor/markdown-editor.js')).MarkdownEditor,
}));

type Parts = Partial<TextContent>;

/** A place where an item's text is read, and what it says otherwise. */
export interface Deviating {
  /** Names it among what is kept on this device. */
  readonly place: string;
  readonly texts: Texts;
  readonly own: Deviations;
  readonly canEdit: boolean;
  /**
   * What a language says otherwise from now on. Gives when it was saved; null where nothing is said otherwise any more.
   * @param replaces when what goes was saved; null where there was nothing.
   */
  readonly save: (language: PublicLanguage, parts: Parts, replaces: string | null) => Promise<string | null>;
  /** Back to the item's text. */
  readonly drop: (language: PublicLanguage, replaces: string | null) => Promise<string | null>;
  /** Looks again at what is said otherwise. */
  readonly refresh: () => void;
}

/**
 * What one place says otherwise than the item: nothing for most, and then three quiet buttons a language. What is typed is
 * saved by itself, and before an approval.
 */
export function DeviationEditor(props: Deviating) {
  const { t } = useText();
  const { own, canEdit } = props;
  if (!canEdit && Object.keys(own).length === 0) return null;
  return (
    <section className={css.box} aria-label={t('deviation.heading')}>
      <h2>{t('deviation.heading')}</h2>
      <p className={css.hint}>{t('deviation.hint')}</p>
      <div className={css.columns}>
        {publicLanguages.map((language) => (
          <InLanguage key={language} {...props} language={language} />
        ))}
      </div>
    </section>
  );
}

type InLanguageProps = Deviating & { readonly language: PublicLanguage };

const idle = 1500;

/** What is on the screen and not stored yet, and when what it replaces was saved; null where there was nothing. */
interface Draft {
  readonly parts: Parts;
  readonly replaces: string | null;
}

/** What was left on this device. What lies there from before it kept what it replaces is not taken up: it could hide somebody's text. */
function storedDraft(key: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(remembered(key) ?? 'null');
    if (typeof value !== 'object' || value === null || !('parts' in value) || !('replaces' in value))
      return undefined;
    const { parts: kept, replaces } = value;
    if (typeof kept !== 'object' || kept === null) return undefined;
    if (typeof replaces !== 'string' && replaces !== null) return undefined;
    const parts = textParts.flatMap((part) => {
      const text = (kept as Readonly<Record<string, unknown>>)[part];
      return typeof text === 'string' ? [[part, text] as const] : [];
    });
    return { parts: Object.fromEntries(parts), replaces };
  } catch {
    return undefined;
  }
}

const isConflict = (fault: unknown): fault is ApiError =>
  fault instanceof ApiError && fault.code === 'text.conflict';

/** What is on the screen in one language, and its way to the server: one save at a time, over what the writer saw. */
function useDeviating({ place, own, language, save, drop, refresh }: InLanguageProps) {
  const { session, writings, texts } = useShell();
  const current = own[language];
  const stored = current === undefined ? {} : deviatingParts(current);
  const draftKey = `deviation.${session.person.id}.${place}.${language}`;
  const [draft, setDraft] = useState<Draft | undefined>(() => storedDraft(draftKey));
  const [fault, setFault] = useState<unknown>();
  const parts = draft?.parts ?? stored;
  const isDirty = draft !== undefined && !isSame(draft.parts, stored);
  const latest = useRef({ draft, isDirty, fault });
  const going = useRef<Promise<boolean>>(Promise.resolve(true));
  useEffect(() => {
    latest.current = { draft, isDirty, fault };
  });

  const store = useCallback((): Promise<boolean> => {
    const storeNow = async (): Promise<boolean> => {
      const { draft: now, isDirty: isToStore, fault: before } = latest.current;
      if (now === undefined || !isToStore) return true;
      if (isConflict(before) || now.parts.title === '') return false;
      const isNothing = Object.keys(now.parts).length === 0;
      try {
        const at = await (isNothing ? drop(language, now.replaces) : save(language, now.parts, now.replaces));
        // What was typed meanwhile goes on over what was just stored.
        const typed = latest.current.draft;
        const after =
          typed === undefined || isSame(typed.parts, now.parts) ? undefined : { ...typed, replaces: at };
        latest.current = { draft: after, isDirty: after !== undefined, fault: undefined };
        setDraft(after);
        setFault(undefined);
        return true;
      } catch (error) {
        latest.current = { ...latest.current, fault: error };
        setFault(error);
        return false;
      }
    };
    const next = going.current.then(storeNow);
    going.current = next;
    return next;
  }, [drop, save, language, setDraft, setFault]);

  useEffect(() => {
    const isKept = isDirty && !holdsPersonalData(fault);
    remember(draftKey, isKept ? JSON.stringify(draft) : undefined);
  });
  useEffect(() => {
    if (!isDirty || fault !== undefined) return undefined;
    const timer = setTimeout(() => void store(), idle);
    return () => clearTimeout(timer);
  }, [isDirty, parts, fault, store]);
  useEffect(
    () =>
      writings.add({
        settle: store,
        trouble: () =>
          texts.t('writing.unsettled', { language, why: isConflict(fault) ? 'conflict' : 'failed' }),
        show: () => document.getElementById(partId(language, 'title'))?.focus(),
      }),
    [writings, texts, store, language, fault],
  );
  const put = (next: Parts): void => {
    if (!isConflict(fault)) setFault(undefined);
    setDraft({ parts: next, replaces: draft === undefined ? (current?.at ?? null) : draft.replaces });
  };
  return {
    parts,
    fault,
    theirs: isConflict(fault) ? ((fault.facts.theirs as Deviation | null) ?? undefined) : undefined,
    type: (change: Parts): void => put({ ...parts, ...change }),
    remove: (part: keyof TextContent): void => {
      const { [part]: _gone, ...rest } = parts;
      put(rest);
    },
    /** Says again what is said, over the text as it is now. */
    keep: (): Promise<unknown> => save(language, parts, current?.at ?? null).catch(setFault),
    takeTheirs: (): void => {
      setFault(undefined);
      setDraft(undefined);
      refresh();
    },
    keepMine: (theirs: Deviation): void => {
      setFault(undefined);
      setDraft({ parts, replaces: theirs.at });
    },
  };
}

const partId = (language: PublicLanguage, part: keyof TextContent): string => `own-${part}-${language}`;

function InLanguage(props: InLanguageProps) {
  const { language, texts, own, canEdit } = props;
  const { t } = useText();
  const here = useDeviating(props);
  const { parts, theirs } = here;
  const current = own[language];
  const text = texts[language];
  const hasMovedOn = current !== undefined && (text?.ready ?? 0) > current.basedOn;
  const add = (part: keyof TextContent): void => {
    here.type({ [part]: text?.[part] ?? '' });
    requestAnimationFrame(() => document.getElementById(partId(language, part))?.focus());
  };
  return (
    <div className={css.column} lang={language}>
      <h3>{t(`language.own.${language}`)}</h3>
      {hasMovedOn && (
        <div className={css.movedOn}>
          <p>{t('deviation.movedOn')}</p>
          {canEdit && (
            <Button size="small" onClick={() => void here.keep()}>
              {t('deviation.keep')}
            </Button>
          )}
        </div>
      )}
      {textParts.map(
        (part) =>
          parts[part] !== undefined && (
            <Part key={part} part={part} language={language} here={here} canEdit={canEdit} />
          ),
      )}
      {theirs !== undefined && (
        <div className={css.movedOn} role="alert">
          <p>{t('deviation.conflict', { name: theirs.by.name })}</p>
          {textParts.map(
            (part) =>
              theirs[part] !== undefined && (
                <p key={part} className={css.theirs}>
                  {theirs[part]}
                </p>
              ),
          )}
          <div className={css.adding}>
            <Button size="small" onClick={() => here.keepMine(theirs)}>
              {t('deviation.conflict.keep')}
            </Button>
            <Button size="small" onClick={here.takeTheirs}>
              {t('deviation.conflict.take')}
            </Button>
          </div>
        </div>
      )}
      {canEdit && (
        <div className={css.adding}>
          {textParts
            .filter((part) => parts[part] === undefined)
            .map((part) => (
              <Button
                key={part}
                size="small"
                appearance="subtle"
                icon={<Add16Regular />}
                onClick={() => add(part)}
              >
                {t(`deviation.add.${part}`)}
              </Button>
            ))}
        </div>
      )}
    </div>
  );
}

function Part(props: {
  readonly part: keyof TextContent;
  readonly language: PublicLanguage;
  readonly here: ReturnType<typeof useDeviating>;
  readonly canEdit: boolean;
}) {
  const { part, language, here, canEdit } = props;
  const { t } = useText();
  const { texts } = useShell();
  const value = here.parts[part] ?? '';
  const limit = textLimits[part];
  const problem =
    value.length > limit
      ? t('field.tooLong', { length: value.length, limit })
      : (fieldProblem(texts, here.fault, `words.${part}`) ?? fieldProblem(texts, here.fault, part));
  const id = partId(language, part);
  return (
    <div className={css.part}>
      <Field
        label={{ children: t(`deviation.${part}`), htmlFor: id }}
        {...(problem === undefined ? {} : { validationMessage: problem })}
      >
        {part === 'body' ? (
          <Suspense fallback={<div className="bone" style={{ height: 120 }} />}>
            <MarkdownEditor
              label={t('deviation.body')}
              language={language}
              markdown={value}
              isReadOnly={!canEdit}
              onChange={(body) => here.type({ body })}
            />
          </Suspense>
        ) : (
          <Textarea
            id={id}
            value={value}
            rows={2}
            resize="vertical"
            readOnly={!canEdit}
            onChange={(_, data) =>
              here.type({ [part]: part === 'title' ? data.value.replace(/\s*\n\s*/g, ' ') : data.value })
            }
          />
        )}
      </Field>
      {canEdit && (
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          onClick={() => here.remove(part)}
        >
          {t('deviation.remove')}
        </Button>
      )}
    </div>
  );
}
