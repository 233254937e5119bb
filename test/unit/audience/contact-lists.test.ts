import assert from 'node:assert/strict';
import { programmePartition } from '../../../src/compose.js';
import type { Contact } from '../../../src/audience/contact.js';
import { contactsCsv } from '../../../src/audience/export.js';
import { contactService } from '../../../src/audience/service.js';
import { contactStore } from '../../../src/audience/store.js';
import { keyedHash } from '../../../src/platform/keyed-hash.js';
import type { Series } from '../../../src/sessions/series/series.js';
import { readContactTable } from '../../../src/shared/contact-table.js';
import { coordinator, worker } from '../../make.js';
import { seriesForm } from '../../make-sessions.js';
import { readablePartition } from '../../world/partition.js';
import { rejectsWith } from '../../world/outbox.js';
import { contactForm } from '../sessions/reminders/reminders-world.js';
import { mailsWorld, type MailsWorld } from './mails-world.js';

describe('lists of contacts', () => {
  let big: MailsWorld;
  let series: Series;
  const notAsked = { given: false };

  beforeEach(async () => {
    big = await mailsWorld();
    const form = seriesForm('hankeradio', { isOpenToContacts: true, formId: 'form-one' });
    series = (await big.bigRoom.series.create(coordinator, form)).series;
    await big.runs(20);
  });

  const add = (name: string, more: Readonly<Record<string, unknown>> = {}): Promise<Contact> =>
    big.bigRoom.contacts.add(
      coordinator,
      contactForm({ name, address: `${name.toLowerCase()}@x.example`, series: [], ...more }),
    );
  const named = async (filter: Parameters<typeof big.bigRoom.contacts.list>[1]): Promise<string[]> =>
    (await big.bigRoom.contacts.list(coordinator, filter)).lines.map(({ name }) => name);

  it('are of a series, an organisation, a language and a consent, and of all of these at once', async () => {
    await add('Aino', { series: [series.id], organisation: 'Kunta' });
    await add('Bo', { language: 'sv', organisation: 'Kuntaliitto', consent: notAsked });
    await add('Cia', { language: 'sv', organisation: 'Järjestö', series: [series.id] });
    assert.deepEqual(await named({ subscription: series.id }), ['Aino', 'Cia']);
    assert.deepEqual((await named({ organisation: 'kunta' })).sort(), ['Aino', 'Bo']);
    assert.deepEqual(await named({ language: 'sv' }), ['Bo', 'Cia']);
    assert.deepEqual(await named({ consent: 'notAsked' }), ['Bo']);
    assert.deepEqual(await named({ consent: 'given', language: 'sv', subscription: series.id }), ['Cia']);
    assert.deepEqual(await named({ text: 'c', language: 'sv' }), ['Cia']);
    assert.deepEqual(await named({ text: 'c', language: 'fi' }), []);
  });

  it('follow what becomes of a contact', async () => {
    const aino = await add('Aino', { organisation: 'Kunta' });
    await big.bigRoom.contacts.edit(
      coordinator,
      aino.id,
      contactForm({
        name: 'Aino',
        address: aino.address,
        organisation: '',
        language: 'sv',
        series: [series.id],
      }),
    );
    assert.deepEqual(await named({ organisation: 'kunta' }), []);
    assert.deepEqual(await named({ language: 'fi' }), []);
    assert.deepEqual(await named({ subscription: series.id, language: 'sv' }), ['Aino']);
    await big.bigRoom.contacts.remove(coordinator, aino.id);
    const left = await big.rows.range(programmePartition, {
      from: 'contact-by|',
      to: 'contact-by}',
      limit: 9,
    });
    assert.deepEqual(left.rows, []);
  });

  it('cost one trip a page, however many others there are, and go on where a page was short', async () => {
    const store = contactStore(readablePartition(big.rows, programmePartition));
    const one = await add('Zoe', { language: 'en' });
    for (let number = 0; number < 620; number += 1) {
      const copy: Contact = {
        ...one,
        id: String(number).padStart(26, '0') as Contact['id'],
        name: `Nimi ${number}`,
        language: number === 611 ? 'sv' : 'en',
        addressKey: `key-${number}`,
        stopKey: `stop-${number}`,
      };
      await store.commit(store.insert(copy));
    }
    const before = big.trips();
    const first = await big.bigRoom.contacts.list(coordinator, { consent: 'given', organisation: 'järj' });
    assert.equal(big.trips() - before, 1);
    assert.equal(first.lines.length, 50);
    const found: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await big.bigRoom.contacts.list(coordinator, {
        language: 'sv',
        organisation: 'järj',
        ...(after !== undefined && { after }),
      });
      found.push(...page.lines.map(({ name }) => name));
      after = page.next;
      pages += 1;
    } while (after !== undefined);
    assert.deepEqual(found, ['Nimi 611']);
    assert.equal(pages, 2);
    assert.equal((await big.bigRoom.contacts.all(coordinator, { consent: 'given' })).length, 621);
  });

  it('hold the contacts of an older release, which knew no such lists', async () => {
    await add('Aino');
    const { rows } = await big.rows.range(programmePartition, { from: 'contact', to: 'contacu', limit: 99 });
    const unlisted = rows.filter(({ key }) => key.startsWith('contact-by|'));
    const old = rows.filter(({ key }) => key.startsWith('contact|'));
    await big.rows.commit(programmePartition, [
      ...unlisted.map(({ key }) => ({ op: 'delete', key }) as const),
      ...old.map(({ key, value }) => {
        const { isListed: _isListed, ...before } = value as Contact;
        return { op: 'put', key, value: before } as const;
      }),
      { op: 'put', key: 'contacts-upgraded', value: { isDone: true, v: 1 } },
    ]);
    assert.deepEqual(await named({ language: 'fi' }), []);
    const again = await mailsWorld({ rows: big.rows });
    await again.bigRoom.contacts.upgradeAll();
    assert.deepEqual(await named({ language: 'fi' }), ['Aino']);
  });

  it('show whom no mail reaches, and what was mailed to each, until one does', async () => {
    big.refused.add('aino@x.example');
    const aino = await add('Aino', { series: [series.id] });
    await big.runs(20);
    assert.deepEqual(await named({ unreached: true }), ['Aino']);
    const { lines } = await big.bigRoom.contacts.mails(coordinator, aino.id);
    assert.deepEqual(
      lines.map(({ kind, result, reason }) => [kind, result, reason]),
      [['welcome', 'undeliverable', 'ErrorInvalidRecipients']],
    );
    big.refused.clear();
    await big.bigRoom.series.edit(coordinator, series.id, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
    await big.runs(30);
    assert.deepEqual(await named({ unreached: true }), []);
    const [newest] = (await big.bigRoom.contacts.mails(coordinator, aino.id)).lines;
    assert.deepEqual([newest?.kind, newest?.result], ['invitation', 'sent']);
    assert.match(newest?.subject ?? '', /Uusi/);
    await big.bigRoom.contacts.remove(coordinator, aino.id);
    const left = await big.rows.range(programmePartition, {
      from: 'contact-mail',
      to: 'contact-maim',
      limit: 9,
    });
    assert.deepEqual(left.rows, []);
  });

  it('call nobody unreached for a fault of our own mailbox, and let that change nothing that is known', async () => {
    const [aino, bo] = [
      await add('Aino', { series: [series.id] }),
      await add('Bo', { series: [series.id], language: 'sv' }),
    ];
    big.faults.push({ result: 'failed', reason: 'organiserGone' });
    big.faults.push({ result: 'failed', reason: 'notAnAddress' });
    await big.runs(20);
    const kept = await Promise.all(
      [aino, bo].map(async ({ id, name }) => {
        const [mail] = (await big.bigRoom.contacts.mails(coordinator, id)).lines;
        return [name, mail?.result, mail?.reason];
      }),
    );
    const isWithout = (reason: string) => kept.find((each) => each[2] === reason)?.[0];
    assert.deepEqual(await named({ unreached: true }), [isWithout('notAnAddress')]);
    assert.notEqual(isWithout('organiserGone'), undefined);
    for (const reason of ['organiserGone', 'ErrorAccessDenied', 'ErrorSendAsDenied'])
      big.faults.push({ result: 'failed', reason }, { result: 'failed', reason });
    await big.bigRoom.series.edit(coordinator, series.id, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
    await big.runs(30);
    assert.deepEqual(await named({ unreached: true }), [isWithout('notAnAddress')]);
  });

  it('are exported with the day on which they agreed where it is known, and the day in Finland on which that was recorded', async () => {
    const base = await add('Aino');
    assert.ok(base.consent.given);
    const late = { ...base, consent: { ...base.consent, at: '2026-11-30T22:30:00Z' } };
    const agreed = { ...late, consent: { ...late.consent, wording: 'Saammeko lähettää kutsuja?' } };
    const noted = { ...base, consent: { ...late.consent, on: '2026-11-02' } };
    const asked = {
      ...base,
      consent: { given: false, at: '2026-06-30T21:00:00Z', why: 'notAsked' } as const,
    };
    const [header, ...lines] = contactsCsv([late, agreed, noted, asked], 'fi', () => '')
      .trim()
      .split('\r\n');
    assert.ok(header?.endsWith(';Suostumuksen päivä;Merkitty'), header);
    assert.deepEqual(
      lines.map((line) => line.split(';').slice(-2)),
      [
        ['', '2026-12-01'],
        ['2026-12-01', '2026-12-01'],
        ['2026-11-02', '2026-12-01'],
        ['', '2026-07-01'],
      ],
    );
  });

  it('are refused as a file where they are more than it takes, rather than cut', async () => {
    const one = await add('Aino');
    const pageOf = 500;
    const files = (count: number) => {
      const list = async (_limit: number, { after = '0' }: { readonly after?: string }) => {
        const from = Number(after);
        await Promise.resolve();
        const lines = Array.from({ length: Math.min(pageOf, count - from) }, () => one);
        return { lines, ...(from + pageOf < count && { next: String(from + pageOf) }) };
      };
      const store = { ...contactStore(readablePartition(big.rows, programmePartition)), list };
      return contactService({
        store,
        keyedHash: keyedHash(readablePartition(big.rows)),
        subscriptions: [],
        outbox: { commit: () => Promise.resolve() },
        clock: big.clock,
        undoSeconds: 10,
      }).all(coordinator, {});
    };
    assert.equal((await files(20_000)).length, 20_000);
    await rejectsWith(files(20_001), 'contact.tooManyForFile');
  });

  it('are exported so that no cell is a formula, telephone numbers stay, and an import reads them again', async () => {
    const base = await add('Aino', { organisation: 'Kunta', series: [series.id] });
    const csv = contactsCsv(
      [
        { ...base, name: '=HYPERLINK("http://x")' },
        { ...base, name: '+cmd|calc', organisation: '@SUM(A1)' },
        { ...base, name: '+358 40 123 4567', organisation: '-5,2' },
        { ...base, name: 'Öst; "Åsa"' },
      ],
      'fi',
      () => 'Hankeradio',
    );
    assert.ok(csv.startsWith('\uFEFFNimi;Organisaatio;Sähköposti;Kieli;'));
    assert.ok(csv.includes(`"'=HYPERLINK`), csv);
    assert.ok(csv.includes(`'+cmd|calc;'@SUM(A1)`) || csv.includes(`"'+cmd|calc";"'@SUM(A1)"`), csv);
    assert.ok(csv.includes('+358 40 123 4567;-5,2'));
    const { columns, rows } = readContactTable(csv);
    assert.deepEqual(columns.slice(0, 4), ['name', 'organisation', 'address', 'language']);
    assert.deepEqual(rows[3]?.slice(0, 4), ['Öst; "Åsa"', 'Kunta', 'aino@x.example', 'Suomi']);
  });

  describe('changed together', () => {
    const bulk = (action: string, of: readonly Contact[], more: object = {}) =>
      big.bigRoom.bulk.start(coordinator, {
        formId: `form-${action}`,
        action,
        ids: of.map(({ id }) => id),
        ...more,
      });

    it('are taken out of a series, or removed, when the time for an undo is over', async () => {
      const [aino, bo] = await Promise.all([
        add('Aino', { series: [series.id] }),
        add('Bo', { series: [series.id] }),
      ]);
      const begun = await bulk('unsubscribe', [aino, bo, aino], { series: [series.id] });
      assert.equal(begun.count, 2);
      assert.deepEqual(await named({ subscription: series.id }), ['Aino', 'Bo']);
      await big.runs(15);
      assert.deepEqual(await named({ subscription: series.id }), []);
      await bulk('remove', [bo]);
      await big.runs(15);
      assert.deepEqual(await named({}), ['Aino']);
    });

    const bulkRows = async (): Promise<number> =>
      (await big.rows.range(programmePartition, { from: 'contact-bulk|', to: 'contact-bulk}', limit: 9 }))
        .rows.length;

    it('are changed once by a form that comes again, before, while and after that is done, and leave nothing', async () => {
      const all = await Promise.all(Array.from({ length: 60 }, (_, number) => add(`Nimi${number}`)));
      const begun = await bulk('remove', all);
      assert.deepEqual(await bulk('remove', all), begun);
      const { commit } = big.rows;
      let isDuring = false;
      big.rows.commit = async (partition, changes) => {
        await commit.call(big.rows, partition, changes);
        const isPartDone = changes.some(({ value }) => (value as { done?: number } | undefined)?.done === 40);
        if (!isPartDone || isDuring) return;
        isDuring = true;
        assert.deepEqual(await bulk('remove', all), begun);
      };
      await big.runs(15);
      big.rows.commit = commit;
      assert.deepEqual([isDuring, await named({}), await bulkRows()], [true, [], 0]);
      const again = await bulk('remove', all);
      assert.deepEqual([again.id, again.count], [begun.id, 60]);
      assert.equal(await bulkRows(), 0);
      await rejectsWith(big.bigRoom.bulk.undo(coordinator, begun.id), 'undo.tooLate');
      await rejectsWith(big.bigRoom.bulk.undo(coordinator, '0'.repeat(26)), 'undo.tooLate');
    });

    it('stay as they are by a form that comes again after it was called back, however often that is pressed', async () => {
      const aino = await add('Aino');
      const { id } = await bulk('remove', [aino]);
      await big.bigRoom.bulk.undo(coordinator, id);
      await big.bigRoom.bulk.undo(coordinator, id);
      await bulk('remove', [aino]);
      await big.runs(15);
      await bulk('remove', [aino]);
      await big.runs(15);
      assert.deepEqual([await named({}), await bulkRows()], [['Aino'], 0]);
    });

    it('stay as they are where that is called back in time', async () => {
      const aino = await add('Aino');
      const { id } = await bulk('remove', [aino]);
      await big.bigRoom.bulk.undo(coordinator, id);
      await big.runs(20);
      assert.deepEqual(await named({}), ['Aino']);
      const second = await big.bigRoom.bulk.start(coordinator, {
        formId: 'form-second',
        action: 'remove',
        ids: [aino.id],
      });
      await big.runs(20);
      await rejectsWith(big.bigRoom.bulk.undo(coordinator, second.id), 'undo.tooLate');
      await rejectsWith(
        big.bigRoom.bulk.start(worker, { formId: 'form-third', action: 'remove', ids: [aino.id] }),
        'permission.denied',
      );
    });
  });

  describe('asked for their consent', () => {
    it('get one mail, agree by a button and not by a look, and are then invited', async () => {
      const aino = await add('Aino', { consent: notAsked, series: [series.id] });
      await big.bigRoom.contacts.ask(coordinator, aino.id);
      await rejectsWith(big.bigRoom.contacts.ask(coordinator, aino.id), 'contact.notToAsk');
      assert.deepEqual(await named({ consent: 'asked' }), ['Aino']);
      await big.runs(20);
      const [mail] = big.mails;
      assert.equal(big.mails.length, 1);
      assert.match(mail?.subject ?? '', /^Saammeko kutsua sinut/);
      assert.ok(mail?.text.includes(`/agree/${aino.stopKey}`));
      // They read to what they say yes, and what is done with their data.
      const of = `Kutsut koskevat sarjaa ${series.names.fi}.`;
      assert.ok(mail !== undefined && mail.text.includes(of) && mail.html.includes(of), mail?.text);
      assert.ok(mail.text.includes('/privacy?language=fi') && mail.html.includes('/privacy?language=fi'));
      const { consent: asked } = await big.bigRoom.contacts.get(coordinator, aino.id);
      assert.ok(!asked.given && asked.why === 'notAsked' && asked.asked?.wording?.endsWith(of));
      const how = () => ({ how: 'Linkistä' });
      await big.bigRoom.contacts.agree(aino.stopKey, how);
      await big.bigRoom.contacts.agree(aino.stopKey, how);
      const { consent } = await big.bigRoom.contacts.get(coordinator, aino.id);
      assert.ok(consent.given && consent.how === 'Linkistä' && consent.by.name === 'Aino');
      await big.runs(30);
      assert.equal(big.mails.length, 2);
      const { lines } = await big.bigRoom.contacts.audit(coordinator, aino.id);
      assert.deepEqual(lines.map(({ event }) => event.action).sort(), ['add', 'agree', 'ask']);
      const sent = await big.bigRoom.contacts.mails(coordinator, aino.id);
      assert.deepEqual(sent.lines.map(({ kind }) => kind).sort(), ['ask', 'welcome']);
    });

    it('read of no series that is a draft, nor of one where there is none', async () => {
      const form = seriesForm('training', { isOpenToContacts: true, formId: 'form-draft', isDraft: true });
      const { series: drawn } = await big.bigRoom.series.create(coordinator, form);
      const aino = await add('Aino', { consent: notAsked, series: [drawn.id] });
      await big.bigRoom.contacts.ask(coordinator, aino.id);
      await big.runs(20);
      assert.equal(big.mails.length, 1);
      assert.doesNotMatch(big.mails[0]?.text ?? '', /Kutsut koskevat/);
    });

    it('are not asked once they stopped, agreed or withdrew, nor does the link agree for them', async () => {
      const aino = await add('Aino');
      await big.bigRoom.contacts.stop(aino.stopKey);
      await rejectsWith(big.bigRoom.contacts.ask(coordinator, aino.id), 'contact.notToAsk');
      await big.bigRoom.contacts.agree(aino.stopKey, () => ({ how: 'x' }));
      assert.ok(!(await big.bigRoom.contacts.get(coordinator, aino.id)).consent.given);
      const bo = await add('Bo', { consent: notAsked });
      await big.bigRoom.contacts.agree(bo.stopKey, () => ({ how: 'x' }));
      assert.ok(!(await big.bigRoom.contacts.get(coordinator, bo.id)).consent.given);
    });
  });
});
