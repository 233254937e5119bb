import assert from 'node:assert/strict';
import { makeBigRoom, programmePartition } from '../../../../src/compose.js';
import type { Mail } from '../../../../src/delivery/mail/mailer.js';
import { mimeOf } from '../../../../src/delivery/mail/mime.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { fileOf, timeZone } from '../../../../src/sessions/calendar/ics/content-line.js';
import { sessionStore } from '../../../../src/sessions/service.js';
import { contactStore } from '../../../../src/audience/store.js';
import { coordinator, programme } from '../../../make.js';
import { testAdapters } from '../../../world/adapters.js';
import { CalendarProgram } from '../../../world/calendar-program.js';
import { handClock } from '../../../world/clock.js';
import { readablePartition } from '../../../world/partition.js';
import { readCalendar } from './read-calendar.js';
import { contactForm, radio, series } from '../reminders/reminders-world.js';

const fi = 'outi@jarjesto.example';
const other = 'bo@jarjesto.example';
const late = 'liisa@jarjesto.example';
const sender = { name: 'Big Room', address: 'bigroom@localhost' };

/** Big Room with one open series that pauses in July, and the calendars of those who are invited, by their address. */
async function yearWorld() {
  const rows = new MemoryRows();
  const clock = handClock('2026-11-23T08:00:00Z');
  const mails: Mail[] = [];
  const calendars = new Map<string, CalendarProgram>();
  const mailer = {
    send: async (mail: Mail) => {
      mails.push(mail);
      const { address } = mail.to;
      const calendar = calendars.get(address) ?? new CalendarProgram();
      calendars.set(address, calendar);
      calendar.receive((await mimeOf(mail, { sender, at: clock.now() })).toString());
      return { result: 'sent' } as const;
    },
  };
  const bigRoom = makeBigRoom(testAdapters({ rows, clock, mailer, undoSeconds: 0 }));
  await bigRoom.begin();
  await bigRoom.people.add(programme, []);
  const partition = readablePartition(rows, programmePartition);
  const store = sessionStore(partition);
  const [segment] = series(1).segments;
  assert.ok(segment);
  const began = { pausedMonths: [7], segments: [{ ...segment, from: '2026-08-04' }] };
  await store.commit(store.putSeries(undefined, series(1, began), []));
  const worker = bigRoom.worker(() => Promise.reject(new Error('nobody is notified here')));
  const fanOut = bigRoom.fanOutWorker({ prepare: () => Promise.reject(new Error('no chat here')) } as never);

  /** Lets everything leave that waits, and time go on to a day (ISO) where one is given. */
  async function settle(day?: string): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      clock.forward({ seconds: 20 });
      await worker.sweep();
      while ((await worker.work()) > 0);
      await fanOut.sweep();
      while ((await fanOut.work()) > 0);
    }
    const at = day === undefined ? undefined : Date.parse(`${day}T06:00:00Z`);
    const seconds = at === undefined ? 0 : Math.floor((at - clock.now().epochMilliseconds) / 1000);
    if (seconds > 0) clock.forward({ seconds });
  }

  const held = (lines: readonly OccurrenceLine[]): string[] =>
    lines
      .filter(
        ({ state, end }) => state.status !== 'cancelled' && Date.parse(end) > clock.now().epochMilliseconds,
      )
      .map(({ start, end, names }) => `${start} ${end} ${names.fi}`);

  /** What is to come, by the schedule and by somebody's calendar: start, end and name of each. */
  async function compare(
    address: string,
  ): Promise<{ readonly schedule: string[]; readonly calendar: string[] }> {
    const first = clock.now().toString().slice(0, 10);
    const last = `${Number(first.slice(0, 4)) + 1}${first.slice(4)}`;
    const lines = await bigRoom.series.days(coordinator, first, last);
    const shown = calendars.get(address)?.shown(`${last.slice(0, 4)}-12-31`) ?? [];
    const calendar = shown
      .filter(
        ({ start, end }) => Date.parse(end) > clock.now().epochMilliseconds && start.slice(0, 10) <= last,
      )
      .map(({ start, end, subject }) => `${start} ${end} ${subject}`);
    return { schedule: held(lines), calendar };
  }

  return { bigRoom, mails, calendars, store, partition, settle, compare };
}

