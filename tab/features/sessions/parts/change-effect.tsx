import { useEffect, useState } from 'react';
import type { ChangePreviewAnswer } from '../../../../src/shared/answers/sessions.js';
import type { TabKey } from '../../../../src/i18n/keys.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { useLoad } from '../../../shared/use-load.js';
import css from './change-effect.module.css';

type Presenter = ChangePreviewAnswer['presenters'][number];
type ChangedDate = NonNullable<ChangePreviewAnswer['dates']>[number];
type Group = ChangePreviewAnswer['groups'][number];

/** In milliseconds: somebody who types is not asked about at each letter. */
const typingPause = 400;

/** A value once nothing has changed in it for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typingPause);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface Asked {
  /** Names the change: everything that `ask` depends on. */
  readonly about: string;
  readonly ask: () => Promise<ChangePreviewAnswer>;
}

/**
 * What a change would mean, as far as it is known: asked once nobody types any more. `fault`: why it would be refused. `last`: what
 * was known last, until it is known anew.
 */
export interface Effect {
  readonly value: ChangePreviewAnswer | undefined;
  readonly last: ChangePreviewAnswer | undefined;
  readonly fault: unknown;
}

const notAsked = (): Promise<undefined> => Promise.resolve(undefined);

/** @param asked undefined while the form does not say enough. */
export function useEffectOf(asked: Asked | undefined): Effect {
  const wanted = asked?.about ?? '';
  const about = useSettled(wanted);
  const loaded = useLoad<ChangePreviewAnswer | undefined>(`effect ${about}`, asked?.ask ?? notAsked);
  const isCurrent = about === wanted && asked !== undefined;
  const value = isCurrent && loaded.state === 'ready' ? loaded.value : undefined;
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return {
    value,
    last,
    fault: isCurrent && loaded.state === 'failed' ? loaded.error : undefined,
  };
}

/** Whether a message with the change would go to somebody, as far as that is known: also where nobody could say. */
export function reachesSomebody({ value, last, fault }: Effect): boolean {
  const known = value ?? last;
  return known === undefined ? fault !== undefined : known.people + known.channels > 0;
}

interface Shown {
  /** What happens, as the rest of a sentence. */
  readonly what: (effect: ChangePreviewAnswer) => string;
  /** A small change, of which one line is enough where nobody is notified. */
  readonly isSmall?: boolean;
}

/**
 * What a change would mean, in a dialog before it is made: how many people are notified, by what, and what becomes of agreed
 * slots and of the next sessions. What the change would refuse is said when it is made.
 */
export function ChangeEffect({ about, ask, ...shown }: Asked & Shown) {
  return <EffectText effect={useEffectOf({ about, ask })} {...shown} />;
}

/** The same of a change whose form needs the effect too. */
export function EffectText({ effect, ...props }: Shown & { readonly effect: Effect }) {
  const { t } = useText();
  const { value, fault } = effect;
  if (fault !== undefined) return null;
  if (value === undefined) return <p className={css.quiet}>{t('sessions.effect.loading')}</p>;
  if (props.isSmall === true && isNobody(value))
    return (
      <p className={css.quiet} role="status">
        {t('sessions.effect.nobody')}
      </p>
    );
  const who = t('sessions.effect.people', { count: value.people });
  return (
    <section className={css.effect} aria-live="polite" aria-label={t('sessions.effect.title')}>
      <p className={css.sentence}>{t('sessions.effect.sentence', { who, what: props.what(value) })}</p>
      {value.quiet !== undefined && <p className={css.quiet}>{t(`sessions.effect.quiet.${value.quiet}`)}</p>}
      <Ways effect={value} />
      <Groups groups={value.groups} people={value.people} />
      {value.presenters.length > 0 && (
        <>
          <h3 className={css.heading}>{t('sessions.effect.presenters')}</h3>
          <ul className={css.list}>
            {value.presenters.map((presenter) => (
              <PresenterLine key={presenter.occurrenceId} presenter={presenter} />
            ))}
          </ul>
        </>
      )}
      {value.dates !== undefined && value.dates.length > 0 && (
        <>
          <h3 className={css.heading}>{goneText(t, value) ?? t('sessions.effect.dates')}</h3>
          <ul className={css.list}>
            {value.dates.map((date) => (
              <DateLine
                key={`${date.was ?? ''} ${date.now ?? ''}`}
                date={date}
                isEnd={value.gone !== undefined}
              />
            ))}
            {value.isMore === true && <li>{t('sessions.effect.more')}</li>}
          </ul>
        </>
      )}
    </section>
  );
}

