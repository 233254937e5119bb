import assert from 'node:assert/strict';
import { makeBigRoom, programmePartition } from '../../../src/compose.js';
import type { FanOutContent, PreparedMessage } from '../../../src/delivery/fan-out/kind.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import { mimeOf } from '../../../src/delivery/mail/mime.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import type { ProjectId, SeriesId } from '../../../src/platform/ids.js';
import type { OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { sessionStore } from '../../../src/sessions/service.js';
import { coordinator, programme } from '../../make.js';
import { testAdapters } from '../../world/adapters.js';
import { CalendarProgram } from '../../world/calendar-program.js';
import { handClock } from '../../world/clock.js';
import { readablePartition } from '../../world/partition.js';
import { contactForm, person, series, seriesId } from './reminders/reminders-world.js';

const [elma, digi, lahella] = programme.projects.map(({ id }) => id) as [ProjectId, ProjectId, ProjectId];
const [radio, training] = [seriesId(1), seriesId(2)];
const sender = { name: 'Big Room', address: 'bigroom@localhost' };
const shortNoticeDays = 14;

const everybody = [
  person('vilma', { projects: [elma] }),
  person('eero', { projects: [elma], language: 'sv' }),
  person('kalle', { projects: [digi], language: 'sv' }),
  person('lahja', { projects: [lahella] }),
  person('lauri', { projects: [lahella], language: 'en' }),
  person('piia'),
];
/** Who of those outside is invited to what. */
const contacts: Readonly<Record<string, readonly SeriesId[]>> = {
  'outi@jarjesto.example': [radio],
  'bo@jarjesto.example': [radio, training],
  'liisa@jarjesto.example': [training],
};

/** What one message was: who, and what they were notified of. */
type Notified = readonly string[];

/** Three series: an open radio whose slots projects present, an open training of two projects, and an internal Big Room. */
async function programmeWorld() {
  const rows = new MemoryRows();
  const clock = handClock('2026-11-23T08:00:00Z');
  const arrived: string[] = [];
  const calendars = new Map<string, CalendarProgram>();
  const mailIds: string[] = [];
  const mailer = {
    send: async (mail: Mail) => {
      const { address } = mail.to;
      const calendar = calendars.get(address) ?? new CalendarProgram();
      calendars.set(address, calendar);
      calendar.receive((await mimeOf(mail, { sender, at: clock.now() })).toString());
      mailIds.push(mail.id);
      arrived.push(`${address}: mail`);
      return { result: 'sent' } as const;
    },
  };
  const bigRoom = makeBigRoom(testAdapters({ rows, clock, mailer, undoSeconds: 0 }));
  await bigRoom.begin();
  await bigRoom.people.add(programme, everybody);
  const store = sessionStore(readablePartition(rows, programmePartition));
  const put = (number: number, more: Partial<Series>) => {
    const reminders = { offsets: [], ways: ['person', 'mail'] as const, channels: [] };
    return store.commit(store.putSeries(undefined, series(number, { reminders, ...more }), []));
  };
  const [segment] = series(1).segments;
  assert.ok(segment);
  await put(1, { rotation: { projects: [elma, digi, lahella], ask: [] } as never, pausedMonths: [7] });
  const weekly = { every: 'week', interval: 2, weekdays: [4] } as const;
  await put(2, {
    kind: 'training',
    people: { of: 'projects', projects: [elma, digi] },
    segments: [{ ...segment, rule: weekly, time: '13:00', minutes: 60, from: '2026-11-05' }],
  });
  await put(3, {
    kind: 'bigRoom',
    isOpenToContacts: false,
    segments: [{ ...segment, rule: { ...segment.rule, weekday: 3 } as never, time: '10:00', minutes: 120 }],
  });

  const worker = bigRoom.worker((to, notice) => {
    const { about, change } = notice as unknown as { readonly about: string; readonly change?: string };
    arrived.push(`${to.id}: ${[about, change].filter(Boolean).join(' ')}`);
    return Promise.resolve({ result: 'sent' });
  });
  const fanOuts = bigRoom.fanOutWorker({
    prepare: (content) => Promise.resolve(content as unknown as PreparedMessage),
    send: (prepared, { key }) => {
      const content = prepared as unknown as FanOutContent & { readonly change?: string };
      arrived.push(
        `${key.replace('person:', '')}: ${[content.kind, content.change].filter(Boolean).join(' ')}`,
      );
      return Promise.resolve({ result: 'sent' });
    },
  });

  /** Lets everything leave that waits, and gives what arrived since. */
  async function settle(): Promise<Notified> {
    for (let round = 0; round < 4; round += 1) {
      clock.forward({ seconds: 20 });
      await worker.sweep();
      while ((await worker.work()) > 0);
      await fanOuts.sweep();
      while ((await fanOuts.work()) > 0);
    }
    return arrived.splice(0).sort();
  }
  const now = (): number => clock.now().epochMilliseconds;
  const lines = async (): Promise<readonly OccurrenceLine[]> => {
    const first = clock.now().toString().slice(0, 10);
    return bigRoom.series.days(coordinator, first, `${Number(first.slice(0, 4)) + 1}${first.slice(4)}`);
  };
  return { bigRoom, calendars, mailIds, clock, settle, now, lines };
}

type Lines = readonly OccurrenceLine[];

const takesPlace = ({ state }: OccurrenceLine): boolean => state.status !== 'cancelled';
const topicOf = ({ talk }: OccurrenceLine): string | undefined => talk?.topic;

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let last = seed;
  return (below) => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((last / 2_147_483_648) * below);
  };
}

