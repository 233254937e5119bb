import { DocumentSearchRegular } from '@fluentui/react-icons';
import { Suspense, useCallback } from 'react';
import { lineOf } from '../../../src/news/line.js';
import type { NewsItem } from '../../../src/news/types.js';
import { AllTexts, useMay, useShell, useText } from '../../shared/context.js';
import { useFocusGivenBack, useKeys } from '../../shared/keys.js';
import { ListDetail } from '../../shared/layout.js';
import { part } from '../../shared/part.js';
import { href } from '../../shared/route.js';
import { Bones, Empty } from '../../shared/states.js';
import { go, useRoute } from '../../shared/use-route.js';
import { useLoad } from '../../shared/use-load.js';
import { getViews } from './api.js';
import { NewsList } from './list/news-list.js';
import { useDesk } from './list/use-desk.js';
import { useNewsList } from './list/use-news-list.js';

const NewItem = part(async () => (await import('./new/new-item.js')).NewItem);
const ItemPage = part(async () => (await import('./item/item-page.js')).ItemPage);

/** All the news for those who review, one's own for everybody else; the item that the address names beside it. */
export function NewsView() {
  const { t } = useText();
  const { api } = useShell();
  const { path, query } = useRoute();
  const isReviewer = useMay()('news:see');
  const isNew = path[1] === 'new';
  const openId = isNew ? undefined : path[1];
  const isAll = isReviewer && query.whose !== 'mine';
  const list = useNewsList(isAll ? 'all' : 'mine', query, openId);
  const counts = useLoad(
    isAll ? 'views' : 'no views',
    () => (isAll ? getViews(api) : Promise.resolve(undefined)),
    isAll ? api.atHand(getViews) : undefined,
  );
  const back = href(['news'], query);
  const { replace, refresh } = list;
  const recount = counts.refresh;
  const onDesk = useCallback(() => {
    refresh();
    recount();
  }, [refresh, recount]);
  const desk = useDesk(isReviewer, openId, onDesk);
  const onChanged = useCallback(
    (item: NewsItem) => {
      replace(lineOf(item));
      recount();
    },
    [replace, recount],
  );
  const openAt = list.lines.findIndex((line) => line.id === openId);
  const next = list.lines[openAt + 1]?.id;
  const onward = openAt >= 0 && next !== undefined ? href(['news', next], query) : undefined;
  useFocusGivenBack('news', openId);
  useKeys({
    Escape: () => path[1] !== undefined && go(back),
    n: () => onward !== undefined && go(onward),
  });

  const opened = isNew ? (
    <Suspense fallback={<Bones rows={3} height={120} />}>
      <AllTexts>
        <NewItem
          onMade={(item) => {
            refresh();
            recount();
            go(href(['news', item.id], query), 'replace');
          }}
        />
      </AllTexts>
    </Suspense>
  ) : openId === undefined ? undefined : (
    <Suspense fallback={<Bones rows={3} height={120} />}>
      <AllTexts>
        <ItemPage
          key={openId}
          id={openId}
          onChanged={onChanged}
          changedAt={desk.changedAt(openId)}
          present={desk.presentAt(openId)}
          next={onward}
        />
      </AllTexts>
    </Suspense>
  );
  return (
    <ListDetail
      label={t('news.list.label')}
      back={back}
      list={
        <NewsList
          list={list}
          openId={openId}
          isReviewer={isAll}
          desk={desk}
          counts={counts.state === 'ready' ? counts.value : undefined}
          onChanged={onDesk}
        />
      }
      detail={opened}
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

NewsView.opened = ItemPage;
