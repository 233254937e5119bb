import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { fieldFaults } from '../../../src/platform/errors.js';
import { deterministicId } from '../../../src/platform/ids.js';
import type { Contact } from '../../../src/audience/contact.js';
import { sortable } from '../../../src/audience/store.js';
import { coordinator, otherCoordinator, worker } from '../../make.js';
import { bodyOf, rejectsWith } from '../../world/outbox.js';
import {
  contactForm,
  remindersWorld,
  series,
  seriesId,
  type RemindersWorld,
} from '../sessions/reminders/reminders-world.js';

describe('contacts', () => {
  let world: RemindersWorld;
  const add = (more?: Readonly<Record<string, unknown>>): Promise<Contact> =>
    world.contacts.add(coordinator, contactForm(more));
  const edit = (contact: Contact, more: Readonly<Record<string, unknown>>): Promise<Contact> =>
    world.contacts.edit(coordinator, contact.id, contactForm(more));
  const stored = (contact: Contact): Promise<Contact> => world.contacts.get(coordinator, contact.id);
  const named = async (text?: string): Promise<string[]> =>
    (await world.contacts.list(coordinator, text === undefined ? {} : { text })).lines.map(
      ({ name }) => name,
    );
  const invitations = async () =>
    (await world.messages()).flatMap((message) => {
      const body = bodyOf(message);
      if (body.kind !== 'send' || body.content.kind !== 'welcome') return [];
      return [body.content];
    });

  beforeEach(async () => {
    world = remindersWorld();
    await world.keep(series(1), series(2), series(3, { isOpenToContacts: false }));
  });

  it('are stored with how and by whom they agreed', async () => {
    const contact = await add({ name: '  Outi \n Ollila ', address: ' Outi@Jarjesto.Example ' });
    assert.equal(contact.name, 'Outi Ollila');
    assert.equal(contact.address, 'outi@jarjesto.example');
    assert.deepEqual(contact.consent, {
      given: true,
      at: '2026-11-23T08:00:00Z',
      how: 'Pyysi itse sähköpostilla 2.11.',
      by: { id: 'kaisa', name: 'Kaisa' },
    });
    assert.match(contact.stopKey, /^[0-9a-f]{40}$/);
    assert.deepEqual(await stored(contact), contact);
  });

  it('are one each address, also when two people add one at once', async () => {
    const both = await Promise.allSettled([
      add(),
      world.contacts.add(
        otherCoordinator,
        contactForm({ name: 'O. Ollila', address: 'OUTI@jarjesto.example' }),
      ),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await rejectsWith(add(), 'contact.standsAlready');
    assert.equal((await named()).length, 1);
    assert.equal((await invitations()).length, 1);
  });

  it('want what is missing, field by field', async () => {
    const faultsOf = async (more: Readonly<Record<string, unknown>>): Promise<string[]> =>
      add(more).then(
        () => [],
        (error: unknown) => fieldFaults(error).map(({ field, code }) => `${field} ${code}`),
      );
    assert.deepEqual(await faultsOf({ name: ' \n', address: '', language: 'de' }), [
      'name required',
      'address required',
      'language unknownChoice',
    ]);
    for (const address of ['outi', 'outi@', '@x.fi', 'a b@c.fi', 'a@b.fi\r\nBcc: x@y.fi', 'a@b.fi, c@d.fi']) {
      assert.deepEqual(await faultsOf({ address }), ['address notAnAddress'], address);
    }
    assert.deepEqual(await faultsOf({ consent: { given: true } }), ['consent.how required']);
    assert.deepEqual(await faultsOf({ consent: { given: true, how: ' ' } }), ['consent.how required']);
    assert.deepEqual(await faultsOf({ series: [seriesId(9)] }), ['series unknownChoice']);
    assert.deepEqual(await faultsOf({ address: `${'a'.repeat(260)}@b.fi` }), ['address tooLong']);
    assert.deepEqual(await faultsOf({ organisation: 'Potilas 131052-308T' }), ['organisation personalId']);
    assert.deepEqual(await named(), []);
  });

  it('are listed as Finns sort, by pages, and found by any beginning of a name or address', async () => {
    const names = ['Östen Åberg', 'Zoe Zorn', 'Åsa Öhman', 'Anna-Maija Aho', 'Émile Zola', 'Ärla Ax'];
    for (const [index, name] of names.entries()) await add({ name, address: `x${index}@kunta.example` });
    assert.deepEqual(await named(), [
      'Anna-Maija Aho',
      'Émile Zola',
      'Zoe Zorn',
      'Åsa Öhman',
      'Ärla Ax',
      'Östen Åberg',
    ]);
    assert.deepEqual(await named('ö'), ['Åsa Öhman', 'Östen Åberg']);
    assert.deepEqual(await named('zo'), ['Zoe Zorn', 'Émile Zola'].sort());
    assert.deepEqual(await named('émile z'), ['Émile Zola']);
    assert.deepEqual(await named('X3@'), ['Anna-Maija Aho']);
    assert.deepEqual(await named('maija'), []);
    assert.deepEqual(await named('/\\#?|'), await named());
  });

  it('that fill more than a page come once each, page by page', async () => {
    for (let index = 0; index < 60; index++) {
      await add({ name: `Anna ${index} Anna`, address: `anna${index}@anna.example` });
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.contacts.list(coordinator, { text: 'an', ...(after && { after }) });
      seen.push(...page.lines.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    assert.equal(seen.length, 60);
    assert.equal(new Set(seen).size, 60);
  });

  it('are invited to what they are new in, once, and only where it is open to them', async () => {
    const contact = await add({ series: [seriesId(1), seriesId(3)] });
    assert.deepEqual(
      (await invitations()).map(({ seriesIds, people }) => [seriesIds, people]),
      [[[seriesId(1)], 1]],
    );
    await edit(contact, { name: 'Outi Uusi', series: [seriesId(1), seriesId(3)] });
    assert.equal((await invitations()).length, 1);
    await edit(contact, { series: [seriesId(1), seriesId(2)] });
    assert.equal((await invitations()).length, 2);
    const [message] = await world.messages();
    assert.equal(message?.dueAt, '2026-11-23T08:00:10Z');
  });

  it('are invited to nothing before they agree, and then to all that is theirs', async () => {
    const contact = await add({ consent: { given: false } });
    assert.deepEqual(contact.consent, { given: false, at: '2026-11-23T08:00:00Z', why: 'notAsked' });
    assert.deepEqual(await invitations(), []);
    assert.deepEqual(await world.contactIds(seriesId(1)), []);
    await edit(contact, {});
    assert.equal((await invitations()).length, 1);
    assert.deepEqual(await world.contactIds(seriesId(1)), [contact.id]);
  });

  it('leave the lists when they withdraw, and come back when they agree again', async () => {
    const contact = await add();
    const without = await edit(contact, { consent: { given: false } });
    assert.deepEqual(without.consent, { given: false, at: '2026-11-23T08:00:00Z', why: 'withdrawn' });
    assert.deepEqual(await world.contactIds(seriesId(1)), []);
    world.clock.forward({ hours: 1 });
    const again = await edit(contact, { consent: { given: true, how: 'Puhelimessa' } });
    assert.equal(again.consent.given && again.consent.how, 'Puhelimessa');
    assert.equal((await invitations()).length, 2);
  });

  it('stop their mails by the link, however often, and may take it back', async () => {
    const contact = await add();
    const { stopKey } = contact;
    await world.contacts.stop(stopKey);
    await world.contacts.stop(stopKey);
    const { consent } = await stored(contact);
    assert.ok(!consent.given && consent.why === 'unsubscribed');
    assert.deepEqual(await world.contactIds(seriesId(1)), []);
    await world.contacts.takeStopBack(stopKey);
    assert.deepEqual(await stored(contact), contact);
    assert.deepEqual(await world.contactIds(seriesId(1)), [contact.id]);
    // What they had got is not sent again.
    assert.equal((await invitations()).length, 1);
  });

  it('come back by no form once they stopped, however it is worded, nor by the link of somebody who withdrew', async () => {
    const contact = await add();
    await world.contacts.stop(contact.stopKey);
    const after = await edit(contact, { name: 'Outi Uusi' });
    assert.ok(!after.consent.given && after.name === 'Outi Uusi');
    const kept = await world.contacts.edit(coordinator, contact.id, {
      ...contactForm({ name: 'Outi Toinen' }),
      consent: undefined,
    });
    assert.ok(!kept.consent.given);
    const reworded = await edit(contact, { consent: { given: true, how: 'Pyysi takaisin' } });
    assert.deepEqual(reworded.consent, kept.consent);
    await edit(contact, { consent: { given: false } });
    await world.contacts.takeStopBack(contact.stopKey);
    assert.ok((await stored(contact)).consent.given);
    await edit(contact, { consent: { given: false } });
    await world.contacts.takeStopBack(contact.stopKey);
    const withdrawn = await stored(contact);
    assert.ok(!withdrawn.consent.given && withdrawn.consent.why === 'withdrawn');
  });

  it('take their link with them to another address', async () => {
    const contact = await add();
    const moved = await edit(contact, { address: 'outi.ollila@kunta.example' });
    assert.equal(moved.id, contact.id);
    assert.equal(moved.stopKey, contact.stopKey);
    assert.deepEqual(await world.contactIds(seriesId(1)), [moved.id]);
    assert.deepEqual(await named('outi@'), []);
    assert.equal((await invitations()).length, 2);
    await add({ name: 'Toinen' });
    await rejectsWith(edit(moved, {}), 'contact.standsAlready');
    await world.contacts.stop(contact.stopKey);
    assert.equal((await stored(moved)).consent.given, false);
  });

  it('are erased without a trace', async () => {
    const contact = await add({ series: [seriesId(1), seriesId(2)] });
    await world.contacts.remove(coordinator, contact.id);
    await rejectsWith(world.contacts.remove(coordinator, contact.id), 'contact.notFound');
    assert.equal(await world.contacts.byStopKey(contact.stopKey), undefined);
    await world.contacts.stop(contact.stopKey);
    const { rows } = await world.rows.range('test', { from: ' ', to: '~', limit: 1000 });
    const traces = rows.filter((row) => /outi|ollila|jarjesto/i.test(JSON.stringify(row)));
    assert.deepEqual(traces, []);
    assert.equal((await add()).name, 'Outi Ollila');
  });

  it('have a trail of who did what, which is erased with them but for who removed somebody', async () => {
    const contact = await add();
    await world.contacts.edit(otherCoordinator, contact.id, contactForm({ name: 'Outi O.', language: 'sv' }));
    await world.contacts.edit(otherCoordinator, contact.id, contactForm({ name: 'Outi O.', language: 'sv' }));
    await world.contacts.stop(contact.stopKey);
    await world.contacts.takeStopBack(contact.stopKey);
    await world.contacts.renewStopKey(coordinator, contact.id);
    const { lines } = await world.contacts.audit(coordinator, contact.id);
    assert.deepEqual(lines.map(({ by, event }) => `${by?.name ?? 'nobody'} ${event.action}`).sort(), [
      'Clara edit',
      'Kaisa add',
      'Kaisa renewLink',
      'nobody back',
      'nobody stop',
    ]);
    const edited = lines.find(({ event }) => event.action === 'edit')?.event;
    assert.deepEqual(edited, { action: 'edit', fields: ['name', 'language'] });
    await world.contacts.remove(otherCoordinator, contact.id);
    const found = await world.rows.range('test', { from: 'contact-audit|', to: 'contact-audit}', limit: 99 });
    const left = found.rows;
    assert.deepEqual(
      left.map(({ value }) => value),
      [{ at: '2026-11-23T08:00:00Z', by: { id: 'clara', name: 'Clara' }, event: { action: 'remove' }, v: 1 }],
    );
    const { lines: removals } = await world.contacts.removals(coordinator);
    assert.deepEqual(
      removals.map(({ by }) => by?.name),
      ['Clara'],
    );
    assert.equal(JSON.stringify(left).includes(contact.id), false);
  });

  it('leave nothing of their trail, however long it is', async () => {
    const contact = await add();
    for (let number = 1; number <= 60; number += 1) await edit(contact, { name: `Outi ${number}` });
    await world.contacts.remove(coordinator, contact.id);
    const { rows } = await world.rows.range('test', {
      from: 'contact-audit|',
      to: 'contact-audit}',
      limit: 99,
    });
    assert.deepEqual(
      rows.map(({ key }) => key.split('|')[1]),
      ['removed'],
    );
  });

  it('stay stopped when they are removed, come back by a list or a form, and move to another address and back', async () => {
    const contact = await add();
    await world.contacts.stop(contact.stopKey);
    await world.contacts.remove(coordinator, contact.id);
    const consent = { given: true, how: 'Ilmoittautui messuilla' };
    const text = 'Outi;;OUTI@jarjesto.example;fi\nAino;;aino@jarjesto.example;fi';
    const result = await world.contacts.addMany(coordinator, { text, series: [seriesId(1)], consent });
    assert.deepEqual([result.added, result.faults], [2, []]);
    assert.deepEqual(result.stopped, [
      { line: 1, text: 'Outi;;OUTI@jarjesto.example;fi', at: '2026-11-23T08:00:00Z' },
    ]);
    const [back] = (await world.contacts.list(coordinator, { text: 'outi' })).lines;
    assert.ok(back && !back.consent.given && back.consent.why === 'unsubscribed');
    assert.equal(back.stopKey, contact.stopKey);
    const moved = await edit(back, { address: 'outi@kunta.example', consent });
    assert.ok(!moved.consent.given);
    await world.contacts.remove(coordinator, moved.id);
    for (const address of ['outi@jarjesto.example', 'outi@kunta.example']) {
      const again = await add({ address });
      assert.ok(!again.consent.given, address);
      await world.contacts.remove(coordinator, again.id);
    }
    const toAnother = await add({ address: 'uusi@jarjesto.example' });
    assert.ok(!(await edit(toAnother, { address: 'outi@kunta.example' })).consent.given);
    assert.deepEqual(await world.contactIds(seriesId(1)), [
      (await world.contacts.list(coordinator, { text: 'aino' })).lines[0]?.id,
    ]);
  });

  it('are brought back by their own link alone, also after they were removed', async () => {
    const contact = await add();
    await world.contacts.stop(contact.stopKey);
    await world.contacts.remove(coordinator, contact.id);
    assert.equal((await world.contacts.suppressedByKey(contact.stopKey))?.language, 'fi');
    await world.contacts.takeStopBack(contact.stopKey);
    assert.equal(await world.contacts.suppressedByKey(contact.stopKey), undefined);
    assert.ok((await add()).consent.given);
  });

  it('come back at each address that their link has stopped', async () => {
    const contact = await add();
    await world.contacts.stop(contact.stopKey);
    const moved = await edit(contact, { address: 'outi@kunta.example' });
    await world.contacts.takeStopBack(contact.stopKey);
    assert.ok((await stored(moved)).consent.given);
    assert.ok((await add()).consent.given);
  });

  it('of an address in both its forms are one', async () => {
    await add({ address: 'ville@Äänekoski.fi' });
    for (const address of ['ville@xn--nekoski-4waa.fi', 'VILLE@XN--NEKOSKI-4WAA.FI', 'ville@äänekoski.fi'])
      await rejectsWith(add({ address }), 'contact.standsAlready');
  });

  it('get one message that they stopped, however often they do, after the time in which they may take it back', async () => {
    const contact = await add();
    const stops = async () =>
      (await world.messages()).filter(({ body }) => body.kind === 'contactStopped').map(({ dueAt }) => dueAt);
    await world.contacts.stop(contact.stopKey);
    await world.contacts.stop(contact.stopKey);
    await world.contacts.takeStopBack(contact.stopKey);
    world.clock.forward({ hours: 1 });
    await world.contacts.stop(contact.stopKey);
    assert.deepEqual(await stops(), ['2026-11-23T08:00:10Z']);
  });

  it('get another link when theirs got into wrong hands, which stops them and takes that back', async () => {
    const contact = await add();
    await world.contacts.renewStopKey(coordinator, contact.id);
    await world.contacts.stop(contact.stopKey);
    const { stopKey, consent } = await stored(contact);
    assert.ok(consent.given && stopKey !== contact.stopKey);
    await world.contacts.stop(stopKey);
    await world.contacts.renewStopKey(coordinator, contact.id);
    await world.contacts.takeStopBack(stopKey);
    assert.ok(!(await stored(contact)).consent.given);
    await world.contacts.takeStopBack((await stored(contact)).stopKey);
    assert.ok((await stored(contact)).consent.given);
  });

  it('leave nothing from which their address could be computed', async () => {
    const contact = await add({ series: [seriesId(1), seriesId(2)] });
    await edit(contact, { address: 'outi.ollila@kunta.example' });
    await world.contacts.stop(contact.stopKey);
    await world.contacts.remove(coordinator, contact.id);
    const { rows } = await world.rows.range('test', { from: ' ', to: '~', limit: 1000 });
    const stored = JSON.stringify(rows.filter(({ key }) => key !== 'hash-secret'));
    for (const address of ['outi@jarjesto.example', 'outi.ollila@kunta.example']) {
      assert.ok(!stored.includes(deterministicId('contact', address)));
      for (const text of [address, JSON.stringify(['contact', address])]) {
        const hash = createHash('sha256').update(text).digest('hex');
        assert.ok(!stored.includes(hash.slice(0, 26)));
      }
    }
    assert.deepEqual(
      rows.map(({ key }) => key.split('|')[0]).filter((name) => name?.startsWith('contact')),
      [
        // Who removed somebody, not whom.
        'contact-audit',
        'contact-stopped',
        'contact-suppressed',
        'contact-welcome',
        'contact-welcome',
        'contacts-upgraded',
      ],
    );
  });

  it('come several at once, one a line, with the faults by line', async () => {
    await add({ name: 'Tuttu', address: 'tuttu@jarjesto.example' });
    const text = [
      'Aino Aalto; Järjestö ry; aino@jarjesto.example; fi',
      '',
      'Björn Bäck;;bjorn@kommun.example;Ruotsi',
      'Cecilia\tRegionen\tcecilia@region.example\tsvenska',
      'Ei osoitetta; Järjestö; ei-osoitetta; fi',
      'Aino Taas; ; AINO@jarjesto.example; fi',
      'Dora; ; dora@x.example; klingon',
      'Tuttu; ; tuttu@jarjesto.example; fi',
      'vain nimi',
      'Potilas 131052-308T;;p@x.example;fi',
    ].join('\r\n');
    const consent = { given: true, how: 'Ilmoittautuivat messuilla' };
    const result = await world.contacts.addMany(coordinator, { text, series: [seriesId(1)], consent });
    assert.deepEqual(result, {
      added: 3,
      faults: [
        { line: 5, field: 'address', code: 'notAnAddress' },
        { line: 6, field: 'address', code: 'standsAlready' },
        { line: 7, field: 'language', code: 'unknownChoice' },
        { line: 8, field: 'address', code: 'standsAlready' },
        { line: 9, field: 'address', code: 'required' },
        { line: 9, field: 'language', code: 'required' },
        { line: 10, field: 'name', code: 'personalId' },
      ].map((fault) => ({ ...fault, text: text.split('\r\n')[fault.line - 1] })),
      stopped: [],
    });
    assert.deepEqual(await named(), ['Aino Aalto', 'Björn Bäck', 'Cecilia', 'Tuttu']);
    assert.equal((await world.contactIds(seriesId(1))).length, 4);
  });

  it('come as a list of a mail program, with one language for those who have none', async () => {
    const text = '"Virtanen, Eeva" <eeva.v@x.fi>; Åsa Öst <asa@y.fi>; Ö <ö@y.fi>\nville@Äänekoski.fi;sv-FI';
    const shared = { series: [], consent: { given: false } };
    const asked = await world.contacts.addMany(coordinator, { text, ...shared });
    assert.equal(asked.added, 1);
    assert.deepEqual(
      asked.faults.map(({ text: typed, field, code }) => [typed, field, code]),
      [
        ['"Virtanen, Eeva" <eeva.v@x.fi>', 'language', 'required'],
        ['Åsa Öst <asa@y.fi>', 'language', 'required'],
        ['Ö <ö@y.fi>', 'address', 'localPartNotAscii'],
        ['Ö <ö@y.fi>', 'language', 'required'],
      ],
    );
    const result = await world.contacts.addMany(coordinator, { text, language: 'fi', ...shared });
    assert.deepEqual(result, {
      added: 2,
      faults: [
        { line: 1, text: 'Ö <ö@y.fi>', field: 'address', code: 'localPartNotAscii' },
        { line: 2, text: 'ville@Äänekoski.fi;sv-FI', field: 'address', code: 'standsAlready' },
      ],
      stopped: [],
    });
    const { lines } = await world.contacts.list(coordinator, {});
    assert.deepEqual(
      lines.map(({ name, address, language }) => [name, address, language]),
      [
        ['ville@Äänekoski.fi', 'ville@xn--nekoski-4waa.fi', 'sv'],
        ['Virtanen, Eeva', 'eeva.v@x.fi', 'fi'],
        ['Åsa Öst', 'asa@y.fi', 'fi'],
      ],
    );
    assert.deepEqual(await named('ville@ää'), ['ville@Äänekoski.fi']);
    assert.deepEqual(await named('ville@xn--'), ['ville@Äänekoski.fi']);
  });

  it('come as a table, of which the line of names goes along with what is left', async () => {
    const text = 'Kieli;S-posti;Nimi\nsuomen;a@x.fi;A\n;b;B';
    const result = await world.contacts.addMany(coordinator, {
      text,
      language: 'sv',
      series: [],
      consent: { given: false },
    });
    assert.deepEqual(result, {
      added: 1,
      header: 'Kieli;S-posti;Nimi',
      faults: [{ line: 3, text: ';b;B', field: 'address', code: 'notAnAddress' }],
      stopped: [],
    });
  });

  it('may be typed as mail programs give them, with a name for an empty field', async () => {
    const { name, address } = await add({ name: ' ', address: '"Virtanen, Eeva" <Eeva@x.fi>;' });
    assert.deepEqual([name, address], ['Virtanen, Eeva', 'eeva@x.fi']);
    const other = await add({ name: 'Åsa', address: 'Å. Öst <mailto:asa@x.fi>' });
    assert.deepEqual([other.name, other.address], ['Åsa', 'asa@x.fi']);
    const ville = await add({ address: 'ville@äänekoski.fi' });
    assert.equal(ville.address, 'ville@xn--nekoski-4waa.fi');
    await rejectsWith(add({ address: 'VILLE@xn--nekoski-4waa.fi' }), 'contact.standsAlready');
  });

  it('come at most 500 at once', async () => {
    const text = Array.from({ length: 501 }, (_, index) => `N ${index};;n${index}@x.example;fi`).join('\n');
    const adding = world.contacts.addMany(coordinator, { text, series: [], consent: { given: false } });
    await assert.rejects(adding, (error) => fieldFaults(error)[0]?.code === 'tooMany');
    assert.deepEqual(await named(), []);
  });

  it('are the coordinator’s alone', async () => {
    const { contacts } = world;
    const contact = await add();
    for (const attempt of [
      contacts.list(worker, {}),
      contacts.get(worker, contact.id),
      contacts.add(worker, contactForm()),
      contacts.edit(worker, contact.id, contactForm()),
      contacts.renewStopKey(worker, contact.id),
      contacts.remove(worker, contact.id),
      contacts.addMany(worker, {}),
    ]) {
      await rejectsWith(attempt, 'permission.denied');
    }
  });
});

describe('sortable names', () => {
  for (const [text, expected] of [
    ['Åsa Öhman', '{sa ~hman'],
    ['A\u030Asa', '{sa'],
    ['  Émile   O’Hara/2 ', 'emile o’hara 2 '],
    ['👩🏽‍⚕️ Nurse', 'nurse'],
    ['\uD83D', ''],
    ['A|B#C?D\\E%F', 'a b c d e f'],
  ] as const) {
    it(`${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () => {
      assert.equal(sortable(text).replace(/^[^\w{}~]+/, ''), expected);
    });
  }
});
