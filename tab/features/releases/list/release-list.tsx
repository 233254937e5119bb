import { Button } from '@fluentui/react-components';
import { Archive24Regular, CalendarClock24Regular } from '@fluentui/react-icons';
import { useRef, type ReactNode } from 'react';
import type { ReleaseLine } from '../../../../src/releases/types.js';
import { useText, useProjectName } from '../../../shared/context.js';
import { useRowKeys } from '../../../shared/keys.js';
import { href } from '../../../shared/route.js';
import { shownReleaseState, StateChip } from '../../../shared/state-chip.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { titleOf, type TextKey } from '../../../text.js';
import type { ListName } from '../api.js';
import type { ReleaseList } from '../use-releases.js';
import { NewRelease, ViewSwitch } from '../view-switch.js';
import css from './list.module.css';

const groups = ['trouble', 'planned', 'approved', 'draft'] as const;
type Group = (typeof groups)[number];

function groupOf({ status, overdue }: ReleaseLine): Group {
  if (overdue === true || status === 'failed' || status === 'uncertain') return 'trouble';
  if (status === 'scheduled' || status === 'publishing') return 'planned';
  return status === 'approved' ? 'approved' : 'draft';
}

/** The queue by what it asks of people, or the archive. j, k and the arrows go along the rows. */
export function ReleaseListPane(props: {
  readonly name: ListName;
  readonly list: ReleaseList;
  readonly openId: string | undefined;
}) {
  const { name, list } = props;
  const { t } = useText();
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  return (
    <>
      <div className={css.head}>
        <div className={css.heading}>
          <h1>{t('release.title')}</h1>
          <NewRelease isCompact />
        </div>
        <ViewSwitch view={name} />
        <a className={css.intranet} href={href(['intranet'])}>
          {t('release.toIntranet')}
        </a>
      </div>
      <div ref={rows}>
        <Await loaded={list.loaded} bones={<Bones rows={5} height={84} />}>
          {({ lines }) => (lines.length === 0 ? <Nothing name={name} /> : <Lines {...props} lines={lines} />)}
        </Await>
      </div>
      {list.more !== undefined && (
        <div className={css.end}>
          <Button appearance="subtle" onClick={() => void list.more?.()}>
            {t('shared.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Lines(props: {
  readonly name: ListName;
  readonly lines: readonly ReleaseLine[];
  readonly openId: string | undefined;
}) {
  const { name, lines, openId } = props;
  const { t } = useText();
  const row = (line: ReleaseLine): ReactNode => (
    <ReleaseRow
      key={line.id}
      line={line}
      isOpen={line.id === openId}
      to={href(['releases', line.id], name === 'archive' ? { view: 'archive' } : {})}
    />
  );
  if (name === 'archive') return <ul className={css.rows}>{lines.map(row)}</ul>;
  return groups.map((group) => {
    const ofGroup = lines.filter((line) => groupOf(line) === group);
    if (ofGroup.length === 0) return null;
    const headingId = `release-group-${group}`;
    return (
      <section key={group} aria-labelledby={headingId}>
        <h2 id={headingId} className={css.group} data-group={group}>
          {t(`release.group.${group}`)}
          <span>{ofGroup.length}</span>
        </h2>
        <ul className={css.rows}>{ofGroup.map(row)}</ul>
      </section>
    );
  });
}

const emptyTexts: Readonly<Record<ListName, readonly [TextKey, TextKey]>> = {
  queue: ['release.empty.queue.title', 'release.empty.queue.text'],
  archive: ['release.empty.archive.title', 'release.empty.archive.text'],
};

function Nothing({ name }: { readonly name: ListName }) {
  const { t } = useText();
  const [title, text] = emptyTexts[name];
  const icon = name === 'queue' ? <CalendarClock24Regular /> : <Archive24Regular />;
  return (
    <Empty icon={icon} title={t(title)} text={t(text)}>
      {name === 'queue' && <NewRelease />}
    </Empty>
  );
}

/** One release of a list: title, project, when, state, and the languages that are not ready. */
export function ReleaseRow(props: {
  readonly line: ReleaseLine;
  readonly isOpen: boolean;
  readonly to: string;
}) {
  const { line } = props;
  const { t, dates, language } = useText();
  const projectName = useProjectName();
  const { title, language: titleLanguage } = titleOf(line.titles, language);
  const isDone = line.status === 'published' || line.status === 'cancelled';
  return (
    <li>
      <a
        id={`release-${line.id}`}
        className={css.row}
        href={props.to}
        aria-current={props.isOpen ? 'true' : undefined}
      >
        <span className={css.title} lang={title === '' ? undefined : titleLanguage}>
          {title === '' ? t('release.untitled') : title}
        </span>
        <span className={css.by}>
          {line.projectId !== undefined && <span>{projectName(line.projectId)}</span>}
          <time dateTime={line.due ?? line.at}>
            {line.due === undefined ? dates.day(line.at) : dates.moment(line.due)}
          </time>
        </span>
        <span className={css.marks}>
          <StateChip kind="release" state={shownReleaseState(line)} />
          {line.overdue === true && <span className={css.trouble}>{t('release.overdue')}</span>}
          {!isDone &&
            line.notReady.map((missing) => (
              <span key={missing} className={css.trouble}>
                {t('release.notReady', { language: missing })}
              </span>
            ))}
        </span>
      </a>
    </li>
  );
}
