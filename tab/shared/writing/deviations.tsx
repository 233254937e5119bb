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
  /** What a language says otherwise from now on. @param replaces when what goes was saved; null where there was nothing. */
  readonly save: (language: PublicLanguage, parts: Parts, replaces: string | null) => Promise<unknown>;
  /** Back to the item's text. */
  readonly drop: (language: PublicLanguage, replaces: string | null) => Promise<unknown>;
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

function storedDraft(key: string): Parts | undefined {
  try {
    const value: unknown = JSON.parse(remembered(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return undefined;
    const parts = textParts.flatMap((part) => {
      const text = (value as Readonly<Record<string, unknown>>)[part];
      return typeof text === 'string' ? [[part, text] as const] : [];
    });
    return parts.length === 0 ? undefined : Object.fromEntries(parts);
  } catch {
    return undefined;
  }
}

/** What is on the screen in one language, and its way to the server. */
function useDeviating({ place, own, language, save, drop }: InLanguageProps) {
  const { session, writings, texts } = useShell();
  const current = own[language];
  const stored = current === undefined ? {} : deviatingParts(current);
  const draftKey = `deviation.${session.person.id}.${place}.${language}`;
  const [draft, setDraft] = useState<Parts | undefined>(() => storedDraft(draftKey));
  const [fault, setFault] = useState<unknown>();
  const parts = draft ?? stored;
  const isDirty = draft !== undefined && !isSame(draft, stored);
  const latest = useRef({ parts, isDirty, current });
  useEffect(() => {
    latest.current = { parts, isDirty, current };
  });

  const store = useCallback(async (): Promise<boolean> => {
    const { parts: now, isDirty: isToStore, current: before } = latest.current;
    if (!isToStore) return true;
    if (Object.keys(now).length > 0 && now.title === '') return false;
    const replaces = before?.at ?? null;
    try {
      await (Object.keys(now).length === 0 ? drop(language, replaces) : save(language, now, replaces));
      setFault(undefined);
      setDraft((typed) => (isSame(typed, now) ? undefined : typed));
      return true;
    } catch (error) {
      setFault(error);
      return false;
    }
  }, [drop, save, language, setDraft, setFault]);

  useEffect(() => {
    remember(draftKey, isDirty && !holdsPersonalData(fault) ? JSON.stringify(parts) : undefined);
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
        trouble: () => texts.t('writing.unsettled', { language, why: 'failed' }),
        show: () => document.getElementById(partId(language, 'title'))?.focus(),
      }),
    [writings, texts, store, language],
  );
  const theirs =
    fault instanceof ApiError && fault.code === 'text.conflict'
      ? ((fault.facts.theirs as Deviation | null) ?? undefined)
      : undefined;
  return {
    parts,
    isDirty,
    fault,
    theirs,
    type: (change: Parts): void => {
      setFault(undefined);
      setDraft({ ...parts, ...change });
    },
    remove: (part: keyof TextContent): void => {
      const { [part]: _gone, ...rest } = parts;
      setFault(undefined);
      setDraft(rest);
    },
    /** Says again what is said, over the text as it is now. */
    keep: (): Promise<unknown> => save(language, parts, current?.at ?? null).catch(setFault),
    takeTheirs: (): void => {
      setFault(undefined);
      setDraft(undefined);
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
          <Button size="small" onClick={here.takeTheirs}>
            {t('deviation.conflict.take')}
          </Button>
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
