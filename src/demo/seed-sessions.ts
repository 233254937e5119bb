import { Temporal } from 'temporal-polyfill';
import { homeDate, homeZone } from '../platform/clock.js';
import { holidaysBetween } from '../platform/holidays.js';
import type { OccurrenceId, SeriesId } from '../platform/ids.js';
import { datesOf, type Rule, type Weekday } from '../sessions/series/rule.js';
import { occurrenceId } from '../sessions/occurrences/occurrence.js';
import { demoPeopleByKey } from './people.js';
import {
  demoContacts,
  demoDescriptions,
  demoMaterials,
  demoNotes,
  demoQuestions,
  demoTalks,
  demoTopics,
  trainingNames,
  type DemoTalk,
  type DemoTopic,
} from './sessions.js';
import { hoursBefore, type SeedContext, type SeedEvent } from './timeline.js';

const { aino } = demoPeopleByKey;
const radioRule: Rule = { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 };
const bigRoomRule: Rule = { every: 'weekdayOfMonth', interval: 1, weekday: 4, week: 3 };
const sinceDays = 170;

/** The series of the demo, by their form: the same form is the same series. */
class DemoSeries {
  #id: SeriesId | undefined;

  constructor(
    readonly context: SeedContext,
    readonly form: Readonly<Record<string, unknown>>,
  ) {}

  async make(): Promise<void> {
    const { series } = await this.context.series.create(aino, this.form);
    this.#id = series.id;
  }

  on(date: string): OccurrenceId {
    return occurrenceId(this.id, date);
  }

  get id(): SeriesId {
    if (this.#id === undefined) throw new Error('The demo names a series that is not seeded yet');
    return this.#id;
  }
}

/** Noon of a Helsinki date some days from it: when people do things. */
function near(date: string, days: number, time = '12:00'): Temporal.Instant {
  const day = Temporal.PlainDate.from(date).add({ days });
  return day.toZonedDateTime({ timeZone: homeZone, plainTime: time }).toInstant();
}

const earliest = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) < 0 ? one : other;

/** A project gets a slot and enters what it presents, some days ahead; each only where it has not been done yet. */
function talkOf(context: SeedContext, radio: DemoSeries, date: string, talk: DemoTalk): SeedEvent {
  const { projectId, by, ...text } = talk;
  return {
    at: earliest(near(date, -10), hoursBefore(context.start, 60)),
    run: async () => {
      const id = radio.on(date);
      const { occurrence } = await context.series.occurrence(aino, id);
      if (occurrence.talk !== undefined) return;
      await context.rotation.assign(aino, id, projectId);
      await context.rotation.answer(demoPeopleByKey[by], id, text);
    },
  };
}

interface Held {
  readonly date: string;
  readonly count: number;
  readonly notes?: string;
  readonly materials?: unknown;
}

/** What was kept of a session on the day on which it was held. */
function keptOf(context: SeedContext, of: DemoSeries, { date, count, notes, materials }: Held): SeedEvent {
  const { followUp, series, start } = context;
  return {
    at: earliest(near(date, 0, '16:00'), start),
    run: async () => {
      const id = of.on(date);
      const { record } = (await series.occurrence(aino, id)).occurrence;
      if (record?.attendance === undefined) await followUp.setAttendance(aino, id, { count });
      if (notes !== undefined && record?.notes === undefined)
        await followUp.setNotes(aino, id, { text: notes, language: 'fi', basedOn: 0 });
      if (materials !== undefined && record?.materials === undefined)
        await followUp.setMaterials(aino, id, materials);
    },
  };
}

function movedOf({ series, start }: SeedContext, radio: DemoSeries, date: string): SeedEvent {
  const to = Temporal.PlainDate.from(date).add({ days: 2 }).toString();
  return {
    at: hoursBefore(start, 50),
    run: async () => {
      await series.move(aino, radio.on(date), { date: to, time: '12:00' });
    },
  };
}

function topicOf({ topics, start }: SeedContext, radio: DemoSeries, topic: DemoTopic): SeedEvent {
  const { key, by, votes, hoursAgo, ...text } = topic;
  return {
    at: hoursBefore(start, hoursAgo),
    run: async () => {
      const form = { ...text, seriesId: radio.id, formId: `demo-topic-${key}` };
      const { id } = await topics.propose(demoPeopleByKey[by], form);
      for (const voter of votes) await topics.vote(demoPeopleByKey[voter], id, true);
    },
  };
}

function questionsOf({ topics, start }: SeedContext, radio: DemoSeries, date: string): SeedEvent[] {
  return demoQuestions.flatMap(({ key, by, text, hoursAgo, answer }) => {
    const form = { text, formId: `demo-question-${key}` };
    const asked: SeedEvent = {
      at: hoursBefore(start, hoursAgo),
      run: async () => {
        await topics.ask(demoPeopleByKey[by], radio.on(date), form);
      },
    };
    if (answer === undefined) return [asked];
    const answered: SeedEvent = {
      at: hoursBefore(start, answer.hoursAgo),
      run: async () => {
        const id = radio.on(date);
        const found = (await topics.questions(aino, id)).find((question) => question.text === text);
        if (found === undefined) throw new Error(`The demo answers a question that nobody asked: ${text}`);
        await topics.answerQuestion(demoPeopleByKey[answer.by], found.id, id, { answer: answer.text });
      },
    };
    return [asked, answered];
  });
}

