import type { NewsViewsAnswer } from '../../../../src/shared/answers/news.js';
import { useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { useRoute } from '../../../shared/use-route.js';
import { newsViews, viewOf } from '../api.js';
import css from './list.module.css';

/** The views of the inbox, each with how many items it has; what is open and narrowed stays. */
export function Views({ counts }: { readonly counts: NewsViewsAnswer | undefined }) {
  const { t } = useText();
  const { path, query } = useRoute();
  const current = viewOf(query);
  const { text: _text, state: _state, ...kept } = query;
  return (
    <nav className={css.views} aria-label={t('news.views')}>
      {newsViews.map((view) => {
        const counted = view === 'archive' ? undefined : counts?.[view];
        return (
          <a
            key={view}
            href={href(path, { ...kept, view: view === 'new' ? undefined : view })}
            aria-current={view === current ? 'page' : undefined}
          >
            {t(`news.view.${view}`)}
            {counted !== undefined && counted.count > 0 && (
              <span className={css.viewCount}>{counted.more ? `${counted.count}+` : counted.count}</span>
            )}
          </a>
        );
      })}
    </nav>
  );
}
