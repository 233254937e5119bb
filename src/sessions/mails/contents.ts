import { type Clock, homeDate, today } from '../../platform/clock.js';
import type { SessionContent } from '../fan-outs.js';
import { changeMessageOf, type Occurrence } from '../occurrences/occurrence.js';
import type { Named, Segment, Series } from '../series/series.js';
import type { Block, Fact, Item, LanguageText, SessionMail } from './render.js';
import {
  agendaItems,
  capitalised,
  joinButton,
  monthsPhrase,
  type Readers,
  spanPhrase,
  subjectOf,
  textIn,
  translatorOf,
} from './phrases.js';
import { dateText, dateWithYearText, momentText, timeText } from '../../shared/dates.js';
import { t } from '../../i18n/messages.js';
import { feedAddress } from '../calendar/as-calendar.js';
import type { Language } from '../../shared/languages.js';
import { translatedTo } from '../../shared/translated.js';
import { sessionSentence } from './differences.js';
import { wordsOfRule } from '../../shared/rule-words.js';
import type { Leaving } from '../../audience/contact.js';

/** A session with its series, as it is when the mail is written. */
interface SessionFacts {
  readonly series: Series;
  readonly occurrence: Occurrence;
  /** The public page of the session, where it has one. */
  readonly page?: string | undefined;
}

function inLanguage(text: LanguageText & { readonly language: string }, { language }: Readers): LanguageText {
  return text.language === language ? { text: text.text } : text;
}

/** What is presented, and by whom. */
function talkFacts({ talk, slot }: Occurrence, readers: Readers): Fact[] {
  const t = translatorOf(readers);
  const projectId =
    slot !== undefined && 'projectId' in slot && slot.how !== 'proposed' ? slot.projectId : undefined;
  const project = readers.programme.projects.find(({ id }) => id === projectId)?.names[readers.language];
  if (talk === undefined)
    return project === undefined ? [] : [{ label: t('mail.session.project'), text: project }];
  const { topic, presenter, language } = translatedTo(readers.language, talk);
  const by = project === undefined ? presenter : `${presenter}, ${project}`;
  return [
    { label: t('mail.session.topic'), ...inLanguage({ text: topic, language }, readers) },
    { label: t('mail.session.speaker'), text: by },
    // Who reads another language wants to know before they come.
    ...(talk.language === readers.language
      ? []
      : [{ label: t('mail.session.language'), text: t(`mail.session.language.${talk.language}`) }]),
  ];
}

function agendaBlocks({ series, occurrence }: SessionFacts, readers: Readers): Block[] {
  const items = agendaItems(occurrence.record?.agenda ?? series.agenda, occurrence, readers);
  if (items.length === 0) return [];
  return [{ is: 'list', isOrdered: true, heading: translatorOf(readers)('mail.session.agenda'), items }];
}

function pageLink(page: string | undefined, readers: Readers): Block[] {
  if (page === undefined) return [];
  return [{ is: 'link', text: translatorOf(readers)('public.answer.page'), url: page }];
}

/** "Huomenna klo 9.00: Hankeradio – aihe": what one needs to know without opening the mail. */
function reminderSubject({ names, start, talk }: Occurrence, readers: Readers, clock: Clock): string {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = names[language];
  const { days } = today(clock).until(homeDate(start), { largestUnit: 'days' });
  const time = timeText(language, start);
  const near = days === 0 ? 'mail.reminder.today' : 'mail.reminder.tomorrow';
  const subject =
    days > 1
      ? t('mail.reminder.later', { name, when: capitalised(language, momentText(language, start)) })
      : t(near, { name, time });
  return talk === undefined
    ? subject
    : t('mail.reminder.withTopic', { subject, topic: translatedTo(language, talk).topic });
}

