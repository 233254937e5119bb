import { Clock20Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { useShell, useText } from '../../shared/context.js';
import { Page } from '../../shared/page.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useLoad } from '../../shared/use-load.js';
import { Mine } from './mine.js';
import { WaitingLines } from './waiting-line.js';
import { linesOf } from './lines.js';
import { getOverview } from '../../shared/api/overview.js';

/** What waits for the person, each line a way to where it is settled. */
export function OverviewView() {
  const { api, session } = useShell();
  const { t, dates, language } = useText();
  const overview = useLoad('overview', () => getOverview(api));
  const { reload } = overview;
  useEffect(() => {
    const onBack = (): void => {
      if (document.visibilityState === 'visible') reload();
    };
    document.addEventListener('visibilitychange', onBack);
    return () => document.removeEventListener('visibilitychange', onBack);
  }, [reload]);
  const firstName = session.person.name.split(' ')[0] ?? session.person.name;
  return (
    <Page title={t('overview.greeting', { name: firstName })} lead={t('overview.lead')}>
      <Await loaded={overview} bones={<Bones rows={4} height={76} />}>
        {(answer) => {
          const lines = linesOf(answer, { t, dates, language });
          return (
            <>
              {lines.length === 0 ? (
                <Empty
                  icon={<Clock20Regular />}
                  title={t('overview.nothing.title')}
                  text={t('overview.nothing.text')}
                />
              ) : (
                <WaitingLines lines={lines} />
              )}
              <Mine lines={answer.news.mine} />
            </>
          );
        }}
      </Await>
    </Page>
  );
}
