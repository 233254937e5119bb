import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { lazy, Suspense, useState } from 'react';
import type { IssueView } from '../../../../src/newsletter/view.js';
import { useShell, useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { useRoute } from '../../../shared/use-route.js';
import type { IssueHere } from '../use-issue.js';
import { Deadline } from './deadline.js';
import css from './head.module.css';

const ApproveDialog = lazy(async () => ({
  default: (await import('../approve/approve-dialog.js')).ApproveDialog,
}));

interface HeadProps {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly canEdit: boolean;
}

/** What the issue is, until when news is taken, and the one step that comes next. */
export function Head({ issue, here, canEdit }: HeadProps) {
  const { t } = useText();
  const { path, query } = useRoute();
  return (
    <div className={css.head}>
      <div className={css.line}>
        <h2>{t('newsletter.title', { number: issue.number })}</h2>
        <StateChip kind="newsletter" state={issue.status} />
      </div>
      <p className={css.facts}>
        {t('newsletter.count', { count: issue.storyCount })} ·{' '}
        <a className={css.link} href={href(['newsletter', 'all'])}>
          {t('newsletter.all')}
        </a>
      </p>
      <Deadline issue={issue} here={here} canEdit={canEdit} />
      {canEdit && issue.arranged && <Arranged here={here} />}
      {issue.approved !== undefined && <Approved issue={issue} />}
      <div className={css.steps}>
        {canEdit && <NextStep issue={issue} here={here} />}
        <Button
          as="a"
          className={css.narrow}
          href={href(path, { ...query, story: undefined, show: 'preview' })}
        >
          {t('newsletter.preview')}
        </Button>
      </div>
    </div>
  );
}

function Arranged({ here }: Pick<HeadProps, 'here'>) {
  const { t } = useText();
  return (
    <p className={css.facts}>
      {t('newsletter.arranged')}{' '}
      <button
        type="button"
        className={css.link}
        onClick={() => void here.change(here.api.arrange, t('newsletter.arrange.done'))}
      >
        {t('newsletter.arrange')}
      </button>
    </p>
  );
}

function Approved({ issue: { approved } }: Pick<HeadProps, 'issue'>) {
  const { t, dates } = useText();
  if (approved === undefined) return null;
  return (
    <div className={css.approved}>
      <p>{t('newsletter.approved.by', { name: approved.by.name, date: dates.moment(approved.at) })}</p>
      {approved.waivers.length > 0 && (
        <details>
          <summary>{t('newsletter.approved.waivers')}</summary>
          <ul>
            {approved.waivers.map(({ storyId, language, reason }) => (
              <li key={`${storyId} ${language}`}>
                {t(`language.${language}`)}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Approving, or taking the approval back. */
function NextStep({ issue, here }: Omit<HeadProps, 'canEdit'>) {
  const { t } = useText();
  const { settle } = useShell();
  const [asking, setAsking] = useState<'never' | 'open' | 'closed'>('never');
  const focusTarget = useRestoreFocusTarget();
  const canApprove = issue.status !== 'approved' && issue.storyCount > 0;
  // Words for this issue that are not saved yet are saved first, so that what is asked about holds them.
  const open = async (): Promise<void> => {
    if (await settle()) setAsking('open');
  };
  useKeys({ a: () => canApprove && void open() });
  return (
    <>
      {issue.status === 'approved' ? (
        <Button
          {...focusTarget}
          onClick={() =>
            void here.change(here.api.unapprove, t('newsletter.unapprove.done'), { isUnapproving: true })
          }
        >
          {t('newsletter.unapprove')}
        </Button>
      ) : (
        <Button {...focusTarget} appearance="primary" disabled={!canApprove} onClick={() => void open()}>
          {t('newsletter.approve')}
        </Button>
      )}
      {asking !== 'never' && (
        <Suspense>
          <ApproveDialog
            issue={issue}
            here={here}
            isOpen={asking === 'open'}
            onClose={() => setAsking('closed')}
          />
        </Suspense>
      )}
    </>
  );
}
