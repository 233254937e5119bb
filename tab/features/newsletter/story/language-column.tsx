import { Button, Field, Textarea } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import type { PublicLanguage } from '../../../../src/languages.js';
import type { IssueAnswer } from '../../../../src/http/routes/newsletter.js';
import type { OwnWords } from '../../../../src/newsletter/issue.js';
import type { StoryLanguage } from '../../../../src/newsletter/service.js';
import type { Words } from '../../../../src/texts/text.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { fieldProblem } from '../../../shared/problem.js';
import { StateChip } from '../../../shared/state-chip.js';
import type { IssueHere } from '../use-issue.js';
import { Conflict } from './conflict.js';
import css from './story.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../../../shared/editor/markdown-editor.js')).MarkdownEditor,
}));

interface ColumnProps {
  /** Address of the story. */
  readonly path: string;
  readonly language: PublicLanguage;
  readonly standing: StoryLanguage;
  readonly here: IssueHere;
  readonly canEdit: boolean;
}

const noWords: Words = { title: '', lead: '', body: '' };
const wordsOf = ({ title, lead, body }: Words): Words => ({ title, lead, body });

function isSame(one: Words, other: Words): boolean {
  return one.title === other.title && one.lead === other.lead && one.body === other.body;
}

/** Which note belongs above the words, if any. */
function noteOf({ status, own }: StoryLanguage): NoteKey | undefined {
  if (status === 'missing') return 'newsletter.story.missing';
  if (status !== 'behind') return undefined;
  return own === undefined ? 'newsletter.story.behindItem' : 'newsletter.story.behind';
}
type NoteKey = 'newsletter.story.missing' | 'newsletter.story.behindItem' | 'newsletter.story.behind';

/** Words on their way, and what stood on the server when they were written or saved. */
interface Kept {
  readonly words: Words;
  readonly over: StoryLanguage;
  readonly isSaved: boolean;
}

/** The words that stand, and a draft over them that no reload takes away until it has been saved. */
function useDraft(standing: StoryLanguage) {
  const stand = wordsOf(standing.own ?? standing.item ?? noWords);
  const [kept, setKept] = useState<Kept>();
  const [version, setVersion] = useState(0);
  const isOver = kept === undefined || (kept.isSaved && kept.over !== standing);
  const words = isOver ? stand : kept.words;
  return {
    words,
    isDirty: !isOver && !kept.isSaved && !isSame(kept.words, stand),
    /** Names the text that the editor was drawn with. */
    editorKey: `${version} ${stand.body}`,
    edit: (more: Partial<Words>) => setKept({ words: { ...words, ...more }, over: standing, isSaved: false }),
    /** The draft stands from now on; what is fetched next takes its place. */
    saved: () => setKept((draft) => draft && { ...draft, over: standing, isSaved: true }),
    forget: () => {
      setKept(undefined);
      setVersion((number) => number + 1);
    },
  };
}

const fieldId = (field: string, language: PublicLanguage): string => `own-${field}-${language}`;

/** Takes the writer to the first field that was refused. */
function focusFault(error: unknown, language: PublicLanguage): void {
  const field = error instanceof ApiError ? error.fields[0]?.field.replace('words.', '') : undefined;
  if (field !== undefined) document.getElementById(fieldId(field, language))?.focus();
}

type Draft = ReturnType<typeof useDraft>;

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
  const problem = (field: keyof Words) => {
    const text = fieldProblem(texts, fault, `words.${field}`) ?? fieldProblem(texts, fault, field);
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
          value={draft.words.title}
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
          value={draft.words.lead}
          onChange={(_, data) => draft.edit({ lead: data.value })}
        />
      </Field>
      <Field label={t('newsletter.story.body')} {...problem('body')}>
        <Suspense fallback={<div className="bone" style={{ height: 160 }} />}>
          <MarkdownEditor
            key={draft.editorKey}
            label={`${t('newsletter.story.body')}, ${t(`language.${language}`)}`}
            language={language}
            markdown={draft.words.body}
            isReadOnly={!canEdit}
            onChange={(body) => draft.edit({ body })}
          />
        </Suspense>
      </Field>
    </>
  );
}

/** One language of a story: the item's words, or those of this issue. */
export function LanguageColumn({ path, language, standing, here, canEdit }: ColumnProps) {
  const { t } = useText();
  const { api } = useShell();
  const draft = useDraft(standing);
  const [fault, setFault] = useState<unknown>();
  const [theirs, setTheirs] = useState<OwnWords>();
  const address = `${path}/words/${language}`;
  const name = t(`language.${language}`);
  const note = noteOf(standing);
  const isBehind = standing.own !== undefined && standing.status === 'behind';

  const save = async (replaces = standing.own?.at ?? null): Promise<void> => {
    const put = () => api.put<IssueAnswer>(address, { words: draft.words, replaces });
    const quiet = ({ code, fields }: ApiError): boolean => code === 'text.conflict' || fields.length > 0;
    const error = await here.change(put, t('newsletter.story.saved', { language: name }), { quiet });
    setFault(error);
    focusFault(error, language);
    const isConflict = error instanceof ApiError && error.code === 'text.conflict';
    setTheirs(isConflict ? ((error.facts.theirs as OwnWords | null) ?? undefined) : undefined);
    if (error === undefined) draft.saved();
  };
  const takeItem = async (): Promise<void> => {
    const del = () => api.del<IssueAnswer>(address);
    await here.change(del, t('newsletter.story.useItem.done', { language: name }));
    draft.forget();
  };
  return (
    <section className={css.column} aria-label={t(`language.own.${language}`)}>
      <div className={css.languageHead}>
        <h3>{t(`language.own.${language}`)}</h3>
        <StateChip kind="text" state={standing.status} />
        <span className={css.source}>
          {t(standing.own === undefined ? 'newsletter.story.fromItem' : 'newsletter.own')}
        </span>
      </div>
      {note !== undefined && <p className={css.notice}>{t(note)}</p>}
      <WordFields language={language} draft={draft} fault={fault} canEdit={canEdit} />
      {theirs !== undefined && (
        <Conflict
          theirs={theirs}
          language={language}
          onTake={() => {
            setTheirs(undefined);
            draft.forget();
          }}
          onKeep={() => void save(theirs.at)}
        />
      )}
      {canEdit && theirs === undefined && (
        <div className={css.actions}>
          <Button disabled={!draft.isDirty && !isBehind} onClick={() => void save()}>
            {t('newsletter.story.save')}
          </Button>
          {standing.own !== undefined && (
            <Button appearance="subtle" onClick={() => void takeItem()}>
              {t('newsletter.story.useItem')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