/** A reminder: when, what and by whom, the agenda, and how to join. */
export function reminderMail(facts: SessionFacts, readers: Readers, clock: Clock): SessionMail {
  const { occurrence } = facts;
  const { language } = readers;
  const t = translatorOf(readers);
  const name = occurrence.names[language];
  const line = capitalised(language, spanPhrase(language, occurrence));
  const talk = talkFacts(occurrence, readers);
  const { material } = occurrence.talk ?? {};
  return {
    language,
    kind: occurrence.kind,
    kicker: t('mail.kicker.reminder'),
    asks: occurrence,
    subject: subjectOf(reminderSubject(occurrence, readers, clock)),
    preview: line,
    heading: name,
    line,
    blocks: [
      ...(talk.length === 0 ? [] : [{ is: 'facts', facts: talk } as const]),
      ...joinButton(occurrence.joinUrl, name, readers),
      { is: 'answers' },
      ...agendaBlocks(facts, readers),
      ...(material === undefined
        ? []
        : [{ is: 'link', text: t('mail.session.material'), url: material } as const]),
      ...pageLink(facts.page, readers),
      { is: 'text', text: t('mail.reminder.calendar') },
    ],
  };
}

type Change = Extract<SessionContent, { kind: 'change' }>;

function reasonText(
  cancelled: { readonly reason?: string; readonly language?: Language } | undefined,
  readers: Readers,
): LanguageText | undefined {
  if (cancelled?.reason === undefined) return undefined;
  const { reason: text, language = readers.language } = cancelled;
  return inLanguage({ text, language }, readers);
}

/** What whoever changed it says to those who are invited. */
function messageFacts(occurrence: Occurrence, readers: Readers): Fact[] {
  const { language } = readers;
  const said = changeMessageOf(occurrence);
  if (said === undefined) return [];
  const { message, language: written = language } = translatedTo(language, said);
  const label = translatorOf(readers)('mail.session.message');
  return [{ label, ...inLanguage({ text: message, language: written }, readers) }];
}

function changeFacts({ occurrence }: SessionFacts, { change, was }: Change, readers: Readers): Fact[] {
  const { language } = readers;
  const t = translatorOf(readers);
  const now = capitalised(language, spanPhrase(language, occurrence));
  const { state } = occurrence;
  const messages = messageFacts(occurrence, readers);
  if (change === 'moved')
    return [
      { label: t('mail.change.newTime'), text: now },
      {
        label: t('mail.change.oldTime'),
        text: capitalised(language, momentText(language, was)),
        isOld: true,
      },
      ...messages,
    ];
  const cancelled = state.status === 'cancelled' ? translatedTo(language, state) : undefined;
  const reason = reasonText(cancelled, readers);
  return [
    { label: t('mail.session.when'), text: now, isOld: change === 'cancelled' },
    ...(reason === undefined ? [] : [{ label: t('mail.session.reason'), ...reason }]),
    ...messages,
  ];
}

/** "Hankeradio: 2.2. pidetäänkin ke 3.2. klo 9.00", "Peruttu: Hankeradio, ti 1.12. klo 9.00". */
function changeSubject({ names, start, end }: Occurrence, { change, was }: Change, readers: Readers): string {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = names[language];
  if (change !== 'moved') return t(`mail.change.${change}`, { name, when: momentText(language, start) });
  const difference = sessionSentence({ was: { start: was, end: '' }, is: { start, end } }, readers);
  return t('mail.diff.subject', { name, difference });
}

/** A session was moved, cancelled or brought back at short notice. @param hasFile whether a calendar file comes with it. */
export function changeMail(
  facts: SessionFacts,
  content: Change,
  readers: Readers,
  hasFile: boolean,
): SessionMail {
  const { occurrence } = facts;
  const { language } = readers;
  const t = translatorOf(readers);
  const name = occurrence.names[language];
  const { change } = content;
  const text = t(`mail.change.${change}.text`);
  const isOff = change === 'cancelled';
  return {
    language,
    kind: occurrence.kind,
    kicker: t('mail.kicker.change'),
    ...(!isOff && { asks: occurrence }),
    subject: subjectOf(changeSubject(occurrence, content, readers)),
    preview: text,
    heading: t(`mail.change.${change}.heading`, { name }),
    line: capitalised(language, momentText(language, occurrence.start)),
    blocks: [
      { is: 'text', isLead: true, text },
      {
        is: 'facts',
        facts: [...changeFacts(facts, content, readers), ...(isOff ? [] : talkFacts(occurrence, readers))],
      },
      ...(isOff ? [] : [...joinButton(occurrence.joinUrl, name, readers), { is: 'answers' } as const]),
      ...pageLink(facts.page, readers),
      ...(hasFile
        ? [{ is: 'text', text: t(isOff ? 'mail.change.cancelledCalendar' : 'mail.change.calendar') } as const]
        : []),
    ],
  };
}

