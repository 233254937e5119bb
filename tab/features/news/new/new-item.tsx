import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { lazy, Suspense, useRef, useState, type SyntheticEvent } from 'react';
import type { NewsItem } from '../../../../src/news/types.js';
import { offeredProjects } from '../../../../src/people/person.js';
import type { SessionAnswer } from '../../../../src/shared/answers/people.js';
import { proposedText } from '../../../../src/news/proposal.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { useFocusOnFault } from '../../../shared/focus.js';
import { faultAt, holdsPersonalData } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import { useDeviceCopy } from '../../../shared/use-device-copy.js';
import { submitNews } from '../api.js';
import { bodyOf, draftKey, emptyDraft, keptDraft, type NewDraft } from './draft.js';
import css from './new-item.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../../../shared/editor/markdown-editor.js')).MarkdownEditor,
}));

/** One's own project, or the first one: of those that are offered. */
function firstProject(person: SessionAnswer['person'], programme: SessionAnswer['programme']): string {
  const offered = offeredProjects(programme).map(({ id }) => id);
  return person.projects.find((id) => offered.includes(id)) ?? offered[0] ?? '';
}

/** Writes news that nobody has told the bot. It is kept on the device until it is saved; then it is an item as any other. */
export function NewItem({ onMade }: { readonly onMade: (item: NewsItem) => void }) {
  const { api, session, texts, notify, fail } = useShell();
  const { t, language } = useText();
  const mayReview = useMay()('news:edit');
  const { person, programme } = session;
  const [draft, setDraft] = useState<NewDraft>(
    () => keptDraft(person.id) ?? emptyDraft(firstProject(person, programme), person.language),
  );
  const copy = useDeviceCopy(draftKey(person.id));
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const proposed = proposedText(draft.body);
  const bodyFault = faultAt(texts, fault, 'words.body').validationMessage;
  /** What is wrong with the text is wrong with what it proposes, and is said once. */
  const faultOf = (part: 'title' | 'lead') =>
    bodyFault !== undefined && draft[part].trim() === '' ? {} : faultAt(texts, fault, `words.${part}`);
  useFocusOnFault(form, fault);

  const change = (more: Partial<NewDraft>): void =>
    setDraft((before) => {
      const next = { ...before, ...more };
      copy.keep(JSON.stringify(next));
      return next;
    });
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      const { item } = await submitNews(api, bodyOf(draft));
      copy.forget();
      notify(t('news.new.done'));
      onMade(item);
    } catch (error) {
      copy.learn(error);
      setFault(error);
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form ref={form} className={css.form} noValidate onSubmit={onSubmit}>
      <h1>{t('news.new.title')}</h1>
      <p className={css.hint}>{t(mayReview ? 'news.new.hint.review' : 'news.new.hint')}</p>
      <div className={css.body}>
        <span>{t('news.new.body')}</span>
        <Suspense fallback={<Bones rows={1} height={160} />}>
          <MarkdownEditor
            takesFocus
            isFaulty={bodyFault !== undefined}
            label={t('news.new.body')}
            language={draft.language}
            markdown={draft.body}
            onChange={(body) => change({ body })}
          />
        </Suspense>
        <span className={css.fault} role="alert">
          {bodyFault}
        </span>
      </div>
      <div className={css.row}>
        <Field label={t('news.background.project')} {...faultAt(texts, fault, 'projectId')}>
          <Select value={draft.projectId} onChange={(_, data) => change({ projectId: data.value })}>
            {offeredProjects(programme).map(({ id, names }) => (
              <option key={id} value={id}>
                {names[language]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('news.new.language')}>
          <Select value={draft.language} onChange={(_, data) => change({ language: data.value as Language })}>
            {languages.map((code) => (
              <option key={code} value={code}>
                {t(`language.own.${code}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {(['title', 'lead'] as const).map((part) => (
        <Field
          key={part}
          label={t(`news.field.${part}`)}
          hint={t(`news.new.proposed.${part}`)}
          {...faultOf(part)}
        >
          <Proposed
            isLong={part === 'lead'}
            language={draft.language}
            typed={draft[part]}
            proposed={proposed[part]}
            onType={(typed) => change({ [part]: typed })}
          />
        </Field>
      ))}
      {mayReview && (
        <Field
          label={t('news.new.source')}
          hint={t('news.new.source.hint')}
          {...faultAt(texts, fault, 'source')}
        >
          <Input value={draft.source} onChange={(_, data) => change({ source: data.value })} />
        </Field>
      )}
      <div className={css.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          {t(mayReview ? 'news.new.save' : 'news.new.send')}
        </Button>
        {!holdsPersonalData(fault) && <span className={css.kept}>{t('news.new.kept')}</span>}
      </div>
    </form>
  );
}

/** A field that shows what the text proposes until something is typed there; emptied and left it shows the proposal again. */
function Proposed(props: {
  readonly isLong: boolean;
  readonly language: Language;
  readonly typed: string;
  readonly proposed: string;
  readonly onType: (typed: string) => void;
}) {
  const { isLong, language, typed, proposed, onType, ...field } = props;
  const [isEmptied, setEmptied] = useState(false);
  const shared = {
    ...field,
    lang: language,
    value: typed === '' && !isEmptied ? proposed : typed,
    onBlur: () => setEmptied(false),
    onChange: (_: unknown, { value }: { readonly value: string }) => {
      setEmptied(value === '');
      onType(value);
    },
  };
  return isLong ? <Textarea {...shared} rows={3} resize="vertical" /> : <Input {...shared} />;
}
