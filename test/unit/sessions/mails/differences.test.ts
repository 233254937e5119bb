import assert from 'node:assert/strict';
import { coordinator } from '../../../make.js';
import { mailedWorld } from '../../audience/mailed-world.js';
import { contactForm, radio } from '../reminders/reminders-world.js';

describe('a mail about a change', () => {
  let world: Awaited<ReturnType<typeof mailedWorld>>;

  beforeEach(async () => {
    world = await mailedWorld({ pausedMonths: [7] });
    await world.bigRoom.contacts.add(coordinator, contactForm());
    await world.runs(30);
    world.arrived();
  });

  /** The subjects of what leaves after an act. */
  async function after(act: () => Promise<unknown>): Promise<string[]> {
    await act();
    await world.runs(60);
    return world.arrived();
  }

  const far = async (index: number) => {
    const one = (await world.bigRoom.series.upcoming(coordinator, 20, radio))[index];
    assert.ok(one);
    return one;
  };

  it('says in the subject exactly what has become otherwise', async () => {
    const { series: sessions } = world.bigRoom;
    const { id } = await far(2);
    const move = (date: string, time: string, minutes: number) => () =>
      sessions.move(coordinator, id, { date, time, minutes });
    assert.deepEqual(await after(move('2027-02-03', '09:00', 30)), [
      'REQUEST Hankeradio: 2.2. pidetäänkin ke 3.2. klo 9.00',
    ]);
    assert.deepEqual(await after(move('2027-02-03', '10:00', 30)), [
      'REQUEST Hankeradio: 3.2. alkaakin klo 10.00 (oli 9.00)',
    ]);
    assert.deepEqual(await after(move('2027-02-03', '10:00', 60)), [
      'REQUEST Hankeradio: 3.2. päättyykin klo 11.00',
    ]);
    assert.deepEqual(await after(() => sessions.cancel(coordinator, id, {})), [
      'CANCEL Hankeradio: 3.2. on peruttu',
    ]);
    assert.deepEqual(await after(() => sessions.restore(coordinator, id)), [
      'REQUEST Hankeradio: ke 3.2. klo 10.00 pidetään sittenkin',
    ]);
    const names = { fi: 'Radio', sv: 'Radion', en: 'Radio' };
    assert.deepEqual(await after(() => sessions.edit(coordinator, radio, { names })), [
      'REQUEST Radio: nimi on nyt Radio (oli Hankeradio)',
    ]);
    assert.deepEqual(await after(() => sessions.edit(coordinator, radio, { pausedMonths: [6, 7] })), [
      'REQUEST Radio: tauko: kesäkuu ja heinäkuu',
    ]);
    const from = { from: '2027-04-06', time: '10:00' };
    assert.deepEqual(await after(() => sessions.changeFrom(coordinator, radio, from)), [
      'REQUEST Radio: 6.4. alkaen klo 10.00 (oli 9.00)',
      'REQUEST Radio: 6.4. alkaen klo 10.00 (oli 9.00)',
    ]);
    const [ending] = await after(() => sessions.end(coordinator, radio, { last: '2027-05-31' }));
    assert.match(ending ?? '', /^REQUEST Radio päättyy 31\.5\.$/);
  });

  it('renews the invitation in the year in which its rule ends, once, and says so', async () => {
    const days = (until: string) => world.shown(undefined, until);
    world.clock.forward({
      seconds: (Date.parse('2028-01-10T08:00:00Z') - world.clock.now().epochMilliseconds) / 1000,
    });
    await world.runs(60);
    assert.ok(
      world.arrived().every((each) => !each.startsWith('REQUEST')),
      'not before it is needed',
    );
    const before = days('2032-12-31');
    world.clock.forward({
      seconds: (Date.parse('2029-01-10T08:00:00Z') - world.clock.now().epochMilliseconds) / 1000,
    });
    await world.runs(60);
    const renewed = 'REQUEST Hankeradio: kutsu jatkuu tuleville vuosille';
    assert.deepEqual(
      world.arrived().filter((each) => each.startsWith('REQUEST')),
      [renewed],
    );
    assert.equal(days('2032-12-31'), before + 3 * 11);
    world.clock.forward({ seconds: 86_400 });
    await world.runs(60);
    assert.deepEqual(
      world.arrived().filter((each) => each.startsWith('REQUEST')),
      [],
    );
  });

  it('lists what it is where it is more than one thing', async () => {
    const { series: sessions } = world.bigRoom;
    for (const index of [2, 3]) await sessions.cancel(coordinator, (await far(index)).id, {});
    await world.runs(60);
    const mail = world.mails.at(-1);
    assert.match(mail?.subject ?? '', /^Hankeradio: 2\.2\. on peruttu ja muita muutoksia$/);
    assert.match(mail?.text ?? '', /Mikä muuttuu\n-+\n- 2\.2\. on peruttu\n- 2\.3\. on peruttu/);
  });
});
