import { DocumentSearchRegular } from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react';
import type { NewsItem } from '../../../src/news/types.js';
import { useMay, useText } from '../../shared/context.js';
import { isBusy, useKeys } from '../../shared/keys.js';
import { ListDetail } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { Bones, Empty } from '../../shared/states.js';
import { go, useRoute } from '../../shared/use-route.js';
import { NewsList } from './list/news-list.js';
import { lineOf, useNewsList } from './list/use-news-list.js';

const ItemPage = lazy(async () => ({ default: (await import('./item/item-page.js')).ItemPage }));

/** All the news for those who review, one's own for everybody else; the item that the address names beside it. */
export function NewsView() {
  const { t } = useText();
  const { path, query } = useRoute();
  const isReviewer = useMay()('news:review');
  const openId = path[1];
  const isAll = isReviewer && query.whose !== 'mine';
  const list = useNewsList(isAll ? 'all' : 'mine', query);
  const back = href(['news'], query);
  const { replace } = list;
  const onChanged = useCallback((item: NewsItem) => replace(lineOf(item)), [replace]);
  useFocusGivenBack(openId);
  useKeys({ Escape: () => openId !== undefined && go(back) });

  return (
    <ListDetail
      label={t('news.list.label')}
      back={back}
      list={<NewsList list={list} openId={openId} isReviewer={isAll} />}
      detail={
        openId === undefined ? undefined : (
          <Suspense fallback={<Bones rows={3} height={120} />}>
            <ItemPage key={openId} id={openId} onChanged={onChanged} />
          </Suspense>
        )
      }
      nothing={
        <Empty
          icon={<DocumentSearchRegular />}
          title={t('news.nothing.title')}
          text={t(isReviewer ? 'news.nothing.review' : 'news.nothing.own')}
        />
      }
    />
  );
}

/** When an item is closed, its row in the list has the focus again. */
function useFocusGivenBack(openId: string | undefined): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    const closed = last.current;
    last.current = openId;
    if (openId !== undefined || closed === undefined || isBusy(document.activeElement)) return;
    document.getElementById(`news-${closed}`)?.focus();
  }, [openId]);
}
