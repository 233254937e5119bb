import { Button, Field, Textarea } from '@fluentui/react-components';
import {
  CalendarClock20Regular,
  CheckmarkCircle20Regular,
  Clock20Regular,
  ErrorCircle20Regular,
  EyeOff20Regular,
  Globe20Regular,
  Info20Regular,
  Question20Regular,
  Send20Regular,
} from '@fluentui/react-icons';
import { useEffect, useState, type ReactNode } from 'react';
import type { Approval, PublishedUrls, ReleaseState } from '../../../../src/releases/types.js';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { publicLanguages, type PublicLanguage } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { faultText, isLeaving, outdatedIn, showOwn, useMoves, type ReleaseHere } from '../use-releases.js';
import css from './page.module.css';

/** What the state itself says and what to do about it; where it can be read; and that what is out is not what is written. */
export function Notices({ answer, here }: { readonly answer: ReleaseAnswer; readonly here: ReleaseHere }) {
  return (
    <div className={css.notices}>
      <Approvals answer={answer} />
      <StateNotice answer={answer} here={here} />
      <OutdatedOwn answer={answer} />
      <Published answer={answer} />
      {answer.movedOn && answer.moves.includes('correct') && <Correction answer={answer} here={here} />}
    </div>
  );
}

/** Who has approved it where two have to, and what is done once both have; why it was sent back. */
function Approvals({ answer: { approvals, release } }: { readonly answer: ReleaseAnswer }) {
  const { t, dates } = useText();
  const { first } = approvals;
  const { sentBack } = release;
  return (
    <>
      {sentBack !== undefined && (
        <Notice icon={<Info20Regular />} tone="trouble">
          <strong>
            {t('release.sentBack.title', { name: sentBack.by.name, when: dates.moment(sentBack.at) })}
          </strong>
          <p>{sentBack.reason}</p>
        </Notice>
      )}
      {first !== undefined && (
        <Notice icon={<CheckmarkCircle20Regular />}>
          <strong>{t('release.approvals.title')}</strong>
          <p>
            {t('release.approvals.text', {
              name: first.by.name,
              when: dates.moment(first.at),
              move: first.move,
              due: first.due === undefined ? '' : dates.moment(first.due),
            })}
          </p>
          {first.waiver !== undefined && <p>{first.waiver.reason}</p>}
        </Notice>
      )}
    </>
  );
}

type Trouble = Extract<ReleaseState, { status: 'failed' | 'uncertain' }>;

function StateNotice({ answer, here }: { readonly answer: ReleaseAnswer; readonly here: ReleaseHere }) {
  const { t, dates } = useText();
  const { state } = answer.release;
  switch (state.status) {
    case 'approved':
      if (state.overdue !== undefined) {
        const { due, because } = state.overdue;
        return (
          <Notice icon={<CalendarClock20Regular />} tone="trouble">
            <strong>{t('release.notice.overdue.title', { due: dates.moment(due) })}</strong>
            <p>{t(because === 'text' ? 'release.notice.overdue.notReady' : 'release.notice.overdue.text')}</p>
          </Notice>
        );
      }
      return <Waiver approval={state.approval} />;
    case 'scheduled':
      return (
        <>
          <Waiver approval={state.approval} />
          {isLeaving(answer) ? (
            <Countdown due={state.due} purpose={state.purpose ?? 'publish'} here={here} />
          ) : (
            answer.release.shown.notReady.length > 0 && (
              <Notice icon={<Info20Regular />}>
                <strong>{t('release.notice.held.title')}</strong>
                <p>{t('release.notice.held.text', { due: dates.moment(state.due) })}</p>
              </Notice>
            )
          )}
        </>
      );
    case 'publishing':
      return <Awaiting answer={answer} />;
    case 'failed':
    case 'uncertain':
      return <TroubleNotice state={state} answer={answer} here={here} />;
    case 'takenDown':
      return (
        <Notice icon={<EyeOff20Regular />}>
          <strong>
            {t('release.notice.takenDown.title', { name: state.by.name, when: dates.moment(state.at) })}
          </strong>
          <p>{t('release.notice.takenDown.text')}</p>
        </Notice>
      );
    default:
      return null;
  }
}