const isNobody = ({ people, channels, isInCalendar }: ChangePreviewAnswer): boolean =>
  people === 0 && channels === 0 && !isInCalendar;

const groupKeys = {
  turnGiven: 'sessions.effect.group.turnGiven',
  turnTaken: 'sessions.effect.group.turnTaken',
  turnGivenUp: 'sessions.effect.group.turnGivenUp',
  volunteerAsked: 'sessions.effect.group.volunteerAsked',
  slotVolunteered: 'sessions.effect.group.slotVolunteered',
  swapAsked: 'sessions.effect.group.swapAsked',
} as const satisfies Partial<Record<Group['about'], TabKey>>;

const keyOf = (about: Group['about']): TabKey | undefined =>
  (groupKeys as Partial<Record<Group['about'], TabKey>>)[about];

/** What each group reads: a project that gets or loses a slot, those who are asked, those who coordinate. */
function Groups({ groups, people: all }: { readonly groups: readonly Group[]; readonly people: number }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const nameOf = (to: Group['to']): string => {
    if (to === 'coordinators') return t('sessions.effect.to.coordinators');
    return to === 'projects' ? t('sessions.effect.to.projects') : projectName(to);
  };
  const lines = groups.flatMap(({ about, to, people, start }) => {
    const key = keyOf(about);
    if (key === undefined) return [];
    const who = t('sessions.effect.who', { name: nameOf(to), count: people });
    return [t(key, { who, when: dates.moment(start) })];
  });
  if (lines.length === 0) return null;
  // Somebody of two groups is one person.
  const isOverlapping = groups.reduce((sum, { people }) => sum + people, 0) > all;
  return (
    <>
      <h3 className={css.heading}>{t('sessions.effect.groups')}</h3>
      <ul className={css.list}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {isOverlapping && <p className={css.quiet}>{t('sessions.effect.overlap', { count: all })}</p>}
    </>
  );
}

/** How many sessions an end takes away. */
function goneText(
  t: ReturnType<typeof useText>['t'],
  { gone, isMore }: ChangePreviewAnswer,
): string | undefined {
  if (gone === undefined) return undefined;
  return isMore === true ? t('sessions.effect.goneAll') : t('sessions.effect.gone', { count: gone });
}

function Ways({ effect }: { readonly effect: ChangePreviewAnswer }) {
  const { t } = useText();
  const { chat, mail, channels, isInCalendar, unreached } = effect;
  const ways = [
    ...(chat > 0 ? [t('sessions.effect.chat', { count: chat })] : []),
    ...(mail > 0 ? [t('sessions.effect.mail', { count: mail })] : []),
    ...(channels > 0 ? [t('sessions.effect.channels', { count: channels })] : []),
  ];
  return (
    <>
      {ways.length > 0 && <p className={css.quiet}>{t('sessions.effect.ways', { ways: ways.join(', ') })}</p>}
      {unreached > 0 && (
        <p className={css.warning}>{t('sessions.effect.unreached', { count: unreached, chat })}</p>
      )}
      {isInCalendar && <p className={css.quiet}>{t('sessions.effect.calendar')}</p>}
    </>
  );
}

function PresenterLine({ presenter }: { readonly presenter: Presenter }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  return (
    <li>
      {t(`sessions.effect.presenter.${presenter.change}`, {
        project: projectName(presenter.projectId),
        was: dates.moment(presenter.was),
        now: dates.moment(presenter.start),
      })}
    </li>
  );
}

function DateLine({ date, isEnd }: { readonly date: ChangedDate; readonly isEnd: boolean }) {
  const { t, dates, language } = useText();
  const projectName = useProjectName();
  const { was, now, projectId, holiday } = date;
  const text = (): string => {
    if (was === undefined) return t('sessions.effect.date.new', { now: dates.moment(now ?? '') });
    if (isEnd) return dates.moment(was);
    if (now === undefined) return t('sessions.effect.date.gone', { was: dates.moment(was) });
    if (was === now) return t('sessions.effect.date.same', { was: dates.moment(was) });
    return t('sessions.effect.date.moved', { was: dates.moment(was), now: dates.moment(now) });
  };
  return (
    <li>
      {text()}
      {now !== undefined && holiday !== undefined && (
        <span className={css.warning}>
          {' '}
          · {t('sessions.effect.date.holiday', { holiday: holiday[language] })}
        </span>
      )}
      {projectId !== undefined && <span className={css.quiet}> · {projectName(projectId)}</span>}
    </li>
  );
}