/** What became of a session, by when and whether it was and is; nothing where it is as it was. */
function changeOf(before: OccurrenceLine, after: OccurrenceLine | undefined): string | undefined {
  if (after === undefined) return takesPlace(before) ? 'dropped' : undefined;
  if (takesPlace(before) !== takesPlace(after)) return takesPlace(after) ? 'restored' : 'cancelled';
  return takesPlace(after) && before.start !== after.start ? 'moved' : undefined;
}

const presents = (before: OccurrenceLine, projects: readonly ProjectId[]): boolean =>
  before.slot !== undefined &&
  'projectId' in before.slot &&
  before.slot.how !== 'proposed' &&
  projects.includes(before.slot.projectId);

/**
 * Who must be notified of what, worked out from the schedule before and after alone. A talk is known by its topic, wherever
 * it goes; presenters are notified however far it is, the others who are invited at short notice.
 */
function expectedOf(before: Lines, after: Lines, now: number): Notified {
  const isSoon = ({ start }: OccurrenceLine): boolean => {
    const days = (Date.parse(start) - now) / 86_400_000;
    return days > 0 && days <= shortNoticeDays;
  };
  const isComing = ({ start }: OccurrenceLine): boolean => Date.parse(start) > now;
  return before
    .filter(isComing)
    .flatMap((was) => {
      const topic = topicOf(was);
      const is = after.find((line) =>
        topic === undefined ? line.id === was.id : topicOf(line) === topic && line.seriesId === was.seriesId,
      );
      const change = changeOf(was, is);
      if (change === undefined) return [];
      return everybody.flatMap(({ id, projects }) => {
        if (presents(was, projects))
          return [`${id}: ${change === 'dropped' ? 'slotDropped' : `slotChanged ${change}`}`];
        const isInvited = was.seriesId !== training || projects.some((each) => each !== lahella);
        return isInvited && is !== undefined && (isSoon(was) || isSoon(is))
          ? [`${id}: change ${change}`]
          : [];
      });
    })
    .sort();
}

