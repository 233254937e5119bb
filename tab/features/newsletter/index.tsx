import { MailRegular } from '@fluentui/react-icons';
import { Button } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { useMay, useShell, useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad } from '../../shared/use-load.js';
import { go, useRoute } from '../../shared/use-route.js';
import { IssuePage } from './issue-page.js';
import { listIssues, openIssue } from './api.js';

const IssueList = lazy(async () => ({ default: (await import('./issues/issue-list.js')).IssueList }));

/** The newest issue, the one that the address names, or the list of all. */
export function NewsletterView() {
  const { path } = useRoute();
  const { api } = useShell();
  const wanted = path[1];
  // The list is asked for again when one comes to it: what was done to an issue is seen there.
  const issues = useLoad(wanted === 'all' ? 'all issues' : 'newest issue', () => listIssues(api));
  useFresh(issues.refresh);
  if (wanted !== undefined && wanted !== 'all') return <IssuePage key={wanted} id={wanted} />;
  return (
    <Await loaded={issues}>
      {({ issues: lines }) => {
        if (wanted === 'all') {
          return (
            <Suspense fallback={<Bones />}>
              <IssueList issues={lines} />
            </Suspense>
          );
        }
        const [newest] = lines;
        return newest === undefined ? <NoIssue /> : <IssuePage key={newest.id} id={newest.id} />;
      }}
    </Await>
  );
}

function NoIssue() {
  const { t } = useText();
  const { api, notify, fail } = useShell();
  const mayEdit = useMay()('newsletter:edit');
  const open = (): void => {
    openIssue(api).then(({ issue }) => {
      notify(t('newsletter.open.done', { number: issue.number }));
      go(href(['newsletter', issue.id]), 'replace');
    }, fail);
  };
  return (
    <Empty
      isPage
      icon={<MailRegular />}
      title={t('newsletter.none.title')}
      text={t(mayEdit ? 'newsletter.none.text' : 'newsletter.none.reader')}
    >
      {mayEdit && (
        <Button appearance="primary" onClick={open}>
          {t('newsletter.open')}
        </Button>
      )}
    </Empty>
  );
}
