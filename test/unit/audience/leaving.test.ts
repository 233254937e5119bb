import assert from 'node:assert/strict';
import { makeBigRoom, programmePartition, type BigRoom } from '../../../src/compose.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import type { Contact } from '../../../src/audience/contact.js';
import { contactStore } from '../../../src/audience/store.js';
import { mimeOf } from '../../../src/delivery/mail/mime.js';
import type { Mail } from '../../../src/delivery/mail/mailer.js';
import type { Outcome } from '../../../src/delivery/outbox/message.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { sessionStore } from '../../../src/sessions/service.js';
import { coordinator, programme } from '../../make.js';
import { testAdapters } from '../../world/adapters.js';
import { CalendarProgram } from '../../world/calendar-program.js';
import { handClock } from '../../world/clock.js';
import { readablePartition } from '../../world/partition.js';
import { contactForm, series, seriesId } from '../sessions/reminders/reminders-world.js';

const radio = seriesId(1);
const address = 'outi@jarjesto.example';
const sender = { name: 'Big Room', address: 'bigroom@localhost' };
const until = '2027-12-31';

/** Big Room with an open series, whose mails arrive in calendars, by their address. Undo takes ten seconds. */
async function leavingWorld(more: Partial<Series> = {}) {
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

type World = Awaited<ReturnType<typeof leavingWorld>>;

describe('leaving', () => {
  let world: World;
  let contact: Contact;
  const off = 'CANCEL Kutsu on päättynyt: Hankeradio';

  const invited = async (more: Partial<Series> = {}): Promise<void> => {
    world = await leavingWorld(more);
    contact = await world.bigRoom.contacts.add(coordinator, contactForm());
    await world.runs(30);
    assert.ok(world.shown() > 10);
    world.arrived();
  };
  const edit = (form: Readonly<Record<string, unknown>>) =>
    world.bigRoom.contacts.edit(coordinator, contact.id, contactForm(form));
  const leavingRows = async (): Promise<number> =>
    (
      await world.rows.range(programmePartition, {
        from: 'contact-leaving|',
        to: 'contact-leaving}',
        limit: 9,
      })
    ).rows.length;

  it('takes the series out of the calendar of who is unticked, whose consent ends, or who is removed', async () => {
    for (const act of [
      () => edit({ series: [] }),
      () => edit({ consent: { given: false } }),
      () => world.bigRoom.contacts.remove(coordinator, contact.id),
    ]) {
      await invited();
      await act();
      assert.equal(await leavingRows(), 1);
      await world.runs(9);
      assert.deepEqual(world.arrived(), [], 'it may still be taken back');
      await world.runs(30);
      assert.deepEqual(world.arrived(), [off]);
      assert.equal(world.shown(), 0);
      assert.equal(await leavingRows(), 0, 'nothing is kept of them');
    }
  });

  it('leaves the calendar of who is invited again before the mail has left, and invites anew after', async () => {
    await invited();
    const before = world.shown();
    await edit({ series: [] });
    await world.runs(5);
    await edit({});
    await world.runs(60);
    assert.equal(world.shown(), before);
    assert.ok(world.arrived().every((each) => !each.startsWith('CANCEL')));
    await edit({ series: [] });
    await world.runs(30);
    assert.equal(world.shown(), 0);
    await edit({});
    await world.runs(60);
    assert.equal(world.shown(), before);
  });

  it('sends one mail for each stretch of the series that is alive, each once, whatever goes wrong', async () => {
    const [segment] = series(1).segments;
    assert.ok(segment);
    await invited({
      segments: [
        { ...segment, until: '2026-12-31' },
        { ...segment, number: 2, from: '2027-01-05', time: '10:00' },
      ],
    });
    world.faults.push({ result: 'retry', reason: 'mailboxBusy' });
    await edit({ series: [] });
    await world.runs(120);
    assert.deepEqual(world.arrived(), [off, off]);
    assert.equal(world.shown(), 0);
  });

  it('takes the old address out when somebody is at another one', async () => {
    await invited();
    await edit({ address: 'outi@uusi.example' });
    await world.runs(40);
    assert.equal(world.shown(), 0);
    assert.ok(world.shown('outi@uusi.example') > 10);
    const last = world.mails.find(({ to }) => to.address === address);
    assert.match(last?.text ?? '', /toiseen osoitteeseen/);
    assert.doesNotMatch(last?.html ?? '', /uusi\.example/);
  });

  it('is the last mail of who stops them and wants their calendar cleared; else that mail says so alone', async () => {
    await invited();
    await world.bigRoom.contacts.stop(contact.stopKey, true);
    await world.bigRoom.series.edit(coordinator, radio, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
    await world.runs(60);
    const [mail] = world.mails;
    assert.match(mail?.text ?? '', /Painoitko|vahingossa/);
    assert.ok(mail?.text.includes(`/stop/${contact.stopKey}`));
    assert.deepEqual(world.arrived(), ['CANCEL Et saa enää kutsuja etkä muistutuksia']);
    assert.equal(world.shown(), 0);
    await world.bigRoom.contacts.takeStopBack(contact.stopKey);
    await world.runs(60);
    assert.equal(world.arrived().length, 1);
    assert.ok(world.shown() > 10, 'who comes back is invited again');

    await invited();
    const before = world.shown();
    await world.bigRoom.contacts.stop(contact.stopKey);
    await world.runs(60);
    assert.deepEqual(world.arrived(), ['none Et saa enää kutsuja etkä muistutuksia']);
    assert.equal(world.shown(), before);
  });

  it('changes nothing for who takes the stop back before the mail has left', async () => {
    await invited();
    const before = world.shown();
    await world.bigRoom.contacts.stop(contact.stopKey, true);
    await world.runs(5);
    await world.bigRoom.contacts.takeStopBack(contact.stopKey);
    await world.runs(60);
    assert.deepEqual(world.arrived(), []);
    assert.equal(world.shown(), before);
  });

  it('sends nothing to who was never sent anything', async () => {
    world = await leavingWorld();
    contact = await world.bigRoom.contacts.add(coordinator, contactForm());
    await world.bigRoom.contacts.remove(coordinator, contact.id);
    await world.runs(60);
    assert.deepEqual(world.arrived(), []);
    assert.equal(await leavingRows(), 0);
  });

  it('reaches who was invited by an older release, which kept nothing of it', async () => {
    world = await leavingWorld({ isOpenToContacts: false });
    contact = await world.bigRoom.contacts.add(coordinator, contactForm());
    const claim = { version: '0 before', by: 'welcome before', at: '2026-11-20T08:00:00Z' };
    await world.contacts.claimVersion(contact.id, radio, claim, () => true);
    await edit({ series: [] });
    await world.runs(60);
    assert.deepEqual(world.arrived(), [off]);
  });
});
