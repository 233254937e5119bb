import {
  Clock20Regular,
  CalendarLtr24Regular,
  CalendarQuestionMark24Regular,
  ChevronRight20Regular,
  DocumentBulletListRegular,
  Heart24Regular,
  LinkDismiss24Regular,
  Mail24Regular,
  MegaphoneLoud24Regular,
  PersonFeedback24Regular,
  PersonProhibited24Regular,
  PersonSwap20Regular,
  PersonVoice24Regular,
  PlugDisconnected24Regular,
  Translate24Regular,
} from '@fluentui/react-icons';
import { lazy, Suspense, type ComponentType } from 'react';
import { shownStateOf, type NewsLine } from '../../../src/news/types.js';
import { greetingName } from '../../../src/shared/greeting.js';
import { getOverview, presentersAway } from '../../shared/api.js';
import { AllTexts, useProjectName, useShell, useText, useMay } from '../../shared/context.js';
import { Page } from '../../shared/layout.js';
import { href } from '../../shared/route.js';
import { StateChip } from '../../shared/state-chip.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad } from '../../shared/use-load.js';
import { titleOf } from '../../text.js';
import { awayLines, linesOf, type WaitingLine } from './lines.js';
import { OwnSlots } from './own-slots.js';
import css from './overview.module.css';

const Checklist = lazy(async () => ({ default: (await import('../../shared/checklist.js')).Checklist }));

/** What waits for the person, each line a way to where it is settled. */
export function OverviewView() {
  const { api, session } = useShell();
  const { t, dates, language } = useText();
  const overview = useLoad('overview', () => getOverview(api), api.atHand(getOverview));
  const projectName = useProjectName();
  const may = useMay();
  const leadsSessions = may('session:edit');
  // Asked for beside the overview: it is no reason to wait with that, nor to show nothing where it fails.
  const away = useLoad(`presenters away ${String(leadsSessions)}`, async () =>
    leadsSessions ? presentersAway(api) : { sessions: [] },
  );
  useFresh(overview.refresh);
  useFresh(away.refresh);
  return (
    <Page title={t('overview.greeting', { name: greetingName(session.person) })} lead={t('overview.lead')}>
      <ActsFor />
      <Await loaded={overview} bones={<Bones rows={4} height={76} />}>
        {(answer) => {
          const words = { t, dates, language, projectName, leadsSessions };
          const missed = away.state === 'ready' ? awayLines(away.value.sessions, words) : [];
          const lines = [...missed, ...linesOf(answer, words)];
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
              {may('programme:manage') && (
                <Suspense>
                  <AllTexts>
                    <Checklist isOverview />
                  </AllTexts>
                </Suspense>
              )}
              <OwnSlots />
              <Mine lines={answer.news.mine} />
            </>
          );
        }}
      </Await>
    </Page>
  );
}

/** For whom one acts while they are away. */
function ActsFor() {
  const { session } = useShell();
  const { t, dates } = useText();
  return (session.person.actsFor ?? []).map(({ id, name, until }) => (
    <p key={id} className={css.actsFor}>
      <PersonSwap20Regular aria-hidden="true" />
      {t('overview.actsFor', { name, until: dates.plainDay(until) })}
    </p>
  ));
}

const icons: Readonly<Record<WaitingLine['kind'], ComponentType>> = {
  news: DocumentBulletListRegular,
  language: Translate24Regular,
  mine: PersonFeedback24Regular,
  newsletter: Mail24Regular,
  release: MegaphoneLoud24Regular,
  session: CalendarLtr24Regular,
  slot: PersonVoice24Regular,
  holiday: CalendarQuestionMark24Regular,
  thanks: Heart24Regular,
  join: LinkDismiss24Regular,
  message: PlugDisconnected24Regular,
  unreached: PersonProhibited24Regular,
};

/** What waits, line by line; each line is one link. */
export function WaitingLines({ lines }: { readonly lines: readonly WaitingLine[] }) {
  return (
    <ul className={css.lines}>
      {lines.map((line) => {
        const Icon = icons[line.kind];
        return (
          <li key={line.to + line.title}>
            <a className={css.line} href={line.to} data-urgent={line.isUrgent === true}>
              <span className={css.icon} aria-hidden="true">
                <Icon />
              </span>
              <span className={css.words}>
                <span className={css.title}>{line.title}</span>
                {line.detail !== undefined && <span className={css.detail}>{line.detail}</span>}
              </span>
              <ChevronRight20Regular aria-hidden="true" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** One's own newest items and how they are doing. */
export function Mine({ lines }: { readonly lines: readonly NewsLine[] }) {
  const { t, dates, language } = useText();
  const query = useMay()('news:see') ? { whose: 'mine' } : {};
  if (lines.length === 0) return null;
  return (
    <section className={css.mine}>
      <h2>{t('overview.mine')}</h2>
      <ul className={css.lines}>
        {lines.map((line) => {
          const { title, language: titleLanguage } = titleOf(line.titles, language);
          return (
            <li key={line.id}>
              <a className={css.line} href={href(['news', line.id], query)}>
                <span className={css.words}>
                  <span className={css.title} lang={titleLanguage}>
                    {title}
                  </span>
                  <span className={css.detail}>{dates.moment(line.submittedAt)}</span>
                </span>
                <StateChip kind="news" state={shownStateOf(line)} />
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
