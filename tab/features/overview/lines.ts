import type { OverviewAnswer } from '../../../src/http/routes/overview.js';
import { publicLanguages, type Language } from '../../../src/languages.js';
import type { Waiting } from '../../../src/news/waiting.js';
import type { Values } from '../../../src/i18n/keys.js';
import type { Dates } from '../../shared/dates.js';
import { href } from '../../shared/route.js';
import { titleIn } from '../../shared/title-in.js';
import type { TextKey } from '../../text.js';

/** One thing that waits: what, how long or by when, and where it is settled. */
export interface WaitingLine {
  readonly kind: 'news' | 'language' | 'mine' | 'newsletter' | 'release' | 'message';
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
}

/** The lines to show, the ones that wait for a person's work first; nothing for what does not wait. */
export function linesOf(answer: OverviewAnswer, words: Words): WaitingLine[] {
  return [
    ...messageLines(answer, words),
    ...changeLines(answer, words),
    ...releaseLines(answer, words),
    ...reviewLines(answer, words),
    ...newsletterLines(answer, words),
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
  return [...byState, ...byLanguage];
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
  const { number, state, storyCount, notReady, deadline, id } = newsletter;
  const isLate = dates.isPast(deadline);
  const behind = publicLanguages
    .filter((language) => notReady[language] > 0)
    .map((language) => t(`overview.newsletter.notReady.${language}`, { count: notReady[language] }));
  return [
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
  const troubled = (['failed', 'uncertain', 'overdue'] as const)
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
  return [...troubled, ...today];
}

function messageLines({ troubledMessages = 0 }: OverviewAnswer, { t }: Words): WaitingLine[] {
  if (troubledMessages === 0) return [];
  return [
    {
      kind: 'message',
      title: t('overview.messages', { count: troubledMessages }),
      detail: t('overview.messages.detail'),
      to: href(['messages']),
      isUrgent: true,
    },
  ];
}