function contactsOf({ contacts, start }: SeedContext, radio: DemoSeries): SeedEvent {
  return {
    at: hoursBefore(start, 20 * 24),
    run: async () => {
      for (const contact of demoContacts) await contacts.add(aino, { ...contact, series: [radio.id] });
    },
  };
}

/** The rule that puts the training on the next public holiday of a working week, so that there is one to decide about. */
async function trainingRule(start: Temporal.Instant): Promise<{ rule: Rule; from: string } | undefined> {
  const day = homeDate(start.toString());
  const found = await holidaysBetween(day.add({ days: 6 }).toString(), day.add({ days: 300 }).toString());
  const dates = found.map(({ date }) => Temporal.PlainDate.from(date));
  const date = dates.find(({ dayOfWeek, day: number }) => dayOfWeek <= 5 && number <= 28);
  if (date === undefined) return undefined;
  const week = Math.ceil(date.day / 7) as 1 | 2 | 3 | 4;
  const rule: Rule = { every: 'weekdayOfMonth', interval: 3, weekday: date.dayOfWeek as Weekday, week };
  return { rule, from: date.toString() };
}

/** The dates of a rule around the present: those behind it, latest first, and those ahead of it. */
function around(rule: Rule, start: Temporal.Instant) {
  const day = homeDate(start.toString());
  const from = day.subtract({ days: sinceDays }).toString();
  const all = datesOf(rule, { from, to: day.add({ days: 120 }).toString(), anchor: from });
  const today = day.toString();
  return {
    from,
    past: all.filter((date) => date < today).reverse(),
    ahead: all.filter((date) => date > today),
  };
}

function radioEvents(context: SeedContext): SeedEvent[] {
  const { from, past, ahead } = around(radioRule, context.start);
  const radio = new DemoSeries(context, {
    formId: 'demo-series-hankeradio',
    kind: 'hankeradio',
    from,
    descriptions: demoDescriptions.hankeradio,
    joinUrl: 'https://example.org/demo/hankeradio',
    pausedMonths: [7],
  });
  const isHeld = (date: string): boolean => !date.startsWith('07', 5);
  const [last, beforeLast] = past.filter(isHeld);
  const [next, after] = ahead.filter(isHeld);
  return [
    { at: hoursBefore(context.start, sinceDays * 24), run: () => radio.make() },
    contactsOf(context, radio),
    ...demoTopics.map((topic) => topicOf(context, radio, topic)),
    ...(beforeLast === undefined
      ? []
      : [
          talkOf(context, radio, beforeLast, demoTalks.beforeLast),
          keptOf(context, radio, { date: beforeLast, count: 31 }),
        ]),
    ...(last === undefined
      ? []
      : [
          talkOf(context, radio, last, demoTalks.last),
          keptOf(context, radio, { date: last, count: 47, notes: demoNotes.radio, materials: demoMaterials }),
        ]),
    ...(next === undefined
      ? []
      : [talkOf(context, radio, next, demoTalks.next), ...questionsOf(context, radio, next)]),
    ...(after === undefined ? [] : [movedOf(context, radio, after)]),
  ];
}

function bigRoomEvents(context: SeedContext): SeedEvent[] {
  const { from, past } = around(bigRoomRule, context.start);
  const room = new DemoSeries(context, {
    formId: 'demo-series-big-room',
    kind: 'bigRoom',
    from,
    rule: bigRoomRule,
    descriptions: demoDescriptions.bigRoom,
    joinUrl: 'https://example.org/demo/big-room',
  });
  const [last] = past;
  return [
    { at: hoursBefore(context.start, sinceDays * 24 - 2), run: () => room.make() },
    ...(last === undefined
      ? []
      : [keptOf(context, room, { date: last, count: 12, notes: demoNotes.bigRoom })]),
  ];
}

async function trainingEvents(context: SeedContext): Promise<SeedEvent[]> {
  const timing = await trainingRule(context.start);
  if (timing === undefined) return [];
  const training = new DemoSeries(context, {
    formId: 'demo-series-training',
    kind: 'training',
    names: trainingNames,
    descriptions: demoDescriptions.training,
    joinUrl: 'https://example.org/demo/videokoulutus',
    ...timing,
  });
  return [{ at: hoursBefore(context.start, 30 * 24), run: () => training.make() }];
}

/**
 * The sessions of the demo: Hankeradio with what was held, what is agreed and what is asked, Big Room, and a training
 * whose next date is a public holiday.
 */
export async function sessionEvents(context: SeedContext): Promise<SeedEvent[]> {
  return [...radioEvents(context), ...bigRoomEvents(context), ...(await trainingEvents(context))];
}
