import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { lazy, Suspense, useState, type SyntheticEvent } from 'react';
import type { IssueView } from '../../../../src/newsletter/view.js';
import { useShell, useText } from '../../../shared/context.js';
import { DateField } from '../../../shared/date-fields/fields.js';
import { isDate } from '../../../shared/date-fields/typed.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { useDialogs } from '../../../shared/form-dialog.js';
import { useKeys } from '../../../shared/keys.js';
import { fieldProblem } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { go, useRoute } from '../../../shared/use-route.js';
import { useSeen } from '../../../shared/use-seen.js';
import { isSuperseded, useApprove } from '../approve/use-approve.js';
import { orderBody, titleLanguage } from '../issue-view.js';
import { openIssue } from '../api.js';
import type { IssueHere } from '../use-issue.js';
import { lacksOf, Readiness } from './readiness.js';
import css from './head.module.css';

const ApproveDialog = lazy(async () => ({
  default: (await import('../approve/approve-dialog.js')).ApproveDialog,
}));

const LetterDialog = lazy(async () => ({ default: (await import('./letter.js')).LetterDialog }));

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
        <h1>{t('newsletter.title', { number: issue.number })}</h1>
        <StateChip kind="newsletter" state={issue.status} />
      </div>
      <p className={css.facts}>
        {t('newsletter.count', { count: issue.storyCount })} ·{' '}
        <a className={css.link} href={href(['newsletter', 'all'])}>
          {t('newsletter.all')}
        </a>
      </p>
      <Deadline issue={issue} here={here} canEdit={canEdit} />
      {issue.may.translate && <LetterLink issue={issue} here={here} />}
      {canEdit && issue.arranged && <Arranged issue={issue} here={here} />}
      {(canEdit || issue.may.translate || issue.may.approve) && <Readiness issue={issue} />}
      <Approvals issue={issue} />
      {issue.approved !== undefined && <Approved issue={issue} />}
      {issue.sent !== undefined && <Sent issue={issue} />}
      <div className={css.steps}>
        <NextStep issue={issue} here={here} />
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

function LetterLink({ issue, here }: Omit<HeadProps, 'canEdit'>) {
  const { t } = useText();
  const dialogs = useDialogs<'letter'>();
  return (
    <p className={css.facts}>
      <button type="button" className={css.link} onClick={() => dialogs.show('letter')}>
        {t('newsletter.letter')}
      </button>
      {dialogs.round > 0 && (
        <Suspense>
          <LetterDialog key={dialogs.round} issue={issue} here={here} {...dialogs.of('letter')} />
        </Suspense>
      )}
    </p>
  );
}

function Sent({ issue: { sent } }: Pick<HeadProps, 'issue'>) {
  const { t, dates } = useText();
  if (sent === undefined) return null;
  const date = dates.moment(sent.at);
  return (
    <p className={css.facts}>
      {sent.by === undefined
        ? t('newsletter.all.sent', { date })
        : t('newsletter.sent.otherwise', { name: sent.by.name, date })}
    </p>
  );
}

/** Ends an issue that went out without Big Room, and begins the next one. */
function MarkSent({ issue, here }: Omit<HeadProps, 'canEdit'>) {
  const { api, ask } = useShell();
  const { t, dates, language } = useText();
  const early = lacksOf(issue, titleLanguage(language)).filter(({ what }) => what === 'embargo');
  const mark = async (): Promise<void> => {
    const answered = await ask({
      title: t('newsletter.markSent.title', { number: issue.number }),
      text: [
        ...early.map(({ title, date = '' }) =>
          t('newsletter.lack.embargo.sentence', { title, date: dates.plainDay(date) }),
        ),
        t('newsletter.markSent.text', { next: issue.number + 1 }),
      ].join(' '),
      verb: t('newsletter.markSent'),
    });
    if (answered === undefined) return;
    const error = await here.change(
      here.api.markSent,
      t('newsletter.markSent.done', { number: issue.number }),
    );
    if (error !== undefined) return;
    const { issue: next } = await openIssue(api);
    go(href(['newsletter', next.id]));
  };
  return (
    <Button appearance="primary" onClick={() => void mark()}>
      {t('newsletter.markSent')}
    </Button>
  );
}