/** It is there, and somebody there has to approve it: since when, and the pages to look at. */
function Awaiting({ answer: { release, item } }: { readonly answer: ReleaseAnswer }) {
  const { t, dates } = useText();
  const { state, out } = release;
  if (state.status !== 'publishing' || state.awaitsApproval === undefined) return null;
  const { since, urls } = state.awaitsApproval;
  return (
    <Notice icon={<Clock20Regular />}>
      <strong>{t('release.notice.awaitsApproval.title', { since: dates.moment(since) })}</strong>
      <p>
        {t(
          out === undefined ? 'release.notice.awaitsApproval.text' : 'release.notice.awaitsApproval.correct',
        )}
      </p>
      <PageLinks urls={urls} release={release} item={item} />
    </Notice>
  );
}

function TroubleNotice(props: {
  readonly state: Trouble;
  readonly answer: ReleaseAnswer;
  readonly here: ReleaseHere;
}) {
  const { state, answer, here } = props;
  const { texts } = useShell();
  const { t } = useText();
  const isOut = answer.release.out !== undefined;
  const isWithdrawal = state.purpose === 'takeDown' && !isOut;
  const of = isWithdrawal ? 'withdraw' : (state.purpose ?? (isOut ? 'correct' : undefined));
  const key = of === undefined ? state.status : (`${state.status}.${of}` as const);
  return (
    <Notice
      icon={state.status === 'failed' ? <ErrorCircle20Regular /> : <Question20Regular />}
      tone="trouble"
    >
      <strong>
        {t(state.reason === 'partly' ? 'release.notice.partly.title' : `release.notice.${key}.title`)}
      </strong>
      <p>{faultText(texts, state.reason)}</p>
      <p>{t(`release.notice.${key}.text`, { attempts: state.attempts })}</p>
      {answer.moves.includes('giveUp') && <GivingUp state={state} here={here} />}
    </Notice>
  );
}

/** Leaving it as it is; of what nobody knows, whoever has looked there says which is true. */
function GivingUp({ state, here }: { readonly state: Trouble; readonly here: ReleaseHere }) {
  const { t } = useText();
  const [isBusy, setBusy] = useState(false);
  const purpose = state.purpose ?? 'correct';
  const answers = state.status === 'failed' ? ([undefined] as const) : ([false, true] as const);
  const give = (done: boolean | undefined): void => {
    setBusy(true);
    const after = (): void => {
      setBusy(false);
      keepFocus();
    };
    const body = done === undefined ? {} : { done };
    here.change(() => here.api.move('giveUp', body), t('release.done.giveUp')).then(after, after);
  };
  return (
    <div className={css.noticeButtons}>
      {answers.map((done) => (
        <Button key={String(done)} size="small" disabledFocusable={isBusy} onClick={() => give(done)}>
          {done === undefined
            ? t(`release.giveUp.${purpose}`)
            : t(done ? `release.giveUp.done.${purpose}` : `release.giveUp.notDone.${purpose}`)}
        </Button>
      ))}
    </div>
  );
}

/** How long what was set off can still be held back, and the way to do so. */
function Countdown(props: {
  readonly due: string;
  readonly purpose: 'publish' | 'correct' | 'putBack' | 'takeDown';
  readonly here: ReleaseHere;
}) {
  const { due, purpose, here } = props;
  const { t } = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(due) - now) / 1000));
  const undo = (): void => {
    void here.change(() => here.api.move('unschedule'), t(`release.heldBack.${purpose}`)).then(keepFocus);
  };
  return (
    <Notice icon={<Send20Regular />}>
      <strong>
        {seconds === 0 ? t(`release.leaving.now.${purpose}`) : t(`release.leaving.${purpose}`, { seconds })}
      </strong>
      {seconds > 0 && (
        <p>
          <Button size="small" onClick={undo}>
            {t('shell.undo')}
          </Button>
        </p>
      )}
    </Notice>
  );
}

const goingNowhere: readonly string[] = ['publishing', 'cancelled'];

/** That what the release says otherwise is older than the text, which keeps it from going out, and the way there. */
function OutdatedOwn({ answer }: { readonly answer: ReleaseAnswer }) {
  const { t } = useText();
  const outdated = outdatedIn(answer);
  if (outdated === undefined || goingNowhere.includes(answer.release.state.status)) return null;
  return (
    <Notice icon={<Info20Regular />}>
      <strong>{t('release.ownOutdated.title', outdated.named)}</strong>
      <p>{t('release.ownOutdated.text')}</p>
      <div className={css.noticeButtons}>
        <Button size="small" onClick={() => showOwn(outdated)}>
          {t('release.ownOutdated.show')}
        </Button>
      </div>
    </Notice>
  );
}

