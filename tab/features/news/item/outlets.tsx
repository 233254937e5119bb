import { Button, Switch } from '@fluentui/react-components';
import { Open16Regular, Send16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { SeenRevisions } from '../../../../src/content/edits.js';
import { currentRevisions } from '../../../../src/content/text.js';
import { lineOf } from '../../../../src/news/line.js';
import type { NewsItem } from '../../../../src/news/types.js';
import type {
  NewsletterOutlet,
  OutletsAnswer,
  ReleaseOutlet,
} from '../../../../src/shared/answers/outlets.js';
import { ApiError } from '../../../api.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { shownReleaseState, StateChip } from '../../../shared/state-chip.js';
import { useFresh, useWatching } from '../../../shared/use-fresh.js';
import type { Loaded } from '../../../shared/use-load.js';
import { useAlthough } from '../../../shared/writing/although.js';
import { newsItemApi, type Done } from '../api.js';
import { titleIn } from '../../../text.js';
import { inSentence } from '../labels.js';
import type { Shown } from './shown.js';
import css from './outlets.module.css';

/** States of an item in which it can be placed: whoever places one that waits for a decision accepts it on the way. */
const placeable: readonly string[] = ['submitted', 'inReview', 'accepted'];

/** Where the item is read, each a switch with its date and its state; whoever may not place it sees where it is. */
export function Outlets(props: {
  readonly item: NewsItem;
  readonly loaded: Loaded<OutletsAnswer>;
  readonly shown: Shown;
}) {
  const { item, shown } = props;
  const { api: server, notify, fail, settle, warn } = useShell();
  const { t, language } = useText();
  const may = useMay();
  const although = useAlthough();
  const api = newsItemApi(server, item.id);
  const { loaded } = props;
  const { set, refresh } = loaded;
  useFresh(refresh);
  useWatching(loaded, ({ releases }) => releases);
  const [busy, setBusy] = useState<string>();
  const answer = loaded.state === 'ready' ? loaded.value : undefined;
  const version = JSON.stringify([item.auditCount, currentRevisions(item.texts)]);
  // They came with the item: only what changes later is asked for again.
  const known = useRef(version);
  useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    refresh();
  }, [refresh, version]);

  const look = async (): Promise<void> => {
    const [next, outlets] = await Promise.all([api.get(), api.outlets()]);
    shown.onAnswer(next);
    set(outlets);
  };
  /** Does something with an outlet, once what is being written is stored; says so, and offers to take it back. */
  const act = async (
    name: string,
    make: Make,
    said: string,
    undo?: (done: Done) => (() => Promise<unknown>) | undefined,
  ): Promise<void> => {
    if (busy !== undefined) return;
    setBusy(name);
    try {
      if (!(await settle())) return;
      const seen = shown.seen();
      const done = await although((isMeant) => make(seen, isMeant));
      if (done === undefined) return;
      const back = undo?.(done);
      notify(
        said,
        back &&
          (async () => {
            await back();
            await look();
          }),
      );
    } catch (error) {
      const isChanged = error instanceof ApiError && error.code === 'text.conflict';
      if (isChanged) warn(t('news.changedSince', { title: titleIn(language, lineOf(item).titles) }));
      else fail(error);
    } finally {
      await look().catch(fail);
      setBusy(undefined);
    }
  };
  const isPlaceable = placeable.includes(item.state.status);
  const mayPlace = isPlaceable && may('release:edit');
  if (answer === undefined) return null;
  const rows = { item, answer, act, busy, isPlaceable };
  const isEmpty = answer.newsletter.length === 0 && answer.releases.length === 0;
  if (isEmpty && !mayPlace) return null;
  return (
    <section className={css.box} aria-label={t('outlet.title')}>
      <h2>{t('outlet.title')}</h2>
      <div className={css.rows}>
        <Newsletter {...rows} mayEdit={may('newsletter:edit')} />
        <Intranet {...rows} mayEdit={may('release:edit')} />
        <NotYet item={item} />
      </div>
    </section>
  );
}

