import { Field, Textarea } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { textLimits } from '../../../../src/content/text.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { go } from '../../../shared/use-route.js';
import { fieldId } from '../../../shared/writing/subject.js';
import { keepDraft } from '../../../shared/writing/use-writing.js';
import { createRelease } from '../api.js';
import css from './page.module.css';

const idle = 700;

/**
 * A release from nothing. Nothing is made until something is written: the first title makes it, and the writing goes on in its
 * own page, with what was typed meanwhile.
 */
export function NewReleasePage() {
  const { api, session, fail } = useShell();
  const { t } = useText();
  const [formId] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState<{ readonly language: PublicLanguage; readonly title: string }>();
  const latest = useRef(typed);
  useEffect(() => {
    latest.current = typed;
  });
  useEffect(() => {
    document.getElementById(`new-${publicLanguages[0]}`)?.focus();
  }, []);
  const title = typed?.title.trim() ?? '';
  useEffect(() => {
    if (typed === undefined || title === '' || title.length > textLimits.title) return undefined;
    const create = async (): Promise<void> => {
      try {
        const words = { title, lead: '', body: '' };
        const { release } = await createRelease(api, formId, { language: typed.language, words });
        const now = latest.current ?? typed;
        if (now.title.trim() !== title)
          keepDraft(
            { personId: session.person.id, subjectId: release.newsId, language: now.language },
            { basedOn: 1, content: { ...words, title: now.title } },
          );
        go(href(['releases', release.id]));
        focusWhenThere(fieldId(now.language, 'title'));
      } catch (error) {
        fail(error);
      }
    };
    const timer = setTimeout(() => void create(), idle);
    return () => clearTimeout(timer);
  }, [api, fail, formId, session.person.id, title, typed]);
  return (
    <article className={css.page}>
      <h1>{t('release.new')}</h1>
      <p className={css.quiet}>{t('release.new.hint')}</p>
      <div className={css.newTitle}>
        {publicLanguages.map((language) => (
          <Field key={language} label={t(`release.new.title.${language}`)}>
            <Textarea
              id={`new-${language}`}
              lang={language}
              rows={2}
              value={typed?.language === language ? typed.title : ''}
              disabled={typed !== undefined && typed.language !== language && title !== ''}
              onChange={(_, data) => setTyped({ language, title: data.value.replace(/\s*\n\s*/g, ' ') })}
            />
          </Field>
        ))}
      </div>
    </article>
  );
}

/** Puts the cursor at the end of a field as soon as its page has drawn it. */
function focusWhenThere(id: string, tries = 100): void {
  const field = document.getElementById(id);
  if (field instanceof HTMLTextAreaElement) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  } else if (tries > 0) requestAnimationFrame(() => focusWhenThere(id, tries - 1));
}