function Arranged({ issue, here }: Omit<HeadProps, 'canEdit'>) {
  const { t } = useText();
  return (
    <p className={css.facts}>
      {t('newsletter.arranged')}{' '}
      <button
        type="button"
        className={css.link}
        onClick={() =>
          void here.change(() => here.api.arrange(orderBody(issue)), t('newsletter.arrange.done'))
        }
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
      <p>
        {approved.first === undefined
          ? t('newsletter.approved.by', { name: approved.by.name, date: dates.moment(approved.at) })
          : t('newsletter.approved.byTwo', {
              first: approved.first.name,
              name: approved.by.name,
              date: dates.moment(approved.at),
            })}
      </p>
      {approved.waivers.length > 0 && (
        <Disclosure summary={t('newsletter.approved.waivers')}>
          <ul>
            {approved.waivers.map(({ storyId, language, reason }) => (
              <li key={`${storyId} ${language}`}>{t('newsletter.approved.waiver', { language, reason })}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}

/** Who has approved it where two have to, and why it was sent back. */
function Approvals({ issue }: Pick<HeadProps, 'issue'>) {
  const { t, dates } = useText();
  const { approvals, sentBack, may, status } = issue;
  const { first } = approvals;
  const isBeingMade = status === 'collecting' || status === 'drafting';
  return (
    <>
      {sentBack !== undefined && (
        <p className={css.sentBack}>
          {t('newsletter.sentBack', {
            name: sentBack.by.name,
            date: dates.moment(sentBack.at),
            reason: sentBack.reason,
          })}
        </p>
      )}
      {first !== undefined && (
        <p className={css.facts}>
          {t('newsletter.approvals.first', { name: first.by.name, date: dates.moment(first.at) })}
        </p>
      )}
      {first === undefined && isBeingMade && approvals.required === 2 && may.approve && (
        <p className={css.facts}>{t('newsletter.approvals.two')}</p>
      )}
    </>
  );
}

/** Sends the issue back to those who shape it, for whoever can't shape it themselves. */
function SendBack({ issue, here }: Omit<HeadProps, 'canEdit'>) {
  const { ask } = useShell();
  const { t } = useText();
  const send = (): Promise<unknown> =>
    ask(
      {
        title: t('newsletter.sendBack.title', { number: issue.number }),
        text: t('newsletter.sendBack.text'),
        verb: t('newsletter.sendBack'),
        note: { label: t('newsletter.sendBack.reason'), required: true, limit: 500 },
      },
      async ({ note }) => {
        const said = t('newsletter.sendBack.done', { number: issue.number });
        const error = await here.change(() => here.api.sendBack(note), said, {
          isUnapproving: true,
          quiet: () => true,
        });
        if (error instanceof Error) throw error;
      },
    );
  return <Button onClick={() => void send()}>{t('newsletter.sendBack')}</Button>;
}

/** Approving, or taking the approval back. */
function NextStep({ issue, here }: Omit<HeadProps, 'canEdit'>) {
  const { t, language } = useText();
  const { settle, warn } = useShell();
  const approve = useApprove(issue, here);
  const [isBusy, setBusy] = useState(false);
  const dialogs = useDialogs<'approve'>();
  const focusTarget = useRestoreFocusTarget();
  const { may, approvals } = issue;
  const isTaken = approvals.first !== undefined;
  const canApprove = may.approve && issue.storyCount > 0 && !approvals.needsAnother;
  // Words for this issue that are not saved yet are saved first, so that what is asked about holds them.
  const open = async (): Promise<void> => {
    if (isBusy || !(await settle())) return;
    // Where nothing lacks there is nothing to ask: it is approved at once, and can be taken back.
    if (lacksOf(issue, titleLanguage(language)).length > 0) {
      dialogs.show('approve');
      return;
    }
    setBusy(true);
    if (isSuperseded(await approve([]))) warn(t('newsletter.changedSince'));
    setBusy(false);
  };
  useKeys({ a: () => canApprove && void open() });
  return (
    <>
      {issue.status === 'approved' && may.edit && <MarkSent issue={issue} here={here} />}
      {may.approve && !approvals.needsAnother && (
        <Button {...focusTarget} appearance="primary" disabled={!canApprove} onClick={() => void open()}>
          {t('newsletter.approve')}
        </Button>
      )}
      {may.sendBack && (issue.status === 'approved' || isTaken) && (
        <Button
          {...(!may.approve && focusTarget)}
          onClick={() =>
            void here.change(here.api.unapprove, t('newsletter.unapprove.done'), { isUnapproving: true })
          }
        >
          {t('newsletter.unapprove')}
        </Button>
      )}
      {may.sendBack && !may.edit && <SendBack issue={issue} here={here} />}
      {dialogs.round > 0 && (
        <Suspense>
          <ApproveDialog key={dialogs.round} issue={issue} here={here} {...dialogs.of('approve')} />
        </Suspense>
      )}
    </>
  );
}

/** Until when news is taken, and how to change it. */
export function Deadline(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly canEdit: boolean;
}) {
  const { issue, here, canEdit } = props;
  const { t, dates } = useText();
  const [isOpen, setOpen] = useState(false);
  const isPast = dates.daysSince(`${issue.deadline}T12:00:00Z`) > 0;
  const date = dates.plainDay(issue.deadline);
  return (
    <>
      <p className={css.facts}>
        {t(isPast ? 'newsletter.deadline.past' : 'newsletter.deadline', { date })}{' '}
        {canEdit && !isOpen && (
          <button type="button" className={css.link} onClick={() => setOpen(true)}>
            {t('newsletter.deadline.change')}
          </button>
        )}
      </p>
      {isOpen && <DeadlineForm issue={issue} here={here} onClose={() => setOpen(false)} />}
    </>
  );
}

function DeadlineForm(props: {
  readonly issue: IssueView;
  readonly here: IssueHere;
  readonly onClose: () => void;
}) {
  const { issue, here, onClose } = props;
  const { texts } = useShell();
  const { t, dates } = useText();
  const [deadline, setDeadline] = useState<string>(issue.deadline);
  const overSeen = useSeen({ deadline: issue.deadline });
  const [fault, setFault] = useState<unknown>();
  const problem = fieldProblem(texts, fault, 'deadline');
  const save = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    const put = () => overSeen((seen) => here.api.setDeadline(deadline, seen));
    const said = t('newsletter.deadline.done', { date: isDate(deadline) ? dates.plainDay(deadline) : '' });
    const error = await here.change(put, said, { quiet: ({ fields }) => fields.length > 0 });
    setFault(error);
    if (error === undefined) onClose();
  };
  return (
    <form className={css.deadline} noValidate onSubmit={(event) => void save(event)}>
      <DateField
        label={t('newsletter.deadline.field')}
        {...(problem !== undefined && { validationMessage: problem })}
        value={deadline}
        onChange={setDeadline}
      />
      <Button type="submit">{t('newsletter.save')}</Button>
      <Button appearance="subtle" onClick={onClose}>
        {t('shared.cancel')}
      </Button>
    </form>
  );
}
