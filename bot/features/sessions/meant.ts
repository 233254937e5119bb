import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { today } from '../../../src/platform/clock.js';
import type { OccurrenceId } from '../../../src/platform/ids.js';
import { isoDateSchema } from '../../../src/platform/validation.js';
import { dayText, momentText } from '../../../src/shared/dates.js';
import { t } from '../../../src/i18n/messages.js';
import { type OccurrenceLine, maxMoveDays } from '../../../src/sessions/occurrences/occurrence.js';
import type { LaterTime } from '../../../src/sessions/reminders/later.js';
import { isUpcoming } from '../../../src/sessions/occurrences/workflow.js';
import type { Said } from '../../feature.js';
import type { Press } from '../../conversation/understanding/intent.js';
import { type Answer, type Turn, occurrenceIdSchema, shown } from '../../conversation/turn.js';
import { type Notice, button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { render } from '../../cards/render.js';
import { type Days, type Mentioned, mentionedIn } from './mentioned.js';
import { asksForAnyRecording, isOfPast, isWholePeriod, questionIn, writtenTopic } from './outright.js';
import { recordingsIn } from './mentioned-recordings.js';
import { kindIcon, nameIn } from './session-card.js';
import { listButton } from './session.js';
import type { SessionServices } from './services.js';

/** Which session is asked about: the one of a button, or what a sentence says of it. */
export const askedSchema = z.object({
  id: occurrenceIdSchema.optional(),
  kind: z.enum(['hankeradio', 'bigRoom', 'training']).optional(),
  days: z
    .array(z.object({ first: isoDateSchema, last: isoDateSchema }))
    .max(3)
    .default([]),
});
export type Asked = z.infer<typeof askedSchema>;

/** Verbs for which it matters which session a sentence names, and where that lies. */
const aboutSessions: Readonly<Record<string, 'ahead' | 'back'>> = {
  'session.next': 'ahead',
  'sessions.open': 'ahead',
  'session.join': 'ahead',
  'session.presenter': 'ahead',
  'session.question': 'ahead',
  'session.absent': 'ahead',
  'session.attend': 'ahead',
  'session.calendar': 'ahead',
  'session.past': 'back',
  'slot.mine': 'ahead',
  'slot.topic': 'ahead',
  'slot.swap': 'ahead',
  'slot.volunteer': 'ahead',
  'slot.giveUp': 'ahead',
  'swap.withdraw': 'ahead',
  'reminders.start': 'ahead',
  'reminders.stop': 'ahead',
  'reminders.later': 'ahead',
};

/** The button for which a sentence stands, with the session that the sentence names. */
export function withMentioned(
  { text }: Said,
  { verb, data }: Press,
  { clock }: SessionServices,
): Press | undefined {
  const direction = Object.hasOwn(aboutSessions, verb) ? aboutSessions[verb] : undefined;
  if (direction === undefined) return undefined;
  if (verb === 'reminders.later') {
    // A day says when to remind, and not which session.
    const { days: _when, ...mentioned } = mentionedIn(text, today(clock), direction);
    const when = laterTimeIn(text);
    return { verb, data: { ...mentioned, ...(when && { when }), ...data } };
  }
  const isPast = verb === 'session.presenter' && isOfPast(text);
  const mentioned = mentionedIn(text, today(clock), isPast ? 'back' : direction);
  const recordings = verb === 'session.past' ? recordingsIn(text, mentioned) : undefined;
  if (recordings !== undefined) return { verb: 'session.recordings', data: { ...recordings } };
  return {
    verb,
    data: { ...mentioned, ...(isPast && { isPast }), ...wordsFor(verb, text, mentioned), ...data },
  };
}

/** What a sentence says beside which session it is about. */
function wordsFor(verb: string, text: string, { days: [first] }: Mentioned): Press['data'] {
  switch (verb) {
    case 'session.question': {
      const question = questionIn(text);
      return question === undefined ? {} : { text: question };
    }
    case 'slot.topic': {
      const topic = writtenTopic(text);
      return topic === undefined ? {} : { topic };
    }
    case 'session.past':
      return asksForAnyRecording(text) ? { isRecording: true } : {};
    case 'session.absent':
      return first !== undefined && first.first !== first.last && isWholePeriod(text) ? { isAll: true } : {};
    default:
      return {};
  }
}

/** When somebody wants to be reminded again, as far as they say. */
function laterTimeIn(text: string): LaterTime | undefined {
  if (/tunti|tunnin|timm|hour/iu.test(text)) return 'hourBefore';
  if (/huomen|i ?morgon|tomorrow/iu.test(text) && !/samana|samma|same/iu.test(text)) return 'tomorrow';
  return /aamu|morgon|morning|samana|samma|same/iu.test(text) ? 'sameMorning' : undefined;
}

/** How far back a last time is looked for, in days. */
const backDays = 400;
const maxAhead = 24;

/** What a sentence may mean. */
export interface Meant {
  /** The sessions, the likeliest first: those on the day that is named, else the next, or the last one, of the kind. */
  readonly sessions: readonly OccurrenceLine[];
  /** Whether the sentence, or the button, says which one. */
  readonly isNamed: boolean;
  /** The day on which there is none that was asked for, where one was named. */
  readonly emptyDay?: Days;
  /** What there is on that day all the same: of another kind, or nothing for which it can be meant. */
  readonly others?: readonly OccurrenceLine[];
  /** Whether it was moved away from the day that was named. */
  readonly isMoved?: boolean;
}

type Fits = (line: OccurrenceLine) => boolean;

const isHeld: Fits = ({ state }) => state.status === 'held';

/** One that was called off is an answer too, where there is no other. */
function takingPlace(found: readonly OccurrenceLine[]): readonly OccurrenceLine[] {
  const taking = found.filter(({ state }) => state.status !== 'cancelled');
  return taking.length > 0 ? taking : found;
}

const isWithin = ({ first, last }: Days, date: string): boolean => first <= date && date <= last;

/** Those that the rule would have on one of the days, and that are at another time. */
async function movedFrom(
  turn: Turn,
  days: readonly Days[],
  { series }: SessionServices,
): Promise<readonly OccurrenceLine[]> {
  const of = ({ first, last }: Days): Days => ({
    first: Temporal.PlainDate.from(first).subtract({ days: maxMoveDays }).toString(),
    last: Temporal.PlainDate.from(last).add({ days: maxMoveDays }).toString(),
  });
  for (const each of days) {
    const { first, last } = of(each);
    const all = await series.days(turn.person, first, last);
    const found = all.filter((line) => line.movedFrom !== undefined && isWithin(each, line.date));
    if (found.length > 0) return found;
  }
  return [];
}

/** What is on the days that are named; where nothing is, what was moved away from them. */
async function onDays(
  turn: Turn,
  { kind, days }: Asked,
  services: SessionServices,
  fits: Fits,
): Promise<Meant | undefined> {
  const [emptyDay] = days;
  if (emptyDay === undefined) return undefined;
  const isMeant: Fits = (line) => kind === undefined || line.kind === kind;
  const seen: OccurrenceLine[] = [];
  for (const { first, last } of days) {
    const all = await services.series.days(turn.person, first, last);
    const found = all.filter(isMeant).filter(fits);
    if (found.length > 0) return { sessions: takingPlace(found), isNamed: true };
    seen.push(...all);
  }
  const unfit = seen.filter(isMeant);
  if (unfit.length === 0) {
    const moved = (await movedFrom(turn, days, services)).filter(isMeant);
    const found = moved.filter(fits);
    if (found.length > 0) return { sessions: found, isNamed: true, isMoved: true };
    if (moved.length > 0) return { sessions: [], isNamed: false, emptyDay, others: moved, isMoved: true };
  }
  const others = takingPlace(unfit.length > 0 ? unfit : seen);
  return { sessions: [], isNamed: false, emptyDay, ...(others.length > 0 && { others }) };
}

/** The sessions to come that are meant; what is on now comes first. */
export async function meantAhead(
  turn: Turn,
  asked: Asked,
  services: SessionServices,
  fits: Fits = () => true,
): Promise<Meant> {
  const { series } = services;
  if (asked.id !== undefined) {
    const { occurrence } = await series.occurrence(turn.person, asked.id as OccurrenceId);
    return { sessions: [occurrence], isNamed: true };
  }
  const onThose = await onDays(turn, asked, services, fits);
  if (onThose !== undefined && onThose.sessions.length > 0) return onThose;
  const upcoming = await series.upcoming(turn.person, maxAhead);
  const ofKind = upcoming.filter(({ kind }) => asked.kind === undefined || kind === asked.kind);
  return {
    ...onThose,
    sessions: ofKind.filter(isUpcoming).filter(fits),
    isNamed: asked.kind !== undefined && onThose === undefined,
  };
}

/** The held sessions that are meant, the newest first. */
export async function meantBack(turn: Turn, asked: Asked, services: SessionServices): Promise<Meant> {
  const { series, clock } = services;
  if (asked.id !== undefined) return meantAhead(turn, asked, services);
  const onThose = await onDays(turn, asked, services, isHeld);
  if (onThose !== undefined && onThose.sessions.length > 0)
    return { ...onThose, sessions: onThose.sessions.toReversed() };
  const day = today(clock);
  const held = (await series.days(turn.person, day.subtract({ days: backDays }).toString(), day.toString()))
    .filter(isHeld)
    .filter(({ kind }) => asked.kind === undefined || kind === asked.kind)
    .toReversed();
  return { ...onThose, sessions: held, isNamed: asked.kind !== undefined };
}

/** Where the session of the day that was named has gone. */
function movedNotice({ language }: Pick<Turn, 'language'>, line: OccurrenceLine): Notice {
  const values = {
    name: nameIn(line.names, language),
    was: dayText(language, line.movedFrom ?? line.start),
    when: momentText(language, line.start),
  };
  return { style: 'warning', text: t(language, 'chat.asked.moved', values) };
}

/** What there is to say of the day that was named, in words for above what is shown: what was moved away from it, or none. */
export function dayNotices(
  turn: Pick<Turn, 'language'>,
  { emptyDay, sessions, others = [], isMoved }: Meant,
): Notice[] {
  const { language } = turn;
  const [moved] = [...others, ...sessions];
  if (isMoved === true && moved !== undefined) return [movedNotice(turn, moved)];
  if (emptyDay === undefined) return [];
  const day = (date: string): string => dayText(language, `${date}T12:00:00Z`);
  const [other] = others;
  const text =
    other !== undefined
      ? t(language, 'chat.asked.otherOnDay', {
          day: dayText(language, other.start),
          name: nameIn(other.names, language),
        })
      : emptyDay.first === emptyDay.last
        ? t(language, 'chat.asked.noneOnDay', { day: day(emptyDay.first) })
        : t(language, 'chat.asked.noneBetween', { first: day(emptyDay.first), last: day(emptyDay.last) });
  return [{ style: 'emphasis', text }];
}

const maxChoices = 4;

/** One question: which session is meant, each a button that does what was asked for. */
export function whichView(
  turn: Turn,
  verb: string,
  { sessions, ...meant }: Meant,
  heading: string,
  data: Readonly<Record<string, unknown>> = {},
): Answer {
  const { language } = turn;
  const offered = [...(meant.others ?? []).filter(isUpcoming), ...sessions];
  const choices = [...new Map(offered.map((line) => [line.id, line])).values()]
    .slice(0, maxChoices)
    .map((line) => ({
      id: line.id,
      title: t(language, 'chat.asked.choice', {
        name: nameIn(line.names, language),
        day: dayText(language, line.start),
      }),
    }));
  const notices = dayNotices(turn, { sessions, ...meant });
  const [first] = sessions;
  const card = render(plainCard, {
    ...common(
      language,
      first === undefined ? 'session' : kindIcon(first.kind),
      t(language, 'chat.kicker.sessions'),
      [...notices.map(({ text }) => text), heading, ...choices.map(({ title }) => title)],
    ),
    heading,
    notices,
    paragraphs: [],
    hints: [],
    actions: [...choices.map(({ id, title }) => button(title, verb, { ...data, id })), listButton(turn)],
  });
  return shown(turn, card);
}

/** A week: what comes sooner is what somebody means who says no day. */
const soonDays = 7;

/**
 * The one session that is meant clearly enough to act on it: the only one on the day or of the kind that is named; where
 * nothing is named, the only one within a week. Otherwise it is to be asked.
 */
export function clearlyMeant(
  { sessions, isNamed, emptyDay, isMoved }: Meant,
  asked: Asked,
  { clock }: SessionServices,
) {
  const [first, second] = sessions;
  if (first === undefined || emptyDay !== undefined || isMoved === true) return undefined;
  // Of a series that is named, the next one is meant.
  if (isNamed) return asked.days.length === 0 || second === undefined ? first : undefined;
  const until = clock.now().add({ hours: soonDays * 24 });
  const isSoon = ({ start }: OccurrenceLine): boolean => Temporal.Instant.compare(start, until) <= 0;
  return isSoon(first) && (second === undefined || !isSoon(second)) ? first : undefined;
}
