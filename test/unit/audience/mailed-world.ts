import { makeBigRoom, programmePartition, type BigRoom } from '../../../src/compose.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { contactStore } from '../../../src/audience/store.js';
import { mimeOf } from '../../../src/delivery/mail/mime.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import type { Outcome } from '../../../src/delivery/outbox/message.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { sessionStore } from '../../../src/sessions/service.js';
import { programme } from '../../make.js';
import { testAdapters } from '../../world/adapters.js';
import { CalendarProgram } from '../../world/calendar-program.js';
import { handClock } from '../../world/clock.js';
import { readablePartition } from '../../world/partition.js';
import { series } from '../sessions/reminders/reminders-world.js';

const address = 'outi@jarjesto.example';
const sender = { name: 'Big Room', address: 'bigroom@localhost' };
const until = '2027-12-31';

/** Big Room with an open series, whose mails arrive in calendars, by their address. Undo takes ten seconds. */
export async function mailedWorld(more: Partial<Series> = {}) {
  const rows = new MemoryRows();
  const clock = handClock('2026-11-23T08:00:00Z');
  const mails: Mail[] = [];
  const calendars = new Map<string, CalendarProgram>();
  const faults: Outcome[] = [];
  const mailer = {
    send: async (mail: Mail): Promise<Outcome> => {
      const fault = faults.shift();
      if (fault !== undefined) return fault;
      mails.push(mail);
      const calendar = calendars.get(mail.to.address) ?? new CalendarProgram();
      calendars.set(mail.to.address, calendar);
      calendar.receive((await mimeOf(mail, { sender, at: clock.now() })).toString());
      return { result: 'sent' };
    },
  };
  const bigRoom: BigRoom = makeBigRoom(testAdapters({ rows, clock, mailer }));
  await bigRoom.begin();
  await bigRoom.people.add(programme, []);
  const partition = readablePartition(rows, programmePartition);
  const store = sessionStore(partition);
  await store.commit(store.putSeries(undefined, series(1, more), []));
  const worker = bigRoom.worker(() => Promise.reject(new Error('nobody is notified here')));
  const fanOut = bigRoom.fanOutWorker({ prepare: () => Promise.reject(new Error('no chat here')) } as never);
  const runs = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      clock.forward({ seconds: 1 });
      while ((await worker.sweep()) > 0);
      await fanOut.sweep();
      while ((await fanOut.work()) > 0);
    }
  };
  return {
    bigRoom,
    clock,
    mails,
    faults,
    runs,
    rows,
    contacts: contactStore(partition),
    store,
    shown: (of = address): number => calendars.get(of)?.shown(until).length ?? 0,
    /** The mails since the last look, by their subject and the method of what they bring. */
    arrived: (): string[] =>
      mails.splice(0).map(({ subject, attachments }) => {
        const method = /method=(\w+)/.exec(attachments[0]?.type ?? '')?.[1] ?? 'none';
        return `${method} ${subject}`;
      }),
  };
}