/** Does something with an outlet. @param seen the revisions on the screen, once what was being written is stored */
type Make = (seen: SeenRevisions, although: boolean) => Promise<Done>;

interface RowsProps {
  readonly item: NewsItem;
  readonly answer: OutletsAnswer;
  readonly act: (
    name: string,
    make: Make,
    said: string,
    undo?: (done: Done) => (() => Promise<unknown>) | undefined,
  ) => Promise<void>;
  readonly busy: string | undefined;
  readonly isPlaceable: boolean;
  readonly mayEdit: boolean;
}

/** A switch, how the outlet stands, and the way to it. */
function Row(props: { readonly toggle: ReactNode; readonly facts?: ReactNode; readonly link?: ReactNode }) {
  const { toggle, facts, link } = props;
  return (
    <div className={css.row}>
      {toggle}
      {facts !== undefined && <div className={css.facts}>{facts}</div>}
      {link}
    </div>
  );
}

function Open({ to, text }: { readonly to: string; readonly text: string }) {
  return (
    <a className={css.link} href={to}>
      {text}
      <Open16Regular aria-hidden="true" />
    </a>
  );
}

/** One switch; where it can't be turned, its words alone. */
function Toggle(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly canTurn: boolean;
  /** It is being turned just now: it shows how it will be, and takes no second press. */
  readonly isTurning: boolean;
  readonly onTurn: (isOn: boolean) => void;
}) {
  const { label, isOn, canTurn, isTurning, onTurn } = props;
  const { t } = useText();
  if (!canTurn) return <span className={css.word}>{label}</span>;
  return (
    <Switch
      className={css.switch ?? ''}
      label={isTurning ? `${label} · ${t('outlet.saving')}` : label}
      checked={isOn !== isTurning}
      onChange={(_, data) => !isTurning && onTurn(data.checked)}
    />
  );
}

const openIssue: readonly string[] = ['collecting', 'drafting', 'approved'];

function Newsletter({ item, answer, act, busy, isPlaceable, mayEdit }: RowsProps) {
  const { api: server } = useShell();
  const { t, dates } = useText();
  const api = newsItemApi(server, item.id);
  const [newest, ...older] = answer.newsletter;
  const here = newest !== undefined && openIssue.includes(newest.status) ? newest : undefined;
  const past = here === undefined ? answer.newsletter : older;
  const number = here?.number ?? answer.open?.number;
  const label = number === undefined ? t('outlet.newsletter') : t('outlet.newsletter.number', { number });
  const turn = (isOn: boolean): void => {
    if (isOn) {
      void act('newsletter', api.placeInNewsletter, t('news.placed.newsletter'), ({ undo, issue }) =>
        undo === undefined || issue === undefined ? undefined : () => api.undoInNewsletter(issue.id, undo),
      );
    } else if (here !== undefined) {
      const { issueId, storyId } = here;
      void act(
        'newsletter',
        () => api.takeFromNewsletter(issueId, storyId),
        t('outlet.newsletter.removed'),
        ({ undo }) => (undo === undefined ? undefined : () => api.undoInNewsletter(issueId, undo)),
      );
    }
  };
  return (
    <>
      {(mayEdit || here !== undefined) && (isPlaceable || here !== undefined) && (
        <Row
          toggle={
            <Toggle
              label={label}
              isOn={here !== undefined}
              canTurn={mayEdit && isPlaceable}
              isTurning={busy === 'newsletter'}
              onTurn={turn}
            />
          }
          {...(here !== undefined && {
            facts: (
              <>
                <StateChip kind="newsletter" state={here.status} />
                <span>{t('outlet.deadline', { date: dates.plainDay(here.deadline) })}</span>
              </>
            ),
            link: (
              <Open
                to={href(['newsletter', here.issueId], { story: here.storyId })}
                text={t('outlet.open')}
              />
            ),
          })}
        />
      )}
      {past.map((issue) => (
        <PastIssue key={issue.issueId} issue={issue} />
      ))}
    </>
  );
}