/** The pages of a release by language, with the titles that they have. */
function PageLinks(props: {
  readonly urls: PublishedUrls;
  readonly release: ReleaseAnswer['release'];
  readonly item: ReleaseAnswer['item'];
}) {
  const { urls, release, item } = props;
  const { t } = useText();
  return (
    <ul className={css.links}>
      {publicLanguages.map((language) => {
        const url = urls[language];
        return url === undefined ? null : (
          <li key={language}>
            <a href={url} target="_blank" rel="noreferrer" lang={language}>
              {t('release.notice.read', {
                language,
                title: release.own[language]?.title ?? item?.texts[language]?.title ?? '',
              })}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** Where it can be read, with what was corrected. */
function Published({ answer: { release, item } }: { readonly answer: ReleaseAnswer }) {
  const { t, dates } = useText();
  const { out, state } = release;
  const isHidden = state.status === 'takenDown' || ('purpose' in state && state.purpose === 'putBack');
  if (out === undefined || isHidden) return null;
  const last = out.corrections.at(-1);
  return (
    <Notice icon={<Globe20Regular />}>
      <strong>{t('release.notice.published')}</strong>
      <PageLinks urls={out.urls} release={release} item={item} />
      {last !== undefined && <p>{t('release.notice.corrected', { when: dates.moment(last.at) })}</p>}
    </Notice>
  );
}

/** What was changed since it came out, to be published on the same pages; with a note to readers where one is wanted. */
function Correction({ answer, here }: { readonly answer: ReleaseAnswer; readonly here: ReleaseHere }) {
  const { ask } = useShell();
  const { t } = useText();
  const move = useMoves(answer, here);
  const [note, setNote] = useState<Partial<Record<PublicLanguage, string>>>({});
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const written: typeof note = Object.fromEntries(
    Object.entries(note).filter(([, text]) => text.trim() !== ''),
  );
  const publish = (): void => {
    setBusy(true);
    const done = (): void => {
      setBusy(false);
      keepFocus();
    };
    move('correct', Object.keys(written).length > 0 ? { note: written } : {}).then(done, done);
  };
  /** Where readers of one language alone would learn what was corrected, asks first. */
  const asked = async (): Promise<void> => {
    const out = publicLanguages.filter((language) => answer.release.out?.urls[language] !== undefined);
    const said = out.find((language) => written[language] !== undefined);
    const missing = out.find((language) => written[language] === undefined);
    const isAgreed =
      said === undefined ||
      missing === undefined ||
      (await ask({
        title: t('release.correct.oneNote.title', { language: said }),
        text: t('release.correct.oneNote.text', { language: missing }),
        verb: t('release.correct.oneNote.verb'),
      })) !== undefined;
    if (isAgreed) publish();
  };
  return (
    <Notice icon={<Send20Regular />}>
      <strong>{t('release.correct.title')}</strong>
      <p>{t('release.correct.text')}</p>
      {isOpen && (
        <div className={css.correction}>
          {publicLanguages.map((language) => (
            <Field key={language} label={t(`release.correct.note.${language}`)}>
              <Textarea
                lang={language}
                rows={2}
                value={note[language] ?? ''}
                onChange={(_, data) => setNote({ ...note, [language]: data.value })}
              />
            </Field>
          ))}
        </div>
      )}
      <div className={css.noticeButtons}>
        <Button appearance="primary" disabledFocusable={isBusy} onClick={() => void asked()}>
          {t('release.move.correct')}
        </Button>
        {!isOpen && (
          <Button appearance="subtle" onClick={() => setOpen(true)}>
            {t('release.correct.addNote')}
          </Button>
        )}
      </div>
    </Notice>
  );
}

function Waiver({ approval: { by, waiver } }: { readonly approval: Approval }) {
  const { t } = useText();
  if (waiver === undefined) return null;
  return (
    <Notice icon={<Info20Regular />}>
      <strong>{t('release.notice.waiver', { name: by.name })}</strong>
      <p>{waiver.reason}</p>
    </Notice>
  );
}

function Notice(props: {
  readonly icon: ReactNode;
  readonly tone?: 'trouble';
  readonly children: ReactNode;
}) {
  return (
    <div className={css.notice} data-tone={props.tone}>
      <span aria-hidden="true" className={css.noticeIcon}>
        {props.icon}
      </span>
      <div>{props.children}</div>
    </div>
  );
}
