import { Temporal } from 'temporal-polyfill';
import { noticeTo } from '../../delivery/notices.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { Actor } from '../../platform/actor.js';
import { homeDate, homeZone, today } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { findOccurrence, type ReadingDeps } from '../occurrences/reading.js';
import { isUpcoming, requireUpcoming } from '../occurrences/workflow.js';
import { cancelUnlessLeft } from '../series/change.js';
import type { LaterReminder } from './notices.js';

/** When somebody may be reminded again: on the coming morning, on that of the session, or an hour before it. */
export const laterTimes = ['tomorrow', 'sameMorning', 'hourBefore'] as const;
export type LaterTime = (typeof laterTimes)[number];

/** A moment for being reminded again. */
export interface Later {
  readonly when: LaterTime;
  /** ISO instant. */
  readonly at: string;
}

const morning = Temporal.PlainTime.from('08:00');
/** Sooner than this one does not ask to be reminded. */
const leastMinutes = 10;
/** Later than this before the session a reminder in the morning is one an hour before. */
const morningMinutes = 90;

interface LaterDeps {
  readonly sessions: ReadingDeps;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
}

/** Reminders of a session that somebody asks for again, at a moment that suits them. */
export function laterReminders({ sessions, outbox }: LaterDeps) {
  /** The moments that make sense for a session from now on, the soonest first; none for one that is near or over. */
  function timesOf(occurrence: Pick<Occurrence, 'start' | 'state'>): readonly Later[] {
    if (!isUpcoming(occurrence)) return [];
    const now = sessions.clock.now();
    const start = Temporal.Instant.from(occurrence.start);
    const day = homeDate(occurrence.start);
    const next = today(sessions.clock).add({ days: 1 });
    const inMorning = (date: Temporal.PlainDate): Temporal.Instant =>
      date.toZonedDateTime({ timeZone: homeZone, plainTime: morning }).toInstant();
    const isBeforeDay = Temporal.PlainDate.compare(next, day) < 0;
    const all: readonly {
      readonly when: LaterTime;
      readonly at: Temporal.Instant;
      readonly least: number;
    }[] = [
      ...(isBeforeDay ? [{ when: 'tomorrow' as const, at: inMorning(next), least: 0 }] : []),
      { when: 'sameMorning', at: inMorning(day), least: morningMinutes },
      { when: 'hourBefore', at: start.subtract({ minutes: 60 }), least: 0 },
    ];
    return all
      .filter(({ at, least }) => {
        const isAhead = Temporal.Instant.compare(at, now.add({ minutes: leastMinutes })) >= 0;
        return isAhead && Temporal.Instant.compare(at, start.subtract({ minutes: least })) <= 0;
      })
      .map(({ when, at }) => ({ when, at: at.toString() }));
  }

  /** "Tomorrow" of another day is another reminder: its id follows from the moment. */
  function messageOf(actor: Actor, { id, start }: Occurrence, at: string): NewMessage {
    const notice: LaterReminder = { about: 'remindLater', occurrenceId: id, start };
    return noticeTo(actor.id, notice, { dueAt: at, act: `later ${at}` });
  }

  return {
    timesOf,

    /**
     * Reminds the one who asks at one of {@link timesOf}; asked for twice at one moment it is one.
     * @returns the ISO instant at which they are reminded.
     * @throws AppError `occurrence.notFound`, `occurrence.moveNotAllowed` where it is over or cancelled, `occurrence.timePassed`.
     */
    async remind(actor: Actor, id: OccurrenceId, when: LaterTime): Promise<string> {
      requirePermission(actor, 'session:take');
      const { occurrence } = await findOccurrence(sessions, id);
      requireUpcoming(occurrence);
      const later = timesOf(occurrence).find((each) => each.when === when);
      if (later === undefined) throw new AppError('occurrence.timePassed', { id });
      const message = messageOf(actor, occurrence, later.at);
      await outbox.commit([], [message]);
      return message.dueAt;
    },

    /**
     * Takes back what {@link remind} promised, unless it has left.
     * @param at the ISO instant that it gave; of what an older release promised the name of that moment.
     * @throws AppError `occurrence.notFound`.
     */
    async forget(actor: Actor, id: OccurrenceId, at: string): Promise<void> {
      requirePermission(actor, 'session:take');
      const { occurrence } = await findOccurrence(sessions, id);
      const { id: message } = messageOf(actor, occurrence, at);
      const changes = await cancelUnlessLeft(outbox, [message]);
      if (changes !== undefined && changes.length > 0) await outbox.commit([...changes]);
    },
  };
}

export type LaterReminders = ReturnType<typeof laterReminders>;
