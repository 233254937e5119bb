import { Button, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef, useState, type SyntheticEvent } from 'react';
import type { NewsItem } from '../../../../src/news/types.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { useFocusOnFault } from '../../../shared/focus.js';
import { faultAt } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import { submitNews } from '../api.js';
import { bodyOf, emptyDraft, keepDraft, keptDraft, type NewDraft } from './draft.js';
import css from './new-item.module.css';

const MarkdownEditor = lazy(async () => ({
  default: (await import('../../../shared/editor/markdown-editor.js')).MarkdownEditor,
}));

/** Writes news that nobody has told the bot. It is kept on the device until it is saved; then it is an item as any other. */
export function NewItem({ onMade }: { readonly onMade: (item: NewsItem) => void }) {
  const { api, session, texts, notify, fail } = useShell();
  const { t, language } = useText();
  const mayReview = useMay()('news:review');
  const { person, programme } = session;
  const [first] = useState(
    () =>
      keptDraft(person.id) ??
      emptyDraft(person.projects[0] ?? programme.projects[0]?.id ?? '', person.language),
  );
  const [draft, setDraft] = useState<NewDraft>(first);
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useFocusOnFault(form, fault);

  const change = (more: Partial<NewDraft>): void =>
    setDraft((before) => {
      const next = { ...before, ...more };
      keepDraft(person.id, next);
      return next;
    });
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      const { item } = await submitNews(api, bodyOf(draft));
      keepDraft(person.id, undefined);
      notify(t('news.new.done'));
      onMade(item);
    } catch (error) {
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
      <div className={css.row}>
        <Field label={t('news.background.project')} {...faultAt(texts, fault, 'projectId')}>
          <Select value={draft.projectId} onChange={(_, data) => change({ projectId: data.value })}>
            {programme.projects.map(({ id, names }) => (
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
      <Field label={t('news.field.title')} {...faultAt(texts, fault, 'words.title')}>
        <Input
          lang={draft.language}
          value={draft.title}
          onChange={(_, data) => change({ title: data.value })}
        />
      </Field>
      <Field label={t('news.field.lead')} {...faultAt(texts, fault, 'words.lead')}>
        <Textarea
          lang={draft.language}
          rows={2}
          value={draft.lead}
          onChange={(_, data) => change({ lead: data.value })}
        />
      </Field>
      <div className={css.body}>
        <span>{t('news.field.body')}</span>
        <Suspense fallback={<Bones rows={1} height={160} />}>
          <MarkdownEditor
            label={t('news.field.body')}
            language={draft.language}
            markdown={first.body}
            onChange={(body) => change({ body })}
          />
        </Suspense>
        <span className={css.fault} role="alert">
          {faultAt(texts, fault, 'words.body').validationMessage}
        </span>
      </div>
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
        <span className={css.kept}>{t('news.new.kept')}</span>
      </div>
    </form>
  );
}
