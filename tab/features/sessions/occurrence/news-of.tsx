import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { occurrenceApi } from '../api.js';
import css from './afterwards.module.css';

/** The news items that were made of a session, and where to make one. */
export function NewsOf({ occurrence }: { readonly occurrence: Occurrence }) {
  const { api } = useShell();
  const { t } = useText();
  const may = useMay();
  const { newsPath, news: getNews } = occurrenceApi(api, occurrence.id);
  const loaded = useLoad(newsPath, getNews);
  return (
    <div className={css.box}>
      <h3>{t('sessions.news.title')}</h3>
      <Await loaded={loaded} bones={<Bones rows={1} height={32} />}>
        {({ news }) =>
          news.length === 0 ? (
            <p className={css.quiet}>{t('sessions.news.none')}</p>
          ) : may('news:review') ? (
            <ul className={css.links}>
              {news.map((id, index) => (
                <li key={id}>
                  <a href={href(['news', id])}>{t('sessions.news.open', { number: index + 1 })}</a>
                </li>
              ))}
            </ul>
          ) : (
            <p>{t('sessions.news.count', { count: news.length })}</p>
          )
        }
      </Await>
    </div>
  );
}