function thanksSubject({ names, start, record }: Occurrence, readers: Readers): string {
  const { language } = readers;
  const has = {
    materials: (record?.materials ?? []).length > 0,
    recording: record?.recordingUrl !== undefined,
  };
  const single = has.materials ? 'materials' : has.recording ? 'recording' : 'none';
  const what = has.materials && has.recording ? 'both' : single;
  return translatorOf(readers)(`mail.thanks.${what}`, {
    name: names[language],
    day: dateText(language, start),
  });
}

/** The recording and what was shown. */
function recordBlocks({ names, start, record }: Occurrence, readers: Readers): Block[] {
  const { language } = readers;
  const t = translatorOf(readers);
  const { materials = [], recordingUrl } = record ?? {};
  const label = t('mail.thanks.watchOf', { name: names[language], day: dateText(language, start) });
  const items = materials.map((material): Item => {
    const { title, url, language: written = language } = translatedTo(language, material);
    return { ...inLanguage({ text: title, language: written }, readers), url };
  });
  return [
    ...(recordingUrl === undefined
      ? []
      : [{ is: 'button', text: t('mail.thanks.watch'), label, url: recordingUrl } as const]),
    ...(items.length === 0
      ? []
      : [{ is: 'list', heading: t('mail.thanks.materialsHeading'), items } as const]),
  ];
}

/** Thanks, with what was shown and the recording, and the next time. */
export function thanksMail(
  { occurrence, page }: SessionFacts,
  {
    next,
    message = {},
  }: { readonly next: Occurrence | undefined; readonly message?: Partial<Named> | undefined },
  readers: Readers,
): SessionMail {
  const { language } = readers;
  const t = translatorOf(readers);
  const shown = recordBlocks(occurrence, readers);
  const own = textIn(message, language);
  const text = t(shown.length > 0 ? 'mail.thanks.text' : 'mail.thanks.plain');
  const when = next && capitalised(language, spanPhrase(language, next));
  const facts: readonly (readonly Fact[])[] = [
    talkFacts(occurrence, readers),
    when === undefined ? [] : [{ label: t('mail.thanks.next'), text: when }],
  ];
  const [talk = [], later = []] = facts.map((each): Block[] =>
    each.length === 0 ? [] : [{ is: 'facts', facts: each }],
  );
  return {
    language,
    kind: occurrence.kind,
    kicker: t('mail.kicker.thanks'),
    subject: subjectOf(thanksSubject(occurrence, readers)),
    preview: text,
    heading: occurrence.names[language],
    line: capitalised(language, spanPhrase(language, occurrence)),
    blocks: [
      { is: 'text', isLead: true, text },
      ...(own === undefined ? [] : [{ is: 'text', text: own.text } as const]),
      ...talk,
      ...shown,
      ...(page === undefined
        ? []
        : [{ is: 'link', text: t('mail.thanks.pulse'), url: `${page}#pulse` } as const]),
      ...later,
    ],
  };
}

/** The contents of an invitation to a series. */
interface InvitationFacts {
  readonly series: Series;
  /** The next occurrences that take place. */
  readonly next: readonly Occurrence[];
  /** The number of the segment to which it invites: a mail has one event of a calendar. */
  readonly segment: number;
  /** They were invited before, and something is otherwise now. */
  readonly isUpdate: boolean;
  /** What that is, a sentence each, as far as it is known. */
  readonly changes: readonly string[];
  /** The sessions that are at another time than they were, for the messages that go with that. */
  readonly changed: readonly Occurrence[];
  /** The public pages of the series and of its next session, where they have any. */
  readonly pages: { readonly series?: string | undefined; readonly next?: string | undefined };
}

const segmentOf = ({ segments }: Series, number: number): Segment | undefined =>
  segments.find((segment) => segment.number === number);