describe('a programme of three series', function () {
  this.timeout(120_000);

  it('notifies everybody of exactly what affects them, and all calendars equal the schedule, through forty changes', async () => {
    const world = await programmeWorld();
    const { bigRoom, calendars, clock, settle, lines } = world;
    const next = numbers(7);
    for (const [address, series] of Object.entries(contacts))
      await bigRoom.contacts.add(coordinator, contactForm({ address, series }));
    await settle();

    const coming = async (): Promise<OccurrenceLine[]> =>
      (await lines()).filter(({ start }) => Date.parse(start) > world.now());
    const give = async (): Promise<void> => {
      const slots = (await coming()).filter(({ seriesId }) => seriesId === radio).slice(0, 8);
      for (const [index, { id, talk, state }] of slots.entries()) {
        if (talk !== undefined || state.status === 'cancelled') continue;
        const project = [elma, digi, lahella][index % 3] ?? elma;
        await bigRoom.rotation.assign(coordinator, id, project);
        const topic = `Aihe ${id}`;
        await bigRoom.rotation.answer(coordinator, id, { topic, speaker: 'Esittäjä', language: 'fi' });
      }
      await settle();
    };

    const changes: Readonly<Record<string, (line: OccurrenceLine) => Promise<unknown>>> = {
      near: (line) =>
        bigRoom.series.move(coordinator, line.id, { date: dayAfter(line.start, 1), time: '15:00' }),
      far: (line) =>
        bigRoom.series.move(coordinator, line.id, { date: dayAfter(line.start, 9), time: '08:30' }),
      cancel: (line) => bigRoom.series.cancel(coordinator, line.id, { reason: 'Tila ei ole käytössä.' }),
      name: (line) =>
        bigRoom.series.editOccurrence(coordinator, line.id, {
          names: { fi: 'Erikoislähetys', sv: 'Special', en: 'Special' },
        }),
      link: (line) =>
        bigRoom.series.editOccurrence(coordinator, line.id, { joinUrl: 'https://meet.example/uusi' }),
    };
    const kinds = Object.keys(changes);
    const today = (): string => clock.now().toString().slice(0, 10);

    for (let number = 1; number <= 40; number += 1) {
      await give();
      const before = await lines();
      const all = before.filter(({ start }) => Date.parse(start) > world.now());
      const cancelled = all.filter((line) => !takesPlace(line));
      let what: string;
      if (number % 5 === 0 && cancelled[0] !== undefined) {
        what = `restore ${cancelled[0].id}`;
        await bigRoom.series.restore(coordinator, cancelled[0].id);
      } else if (number % 12 === 8) {
        const [segment] = [training, radio].slice(number % 24 === 8 ? 0 : 1);
        what = `this and following ${String(segment)}`;
        const time = number % 24 === 8 ? '13:30' : '09:30';
        await bigRoom.series.changeFrom(coordinator, segment ?? radio, { from: today(), time });
      } else if (number % 12 === 11) {
        const slots = all.filter((line) => line.seriesId === radio && takesPlace(line) && topicOf(line));
        const [here, there] = [slots[next(3)], slots[3 + next(3)]];
        what = `swap ${String(here?.id)} ${String(there?.id)}`;
        assert.ok(here && there);
        await bigRoom.rotation.swap(coordinator, here.id, there.id);
      } else {
        const kind = kinds[next(kinds.length)] ?? 'near';
        const among = all.filter((line) => takesPlace(line)).slice(0, 24);
        const line = among[next(among.length)] ?? assert.fail();
        what = `${kind} ${line.id}`;
        await changes[kind]?.(line);
      }
      const at = world.now();
      const after = await lines();
      const arrived = await settle();
      const inChat = arrived.filter((each) => !each.endsWith(': mail'));
      const expected = expectedOf(before, after, at);
      // A swap is called that, and reaches the people of both projects once each.
      const named = (all: Notified): Notified =>
        what.startsWith('swap') ? all.map((each) => each.replace(/: .*/, '')) : all;
      assert.deepEqual(named(inChat), named(expected), `change ${String(number)}: ${what}`);
      for (const [address, series] of Object.entries(contacts)) {
        const isShown = ({ seriesId, end }: OccurrenceLine): boolean =>
          series.includes(seriesId) && Date.parse(end) > world.now();
        const schedule = after.filter((line) => isShown(line) && takesPlace(line));
        const until = after.at(-1)?.start.slice(0, 10) ?? '';
        const shown = (calendars.get(address)?.shown(until) ?? []).filter(
          ({ end, start }) => Date.parse(end) > world.now() && start.slice(0, 10) < until,
        );
        assert.deepEqual(
          shown.map(({ start, end }) => `${start} ${end}`),
          schedule
            .filter(({ start }) => start.slice(0, 10) < until)
            .map(({ start, end }) => `${start} ${end}`),
          `${address} after change ${String(number)}: ${what}`,
        );
      }
      if (number % 4 === 0) clock.forward({ hours: 24 * (6 + next(12)) });
    }
    assert.equal(new Set(world.mailIds).size, world.mailIds.length, 'no mail twice');
  });
});

function dayAfter(start: string, days: number): string {
  return new Date(Date.parse(start) + days * 86_400_000).toISOString().slice(0, 10);
}
