import { t } from '../../i18n/messages.js';
import { feedAddress } from '../calendar/as-calendar.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { wordsOfRule } from '../../shared/rule-words.js';
import type { Segment, Series } from '../series/series.js';
import type { Block, Fact, Item } from './blocks.js';
import { joinButton, subjectOf, translatorOf, textIn, type Readers, type SessionMail } from './model.js';
import { capitalised, datePhrase, monthsPhrase, spanPhrase } from './phrases.js';

/** What an invitation says of a series. */
export interface InvitationFacts {
  readonly series: Series;
  /** The next occurrences that take place. */
  readonly next: readonly Occurrence[];
  /** They were invited before, and something is otherwise now. */
  readonly isUpdate: boolean;
}

/** The stretch of the series that goes on. */
function lastSegment({ segments }: Series): Segment | undefined {
  return segments.at(-1);
}

function ruleOf(series: Series, { language }: Readers): string {
  const segment = lastSegment(series);
  if (segment === undefined) return '';
  return wordsOfRule((key, values) => t(language, key, values), language, segment.rule, segment.time);
}

function facts(series: Series, readers: Readers): Fact[] {
  const { language } = readers;
  const t = translatorOf(readers);
  const segment = lastSegment(series);
  if (segment === undefined) return [];
  const { minutes, until } = segment;
  const last = until && t('mail.invitation.until', { date: datePhrase(language, until) });
  const pause = monthsPhrase(language, series.pausedMonths);
  return [
    { label: t('mail.session.duration'), text: t('mail.session.minutes', { minutes }) },
    ...(series.joinUrl === undefined
      ? []
      : [{ label: t('mail.session.where'), text: t('mail.session.online') }]),
    ...(pause === '' ? [] : [{ label: t('mail.invitation.pause'), text: capitalised(language, pause) }]),
    ...(last ? [{ label: t('mail.invitation.last'), text: capitalised(language, last) }] : []),
  ];
}

function dates(next: readonly Occurrence[], readers: Readers): Block[] {
  const t = translatorOf(readers);
  if (next.length === 0) return [];
  const items = next.map((occurrence): Item => {
    const text = spanPhrase(readers.language, occurrence);
    return occurrence.movedFrom === undefined ? { text } : { text, note: t('mail.invitation.moved') };
  });
  return [{ is: 'list', heading: t('mail.invitation.next'), items }];
}

/** The invitation to a series: what it is, when it comes round, how one joins, and its next dates. */
export function invitationMail({ series, next, isUpdate }: InvitationFacts, readers: Readers): SessionMail {
  const { language, publicUrl } = readers;
  const t = translatorOf(readers);
  const name = series.names[language];
  const rule = ruleOf(series, readers);
  const description = textIn(series.descriptions, language);
  const feed = feedAddress(publicUrl, series, language);
  const subject = t(isUpdate ? 'mail.invitation.updated' : 'mail.invitation.subject', { name, rule });
  return {
    language,
    subject: subjectOf(subject),
    preview: description?.text ?? capitalised(language, rule),
    heading: name,
    line: capitalised(language, rule),
    blocks: [
      ...(isUpdate ? [{ is: 'text', text: t('mail.invitation.isUpdated') } as const] : []),
      ...(description ? [{ is: 'text', isLead: true, text: description.text } as const] : []),
      { is: 'facts', facts: facts(series, readers) },
      ...joinButton(series.joinUrl, name, readers),
      ...dates(next, readers),
      { is: 'text', text: t('mail.invitation.calendar') },
      { is: 'link', text: t('mail.invitation.feedMore'), url: feed },
    ],
  };
}

/** Takes an invitation back: the series has ended, or is not open to people outside any more. */
export function endedMail(series: Series, readers: Readers): SessionMail {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = series.names[language];
  const isEnded = series.state.status === 'ended';
  const text = t(isEnded ? 'mail.invitation.endedText' : 'mail.invitation.offText');
  return {
    language,
    subject: subjectOf(t('mail.invitation.off', { name })),
    preview: text,
    heading: name,
    line: capitalised(language, ruleOf(series, readers)),
    blocks: [
      { is: 'text', isLead: true, text },
      { is: 'text', text: t('mail.invitation.offCalendar') },
    ],
  };
}
