import assert from 'node:assert/strict';
import { programmePartition } from '../../../src/compose.js';
import type { ContactImport, ImportId } from '../../../src/audience/imports/import.js';
import { fieldFaults } from '../../../src/platform/errors.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { readContactTable } from '../../../src/shared/contact-table.js';
import { coordinator, otherCoordinator, worker } from '../../make.js';
import { seriesForm } from '../../make-sessions.js';
import { rejectsWith } from '../../world/outbox.js';
import { contactForm } from '../sessions/reminders/reminders-world.js';
import { mailsWorld, type MailsWorld } from './mails-world.js';

const chunkRows = 250;

describe('an import of contacts', () => {
  let big: MailsWorld;
  let series: Series;
  const consent = { given: true, how: 'Ilmoittautui lomakkeella', on: '2026-11-02' };

  beforeEach(async () => {
    big = await mailsWorld();
    const form = seriesForm('hankeradio', {
      isOpenToContacts: true,
      joinUrl: 'https://teams.example.test/join/1',
      formId: 'form-one',
    });
    series = (await big.bigRoom.series.create(coordinator, form)).series;
    await big.runs(20);
  });

  /** A draft of a list as it was pasted, with its rows. */
  async function draft(text: string, more: Readonly<Record<string, unknown>> = {}): Promise<ContactImport> {
    const { columns, header, rows } = readContactTable(text);
    const chunks = Array.from({ length: Math.ceil(rows.length / chunkRows) }, (_, chunk) =>
      rows.slice(chunk * chunkRows, (chunk + 1) * chunkRows),
    );
    const made = await big.bigRoom.imports.create(coordinator, {
      formId: 'form-of-import',
      name: 'Järjestöt',
      columns,
      header,
      sizes: chunks.map(({ length }) => length),
      series: [series.id],
      consent,
      ...more,
    });
    for (const [chunk, some] of chunks.entries())
      await big.bigRoom.imports.addChunk(coordinator, made.id, chunk, { rows: some });
    return made;
  }
  const start = (id: ImportId, sendAt: unknown = null) =>
    big.bigRoom.imports.start(coordinator, id, { sendAt });
  const get = (id: ImportId) => big.bigRoom.imports.get(coordinator, id);
  const rows = (id: ImportId, chunk = 0) => big.bigRoom.imports.rows(coordinator, id, chunk);
  const names = async (text?: string): Promise<string[]> =>
    (await big.bigRoom.contacts.list(coordinator, text === undefined ? {} : { text })).lines.map(
      ({ name }) => name,
    );
  const add = (more: Readonly<Record<string, unknown>>) =>
    big.bigRoom.contacts.add(coordinator, contactForm(more));
  const storedRows = async () =>
    (await big.rows.range(programmePartition, { from: ' ', to: '~', limit: 20_000 })).rows;
  /** What is sent by imports, as the list of what is sent shows it. */
  const sends = async () =>
    (await big.bigRoom.fanOuts.list(coordinator)).lines
      .filter(({ content }) => content.name !== undefined)
      .map(({ content, counts }) => [content.name, counts.total, counts.sent]);

  it('shows what becomes of each row before anything is stored, and changes nothing by it', async () => {
    await add({ name: 'Olli', address: 'olli@x.example', series: [] });
    const stopped = await add({ name: 'Sisko', address: 'sisko@x.example', series: [] });
    await big.bigRoom.contacts.stop(stopped.stopKey);
    await big.runs(20);
    const { id } = await draft(
      [
        'Nimi;Sähköposti;Kieli',
        'Uusi Yksi;uusi@x.example;ruotsi',
        'Olli;OLLI@x.example;suomi',
        'Sisko;sisko@x.example;fi',
        'Virhe;virhe@;klingon',
        'Matti 131052-308T;matti@x.example;fi',
      ].join('\n'),
    );
    const checked = await rows(id);
    assert.deepEqual(
      checked.map(({ check }) => check.status),
      ['new', 'exists', 'stopped', 'faulty', 'faulty'],
    );
    assert.equal(checked[0]?.language, 'sv');
    const [, exists, , faulty, personal] = checked.map(({ check }) => check);
    assert.deepEqual(exists?.status === 'exists' && exists.added, [series.id]);
    assert.deepEqual(faulty?.status === 'faulty' && faulty.faults, [
      { field: 'address', code: 'notAnAddress' },
      { field: 'language', code: 'unknownChoice' },
    ]);
    assert.deepEqual(personal?.status === 'faulty' && personal.faults, [
      { field: 'name', code: 'personalId' },
    ]);
    assert.doesNotMatch(JSON.stringify([...(await rows(id))]), /131052/);
    assert.deepEqual(await names(), ['Olli', 'Sisko']);
  });

  for (const [when, published] of [
    ['before', 600],
    ['after', 3_600],
  ] as const)
    it(`invites to a draft by its publishing, once, ${when} what the import itself sends has left`, async () => {
      const form = seriesForm('training', { isOpenToContacts: true, formId: 'form-draft', isDraft: true });
      const { series: drawn } = await big.bigRoom.series.create(coordinator, form);
      const { id } = await draft('Yksi;yksi@x.example\nKaksi;kaksi@x.example', {
        language: 'fi',
        series: [series.id, drawn.id],
      });
      await start(id, { date: '2026-11-23', time: '10:30' });
      await big.runs(published);
      const before = big.mails.length;
      assert.equal(before, when === 'before' ? 0 : 2);
      await big.bigRoom.series.publish(coordinator, drawn.id, { auditCount: drawn.auditCount });
      await big.runs(120);
      assert.deepEqual(
        big.mails
          .slice(before)
          .map(({ to }) => to.address)
          .sort(),
        ['kaksi@x.example', 'yksi@x.example'],
      );
      await big.runs(3_600);
      assert.equal(big.mails.filter(({ to }) => to.address === 'yksi@x.example').length, 2);
    });

  it('sends nothing of its own where it only chooses people for a draft', async () => {
    const form = seriesForm('training', { isOpenToContacts: true, formId: 'form-draft', isDraft: true });
    const { series: drawn } = await big.bigRoom.series.create(coordinator, form);
    const { id } = await draft('Yksi;yksi@x.example', { language: 'fi', series: [drawn.id] });
    await start(id);
    await big.runs(600);
    const { state } = await get(id);
    assert.equal(state.status === 'done' && state.send === undefined, true);
    assert.deepEqual([big.mails, await sends()], [[], []]);
  });

  it('adds the new ones, subscribes those who are there, leaves the faulty, and invites all at once by one fan-out', async () => {
    await add({ name: 'Olli', address: 'olli@x.example', series: [], consent: { given: false } });
    const { id } = await draft(
      'Yksi;yksi@x.example\nKaksi;kaksi@x.example;sv\nOlli Toinen;olli@x.example\nVirhe;virhe\nYksi taas;YKSI@x.example',
      { language: 'fi', organisation: 'Järjestö ry' },
    );
    await start(id);
    await big.runs(40);
    const { state } = await get(id);
    assert.ok(state.status === 'done');
    assert.deepEqual(state.counts, {
      created: 2,
      changed: 1,
      unchanged: 0,
      duplicates: 1,
      stopped: 0,
      left: 1,
    });
    assert.deepEqual(await names(), ['Kaksi', 'Olli', 'Yksi']);
    assert.deepEqual(big.mails.map(({ to }) => to.address).sort(), [
      'kaksi@x.example',
      'olli@x.example',
      'yksi@x.example',
    ]);
    assert.deepEqual(await sends(), [['Järjestöt', 3, 3]]);
    const [olli] = (await big.bigRoom.contacts.list(coordinator, { text: 'olli' })).lines;
    assert.deepEqual(
      [olli?.organisation, olli?.consent.given && olli.consent.on],
      ['Järjestö ry', '2026-11-02'],
    );
    assert.equal(olli?.name, 'Olli');
    assert.deepEqual(
      (await rows(id)).map(({ row, cells }) => [row, cells[0]]),
      [[3, 'Virhe']],
    );
  });

  it('counts the second of an address for itself, also where the first stood in an earlier chunk', async () => {
    const lines = Array.from({ length: chunkRows }, (_, number) => `Nimi ${number};nimi${number}@x.example`);
    const again = ['Toinen nimi;nimi3@x.example', 'Uusi;uusi@x.example', 'Uudempi;uusi@x.example'];
    const { id } = await draft([...lines, ...again].join('\n'), { language: 'fi' });
    await start(id);
    await big.runs(10);
    const { state } = await get(id);
    assert.ok(state.status === 'done');
    assert.deepEqual(
      [state.counts.created, state.counts.unchanged, state.counts.duplicates],
      [chunkRows + 1, 0, 2],
    );
  });

  it('says in the history of who was there what a list did: not that it added them', async () => {
    const olli = await add({
      name: 'Olli',
      address: 'olli@x.example',
      series: [],
      consent: { given: false },
    });
    const pia = await add({
      name: 'Pia',
      address: 'pia@x.example',
      series: [series.id],
      consent: { given: false },
    });
    const { id } = await draft('Olli;olli@x.example\nPia;pia@x.example\nUusi;uusi@x.example', {
      language: 'fi',
    });
    await start(id);
    await big.runs(10);
    const [uusi] = (await big.bigRoom.contacts.list(coordinator, { text: 'uusi' })).lines;
    assert.ok(uusi);
    const actions = async (contact: typeof uusi) =>
      (await big.bigRoom.contacts.audit(coordinator, contact.id)).lines.map(({ event }) => event.action);
    assert.deepEqual(await actions(olli), ['importSubscribe', 'add']);
    assert.deepEqual(await actions(pia), ['importConsent', 'add']);
    assert.deepEqual(await actions(uusi), ['import']);
  });

  it('keeps whoever stopped their mails without any', async () => {
    const stopped = await add({ name: 'Sisko', address: 'sisko@x.example', series: [] });
    await big.bigRoom.contacts.stop(stopped.stopKey);
    await big.bigRoom.contacts.remove(coordinator, stopped.id);
    await big.runs(20);
    const before = big.mails.length;
    const { id } = await draft('Sisko;sisko@x.example\nUusi;uusi@x.example', { language: 'fi' });
    await start(id);
    await big.runs(40);
    const { state } = await get(id);
    assert.ok(state.status === 'done');
    assert.deepEqual([state.counts.created, state.counts.stopped, state.send?.people], [2, 1, 1]);
    assert.deepEqual(
      big.mails.slice(before).map(({ to }) => to.address),
      ['uusi@x.example'],
    );
  });

  it('sends at the time that was chosen, and nothing else to those people before', async () => {
    const { id } = await draft('Yksi;yksi@x.example', { language: 'fi' });
    await start(id, { date: '2026-11-24', time: '09:00' });
    await big.runs(30);
    await big.bigRoom.series.edit(coordinator, series.id, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
    await big.runs(30);
    assert.equal(big.mails.length, 0);
    big.clock.forward({ hours: 22 });
    await big.runs(3);
    assert.equal(big.mails.length, 0);
    big.clock.forward({ hours: 1 });
    await big.runs(30);
    assert.deepEqual(
      big.mails.map(({ to }) => to.address),
      ['yksi@x.example'],
    );
  });

  it('is refused a time that is past or very far', async () => {
    const { id } = await draft('Yksi;yksi@x.example', { language: 'fi' });
    for (const [date, code] of [
      ['2026-11-20', 'datePast'],
      ['2027-11-20', 'dateTooFar'],
    ] as const)
      await assert.rejects(start(id, { date, time: '09:00' }), (error) => {
        assert.deepEqual(fieldFaults(error), [{ field: 'sendAt.date', code }]);
        return true;
      });
  });

  it('lets what it sends be stopped before it leaves, and sent after all at another time', async () => {
    const { id } = await draft('Yksi;yksi@x.example', { language: 'fi' });
    const planned = async () => (await big.bigRoom.imports.planned(coordinator)).map(({ name }) => name);
    await start(id, { date: '2026-11-23', time: '10:30' });
    await big.runs(3);
    assert.deepEqual(await planned(), ['Järjestöt']);
    await rejectsWith(big.bigRoom.imports.planned(worker), 'permission.denied');
    await big.bigRoom.imports.stopSend(coordinator, id);
    assert.deepEqual(await planned(), []);
    big.clock.forward({ hours: 30 });
    await big.runs(30);
    await big.bigRoom.series.edit(coordinator, series.id, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
    await big.runs(30);
    assert.equal(big.mails.length, 0);
    await big.bigRoom.imports.reschedule(coordinator, id, { sendAt: null });
    await big.runs(30);
    assert.equal(big.mails.length, 1);
    assert.deepEqual(await planned(), []);
    await rejectsWith(big.bigRoom.imports.stopSend(coordinator, id), 'import.left');
    await rejectsWith(big.bigRoom.imports.undo(coordinator, id), 'import.left');
  });

  it('is undone while nothing has left: those it added are removed, those it changed are as they were', async () => {
    const olli = await add({
      name: 'Olli',
      address: 'olli@x.example',
      series: [],
      consent: { given: false },
    });
    const before = await big.bigRoom.contacts.get(coordinator, olli.id);
    const { id } = await draft('Yksi;yksi@x.example\nOlli;olli@x.example\nKaksi;kaksi@x.example', {
      language: 'fi',
    });
    await start(id, { date: '2026-11-23', time: '10:30' });
    await big.runs(3);
    await big.bigRoom.series.edit(coordinator, series.id, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
    await big.runs(30);
    assert.equal((await names()).length, 3);
    await big.bigRoom.imports.undo(otherCoordinator, id);
    await big.runs(3);
    assert.equal((await get(id)).state.status, 'undone');
    assert.deepEqual(await names(), ['Olli']);
    assert.deepEqual(await big.bigRoom.contacts.get(coordinator, olli.id), before);
    big.clock.forward({ hours: 48 });
    await big.runs(30);
    assert.equal(big.mails.length, 0);
    assert.deepEqual(
      (await storedRows()).filter(
        ({ key, value }) => key !== 'x' && /yksi@|kaksi@/.test(JSON.stringify(value)),
      ),
      [],
    );
  });

  it('goes on after a crash at any moment, and does nothing twice', async () => {
    const lines = Array.from({ length: 60 }, (_, number) => `Nimi ${number};nimi${number}@x.example`);
    await add({ name: 'Nimi 7', address: 'nimi7@x.example', series: [] });
    const { id } = await draft(lines.join('\n'), { language: 'fi' });
    await start(id);
    const { commit } = big.rows;
    let commits = 0;
    big.rows.commit = async (partition, changes) => {
      commits += 1;
      // Whoever stored something may die before they learn of it.
      await commit.call(big.rows, partition, changes);
      if (commits % 3 === 0) throw new Error('crashed');
    };
    for (let tries = 0; tries < 40; tries += 1) {
      await big.expand().catch(() => undefined);
      big.clock.forward({ seconds: 65 });
      if ((await get(id)).state.status === 'done') break;
    }
    assert.ok(commits > 9, 'it crashed several times');
    big.rows.commit = commit;
    // What failed several times is tried again after minutes.
    for (let tries = 0; tries < 60; tries += 1) {
      big.clock.forward({ seconds: 65 });
      await big.runs(1);
    }
    const { state } = await get(id);
    assert.ok(state.status === 'done');
    assert.deepEqual(state.counts, {
      created: 59,
      changed: 1,
      unchanged: 0,
      duplicates: 0,
      stopped: 0,
      left: 0,
    });
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await big.bigRoom.contacts.list(coordinator, after === undefined ? {} : { after });
      for (const { address } of page.lines) seen.add(address);
      after = page.next;
    } while (after !== undefined);
    assert.equal(seen.size, 60);
    assert.equal(new Set(big.mails.map(({ to }) => to.address)).size, 60);
    assert.equal(big.mails.length, 60);
  });

  it('takes 5,000 in three languages of which 40 are wrong: 4,960 go, in chunks, and the 40 stay to be put right', async () => {
    const words = ['suomi', 'svenska', 'en'];
    const lines = Array.from({ length: 5_000 }, (_, number) =>
      number % 125 === 0
        ? `Nimi ${number};Järjestö;väärä${number}@;suomi`
        : `Nimi ${number};Järjestö;nimi${number}@x.example;${words[number % 3] ?? ''}`,
    );
    const { id, sizes } = await draft(`Nimi;Organisaatio;Sähköposti;Kieli\n${lines.join('\n')}`, {
      series: [],
      consent: { given: false },
    });
    assert.equal(sizes.length, 20);
    await start(id);
    await big.runs(5);
    const { state } = await get(id);
    assert.ok(state.status === 'done');
    assert.deepEqual(state.counts, {
      created: 4_960,
      changed: 0,
      unchanged: 0,
      duplicates: 0,
      stopped: 0,
      left: 40,
    });
    const left = (await Promise.all(sizes.map((_, chunk) => rows(id, chunk)))).flat();
    assert.equal(left.length, 40);
    assert.deepEqual(left[1]?.cells, ['Nimi 125', 'Järjestö', 'väärä125@', 'suomi']);
  }).timeout(60_000);

  it('is put right row by row, unless somebody else was faster', async () => {
    const { id } = await draft('Yksi;yksi@;fi\nKaksi;kaksi@x.example;fi');
    const seen = { cells: ['Yksi', 'yksi@', 'fi'], isLeftOut: false };
    const cells = ['Yksi', 'yksi@x.example', 'fi'];
    const place = { chunk: 0, row: 0 };
    const edit = (more: object, by = coordinator) =>
      big.bigRoom.imports.editRow(by, id, place, { cells, isLeftOut: false, ...more }, seen);
    assert.equal((await edit({})).check.status, 'new');
    await rejectsWith(edit({ cells: ['Yksi', 'toinen@x.example', 'fi'] }, otherCoordinator), 'edit.conflict');
    const out = await big.bigRoom.imports.editRow(
      coordinator,
      id,
      { chunk: 0, row: 1 },
      { cells: ['Kaksi', 'kaksi@x.example', 'fi'], isLeftOut: true },
    );
    assert.equal(out.check.status, 'leftOut');
    await start(id);
    await big.runs(3);
    assert.deepEqual(await names(), ['Yksi']);
    await rejectsWith(edit({}), 'import.moveNotAllowed');
  });

  it('takes other columns and a default language, and what two coordinators change of it', async () => {
    const { id, columns } = await draft('Järjestö;Yksi;yksi@x.example');
    assert.deepEqual(columns, ['name', 'organisation', 'address']);
    assert.equal((await rows(id))[0]?.check.status, 'faulty');
    const settings = {
      name: 'Järjestöt',
      columns,
      series: [series.id],
      consent,
      language: null,
      organisation: null,
    };
    const edit = (more: object) =>
      big.bigRoom.imports.edit(coordinator, id, { ...settings, ...more }, settings);
    await edit({ columns: ['organisation', 'name', 'address'] });
    const both = await edit({ language: 'sv' });
    assert.deepEqual([both.columns[0], both.language], ['organisation', 'sv']);
    await rejectsWith(edit({ language: 'en' }), 'edit.conflict');
    await start(id);
    await big.runs(3);
    const [one] = (await big.bigRoom.contacts.list(coordinator, {})).lines;
    assert.deepEqual([one?.name, one?.organisation, one?.language], ['Yksi', 'Järjestö', 'sv']);
  });

  it('does not start before all of its rows have come, and is erased with them', async () => {
    const { id } = await big.bigRoom.imports.create(coordinator, {
      formId: 'form-of-half',
      name: 'Puolikas',
      columns: ['address'],
      sizes: [1, 1],
      series: [],
      consent: { given: false },
      language: 'fi',
    });
    await big.bigRoom.imports.addChunk(coordinator, id, 0, { rows: [['a@x.example']] });
    await rejectsWith(start(id), 'import.incomplete');
    await big.bigRoom.imports.discard(coordinator, id);
    await rejectsWith(get(id), 'import.notFound');
    const left = await big.rows.range(`contact-import-${id}`, { from: ' ', to: '~', limit: 10 });
    assert.deepEqual(left.rows, []);
  });

  it('is forgotten after 14 days: a draft with all of it, the others but for their counts', async () => {
    const { id: begun } = await draft('Yksi;yksi@x.example\nVirhe;virhe', { language: 'fi' });
    await start(begun);
    await big.runs(30);
    const { id: left } = await draft('Kaksi;kaksi@x.example', { formId: 'form-of-draft' });
    big.clock.forward({ hours: 24 * 15 });
    await big.runs(30);
    await rejectsWith(get(left), 'import.notFound');
    assert.notEqual((await get(begun)).forgottenAt, undefined);
    assert.deepEqual(await rows(begun), []);
    await rejectsWith(big.bigRoom.imports.undo(coordinator, begun), 'undo.tooOld');
    const kept = (await storedRows()).filter(({ key }) => key.startsWith('contact-imported|'));
    assert.deepEqual(kept, []);
  });

  it('is for those who may write to contacts', async () => {
    await rejectsWith(big.bigRoom.imports.list(worker), 'permission.denied');
    await rejectsWith(start('0'.repeat(26) as ImportId), 'import.notFound');
  });
});