/** What the subject of an invitation says: that the series ends, where it has been ended. */
function invitationSubject(
  { series, isUpdate, changes }: InvitationFacts,
  segment: Segment | undefined,
  readers: Readers,
): string {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = series.names[language];
  const { until } = segment ?? {};
  if (series.state.status === 'ended' && until !== undefined)
    return t('mail.invitation.ending', { name, date: dateText(language, `${until}T12:00:00Z`) });
  const [difference, ...others] = changes;
  // A sentence that begins with the name needs it not once more.
  if (difference?.startsWith(name) && others.length === 0) return difference;
  if (difference !== undefined)
    return t(others.length === 0 ? 'mail.diff.subject' : 'mail.diff.subjectMore', { name, difference });
  const rule = ruleOf(segment, readers);
  return t(isUpdate ? 'mail.invitation.updated' : 'mail.invitation.subject', { name, rule });
}

/** The stretch of the series that goes on. */
function lastSegment({ segments }: Series): Segment | undefined {
  return segments.at(-1);
}

function ruleOf(segment: Segment | undefined, { language }: Readers): string {
  if (segment === undefined) return '';
  return wordsOfRule((key, values) => t(language, key, values), language, segment.rule, segment.time);
}

function facts(series: Series, segment: Segment | undefined, readers: Readers): Fact[] {
  const { language } = readers;
  const t = translatorOf(readers);
  if (segment === undefined) return [];
  const { minutes, until } = segment;
  const last =
    until && t('mail.invitation.until', { date: dateWithYearText(language, `${until}T12:00:00Z`) });
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

/** The next session in a frame: when, what and by whom, and how one joins it. */
function nextTile({ series, next: [next], pages }: InvitationFacts, readers: Readers): Block[] {
  if (next === undefined) return [];
  const t = translatorOf(readers);
  const url = next.joinUrl ?? series.joinUrl;
  return [
    {
      is: 'tile',
      label:
        next.movedFrom === undefined
          ? t('mail.invitation.nextOne')
          : `${t('mail.invitation.nextOne')} (${t('mail.invitation.moved')})`,
      when: capitalised(readers.language, spanPhrase(readers.language, next)),
      facts: talkFacts(next, readers),
      asks: true,
      links: [
        ...(url === undefined ? [] : [{ text: t('mail.session.join'), url }]),
        ...(pages.next === undefined ? [] : [{ text: t('public.answer.page'), url: pages.next }]),
      ],
    },
  ];
}

/** How one subscribes to the series where a mail program opens no invitation; it stays right by itself. */
function subscribing(name: string, feed: string, readers: Readers): Block {
  const t = translatorOf(readers);
  const google = new URL('https://calendar.google.com/calendar/render');
  google.searchParams.set('cid', feed.replace(/^https?:/, 'webcal:'));
  const outlook = new URL('https://outlook.office.com/calendar/0/addfromweb');
  outlook.searchParams.set('url', feed);
  outlook.searchParams.set('name', name);
  return {
    is: 'links',
    text: t('mail.invitation.feedMore'),
    links: [
      { text: t('mail.calendar.google'), url: google.href },
      { text: t('mail.calendar.outlook'), url: outlook.href },
      { text: t('mail.calendar.apple'), url: feed },
    ],
  };
}

/** What has become otherwise: in one sentence, or a list of them. */
function changeBlocks({ isUpdate, changes }: InvitationFacts, readers: Readers): Block[] {
  const t = translatorOf(readers);
  const sentences = changes.map((each) => capitalised(readers.language, each));
  const [only, ...others] = sentences;
  if (only === undefined) return isUpdate ? [{ is: 'text', text: t('mail.invitation.isUpdated') }] : [];
  if (others.length === 0) return [{ is: 'text', isLead: true, text: `${only}.` }];
  return [{ is: 'list', heading: t('mail.diff.heading'), items: sentences.map((text) => ({ text })) }];
}

/** What the coordinator says with the changes; with the date of which it is, where several are changed. */
function messageBlocks({ changed }: InvitationFacts, readers: Readers): Block[] {
  const { language } = readers;
  const all = changed.map((occurrence) => ({ occurrence, said: messageFacts(occurrence, readers) }));
  const facts = all.flatMap(({ occurrence, said }) =>
    said.map((fact) => {
      const date = dateText(language, occurrence.start);
      return changed.length === 1 ? fact : { ...fact, label: `${fact.label} (${date})` };
    }),
  );
  return facts.length === 0 ? [] : [{ is: 'facts', facts }];
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

/** The invitation to a segment of a series: what it is, when it takes place, how one joins, and its next dates. */
export function invitationMail(invitation: InvitationFacts, readers: Readers): SessionMail {
  const { series, next, pages } = invitation;
  const [first, ...later] = next;
  const segment = segmentOf(series, invitation.segment);
  const { language, publicUrl } = readers;
  const t = translatorOf(readers);
  const name = series.names[language];
  const rule = ruleOf(segment, readers);
  const [change] = invitation.changes;
  const description = textIn(series.descriptions, language);
  const feed = feedAddress(publicUrl, series, language);
  return {
    language,
    kind: series.kind,
    kicker: t(invitation.isUpdate ? 'mail.kicker.updated' : 'mail.kicker.invitation'),
    ...(first && { asks: first }),
    subject: subjectOf(invitationSubject(invitation, segment, readers)),
    preview: change ? capitalised(language, change) : (description?.text ?? capitalised(language, rule)),
    heading: name,
    line: capitalised(language, rule),
    blocks: [
      ...changeBlocks(invitation, readers),
      ...messageBlocks(invitation, readers),
      ...(description ? [{ is: 'text', isLead: true, text: description.text } as const] : []),
      ...nextTile(invitation, readers),
      { is: 'facts', isTable: true, facts: facts(series, segment, readers) },
      ...dates(later, readers),
      ...(pages.series === undefined
        ? []
        : [{ is: 'link', text: t('public.toSeries', { name }), url: pages.series } as const]),
      { is: 'text', text: t('mail.invitation.calendar') },
      subscribing(name, feed, readers),
    ],
  };
}

/** Takes the invitation to a segment back that another one replaces, while the series goes on. */
export function replacedMail(series: Series, number: number, readers: Readers): SessionMail {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = series.names[language];
  const text = t('mail.invitation.replacedText');
  return {
    language,
    kind: series.kind,
    kicker: t('mail.kicker.off'),
    subject: subjectOf(t('mail.invitation.replaced', { name })),
    preview: text,
    heading: name,
    line: capitalised(language, ruleOf(segmentOf(series, number), readers)),
    blocks: [
      { is: 'text', isLead: true, text },
      { is: 'text', text: t('mail.invitation.offCalendar') },
    ],
  };
}

/** Takes a series out of the calendar of somebody who is not invited to it any more. */
export function leavingMail(
  series: Series,
  why: Leaving['why'] | 'reminders',
  readers: Readers,
  stopUrl: string,
): SessionMail {
  const { language } = readers;
  const t = translatorOf(readers);
  const name = series.names[language];
  const text = t(`mail.leaving.${why}`);
  const isStopped = why === 'stopped';
  return {
    language,
    kind: series.kind,
    kicker: t(why === 'reminders' ? 'mail.kicker.change' : 'mail.kicker.off'),
    subject: subjectOf(
      isStopped
        ? t('mail.stopped.subject')
        : t(why === 'reminders' ? 'mail.leaving.remindersSubject' : 'mail.invitation.off', { name }),
    ),
    preview: text,
    heading: name,
    line: capitalised(language, ruleOf(lastSegment(series), readers)),
    blocks: [
      { is: 'text', isLead: true, text },
      {
        is: 'text',
        text: t(why === 'reminders' ? 'mail.leaving.remindersCalendar' : 'mail.invitation.offCalendar'),
      },
      ...(isStopped
        ? [
            { is: 'text', text: t('mail.stopped.mistake') } as const,
            { is: 'button', text: t('stop.back'), label: t('stop.back'), url: stopUrl } as const,
          ]
        : []),
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
    kind: series.kind,
    kicker: t('mail.kicker.off'),
    subject: subjectOf(t('mail.invitation.off', { name })),
    preview: text,
    heading: name,
    line: capitalised(language, ruleOf(lastSegment(series), readers)),
    blocks: [
      { is: 'text', isLead: true, text },
      { is: 'text', text: t('mail.invitation.offCalendar') },
    ],
  };
}