/** An invitation to first Tuesdays as older releases wrote it, with the months in the rule. */
function oldInvitation(
  uid: string,
  { from, until, time }: { readonly from: string; readonly until: string | undefined; readonly time: string },
): string {
  const at = (date: string, clock: string) => `${date}T${clock}00`.replaceAll(/[-:]/g, '');
  const start = at(from, time);
  const end = until === undefined ? '' : `;UNTIL=${at(until, '07:00')}Z`;
  return fileOf([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Big Room//Sessions//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:REQUEST',
    ...timeZone(),
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260801T080000Z',
    'LAST-MODIFIED:20260801T080000Z',
    'SEQUENCE:0',
    `DTSTART;TZID=Europe/Helsinki:${start}`,
    `DTEND;TZID=Europe/Helsinki:${start.replace(/0000$/, '3000')}`,
    `RRULE:FREQ=MONTHLY;BYDAY=1TU;BYMONTH=1,2,3,4,5,6,8,9,10,11,12${end}`,
    'SUMMARY:Hankeradio',
    'STATUS:CONFIRMED',
    'ORGANIZER:mailto:bigroom@localhost',
    `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${fi}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

type YearWorld = Awaited<ReturnType<typeof yearWorld>>;

describe('a year of a series in the calendars of those who are invited', function () {
  this.timeout(120_000);
  let world: YearWorld;
  let changes = 0;

  const next = async (index: number): Promise<OccurrenceLine> => {
    const coming = await world.bigRoom.series.upcoming(coordinator, 20, radio);
    const one = coming.filter(({ state }) => state.status !== 'cancelled')[index];
    assert.ok(one);
    return one;
  };
  const changed = async (address: readonly string[] = [fi, other]): Promise<void> => {
    changes += 1;
    await world.settle();
    for (const each of address) {
      const { schedule, calendar } = await world.compare(each);
      assert.deepEqual(calendar, schedule, `${each} after change ${changes}`);
    }
  };

  beforeEach(async () => {
    world = await yearWorld();
    changes = 0;
  });

  it('equals the schedule after each of forty changes', async () => {
    const { bigRoom, settle } = world;
    const sessions = bigRoom.series;
    for (const address of [fi, other]) await bigRoom.contacts.add(coordinator, contactForm({ address }));
    await changed();
    const shown = world.calendars.get(fi)?.shown('2028-01-01') ?? [];
    assert.equal(shown[0]?.date, '2026-12-01', 'nobody new gets the past');
    assert.equal(shown.filter(({ date }) => date.slice(5, 7) === '07').length, 0);

    const addresses = [fi, other];
    for (const month of ['2026-12', '2027-02', '2027-04', '2027-06', '2027-09', '2027-11']) {
      await settle(`${month}-03`);
      const [soon, far] = [await next(0), await next(2)];
      await sessions.move(coordinator, soon.id, {
        date: `${soon.date.slice(0, 8)}18`,
        time: '12:00',
        minutes: 45,
      });
      await changed(addresses);
      await sessions.cancel(coordinator, far.id, {});
      await changed(addresses);
      await sessions.restore(coordinator, far.id);
      await changed(addresses);
      const after = await next(3);
      await sessions.editOccurrence(coordinator, after.id, {
        names: { fi: `Erikoislähetys ${month}`, sv: 'Special', en: 'Special' },
      });
      await changed(addresses);
      await sessions.cancel(coordinator, (await next(1)).id, { reason: 'Esittäjä sairastui.' });
      await changed(addresses);
      if (month === '2027-02') {
        await bigRoom.contacts.add(coordinator, contactForm({ address: late }));
        addresses.push(late);
        await changed(addresses);
      }
      if (month === '2027-04') {
        await sessions.changeFrom(coordinator, radio, { from: '2027-08-03', time: '10:00' });
        await changed(addresses);
      }
      if (month === '2027-09') {
        await sessions.edit(coordinator, radio, {
          names: { fi: 'Projektiradio', sv: 'Projektradion', en: 'Radio' },
        });
        await changed(addresses);
      }
    }
    await sessions.edit(coordinator, radio, { pausedMonths: [6, 7] });
    await changed(addresses);
    await sessions.changeFrom(coordinator, radio, {
      from: '2028-02-02',
      rule: { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 1 },
    });
    await changed(addresses);
    await sessions.end(coordinator, radio, { last: '2028-01-31' });
    await changed(addresses);
    assert.ok(changes >= 36, String(changes));
    const received = world.calendars.get(fi)?.received ?? [];
    // Most of what comes is about one session, and leaves the answer to all others as it is.
    assert.ok(received.filter((each) => each.endsWith(' 1')).length > received.length / 2, received.join());
    assert.equal(new Set(world.mails.map(({ id }) => id)).size, world.mails.length, 'no mail twice');
  });

  it('is renewed by the next change where an older release had invited to two stretches, and by nothing before', async () => {
    const { bigRoom, mails, partition, settle, store, calendars } = world;
    const [segment] = series(1).segments;
    assert.ok(segment);
    const stretches = [
      { ...segment, from: '2026-08-04', until: '2026-12-31' },
      { ...segment, number: 2, from: '2027-01-05', time: '10:00' },
    ];
    const put = async (isOpenToContacts: boolean) => {
      const now = await store.series(radio);
      assert.ok(now);
      const reminders = { ...now.value.reminders, offsets: [] };
      const after = { ...now.value, isOpenToContacts, pausedMonths: [7], segments: stretches, reminders };
      await store.commit(store.putSeries(now, after, []));
    };
    await put(false);
    const { id } = await bigRoom.contacts.add(coordinator, contactForm({ address: fi }));
    await put(true);
    // What that release kept of it: one version for the whole series.
    const claim = { version: '0 before', by: 'welcome before', at: '2026-11-23T08:00:00Z' };
    await contactStore(partition).claimVersion(id, radio, claim, () => true);
    const { calendarNamespace = '' } = await bigRoom.people.programme();
    const calendar = new CalendarProgram();
    calendars.set(fi, calendar);
    for (const { number, from, until, time } of stretches)
      calendar.apply(
        readCalendar(oldInvitation(`${radio}-${number}@${calendarNamespace}`, { from, until, time })),
      );
    const { schedule, calendar: shown } = await world.compare(fi);
    assert.deepEqual(shown, schedule);

    await settle('2026-11-30');
    assert.deepEqual(mails, [], 'upgrading sends nothing');
    await bigRoom.series.cancel(coordinator, (await next(3)).id, {});
    await changed([fi]);
    assert.deepEqual(calendar.received.slice(2), ['REQUEST all', 'REQUEST all']);
    assert.equal(calendar.shown('2027-12-31')[0]?.date, '2026-08-04', 'nobody loses the past');
    await bigRoom.series.cancel(coordinator, (await next(2)).id, {});
    await changed([fi]);
    assert.deepEqual(calendar.received.slice(4), ['CANCEL 1']);
  });
});
