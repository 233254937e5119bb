import assert from 'node:assert/strict';
import { programmePartition } from '../../../src/compose.js';
import type { Contact } from '../../../src/audience/contact.js';
import { occurrenceId } from '../../../src/sessions/occurrences/occurrence.js';
import { sessionFanOut } from '../../../src/sessions/fan-outs.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { seriesForm } from '../../make-sessions.js';
import { coordinator } from '../../make.js';
import { mailsWorld, type MailsWorld } from './mails-world.js';
import { contactForm } from '../sessions/reminders/reminders-world.js';

/** What calendars were invited to: the address, and which version of the series. @param sequences of the versions, in order */
function versionsIn({ mails }: MailsWorld, sequences: readonly number[]): string[] {
  return mails.flatMap(({ to, attachments }) => {
    const [file] = attachments.filter(({ type }) => type.includes('method=REQUEST'));
    const sequence = /SEQUENCE:(\d+)/.exec(file?.content ?? '')?.[1];
    return file === undefined ? [] : [`${to.address} ${sequences.indexOf(Number(sequence))}`];
  });
}

describe('invitations of contacts', () => {
  let big: MailsWorld;
  let series: Series;
  /** Those of the series, in the order of its changes. */
  let sequences: number[];
  const versionsOf = (from: MailsWorld): string[] => versionsIn(from, sequences);
  const open = { isOpenToContacts: true, joinUrl: 'https://teams.example.test/join/1' };
  const create = async (formId = 'form-one'): Promise<Series> =>
    (await big.bigRoom.series.create(coordinator, seriesForm('hankeradio', { ...open, formId }))).series;
  const add = (more: Readonly<Record<string, unknown>> = {}): Promise<Contact> =>
    big.bigRoom.contacts.add(coordinator, contactForm({ series: [series.id], ...more }));
  const noteSequence = async (): Promise<void> => {
    sequences.push((await big.bigRoom.series.get(coordinator, series.id)).series.sequence);
  };
  const change = async (fi: string): Promise<void> => {
    await big.bigRoom.series.edit(coordinator, series.id, { names: { fi, sv: fi, en: fi } });
    await noteSequence();
  };
  const address = 'outi@jarjesto.example';

  beforeEach(async () => {
    big = await mailsWorld();
    sequences = [0];
  });

  for (const after of [0, 3, 5, 8, 9, 10, 11, 15, 25]) {
    it(`leave once when somebody is added ${after} s after a series was made`, async () => {
      series = await create();
      await big.runs(after);
      await add();
      await big.runs(40);
      assert.deepEqual(versionsOf(big), [`${address} 0`]);
    });

    it(`leave once a version when somebody is added ${after} s after a series was changed`, async () => {
      series = await create();
      await big.runs(30);
      await change('Toinen');
      await big.runs(after);
      await add();
      await big.runs(40);
      assert.deepEqual(versionsOf(big), [`${address} 1`]);
    });

    it(`leave once a version when the series is changed ${after} s after somebody was added`, async () => {
      series = await create();
      await big.runs(30);
      await add();
      await big.runs(after);
      await change('Toinen');
      await big.runs(40);
      const versions = versionsOf(big);
      assert.equal(new Set(versions).size, versions.length);
      assert.equal(versions.at(-1), `${address} 1`);
    });
  }

  describe('to a draft of a series', () => {
    const draftForm = () => seriesForm('hankeradio', { ...open, formId: 'form-draft', isDraft: true });
    const publish = async () => {
      const { series: current } = await big.bigRoom.series.get(coordinator, series.id);
      return big.bigRoom.series.publish(coordinator, series.id, { auditCount: current.auditCount });
    };

    beforeEach(async () => {
      ({ series } = await big.bigRoom.series.create(coordinator, draftForm()));
    });

    it('can be chosen for, leave nothing before it is published, and then one each', async () => {
      const early = await add({ name: 'Aino', address: 'aino@jarjesto.example' });
      await add({ series: [] }).then(({ id }) =>
        big.bigRoom.contacts.edit(coordinator, id, contactForm({ series: [series.id] })),
      );
      await big.runs(600);
      await change('Toinen');
      await big.runs(600);
      assert.equal(big.mails.length, 0);
      assert.deepEqual(early.subscriptions, [series.id]);
      await publish();
      await big.runs(5);
      assert.equal(big.mails.length, 0);
      await big.runs(60);
      await big.runs(600);
      assert.deepEqual(big.mails.map(({ to }) => to.address).sort(), ['aino@jarjesto.example', address]);
    });

    for (const after of [0, 5, 9, 11, 25])
      it(`leave once when somebody is added ${after} s after it was published`, async () => {
        await add({ name: 'Aino', address: 'aino@jarjesto.example' });
        await publish();
        await big.runs(after);
        await add();
        await big.runs(60);
        assert.deepEqual(big.mails.map(({ to }) => to.address).sort(), ['aino@jarjesto.example', address]);
      });

    it('leave once when publishing is undone and done again', async () => {
      await add();
      const { undo = 0 } = await publish();
      await big.bigRoom.series.undo(coordinator, series.id, undo);
      await big.runs(600);
      assert.equal(big.mails.length, 0);
      await publish();
      await big.runs(600);
      assert.deepEqual(
        big.mails.map(({ to }) => to.address),
        [address],
      );
    });

    it('leave nothing when it is thrown away, nor when whoever was chosen leaves', async () => {
      const { id } = await add();
      await big.bigRoom.series.removeDraft(coordinator, series.id);
      await big.bigRoom.contacts.remove(coordinator, id);
      await big.runs(600);
      assert.equal(big.mails.length, 0);
    });

    it('reach nobody who has not agreed', async () => {
      await add({ consent: { given: false } });
      await publish();
      await big.runs(600);
      assert.equal(big.mails.length, 0);
    });
  });

  it('leave once a version when the series is changed twice around it', async () => {
    series = await create();
    await big.runs(30);
    await change('Toinen');
    await big.runs(3);
    await add();
    await big.runs(3);
    await change('Kolmas');
    await big.runs(40);
    assert.deepEqual(versionsOf(big), [`${address} 2`]);
  });

  it('leave once when both messages are expanded before either is sent, and a series is changed in between', async () => {
    series = await create();
    await add();
    big.clock.forward({ seconds: 20 });
    await big.expand();
    await big.send();
    assert.deepEqual(versionsOf(big), [`${address} 0`]);
    const { lines } = await big.bigRoom.fanOuts.list({ ...coordinator });
    assert.deepEqual(lines.map(({ counts }) => [counts.sent, counts.dropped]).sort(), [
      [0, 1],
      [1, 0],
    ]);
  });

  for (const after of [2, 9, 10, 11, 14]) {
    it(`go once to each address when it is changed ${after} s after somebody was added`, async () => {
      series = await create();
      const contact = await add();
      await big.runs(after);
      const moved = contactForm({ series: [series.id], address: 'outi@kunta.example' });
      await big.bigRoom.contacts.edit(coordinator, contact.id, moved);
      await big.runs(40);
      const versions = versionsOf(big);
      assert.equal(versions.filter((each) => each === 'outi@kunta.example 0').length, 1, String(versions));
      assert.ok(versions.filter((each) => each === `${address} 0`).length <= 1);
    });
  }

  it('leave again when somebody withdrew and agreed anew', async () => {
    series = await create();
    const contact = await add();
    await big.runs(30);
    const form = (consent: object) => contactForm({ series: [series.id], consent });
    await big.bigRoom.contacts.edit(coordinator, contact.id, form({ given: false }));
    await big.runs(30);
    await big.bigRoom.contacts.edit(coordinator, contact.id, form({ given: true, how: 'Puhelimessa' }));
    await big.runs(30);
    assert.deepEqual(versionsOf(big), [`${address} 0`, `${address} 0`]);
  });

  for (const [when, expected] of [
    ['before', ['0', '1']],
    ['after', ['1']],
  ] as const) {
    it(`and news of a move leave once a version when somebody is added right ${when} it`, async () => {
      series = await create();
      await big.runs(30);
      const id = occurrenceId(series.id, '2026-12-01');
      const move = async (): Promise<void> => {
        await big.bigRoom.series.move(coordinator, id, { date: '2026-12-02', time: '09:00', minutes: 30 });
        await noteSequence();
      };
      if (when === 'before') {
        await add();
        await big.runs(12);
        await move();
      } else {
        await move();
        await big.runs(4);
        await add();
      }
      await big.runs(40);
      assert.deepEqual(
        versionsOf(big),
        expected.map((sequence) => `${address} ${sequence}`),
      );
    });
  }

  it('that end reach those who were invited, and nobody else', async () => {
    series = await create();
    await add({ address: 'early@x.example' });
    await big.runs(30);
    await add({ address: 'late@x.example' });
    await big.runs(3);
    await big.bigRoom.series.end(coordinator, series.id, {});
    await big.runs(40);
    const cancelled = big.mails.filter(({ attachments }) =>
      attachments.some(({ type }) => type.includes('method=CANCEL')),
    );
    assert.deepEqual(
      cancelled.map(({ to }) => to.address),
      ['early@x.example'],
    );
    assert.ok(!big.mails.some(({ to }) => to.address === 'late@x.example'));
  });

  it('remind once, at the address that somebody has when it leaves', async () => {
    series = await create();
    await big.runs(30);
    const contact = await add();
    await big.runs(30);
    await big.bigRoom.series.edit(coordinator, series.id, {
      reminders: { offsets: [1440], ways: ['mail'] },
    });
    await big.runs(30);
    big.mails.length = 0;
    big.clock.forward({ hours: 24 * 7 - 2 });
    await big.expand();
    const moved = contactForm({ series: [series.id], address: 'outi@kunta.example' });
    await big.bigRoom.contacts.edit(coordinator, contact.id, moved);
    await big.send();
    big.clock.forward({ hours: 1 });
    await big.expand();
    await big.send();
    const reminders = big.mails.filter(({ subject }) => subject.includes('Huomenna'));
    assert.deepEqual(
      reminders.map(({ to }) => to.address),
      ['outi@kunta.example'],
    );
  });

  it('of an import are one message, however many people and series, and leave a session’s own found in a trip', async () => {
    // With three series some chunks of mail more than one.
    const people = 120;
    const all = [await create('form-one'), await create('form-two'), await create('form-three')];
    await big.runs(30);
    const before = (await big.bigRoom.fanOuts.list(coordinator)).lines.length;
    const text = Array.from({ length: people }, (_, number) => `P ${number};;p${number}@x.example;fi`).join(
      '\n',
    );
    const consent = { given: true, how: 'Messuilla' };
    const subscribed = all.map(({ id }) => id);
    const added = await big.bigRoom.contacts.addMany(coordinator, { text, series: subscribed, consent });
    assert.equal(added.added, people);
    await big.runs(12);
    const { lines } = await big.bigRoom.fanOuts.list(coordinator);
    assert.equal(lines.length, before + 1);
    const [line] = lines;
    assert.ok(line?.content.kind === 'welcome');
    assert.deepEqual(
      [line.content.people, line.counts.total, line.counts.sent],
      [people, 3 * people, 3 * people],
    );
    assert.equal(new Set(big.mails.map(({ id }) => id)).size, big.mails.length);
    assert.equal(big.mails.length, 3 * people);
    for (const { id } of all) {
      const trips = big.trips();
      const about = await big.bigRoom.fanOuts.about(coordinator, `series:${id}`);
      assert.ok(about.some((each) => each.id === line.id));
      assert.equal(big.trips() - trips, 1);
    }
    const trips = big.trips();
    const own = occurrenceId(all[0]?.id ?? ('' as never), '2026-12-01');
    assert.deepEqual(await big.bigRoom.fanOuts.about(coordinator, `occurrence:${own}`), []);
    assert.equal(big.trips() - trips, 1);
  });

  it('of an import wait until all of it is stored, and leave without the rest when it broke off', async () => {
    series = await create();
    await big.runs(30);
    const commit = big.rows.commit.bind(big.rows);
    let count = 0;
    big.rows.commit = (partition, changes) => {
      if (changes.some(({ key }) => key.startsWith('contact|')) && (count += 1) > 3)
        return Promise.reject(new Error('the process ended'));
      return commit(partition, changes);
    };
    const text = Array.from({ length: 12 }, (_, number) => `P ${number};;p${number}@x.example;fi`).join('\n');
    const consent = { given: true, how: 'Messuilla' };
    await assert.rejects(big.bigRoom.contacts.addMany(coordinator, { text, series: [series.id], consent }));
    big.rows.commit = commit;
    await big.runs(60);
    assert.deepEqual(versionsOf(big), []);
    big.clock.forward({ minutes: 6 });
    await big.runs(30);
    assert.equal(versionsOf(big).length, 3);
  });

  it('stop with one mail in the reader’s language that says how to take it back, and no other', async () => {
    series = await create();
    const contact = await add({ language: 'sv' });
    await big.runs(30);
    big.mails.length = 0;
    await big.bigRoom.contacts.stop(contact.stopKey);
    await big.runs(30);
    await big.bigRoom.contacts.stop(contact.stopKey);
    await change('Toinen');
    await big.runs(30);
    const [mail, ...others] = big.mails;
    assert.deepEqual(others, []);
    assert.equal(mail?.subject, 'Du får inga fler inbjudningar eller påminnelser');
    assert.equal(mail.unsubscribeUrl, undefined);
    assert.ok(
      mail.html.includes(`/stop/${contact.stopKey}"`) && mail.text.includes(`/stop/${contact.stopKey}\n`),
    );
    await big.bigRoom.contacts.takeStopBack(contact.stopKey);
    await big.runs(30);
    assert.equal(big.mails.length, 1);
  });

  it('stop without a mail when that is taken back at once, or the contact is removed', async () => {
    series = await create();
    const contact = await add();
    const other = await add({ address: 'b@x.example' });
    await big.runs(30);
    big.mails.length = 0;
    await big.bigRoom.contacts.stop(contact.stopKey);
    await big.bigRoom.contacts.stop(other.stopKey);
    await big.runs(4);
    await big.bigRoom.contacts.takeStopBack(contact.stopKey);
    await big.bigRoom.contacts.remove(coordinator, other.id);
    await big.runs(30);
    assert.equal(big.mails.length, 0);
  });

  it('of one contact, as older releases asked for them, are erased whole with their recipients', async () => {
    series = await create();
    const contact = await add();
    await big.runs(30);
    const content = { kind: 'invitation', seriesId: series.id, sequence: 0, contactId: contact.id } as const;
    await big.bigRoom.outbox.commit([], [sessionFanOut(content, big.clock.iso())]);
    await big.runs(2);
    // It was sent already, by the welcome.
    assert.equal(versionsOf(big).length, 1);
    big.clock.forward({ hours: 61 * 24 });
    await big.expand();
    for (let sweep = 0; sweep < 3; sweep += 1) await big.send();
    const { rows } = await big.rows.range(programmePartition, { from: 'fan', to: 'send~', limit: 1_000 });
    assert.deepEqual(
      rows.filter((row) => JSON.stringify(row).includes(contact.id)).map(({ key }) => key),
      [],
    );
  });
});
