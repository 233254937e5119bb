import type { Values } from '../../../src/i18n/keys.js';
import type { Waiting } from '../../../src/news/waiting.js';
import type { AwayPresenters } from '../../../src/sessions/coming/service.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { OverviewAnswer } from '../../../src/shared/answers/overview.js';
import { publicLanguages, type Language } from '../../../src/shared/languages.js';
import type { Dates } from '../../shared/dates.js';
import { href } from '../../shared/route.js';
import { translatedTo } from '../../../src/shared/translated.js';
import { titleIn, type TextKey } from '../../text.js';

/** One thing that waits: what, how long or by when, and where it is settled. */
export interface WaitingLine {
  readonly kind:
    | 'news'
    | 'language'
    | 'mine'
    | 'newsletter'
    | 'release'
    | 'session'
    | 'slot'
    | 'holiday'
    | 'thanks'
    | 'join'
    | 'message'
    | 'unreached';
  readonly title: string;
  readonly detail?: string;
  readonly to: string;
  /** It is late or has failed. */
  readonly isUrgent?: boolean;
}

interface Words {
  readonly t: (key: TextKey, values?: Values) => string;
  readonly dates: Dates;
  readonly language: Language;
  /** The name of a project. */
  readonly projectName: (id: string) => string;
  /** Whether the sessions are led by the one who looks, to whom every project belongs. */
  readonly leadsSessions: boolean;
}

/** The lines to show, the ones that wait for a person's work first; nothing for what does not wait. */
export function linesOf(answer: OverviewAnswer, words: Words): WaitingLine[] {
  return [
    ...messageLines(answer, words),
    ...changeLines(answer, words),
    ...turnLines(answer, words),
    ...releaseLines(answer, words),
    ...reviewLines(answer, words),
    ...newsletterLines(answer, words),
    ...nextSessionLines(answer, words),
  ];
}

const counted = ({ count, more }: Waiting): Values => ({ count, more: more ? 'yes' : 'no' });

function reviewLines({ news }: OverviewAnswer, { t, dates }: Words): WaitingLine[] {
  const { review } = news;
  if (review === undefined) return [];
  const since = (waiting: Waiting): { detail?: string } =>
    waiting.oldest === undefined
      ? {}
      : { detail: t('overview.news.oldest', { days: dates.daysSince(waiting.oldest.submittedAt) }) };
  const unanswered: WaitingLine[] =
    review.unanswered.count === 0
      ? []
      : [
          {
            kind: 'news',
            title: t('overview.news.unanswered', counted(review.unanswered)),
            detail: t('overview.news.unanswered.detail'),
            to: href(['news'], { view: 'inWork' }),
          },
        ];
  const byState = (['submitted', 'inReview'] as const)
    .filter((state) => review[state].count > 0)
    .map((state): WaitingLine => ({
      kind: 'news',
      title: t(`overview.news.${state}`, counted(review[state])),
      ...since(review[state]),
      to: href(['news'], { state }),
    }));
  const byLanguage = publicLanguages
    .filter((language) => review.missing[language].count > 0)
    .map((language): WaitingLine => ({
      kind: 'language',
      title: t(`overview.missing.${language}`, counted(review.missing[language])),
      detail: t('overview.missing.detail'),
      to: href(['news'], { state: 'accepted', missing: language }),
    }));
  return [...unanswered, ...byState, ...byLanguage];
}

function changeLines({ news }: OverviewAnswer, { t, language }: Words): WaitingLine[] {
  return news.changesRequested.map((line) => ({
    kind: 'mine',
    title: t('overview.changes', { title: titleIn(language, line.titles) }),
    detail: t('overview.changes.detail'),
    to: href(['news', line.id], { whose: 'mine' }),
  }));
}

function newsletterLines({ newsletter }: OverviewAnswer, { t, dates }: Words): WaitingLine[] {
  if (newsletter === undefined) return [];
  const { number, status: state, storyCount, notReady, deadline, id, firstBy } = newsletter;
  const toApprove: WaitingLine[] =
    firstBy === undefined
      ? []
      : [
          {
            kind: 'newsletter',
            title: t('overview.newsletter.toApprove', { number }),
            detail: t('overview.releases.toApprove.detail', { name: firstBy.name }),
            to: href(['newsletter', id]),
          },
        ];
  const isLate = dates.isPast(deadline);
  const behind = publicLanguages
    .filter((language) => notReady[language] > 0)
    .map((language) => t(`overview.newsletter.notReady.${language}`, { count: notReady[language] }));
  return [
    ...toApprove,
    {
      kind: 'newsletter',
      title: t(isLate ? 'overview.newsletter.late' : 'overview.newsletter.deadline', {
        number,
        state,
        when: dates.plainDay(deadline),
      }),
      detail: [t('overview.newsletter.stories', { count: storyCount }), ...behind].join(' · '),
      to: href(['newsletter', id]),
      isUrgent: isLate,
    },
  ];
}

function releaseLines({ releases }: OverviewAnswer, { t, dates, language }: Words): WaitingLine[] {
  if (releases === undefined) return [];
  const needingAttention = (['failed', 'uncertain', 'overdue'] as const)
    .filter((name) => releases[name] > 0)
    .map((name): WaitingLine => ({
      kind: 'release',
      title: t(`overview.releases.${name}`, { count: releases[name] }),
      detail: t(`overview.releases.${name}.detail`),
      to: href(['releases'], name === 'overdue' ? {} : { state: name }),
      isUrgent: true,
    }));
  const today = releases.today.map(({ id, titles, due }): WaitingLine => ({
    kind: 'release',
    title: t('overview.releases.today', { title: titleIn(language, titles) }),
    ...(due !== undefined && { detail: dates.moment(due) }),
    to: href(['releases', id]),
  }));
  const toApprove = releases.toApprove.map(({ id, titles, firstBy }): WaitingLine => ({
    kind: 'release',
    title: t('overview.releases.toApprove', { title: titleIn(language, titles) }),
    ...(firstBy && { detail: t('overview.releases.toApprove.detail', { name: firstBy.name }) }),
    to: href(['releases', id]),
  }));
  return [...needingAttention, ...toApprove, ...today];
}

