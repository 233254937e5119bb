import { Button } from '@fluentui/react-components';
import { Checkmark16Regular } from '@fluentui/react-icons';
import { lazy, Suspense } from 'react';
import { textStatus, type Revision } from '../../../src/content/text.js';
import type { Page } from '../../../src/platform/pages.js';
import { languages, type Language, type PublicLanguage } from '../../../src/shared/languages.js';
import { useShell, useText } from '../context.js';
import { Await, Bones } from '../states.js';
import { useLoad } from '../use-load.js';
import type { Subject } from './subject.js';
import { textApi } from './use-writing.js';
import css from './texts.module.css';

const Difference = lazy(async () => ({
  default: (await import('../difference.js')).Difference,
}));

/**
 * The way to say that a text is ready; where another language has moved on since, also the way to see how. They stand in the
 * head of the column, where they move nothing under the hands of whoever writes.
 */
export function StatusTools(props: {
  readonly subject: Subject;
  readonly language: PublicLanguage;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { subject, language, isOpen } = props;
  const { t } = useText();
  const status = textStatus(subject.texts, language);
  if (status === 'inProgress') {
    return (
      <Button size="small" icon={<Checkmark16Regular />} onClick={() => void subject.ready(language)}>
        {t('text.ready.say')}
      </Button>
    );
  }
  if (status !== 'behind') return null;
  return (
    <>
      <Button size="small" aria-expanded={isOpen} onClick={props.onOpen}>
        {t(isOpen ? 'news.behind.hide' : 'news.behind.show')}
      </Button>
      <Button size="small" appearance="subtle" onClick={() => void subject.ready(language)}>
        {t('news.behind.check')}
      </Button>
    </>
  );
}

/** What was edited in other languages after this one was last looked at. */
export function Behind(props: { readonly subject: Subject; readonly language: PublicLanguage }) {
  const { subject, language } = props;
  const { t } = useText();
  if (textStatus(subject.texts, language) !== 'behind') return null;
  const changed = languages.filter(
    (other) =>
      other !== language && (subject.texts[other]?.ready ?? 0) > checkedRevision(subject, language, other),
  );
  return (
    <div className={css.behind}>
      <p>{t('news.behind.text', { language: changed[0] ?? 'fi' })}</p>
      {changed.map((other) => (
        <Changed
          key={other}
          subject={subject}
          language={other}
          since={checkedRevision(subject, language, other)}
        />
      ))}
    </div>
  );
}

function checkedRevision(subject: Subject, language: PublicLanguage, other: Language): number {
  return subject.texts[language]?.checked[other] ?? 0;
}

function Changed(props: { readonly subject: Subject; readonly language: Language; readonly since: number }) {
  const { subject, language, since } = props;
  const { api } = useShell();
  const text = subject.texts[language];
  const { historyPath, history } = textApi(api, subject.path, language);
  const before = useLoad(`${historyPath} ${since}`, () => findRevision(history, since));
  if (text === undefined) return null;
  return (
    <Await loaded={before} bones={<Bones rows={2} height={24} />}>
      {(revision) => (
        <Suspense fallback={<Bones rows={2} height={24} />}>
          {revision === undefined ? (
            <Difference before={text} after={text} language={language} />
          ) : (
            <Difference changesOnly before={revision} after={text} language={language} />
          )}
        </Suspense>
      )}
    </Await>
  );
}

type History = ReturnType<typeof textApi>['history'];

/** One revision of the history, however far back; undefined where there is none. */
async function findRevision(history: History, revision: number): Promise<Revision | undefined> {
  if (revision === 0) return undefined;
  let after: string | undefined;
  do {
    const page: Page<Revision> = await history(after);
    const found = page.lines.find((line) => line.revision === revision && line.parked !== true);
    if (found !== undefined) return found;
    after = page.next;
  } while (after !== undefined);
  return undefined;
}
