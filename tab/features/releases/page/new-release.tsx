import { Button, Field, Textarea } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { textLimits } from '../../../../src/content/text.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { ownKey, remembered } from '../../../shared/device-storage.js';
import { href } from '../../../shared/route.js';
import { useDeviceCopy } from '../../../shared/use-device-copy.js';
import { go } from '../../../shared/use-route.js';
import { fieldId } from '../../../shared/writing/subject.js';
import { createRelease } from '../api.js';
import css from './page.module.css';

interface Typed {
  readonly language: PublicLanguage;
  readonly title: string;
}

function typedBefore(draftKey: string): Typed | undefined {
  const [language, title = ''] = remembered(draftKey)?.split('|', 2) ?? [];
  const known = publicLanguages.find((each) => each === language);
  return known === undefined ? undefined : { language: known, title };
}

/**
 * A release from nothing. Nothing is made until something is written and the field is left: then the writing goes on in the
 * release's own page. What was typed stays on this device until then.
 */
export function NewReleasePage() {
  const { api, fail, session } = useShell();
  const { t } = useText();
  const draftKey = ownKey('newRelease', session.person.id);
  const [formId] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState(() => typedBefore(draftKey));
  const copy = useDeviceCopy(draftKey);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.getElementById(`new-${publicLanguages[0]}`)?.focus();
  }, []);
  useEffect(() => {
    copy.keep(typed === undefined || typed.title === '' ? undefined : `${typed.language}|${typed.title}`);
  }, [copy, typed]);
  const title = typed?.title.trim() ?? '';
  const isLong = title.length > textLimits.title;
  const create = async (): Promise<void> => {
    if (typed === undefined || title === '' || isLong || isBusy) return;
    setBusy(true);
    try {
      const words = { title, lead: '', body: '' };
      const { release } = await createRelease(api, formId, { language: typed.language, words });
      copy.forget();
      go(href(['releases', release.id]));
      focusWhenThere(fieldId(typed.language, 'lead'));
    } catch (error) {
      copy.learn(error);
      setBusy(false);
      fail(error);
    }
  };
  return (
    <article className={css.page}>
      <h1>{t('release.new')}</h1>
      <p className={css.quiet}>{t('release.new.hint')}</p>
      <form
        className={css.newTitle}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        {publicLanguages.map((language) => {
          const isHere = typed?.language === language;
          return (
            <Field
              key={language}
              label={t(`release.new.title.${language}`)}
              {...(isHere &&
                isLong && {
                  validationMessage: t('field.tooLong', { length: title.length, limit: textLimits.title }),
                })}
            >
              <Textarea
                id={`new-${language}`}
                lang={language}
                rows={2}
                value={isHere ? typed.title : ''}
                disabled={(!isHere && title !== '') || isBusy}
                onChange={(_, data) => setTyped({ language, title: data.value.replace(/\s*\n\s*/g, ' ') })}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  void create();
                }}
              />
            </Field>
          );
        })}
        <div>
          <Button type="submit" appearance="primary" disabledFocusable={title === '' || isLong || isBusy}>
            {t('release.new.go')}
          </Button>
        </div>
      </form>
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