/** Sessions whose presenter can't come: somebody else must present, or the session moves. */
export function awayLines(away: readonly AwayPresenters[], { t, dates, language }: Words): WaitingLine[] {
  return away.map(({ session, names }) => ({
    kind: 'slot',
    title: t('overview.sessions.away', {
      name: session.names[language],
      when: dates.moment(session.start),
    }),
    detail: t('overview.sessions.away.detail', { people: names.join(', ') }),
    to: href(['sessions', session.id], { to: 'presenter' }),
    isUrgent: true,
  }));
}

/** Slots that wait for a topic: one's own, for those who lead the sessions everybody's; slots that nobody has, sessions without a link to join, and those on a day off. */
function turnLines({ sessions }: OverviewAnswer, words: Words): WaitingLine[] {
  const { t, dates, language } = words;
  const facts = ({ names, start }: OccurrenceLine): Values => ({
    name: names[language],
    when: dates.moment(start),
  });
  const projectOf = ({ slot }: OccurrenceLine): string =>
    slot !== undefined && 'projectId' in slot ? words.projectName(slot.projectId) : '';
  const unanswered = sessions.unanswered.map((line): WaitingLine => ({
    kind: 'slot',
    ...(words.leadsSessions
      ? {
          title: t('overview.sessions.topicMissing', facts(line)),
          detail: t('overview.sessions.topicMissing.detail', {
            project: projectOf(line),
          }),
        }
      : {
          title: t('overview.sessions.unanswered', facts(line)),
          detail: t('overview.sessions.unanswered.detail'),
        }),
    to: href(['sessions', line.id], { to: 'presenter' }),
  }));
  const entered = sessions.entered.map((line): WaitingLine => ({
    kind: 'session',
    title: t('overview.sessions.entered', { ...facts(line), project: projectOf(line) }),
    detail: line.talk === undefined ? '' : translatedTo(language, line.talk).topic,
    to: href(['sessions', line.id], { to: 'presenter' }),
  }));
  const open = sessions.open.map((line): WaitingLine => ({
    kind: 'slot',
    title: t('overview.sessions.open', facts(line)),
    detail: t('overview.sessions.open.detail'),
    to: href(['sessions', line.id], { to: 'presenter' }),
    isUrgent: true,
  }));
  const onHoliday = sessions.onHoliday.map((line): WaitingLine => ({
    kind: 'holiday',
    title: t('overview.sessions.holiday', {
      name: line.names[language],
      when: dates.day(line.start),
      holiday: line.holiday?.names[language] ?? '',
    }),
    detail:
      line.proposal === undefined
        ? t('overview.sessions.holiday.detail')
        : t('overview.sessions.holiday.proposal', { when: dates.plainDay(line.proposal) }),
    to: href(['sessions', line.id], { to: 'move' }),
  }));
  const noJoinUrl = sessions.noJoinUrl.map((line): WaitingLine => ({
    kind: 'join',
    title: t('overview.sessions.noJoinUrl', facts(line)),
    detail: t('overview.sessions.noJoinUrl.detail'),
    to: href(['sessions', 'series', line.seriesId], { to: 'names' }),
  }));
  const toThank = sessions.toThank.map((line): WaitingLine => ({
    kind: 'thanks',
    title: t('overview.sessions.toThank', facts(line)),
    detail: t(line.hasRecording ? 'overview.sessions.toThank.ready' : 'overview.sessions.toThank.recording'),
    to: href(['sessions', line.id], { to: 'after' }),
  }));
  return [...unanswered, ...open, ...noJoinUrl, ...onHoliday, ...entered, ...toThank];
}

/** The session that comes next, and whether it has a speaker; not said again where it waits for one above. */
function nextSessionLines({ sessions }: OverviewAnswer, { t, dates, language }: Words): WaitingLine[] {
  const [next] = sessions.next;
  const lines = [sessions.open, sessions.unanswered, sessions.onHoliday, sessions.entered].flat();
  const isSaid = lines.some(({ id }) => id === next?.id);
  if (next === undefined || isSaid) return [];
  const { slot } = next;
  const talk = next.talk && translatedTo(language, next.talk);
  const isOpen = slot !== undefined && (slot.how === 'nobody' || slot.how === 'proposed');
  const detail =
    talk === undefined
      ? isOpen && t('overview.sessions.next.open')
      : t('overview.sessions.next.talk', { topic: talk.topic, speaker: talk.presenter });
  return [
    {
      kind: 'session',
      title: t('overview.sessions.next', { name: next.names[language], when: dates.moment(next.start) }),
      ...(detail !== false && { detail }),
      to: href(['sessions', next.id]),
    },
  ];
}

function messageLines({ troubledMessages = 0, unreached = 0 }: OverviewAnswer, { t }: Words): WaitingLine[] {
  const needsAttention: WaitingLine = {
    kind: 'message',
    title: t('overview.messages', { count: troubledMessages }),
    detail: t('overview.messages.detail'),
    to: href(['messages']),
    isUrgent: true,
  };
  const waiting: WaitingLine = {
    kind: 'unreached',
    title: t('overview.unreached', { count: unreached }),
    detail: t('overview.unreached.detail', { count: unreached }),
    to: href(['messages']),
  };
  return [...(troubledMessages > 0 ? [needsAttention] : []), ...(unreached > 0 ? [waiting] : [])];
}
