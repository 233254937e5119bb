import { Warning16Regular } from '@fluentui/react-icons';
import type { IssueView } from '../../../../src/newsletter/view.js';
import type { PublicLanguage } from '../../../../src/shared/languages.js';
import { useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { href } from '../../../shared/route.js';
import { useRoute } from '../../../shared/use-route.js';
import { storiesOf, titleLanguage } from '../issue-view.js';
import css from './readiness.module.css';

/** Something that stands between an issue and its readers, with the story where it is mended. */
export interface Lack {
  readonly key: string;
  readonly storyId: string;
  readonly title: string;
  readonly language?: PublicLanguage;
  readonly what: 'missing' | 'inProgress' | 'behind' | 'embargo';
  /** ISO date before which the story must not be published. */
  readonly date?: string;
}

/** What lacks, in reading order: texts that are not ready, and stories that must not be published yet. */
export function lacksOf(issue: IssueView, inLanguage: PublicLanguage): Lack[] {
  return storiesOf(issue).flatMap(({ id, titles, owed, languages, notBefore }): Lack[] => {
    const title = titles[inLanguage];
    const texts = owed.flatMap((language): Lack[] => {
      const { status } = languages[language];
      if (status === 'ready') return [];
      return [{ key: `${id} ${language}`, storyId: id, title, language, what: status }];
    });
    return notBefore !== undefined
      ? [...texts, { key: `${id} embargo`, storyId: id, title, what: 'embargo', date: notBefore }]
      : texts;
  });
}

/** How far the issue is: everything that lacks, each a link to the place where it is mended. */
export function Readiness({ issue }: { readonly issue: IssueView }) {
  const { t, dates, language } = useText();
  const { path, query } = useRoute();
  const lacks = lacksOf(issue, titleLanguage(language));
  if (issue.storyCount === 0 || issue.status === 'approved' || issue.status === 'sent') return null;
  if (lacks.length === 0) return <p className={css.ready}>{t('newsletter.ready')}</p>;
  return (
    <Disclosure className={css.box} summary={t('newsletter.lacks', { count: lacks.length })}>
      <ul>
        {lacks.map((lack) => (
          <li key={lack.key}>
            <Warning16Regular aria-hidden="true" />
            <a href={href(path, { ...query, story: lack.storyId, show: undefined })}>
              {lack.what === 'embargo'
                ? t('newsletter.lack.embargo', { title: lack.title, date: dates.plainDay(lack.date ?? '') })
                : t('newsletter.lack', {
                    title: lack.title,
                    language: lack.language ?? 'fi',
                    status: t(`text.status.${lack.what}`),
                  })}
            </a>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
