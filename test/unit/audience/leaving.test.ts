import assert from 'node:assert/strict';
import { programmePartition } from '../../../src/compose.js';
import type { Contact } from '../../../src/audience/contact.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { coordinator } from '../../make.js';
import { contactForm, series, seriesId } from '../sessions/reminders/reminders-world.js';
import { mailedWorld } from './mailed-world.js';

const radio = seriesId(1);
const address = 'outi@jarjesto.example';

type World = Awaited<ReturnType<typeof mailedWorld>>;

describe('leaving', () => {
  let world: World;
  let contact: Contact;
  const off = 'CANCEL Kutsu on päättynyt: Hankeradio';

  const invited = async (more: Partial<Series> = {}): Promise<void> => {
    world = await mailedWorld(more);
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

  it('sends who wants reminders alone those, and changes without a calendar', async () => {
    await invited();
    const choose = (wants: 'reminders' | 'invitations') =>
      world.bigRoom.contacts.choose(contact.stopKey, {
        language: 'fi',
        subscriptions: [radio],
        shown: [radio],
        wants,
      });
    await choose('reminders');
    await world.runs(40);
    assert.deepEqual(world.arrived(), [
      'CANCEL Hankeradio: kutsu poistuu kalenterista, muistutukset jatkuvat',
    ]);
    const [next] = await world.bigRoom.series.upcoming(coordinator, 1, radio);
    assert.ok(next);
    await world.bigRoom.series.move(coordinator, next.id, { date: '2026-12-03', time: '12:00', minutes: 30 });
    await world.runs(60);
    const [moved] = world.mails;
    assert.doesNotMatch(moved?.text ?? '', /Liitteenä/);
    assert.deepEqual(world.arrived(), ['none Hankeradio: 1.12. pidetäänkin to 3.12. klo 12.00']);
    assert.equal(world.shown(), 0);
    const reminder = async (): Promise<string[]> => {
      const to = Date.parse('2026-12-02T10:00:30Z');
      world.clock.forward({ seconds: Math.max(0, (to - world.clock.now().epochMilliseconds) / 1000) });
      await world.runs(40);
      return world.arrived();
    };
    assert.deepEqual(await reminder(), ['none Huomenna klo 12.00: Hankeradio']);
  });

  it('says that reminders go on, in the language that was chosen by the same press', async () => {
    await invited();
    await world.bigRoom.contacts.choose(contact.stopKey, {
      language: 'sv',
      subscriptions: [radio],
      shown: [radio],
      wants: 'reminders',
    });
    await world.runs(40);
    const [mail] = world.mails;
    assert.equal(mail?.language, 'sv');
    assert.match(mail.subject, /inbjudan tas bort ur kalendern, påminnelserna fortsätter/);
    assert.match(mail.text, /Du får fortfarande e-post före varje evenemang/);
    assert.doesNotMatch(mail.text + mail.subject, /päättynyt|avslutats|upphört/);
    assert.equal(world.arrived().length, 1);
    assert.equal(world.shown(), 0);
  });

  it('sends who wants invitations alone no reminder', async () => {
    await invited();
    await world.bigRoom.contacts.choose(contact.stopKey, {
      language: 'fi',
      subscriptions: [radio],
      shown: [radio],
      wants: 'invitations',
    });
    world.clock.forward({
      seconds: (Date.parse('2026-11-30T07:00:30Z') - world.clock.now().epochMilliseconds) / 1000,
    });
    await world.runs(60);
    assert.deepEqual(world.arrived(), []);
    assert.ok(world.shown() > 10);
  });

  it('sends nothing to who was never sent anything', async () => {
    world = await mailedWorld();
    contact = await world.bigRoom.contacts.add(coordinator, contactForm());
    await world.bigRoom.contacts.remove(coordinator, contact.id);
    await world.runs(60);
    assert.deepEqual(world.arrived(), []);
    assert.equal(await leavingRows(), 0);
  });

  it('reaches who was invited by an older release, which kept nothing of it', async () => {
    world = await mailedWorld({ isOpenToContacts: false });
    contact = await world.bigRoom.contacts.add(coordinator, contactForm());
    const claim = { version: '0 before', by: 'welcome before', at: '2026-11-20T08:00:00Z' };
    await world.contacts.claimVersion(contact.id, radio, claim, () => true);
    await edit({ series: [] });
    await world.runs(60);
    assert.deepEqual(world.arrived(), [off]);
  });
});