function PastIssue({ issue }: { readonly issue: NewsletterOutlet }) {
  const { t } = useText();
  return (
    <Row
      toggle={<span className={css.word}>{t('outlet.newsletter.number', { number: issue.number })}</span>}
      facts={<StateChip kind="newsletter" state={issue.status} />}
      link={<Open to={href(['newsletter', issue.issueId])} text={t('outlet.open')} />}
    />
  );
}

function Intranet({ item, answer, act, busy, isPlaceable, mayEdit }: RowsProps) {
  const { api: server, ask } = useShell();
  const { t } = useText();
  const api = newsItemApi(server, item.id);
  const here = answer.releases.find(({ channel }) => channel === 'intranet');
  const turn = async (isOn: boolean): Promise<void> => {
    if (isOn) return act('intranet', api.makeRelease, t('news.placed.release'));
    if (here === undefined) return;
    if (here.status === 'scheduled') {
      const answered = await ask({
        title: t('release.cancel.title'),
        text: t('release.cancel.text'),
        verb: t('release.move.cancel'),
      });
      if (answered === undefined) return;
    }
    await act(
      'intranet',
      () => api.cancelRelease(here.id),
      t('release.done.cancel'),
      ({ undo }) => (undo === undefined ? undefined : () => api.undoRelease(here.id, undo)),
    );
  };
  if (here === undefined && (!mayEdit || !isPlaceable)) return null;
  const canTurn =
    mayEdit && isPlaceable && (here === undefined || turnable.includes(here.status)) && here?.isOut !== true;
  return (
    <Row
      toggle={
        <Toggle
          label={t('channel.intranet')}
          isOn={here !== undefined}
          canTurn={canTurn}
          isTurning={busy === 'intranet'}
          onTurn={(isOn) => void turn(isOn)}
        />
      }
      {...(here !== undefined && {
        facts: (
          <ReleaseFacts
            here={here}
            mayEdit={mayEdit}
            isBusy={busy !== undefined}
            onPublish={() => {
              void act(
                'publish',
                (seen, isMeant) => api.publishRelease(here.id, seen, isMeant),
                t('release.done.publishNow'),
                ({ undo }) => (undo === undefined ? undefined : () => api.undoRelease(here.id, undo)),
              );
            }}
          />
        ),
        link: (
          <Open to={href(['releases', here.id])} text={t(here.movedOn ? 'outlet.correct' : 'outlet.open')} />
        ),
      })}
    />
  );
}

const turnable: readonly string[] = ['draft', 'approved', 'scheduled', 'failed', 'uncertain'];

function ReleaseFacts(props: {
  readonly here: ReleaseOutlet;
  readonly mayEdit: boolean;
  readonly isBusy: boolean;
  readonly onPublish: () => void;
}) {
  const { here, mayEdit, isBusy } = props;
  const { t, dates } = useText();
  return (
    <>
      <StateChip kind="release" state={shownReleaseState(here)} />
      {here.due !== undefined && <time dateTime={here.due}>{dates.moment(here.due)}</time>}
      {here.isOverdue && <span className={css.warn}>{t('outlet.overdue')}</span>}
      {here.movedOn && <span className={css.warn}>{t('outlet.movedOn')}</span>}
      {mayEdit && here.status === 'approved' && (
        <Button size="small" icon={<Send16Regular />} disabledFocusable={isBusy} onClick={props.onPublish}>
          {t('release.move.publishNow')}
        </Button>
      )}
    </>
  );
}

const built: readonly string[] = ['newsletter', 'intranet'];

/** Channels that the author wished for and Big Room can't publish in yet. */
function NotYet({ item }: { readonly item: NewsItem }) {
  const { t } = useText();
  const wished = item.wishedChannels.filter((channel) => !built.includes(channel));
  if (wished.length === 0) return null;
  const names = wished.map((channel) => inSentence(t(`channel.${channel}`))).join(', ');
  return <p className={css.notYet}>{t('outlet.notYet', { names })}</p>;
}
