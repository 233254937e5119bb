import { Button, Field, Textarea } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { TextContent } from '../../../../src/content/text.js';
import type { OwnText } from '../../../../src/newsletter/types.js';
import type { StoryLanguage } from '../../../../src/newsletter/view.js';
import type { PublicLanguage } from '../../../../src/shared/languages.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import type { Texts } from '../../../text.js';
import { fieldProblem } from '../../../shared/problem.js';
import { StateChip } from '../../../shared/state-chip.js';
import { holdsPersonalData } from '../../../shared/writing/autosave.js';
import type { StoryApi } from '../api.js';
import type { IssueHere } from '../use-issue.js';
import { useDraft, type Draft } from './story-draft.js';
import css from './story.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../../../shared/editor/markdown-editor.js')).MarkdownEditor,
}));

interface ColumnProps {
  readonly api: StoryApi;
  readonly language: PublicLanguage;
  readonly current: StoryLanguage;
  readonly here: IssueHere;
  readonly canEdit: boolean;
}

/** Which note belongs above the words, if any. */
function noteOf({ status, own }: StoryLanguage): NoteKey | undefined {
  if (status === 'missing') return 'newsletter.story.missing';
  if (status !== 'behind') return undefined;
  return own === undefined ? 'newsletter.story.behindItem' : 'newsletter.story.behind';
}
type NoteKey = 'newsletter.story.missing' | 'newsletter.story.behindItem' | 'newsletter.story.behind';

const fieldId = (field: string, language: PublicLanguage): string => `own-${field}-${language}`;

/** Takes the writer to the first field that was refused. */
function focusFault(error: unknown, language: PublicLanguage): void {
  const field = error instanceof ApiError ? error.fields[0]?.field.replace('words.', '') : undefined;
  if (field !== undefined) document.getElementById(fieldId(field, language))?.focus();
}

/** What is wrong with one field of the text. */
function wordProblem(texts: Texts, fault: unknown, field: keyof TextContent): string | undefined {
  return fieldProblem(texts, fault, `words.${field}`) ?? fieldProblem(texts, fault, field);
}

/** Title, lead and body, each with what is wrong with it. */
function WordFields(props: {
  readonly language: PublicLanguage;
  readonly draft: Draft;
  readonly fault: unknown;
  readonly canEdit: boolean;
}) {
  const { language, draft, fault, canEdit } = props;
  const { t } = useText();
  const { texts } = useShell();
  const problem = (field: keyof TextContent) => {
    const text = wordProblem(texts, fault, field);
    return text === undefined ? {} : { validationMessage: text };
  };

  return (
    <>
      <Field label={t('newsletter.story.title')} {...problem('title')}>
        <Textarea
          id={fieldId('title', language)}
          lang={language}
          className={css.titleField}
          resize="none"
          rows={2}
          readOnly={!canEdit}
          value={draft.content.title}
          onChange={(_, data) => draft.edit({ title: data.value.replaceAll('\n', ' ') })}
        />
      </Field>
      <Field label={t('newsletter.story.lead')} {...problem('lead')}>
        <Textarea
          id={fieldId('lead', language)}
          lang={language}
          rows={4}
          resize="vertical"
          readOnly={!canEdit}
          value={draft.content.lead}
          onChange={(_, data) => draft.edit({ lead: data.value })}
        />
      </Field>
      <Field label={t('newsletter.story.body')} {...problem('body')}>
        <Suspense fallback={<div className="bone" style={{ height: 160 }} />}>
          <MarkdownEditor
            key={draft.editorKey}
            label={t('newsletter.story.bodyIn', { language })}
            language={language}
            markdown={draft.content.body}
            isReadOnly={!canEdit}
            onChange={(body) => draft.edit({ body })}
          />
        </Suspense>
      </Field>
    </>
  );
}

/** The way of the words to the server; somebody else's that came between are `theirs`. */
function useSaving({ api, language, current, here }: ColumnProps, draft: Draft) {
  const { t } = useText();
  const [fault, setFault] = useState<unknown>();
  const [theirs, setTheirs] = useState<OwnText>();

  const save = async (replaces = draft.replaces): Promise<boolean> => {
    const { content } = draft;
    const put = () => api.setOwnText(language, content, replaces);
    const quiet = ({ code, fields }: ApiError): boolean => code === 'text.conflict' || fields.length > 0;
    const error = await here.change(put, t('newsletter.story.saved', { language }), { quiet });
    setFault(error);
    if (holdsPersonalData(error)) draft.withhold();
    focusFault(error, language);
    const isConflict = error instanceof ApiError && error.code === 'text.conflict';
    setTheirs(isConflict ? ((error.facts.theirs as OwnText | null) ?? undefined) : undefined);
    if (error === undefined) draft.saved(content);
    return error === undefined;
  };
  const takeItem = async (): Promise<void> => {
    const error = await here.change(
      () => api.dropOwnText(language, current.own?.at ?? null),
      t('newsletter.story.useItem.done', { language }),
    );
    if (error === undefined) draft.forget();
  };
  const takeTheirs = (): void => {
    setTheirs(undefined);
    draft.forget();
  };
  return { save, takeItem, takeTheirs, fault, theirs, forgetFault: () => setFault(undefined) };
}

