import type { IssueLine } from '../../../../src/newsletter/types.js';
import { useText } from '../../../shared/context.js';
import { Page } from '../../../shared/layout.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import css from './issues.module.css';

/** Every issue: the open one first, then those that have gone out. */
export function IssueList({ issues }: { readonly issues: readonly IssueLine[] }) {
  const { t } = useText();
  const isPast = ({ status }: IssueLine): boolean => status === 'sent' || status === 'sending';
  const past = issues.filter(isPast);
  const open = issues.filter((issue) => !isPast(issue));
  return (
    <Page title={t('newsletter.all.title')}>
      {open.length > 0 && (
        <section className={css.group}>
          <h2>{t('newsletter.all.open')}</h2>
          <Lines issues={open} />
        </section>
      )}
      <section className={css.group}>
        <h2>{t('newsletter.all.past')}</h2>
        {past.length === 0 ? <p>{t('newsletter.all.none')}</p> : <Lines issues={past} />}
      </section>
    </Page>
  );
}

function Lines({ issues }: { readonly issues: readonly IssueLine[] }) {
  const { t, dates } = useText();
  return (
    <ul className={css.lines}>
      {issues.map(({ id, number, status, deadline, sentAt, storyCount }) => (
        <li key={id}>
          <a href={href(['newsletter', id])}>
            <span className={css.name}>{t('newsletter.title', { number })}</span>
            <StateChip kind="newsletter" state={status} />
            <span className={css.facts}>
              {t('newsletter.count', { count: storyCount })} ·{' '}
              {sentAt === undefined
                ? t('newsletter.deadline', { date: dates.plainDay(deadline) })
                : t('newsletter.all.sent', { date: dates.day(sentAt) })}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
