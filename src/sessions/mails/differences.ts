import { homeDate } from '../../platform/clock.js';
import { clockWords, wordsOfRule } from '../../shared/rule-words.js';
import { dateText, momentText, timeText } from '../../shared/dates.js';
import { t as translate } from '../../i18n/messages.js';
import type { Differences, SessionDifference } from '../calendar/ics/itip.js';
import type { Rule } from '../series/rule.js';
import type { Segment, Series } from '../series/series.js';
import { monthsPhrase, type Readers, translatorOf } from './phrases.js';

const noon = (date: string): string => `${date}T12:00:00Z`;

/** "2.2. pidetäänkin ke 3.2. klo 9.00", "2.2. alkaakin klo 10.00 (oli 9.00)", "2.2. on peruttu". */
export function sessionSentence({ was, is }: SessionDifference, readers: Readers): string {
  const { language } = readers;
  const t = translatorOf(readers);
  if (is === undefined)
    return was === undefined ? '' : t('mail.diff.cancelled', { date: dateText(language, was.start) });
  if (was === undefined) return t('mail.diff.restored', { when: momentText(language, is.start) });
  const date = dateText(language, was.start);
  const [from, to] = [timeText(language, was.start), timeText(language, is.start)];
  if (!homeDate(was.start).equals(homeDate(is.start)))
    return t('mail.diff.moved', { date, when: momentText(language, is.start) });
  if (from !== to) return t('mail.diff.time', { date, time: to, was: from });
  if (was.end !== is.end) return t('mail.diff.end', { date, time: timeText(language, is.end) });
  return t('mail.diff.details', { date });
}

/** That the series ends, or goes on after all. */
function endSentence(
  { was, is }: NonNullable<Differences['series']>,
  { names }: Series,
  readers: Readers,
): readonly string[] {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = names[language];
  if (was.last === is.last) return [];
  if (is.last === undefined) return [t('mail.diff.goesOn', { name })];
  return [t('mail.invitation.ending', { name, date: dateText(language, noon(is.last)) })];
}

function seriesSentences(
  { was, is }: NonNullable<Differences['series']>,
  readers: Readers,
): readonly string[] {
  const { language } = readers;
  const t = translatorOf(readers);
  const pause =
    is.paused.length === 0
      ? t('mail.diff.noPause')
      : t('mail.diff.pause', { months: monthsPhrase(language, is.paused) });
  return [
    ...(was.name === is.name ? [] : [t('mail.diff.name', { name: is.name, was: was.name })]),
    ...(was.paused.join() === is.paused.join() ? [] : [pause]),
    ...(was.joinUrl === is.joinUrl || is.joinUrl === undefined ? [] : [t('mail.diff.joinUrl')]),
  ];
}

const segmentBefore = ({ segments }: Series, number: number): Segment | undefined =>
  segments
    .filter((each) => each.number < number && (each.until === undefined || each.until >= each.from))
    .at(-1);

function ruleWords(rule: Rule, { language }: Readers): string {
  return wordsOfRule((key, values) => translate(language, key, values), language, rule);
}

/** "1.2. alkaen klo 10.00 (oli 9.00)": what a stretch of the series is that follows another one. */
export function stretchSentence(series: Series, number: number, readers: Readers): string | undefined {
  const { language } = readers;
  const t = translatorOf(readers);
  const segment = series.segments.find((each) => each.number === number);
  const before = segmentBefore(series, number);
  if (segment === undefined || before === undefined) return undefined;
  const date = dateText(language, noon(segment.from));
  if (JSON.stringify(segment.rule) !== JSON.stringify(before.rule)) {
    const rule = wordsOfRule(
      (key, values) => translate(language, key, values),
      language,
      segment.rule,
      segment.time,
    );
    return t('mail.diff.rule', { date, rule, was: ruleWords(before.rule, readers) });
  }
  const [time, was] = [clockWords(language, segment.time), clockWords(language, before.time)];
  if (time !== was) return t('mail.diff.from', { date, time, was });
  return t('mail.diff.minutes', { date, minutes: segment.minutes, was: before.minutes });
}

/** What has become otherwise in a stretch of a series, a sentence each, the most important first. */
export function sentencesOf(
  differences: Differences,
  { series, segment }: { readonly series: Series; readonly segment: number },
  readers: Readers,
): readonly string[] {
  const { until } = series.segments.find(({ number }) => number === segment) ?? {};
  const next = series.segments.find(
    ({ number, from }) => number > segment && until !== undefined && from > until,
  );
  const ofSeries = differences.series;
  const isCut = ofSeries !== undefined && ofSeries.was.last !== ofSeries.is.last;
  const goesOnAs = isCut && next ? stretchSentence(series, next.number, readers) : undefined;
  const end = ofSeries === undefined ? [] : endSentence(ofSeries, series, readers);
  return [
    ...(goesOnAs === undefined ? end : [goesOnAs]),
    ...(ofSeries === undefined ? [] : seriesSentences(ofSeries, readers)),
    ...differences.sessions
      // What all sessions have anew is in each that differs too.
      .filter(({ was, is }) => ofSeries === undefined || was?.start !== is?.start || was?.end !== is?.end)
      .map((each) => sessionSentence(each, readers)),
  ].filter((each) => each !== '');
}
