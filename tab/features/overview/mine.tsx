import type { NewsLine } from '../../../src/news/types.js';
import { useMay, useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { StateChip } from '../../shared/state-chip.js';
import { titleOf } from '../../shared/title-in.js';
import css from './overview.module.css';

/** One's own newest items and how they are doing. */
export function Mine({ lines }: { readonly lines: readonly NewsLine[] }) {
  const { t, dates, language } = useText();
  const query = useMay()('news:review') ? { whose: 'mine' } : {};
  if (lines.length === 0) return null;
  return (
    <section className={css.mine}>
      <h2>{t('overview.mine')}</h2>
      <ul className={css.lines}>
        {lines.map((line) => {
          const { title, language: titleLanguage } = titleOf(line.titles, language);
          return (
            <li key={line.id}>
              <a className={css.line} href={href(['news', line.id], query)}>
                <span className={css.words}>
                  <span className={css.title} lang={titleLanguage}>
                    {title}
                  </span>
                  <span className={css.detail}>{dates.moment(line.submittedAt)}</span>
                </span>
                <StateChip kind="news" state={line.status} />
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
