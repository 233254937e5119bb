import assert from 'node:assert/strict';
import { programmePartition } from '../../../src/compose.js';
import type { ImportId } from '../../../src/audience/imports/import.js';
import { readContactTable } from '../../../src/shared/contact-table.js';
import { coordinator, otherCoordinator } from '../../make.js';
import { seriesForm } from '../../make-sessions.js';
import { rejectsWith } from '../../world/outbox.js';
import { contactForm, seriesId } from '../sessions/reminders/reminders-world.js';
import { mailedWorld } from './mailed-world.js';

const radio = seriesId(1);
const yksi = 'yksi@x.example';
const newNames = { fi: 'Uusi', sv: 'Ny', en: 'New' };
const dayAfterTomorrow = { date: '2026-11-25', time: '09:00' };

type World = Awaited<ReturnType<typeof mailedWorld>>;

describe('an import, in the calendars of its people', () => {
  let world: World;

  beforeEach(async () => {
    world = await mailedWorld();
  });

  async function draft(text: string, more: Readonly<Record<string, unknown>> = {}): Promise<ImportId> {
    const { columns, header, rows } = readContactTable(text);
    const { id } = await world.bigRoom.imports.create(coordinator, {
      formId: 'form-of-import',
      name: 'Järjestöt',
      columns,
      header,
      sizes: [rows.length],
      series: [radio],
      consent: { given: true, how: 'Lomake' },
      language: 'fi',
      ...more,
    });
    await world.bigRoom.imports.addChunk(coordinator, id, 0, { rows });
    return id;
  }
  async function run(id: ImportId, sendAt: unknown): Promise<void> {
    await world.bigRoom.imports.start(coordinator, id, { sendAt });
    await world.runs(3);
  }
  async function imported(text: string, sendAt: unknown, more = {}): Promise<ImportId> {
    const id = await draft(text, more);
    await run(id, sendAt);
    return id;
  }
  async function undo(id: ImportId): Promise<void> {
    await world.bigRoom.imports.undo(otherCoordinator, id);
    await world.runs(60);
    assert.equal((await world.bigRoom.imports.get(coordinator, id)).state.status, 'undone');
  }
  const stop = (id: ImportId) => world.bigRoom.imports.stopSend(coordinator, id);
  const send = (id: ImportId, sendAt: unknown) =>
    world.bigRoom.imports.reschedule(coordinator, id, { sendAt });
  /** What has arrived since the last look, without when the series is held. */
  const calls = () => world.arrived().map((each) => each.split(',')[0]);
  const rename = () => world.bigRoom.series.edit(coordinator, radio, { names: newNames });
  const contacts = async () => (await world.bigRoom.contacts.list(coordinator, {})).lines;
  /** So many days later, hour by hour: what is due in them leaves. */
  async function days(count: number): Promise<void> {
    for (let hour = 0; hour < 24 * count; hour += 1) {
      world.clock.forward({ hours: 1 });
      await world.runs(2);
    }
  }
  const signUp = (address = yksi, subscription: string = radio) =>
    world.bigRoom.contacts.signUp(
      { name: 'Yksi', address, language: 'fi' },
      { subscription, how: 'Ilmoittautui itse', wording: 'Saan kutsut' },
      () => [],
    );

  describe('undone', () => {
    it('takes out what the publishing of a draft brought there', async () => {
      const form = seriesForm('training', { isOpenToContacts: true, formId: 'form-draft', isDraft: true });
      const { series: drawn } = await world.bigRoom.series.create(coordinator, form);
      const olli = await world.bigRoom.contacts.add(
        coordinator,
        contactForm({ name: 'Olli', address: 'olli@x.example', series: [] }),
      );
      const id = await imported(`Yksi;${yksi}\nOlli;olli@x.example`, null, { series: [drawn.id] });
      await world.bigRoom.series.publish(coordinator, drawn.id, { auditCount: drawn.auditCount });
      await world.runs(60);
      assert.deepEqual([world.shown(yksi) > 0, world.shown('olli@x.example') > 0], [true, true]);
      world.arrived();
      await undo(id);
      assert.deepEqual(
        world.arrived().map((each) => each.split(' ')[0]),
        ['CANCEL', 'CANCEL'],
      );
      assert.deepEqual([world.shown(yksi), world.shown('olli@x.example')], [0, 0]);
      assert.deepEqual(
        (await contacts()).map((each) => [each.id, each.subscriptions]),
        [[olli.id, []]],
      );
    });

    it('takes out an invitation that came by another way while its own was stopped', async () => {
      const id = await imported(`Yksi;${yksi}`, dayAfterTomorrow);
      await stop(id);
      const [one] = await contacts();
      assert.ok(one);
      const form = { name: 'Yksi', address: yksi, language: 'fi' };
      await world.bigRoom.contacts.edit(coordinator, one.id, { ...form, series: [] });
      await world.bigRoom.contacts.edit(coordinator, one.id, { ...form, series: [radio] });
      await world.runs(60);
      assert.ok(world.shown(yksi) > 0);
      world.arrived();
      await undo(id);
      assert.deepEqual([world.arrived().length, world.shown(yksi), await contacts()], [1, 0, []]);
    });

    it('mails nobody who was sent nothing, though the series changed meanwhile', async () => {
      const id = await imported(`Yksi;${yksi}`, dayAfterTomorrow);
      await stop(id);
      await rename();
      await world.runs(60);
      await undo(id);
      assert.deepEqual([world.arrived(), await contacts()], [[], []]);
    });

    it('keeps who signed up themselves meanwhile, for what they signed up for', async () => {
      const form = seriesForm('training', { isOpenToContacts: true, formId: 'form-other' });
      const { series: other } = await world.bigRoom.series.create(coordinator, form);
      const id = await imported(`Yksi;${yksi}\nKaksi;kaksi@x.example`, dayAfterTomorrow, {
        series: [radio, other.id],
      });
      await signUp();
      await world.runs(60);
      const before = world.shown(yksi);
      assert.ok(before > 0);
      world.arrived();
      await undo(id);
      assert.deepEqual(
        (await contacts()).map(({ address, subscriptions, consent }) => [
          address,
          subscriptions,
          consent.given && consent.how,
        ]),
        [[yksi, [radio], 'Ilmoittautui itse']],
      );
      await world.runs(60);
      assert.deepEqual([world.arrived(), world.shown(yksi)], [[], before]);
    });
  });

  describe('sent later', () => {
    it('sends nothing before the new time, whatever happens to the series, and then all of it', async () => {
      const id = await imported(`Yksi;${yksi}`, dayAfterTomorrow);
      await send(id, { date: '2026-12-10', time: '09:00' });
      await days(4);
      await rename();
      const [next] = await world.bigRoom.series.upcoming(coordinator, 1, radio);
      assert.ok(next);
      await world.bigRoom.series.move(coordinator, next.id, {
        date: '2026-12-03',
        time: '12:00',
        minutes: 30,
      });
      await days(11);
      assert.deepEqual(world.arrived(), []);
      await days(2);
      assert.deepEqual(calls(), ['REQUEST Kutsu: Uusi']);
      assert.ok(world.shown(yksi) > 0);
    });

    it('goes, at its time, to the address that was put right meanwhile', async () => {
      for (const isStopped of [false, true]) {
        world = await mailedWorld();
        const id = await imported('Yksi;yksy@x.example', dayAfterTomorrow);
        if (isStopped) await stop(id);
        const [one] = await contacts();
        assert.ok(one);
        const form = { name: 'Yksi', address: yksi, language: 'fi', series: [radio] };
        await world.bigRoom.contacts.edit(coordinator, one.id, form);
        await rename();
        await world.runs(60);
        assert.deepEqual(world.arrived(), []);
        if (isStopped) await send(id, null);
        await days(3);
        assert.deepEqual(
          world.mails.filter(({ subject }) => subject.startsWith('Kutsu')).map(({ to }) => to.address),
          [yksi],
        );
      }
    });

    it('sends at the new time where that is sooner, and what comes after it', async () => {
      const id = await imported(`Yksi;${yksi}`, { date: '2026-12-10', time: '09:00' });
      await send(id, null);
      await world.runs(60);
      assert.equal(world.arrived().length, 1);
      await rename();
      await world.runs(60);
      assert.deepEqual(calls(), ['REQUEST Uusi: nimi on nyt Uusi (oli Hankeradio)']);
    });

    it('changes nothing for those who are in the series by another way', async () => {
      await world.bigRoom.contacts.add(
        coordinator,
        contactForm({ address: 'outi@x.example', series: [radio] }),
      );
      await world.runs(60);
      world.arrived();
      const id = await imported(`Yksi;${yksi}\nOuti;outi@x.example`, dayAfterTomorrow);
      await send(id, { date: '2026-12-10', time: '09:00' });
      await rename();
      await world.runs(60);
      assert.deepEqual(
        world.mails.map(({ to }) => to.address),
        ['outi@x.example'],
      );
    });
  });

  describe('stopped', () => {
    it('holds for as long as it is stopped, longer than the list is kept, and sends all of it after that', async () => {
      const id = await imported(`Yksi;${yksi}`, dayAfterTomorrow);
      await stop(id);
      await days(2);
      await rename();
      await days(20);
      assert.deepEqual(world.arrived(), []);
      await rejectsWith(world.bigRoom.imports.undo(coordinator, id), 'undo.tooOld');
      await send(id, null);
      await world.runs(60);
      assert.deepEqual(calls(), ['REQUEST Kutsu: Uusi']);
      await days(16);
      const range = { from: 'contact-import', to: 'contact-import}', limit: 9 };
      const kept = await world.rows.range(programmePartition, range);
      assert.deepEqual(
        kept.rows.map(({ key }) => key.split('|')[0]),
        ['contact-import-line', 'contact-import'],
      );
    });

    it('sends what was stopped for months, though what left long ago is erased meanwhile', async () => {
      const id = await imported(`Yksi;${yksi}`, dayAfterTomorrow);
      await stop(id);
      world.clock.forward({ hours: 24 * 70 });
      await world.runs(5);
      await send(id, null);
      await world.bigRoom.contacts.add(
        coordinator,
        contactForm({ address: 'outi@x.example', series: [radio] }),
      );
      await world.runs(60);
      assert.deepEqual(world.mails.map(({ to }) => to.address).sort(), ['outi@x.example', yksi]);
    });

    it('holds too where it was to leave at once', async () => {
      const id = await imported(`Yksi;${yksi}`, null);
      await stop(id);
      await rename();
      await world.runs(60);
      assert.deepEqual(world.arrived(), []);
    });

    it('invites at once who signs up themselves meanwhile, by their own consent, and them alone', async () => {
      const id = await imported(`Yksi;${yksi}\nKaksi;kaksi@x.example`, dayAfterTomorrow);
      await stop(id);
      await signUp();
      await world.runs(60);
      assert.deepEqual(
        world.mails.map(({ to }) => to.address),
        [yksi],
      );
      world.arrived();
      await rename();
      await world.runs(60);
      assert.deepEqual(
        world.mails.map(({ to }) => to.address),
        [yksi],
      );
      const one = (await contacts()).find(({ address }) => address === yksi);
      assert.ok(one?.consent.given);
      assert.deepEqual([one.consent.how, one.consent.wording], ['Ilmoittautui itse', 'Saan kutsut']);
      world.arrived();
      await send(id, null);
      await world.runs(60);
      assert.deepEqual(
        world.mails.map(({ to }) => to.address),
        ['kaksi@x.example'],
      );
    });
  });

  it('invites once who signs up themselves while their import waits for its time', async () => {
    await imported(`Yksi;${yksi}`, dayAfterTomorrow);
    await signUp();
    await world.runs(60);
    assert.equal(world.arrived().length, 1);
    await signUp();
    await days(3);
    assert.equal(world.arrived().filter((each) => each.includes('Kutsu')).length, 0);
  });
});
