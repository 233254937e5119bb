import { MegaphoneLoudRegular } from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { ReleaseStateName } from '../../../src/releases/types.js';
import { useText } from '../../shared/context.js';
import { useFocusGivenBack, useKeys } from '../../shared/keys.js';
import { ListDetail } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { Bones, Empty } from '../../shared/states.js';
import { go, useRoute } from '../../shared/use-route.js';
import type { ListName } from './api.js';
import { ReleaseListPane } from './list/release-list.js';
import { listHolding, useReleaseList } from './use-releases.js';

const NewReleasePage = lazy(async () => ({
  default: (await import('./page/new-release.js')).NewReleasePage,
}));
const ReleasePage = lazy(async () => ({ default: (await import('./page/release-page.js')).ReleasePage }));

/** The release queue, with the release that the address names beside it. Addresses of its month lead to the calendar. */
export function ReleasesView() {
  const { path, query } = useRoute();
  const openId = path[1];
  const isMonth = openId === 'month' || (openId === undefined && query.view === 'month');
  const { month } = query;
  useEffect(() => {
    if (isMonth) go(href(['calendar'], { month }), 'replace');
  }, [isMonth, month]);
  return isMonth ? <Bones rows={5} height={110} /> : <Lists openId={openId} />;
}

function Lists({ openId }: { readonly openId: string | undefined }) {
  const { t } = useText();
  const { query } = useRoute();
  const [shown, setShown] = useState<{ readonly id: string; readonly name: ListName }>();
  const chosen = query.view === 'archive' ? 'archive' : 'queue';
  // What is open stands beside the list that holds it, however one came to it.
  const name = shown !== undefined && shown.id === openId ? shown.name : chosen;
  const list = useReleaseList(name);
  const { reload } = list.loaded;
  const onChanged = useCallback(
    (state: ReleaseStateName) => {
      if (openId !== undefined) setShown({ id: openId, name: listHolding(state) });
      reload();
    },
    [openId, reload],
  );
  const back = href(['releases'], name === 'archive' ? { view: name } : {});
  useKeys({ Escape: () => openId !== undefined && go(back) });
  useFocusGivenBack('release', openId);
  return (
    <ListDetail
      label={t('release.title')}
      back={back}
      list={<ReleaseListPane name={name} list={list} openId={openId} />}
      detail={
        openId === undefined ? undefined : (
          <Suspense fallback={<Bones rows={3} height={120} />}>
            {openId === 'new' ? (
              <NewReleasePage />
            ) : (
              <ReleasePage key={openId} id={openId} onChanged={onChanged} />
            )}
          </Suspense>
        )
      }
      nothing={
        <Empty
          icon={<MegaphoneLoudRegular />}
          title={t('release.nothing.title')}
          text={t('release.nothing.text')}
        />
      }
    />
  );
}