/** Lets an approval save the words first; where that fails, the person is taken to them. */
function useSettling(language: PublicLanguage, draft: Draft, saving: ReturnType<typeof useSaving>): void {
  const { texts, writings } = useShell();
  const latest = useRef({ draft, saving });
  useEffect(() => {
    latest.current = { draft, saving };
  });
  useEffect(
    () =>
      writings.add({
        settle: async () => {
          const { draft: now, saving: way } = latest.current;
          return !now.isDirty || (way.theirs === undefined && (await way.save()));
        },
        trouble: () => {
          const { theirs } = latest.current.saving;
          const why = theirs === undefined ? 'failed' : 'conflict';
          return texts.t('writing.unsettled', { language, why });
        },
        show: () => {
          const place = document.getElementById(fieldId('title', language));
          place?.scrollIntoView({ block: 'center' });
          place?.focus();
        },
      }),
    [writings, texts, language],
  );
}

/** One language of a story: the item's words, or those of this issue. */
export function LanguageColumn(props: ColumnProps) {
  const { api, language, current, canEdit } = props;
  const { t } = useText();
  const { session } = useShell();
  const draft = useDraft(current, { personId: session.person.id, path: api.path, language });
  const saving = useSaving(props, draft);
  const { save, theirs } = saving;
  useSettling(language, draft, saving);
  const note = noteOf(current);
  return (
    <section className={css.column} aria-label={t('news.text.in', { language })}>
      <div className={css.languageHead}>
        <h3 lang={language}>{t(`language.own.${language}`)}</h3>
        <StateChip kind="text" state={current.status} />
        <span className={css.source}>
          {t(current.own === undefined ? 'newsletter.story.fromItem' : 'newsletter.own')}
        </span>
      </div>
      {note !== undefined && <p className={css.notice}>{t(note)}</p>}
      <WordFields language={language} draft={draft} fault={saving.fault} canEdit={canEdit} />
      {theirs !== undefined && (
        <Conflict
          theirs={theirs}
          language={language}
          onTake={saving.takeTheirs}
          onKeep={() => void save(theirs.at)}
        />
      )}
      {canEdit && theirs === undefined && <ColumnActions current={current} draft={draft} saving={saving} />}
    </section>
  );
}

/** Saving, and the ways back: to what is saved, and to the item's own text. */
function ColumnActions(props: {
  readonly current: StoryLanguage;
  readonly draft: Draft;
  readonly saving: ReturnType<typeof useSaving>;
}) {
  const { current, draft, saving } = props;
  const { t } = useText();
  const { ask, texts } = useShell();
  // Said here too: a long body keeps its own message out of sight of the button.
  const refused = (['title', 'lead', 'body'] as const)
    .map((field) => wordProblem(texts, saving.fault, field))
    .find((problem) => problem !== undefined);
  const isBehind = current.own !== undefined && current.status === 'behind';
  const discard = async (): Promise<void> => {
    const answer = await ask({
      title: t('newsletter.story.discard.title'),
      text: t('newsletter.story.discard.text'),
      verb: t('newsletter.story.discard'),
      isDanger: true,
    });
    if (answer === undefined) return;
    draft.forget();
    saving.forgetFault();
  };
  return (
    <div className={css.actions}>
      <Button disabled={!draft.isDirty && !isBehind} onClick={() => void saving.save()}>
        {t('newsletter.story.save')}
      </Button>
      {draft.isDirty ? (
        <Button appearance="subtle" onClick={() => void discard()}>
          {t('newsletter.story.discard')}
        </Button>
      ) : (
        current.own !== undefined && (
          <Button appearance="subtle" onClick={() => void saving.takeItem()}>
            {t('newsletter.story.useItem')}
          </Button>
        )
      )}
      <p className={css.unsaved} role="status" data-trouble={refused !== undefined}>
        {draft.isDirty && (refused ?? t('newsletter.story.unsaved'))}
      </p>
    </div>
  );
}

/** Somebody else saved first: their words beside one's own, which stay in the fields until one is chosen. */
export function Conflict(props: {
  readonly theirs: OwnText;
  readonly language: PublicLanguage;
  readonly onTake: () => void;
  readonly onKeep: () => void;
}) {
  const { theirs, language } = props;
  const { t } = useText();
  return (
    <div className={css.conflict} role="alert">
      <p>{t('newsletter.story.conflict', { name: theirs.by.name })}</p>
      <div
        className={css.theirs}
        lang={language}
        aria-label={t('newsletter.story.conflict.theirs')}
        role="group"
      >
        <strong>{theirs.title}</strong>
        <p>{theirs.lead}</p>
        <p>{theirs.body}</p>
      </div>
      <div className={css.actions}>
        <Button onClick={props.onKeep}>{t('newsletter.story.conflict.mine')}</Button>
        <Button onClick={props.onTake}>{t('newsletter.story.conflict.take')}</Button>
      </div>
    </div>
  );
}
