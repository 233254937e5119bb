import assert from 'node:assert/strict';
import type {
  ComingAnswer,
  ChoiceAnswer,
  ChoicesAnswer,
  SeriesAnswer,
} from '../../src/shared/answers/sessions.js';
import type {
  ContactAnswer,
  ContactListAnswer,
  ContactsAddedAnswer,
} from '../../src/shared/answers/contacts.js';
import type { ImportAnswer, WelcomePreviewAnswer } from '../../src/shared/answers/imports.js';
import type { Problem } from '../../src/http/problem.js';
import type { ContactId } from '../../src/platform/ids.js';
import { programmePartition } from '../../src/compose.js';
import { occurrenceId } from '../../src/sessions/occurrences/occurrence.js';
import { coordinator } from '../make.js';
import { contactForm, series, seriesId } from '../unit/sessions/reminders/reminders-world.js';
import { httpWorld, type HttpWorld } from './world.js';
import { sessionStore } from '../../src/sessions/service.js';
import { contactStore } from '../../src/audience/store.js';
import { readablePartition } from '../world/partition.js';
import { checkItip } from '../world/itip-rules.js';
import { readCalendar } from '../unit/sessions/calendar/read-calendar.js';

/** What a form of a contact was filled with. */
function seenOf({ organisation = '', ...contact }: ContactAnswer['contact']) {
  const { name, address, language, series: chosen, consent } = contact;
  return { name, organisation, address, language, series: chosen, consent };
}

describe('contacts and choices over http', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
    const store = sessionStore(readablePartition(world.rows, programmePartition));
    await store.commit(store.putSeries(undefined, series(1), []));
  });

  afterEach(() => world.stop());

  const answer = async <Value>(
    method: string,
    path: string,
    body?: unknown,
    status = 200,
  ): Promise<Value> => {
    const response = await world.ask(method, path, 'coordinator', body);
    assert.equal(response.status, status, await response.clone().text());
    return (await response.json()) as Value;
  };

  it('of an import know the days on which nobody is at work, as far as a send can be put off', async () => {
    await answer(
      'post',
      '/api/days-off',
      { formId: 'form-day-off', names: { fi: 'Siirto', sv: 'Flytt' }, first: '2026-12-07' },
      201,
    );
    const draft = {
      formId: 'form-of-import',
      name: 'Lista',
      columns: ['name', 'address'],
      language: 'fi',
      series: [],
      consent: { given: false },
      sizes: [1],
    };
    const made = await answer<ImportAnswer>('post', '/api/contacts/imports', draft, 201);
    const shown = await answer<ImportAnswer>('get', `/api/contacts/imports/${made.import.id}`);
    assert.deepEqual(shown.import.closedDays, [
      '2026-12-06',
      '2026-12-07',
      '2026-12-24',
      '2026-12-25',
      '2026-12-26',
      '2026-12-31',
      '2027-01-01',
      '2027-01-06',
    ]);
  });

  it('see the mail as it is when it leaves: the next session is the one after that time', async () => {
    const path = `/api/contacts/welcome-preview?series=${seriesId(1)}&language=fi`;
    const seen = async (more: string) =>
      (await answer<WelcomePreviewAnswer>('get', path + more)).html.replace(/<[^>]*>/g, ' ');
    const [now, later] = [await seen(''), await seen('&date=2026-12-16&time=09:00')];
    assert.notEqual(now, later);
    const next = /Seuraava kerta\s+(\S+ \d+\.\d+\.)/;
    assert.notEqual(next.exec(now)?.[1], undefined, now);
    assert.notEqual(next.exec(later)?.[1], next.exec(now)?.[1]);
    const wrong = await world.ask('get', `${path}&date=2026-02-31&time=09:00`, 'coordinator');
    assert.equal(wrong.status, 400);
  });

  it('walk from a form to a contact, a change and its end', async () => {
    const { contact } = await answer<ContactAnswer>('post', '/api/contacts', contactForm(), 201);
    assert.ok(!('stopKey' in contact));
    const path = `/api/contacts/${contact.id}`;
    assert.deepEqual(await answer('get', path), { contact });
    await answer('put', path, { ...contactForm({ name: 'Outi Uusi' }), seen: seenOf(contact) });
    const { lines } = await answer<ContactListAnswer>('get', '/api/contacts?text=uusi');
    assert.deepEqual(
      lines.map(({ name }) => name),
      ['Outi Uusi'],
    );
    const several = { text: 'Aino;;aino@x.example;fi\nBo', series: [], consent: { given: false } };
    const added = await answer<ContactsAddedAnswer>('post', '/api/contacts/several', several);
    assert.deepEqual([added.added, added.faults.length], [1, 2]);
    assert.deepEqual(await answer('del', path), {});
    const missing = await world.ask('get', path, 'coordinator');
    assert.deepEqual([missing.status, ((await missing.json()) as Problem).code], [404, 'contact.notFound']);
  });

  it('say at the field what is wrong, in the language of whoever asks', async () => {
    const response = await world.ask(
      'post',
      '/api/contacts',
      'coordinator',
      contactForm({ address: 'outi' }),
    );
    const problem = (await response.json()) as Problem;
    assert.equal(response.status, 400);
    assert.deepEqual(problem.fields, [
      {
        field: 'address',
        code: 'notAnAddress',
        text: 'Tämä ei näytä sähköpostiosoitteelta. Tarkista kirjoitusasu.',
      },
    ]);
  });

  it('show an international domain as people write it, and take it so again', async () => {
    const form = contactForm({ address: 'ville@äänekoski.fi' });
    const { contact } = await answer<ContactAnswer>('post', '/api/contacts', form, 201);
    assert.equal(contact.address, 'ville@äänekoski.fi');
    const path = `/api/contacts/${contact.id}`;
    assert.deepEqual(await answer('put', path, { ...form, name: 'Ville', seen: seenOf(contact) }), {
      contact: { ...contact, name: 'Ville' },
    });
    const stored = await world.bigRoom.contacts.get(coordinator, contact.id);
    assert.equal(stored.address, 'ville@xn--nekoski-4waa.fi');
    const groups = { groups: ['Ryhmä <ryhma@järjestö.fi>;'], seen: { groups: [] } };
    const { series: changed } = await answer<SeriesAnswer>('put', `/api/series/${seriesId(1)}`, groups);
    assert.deepEqual(changed.groups, ['ryhma@järjestö.fi']);
    const { series: seen } = await answer<SeriesAnswer>('get', `/api/series/${seriesId(1)}`);
    assert.deepEqual(seen.groups, ['ryhma@järjestö.fi']);
  });

  it('keep one’s own choices, and who cannot come', async () => {
    const { choice } = await answer<ChoiceAnswer>('put', `/api/me/sessions/${seriesId(1)}`, {
      offsets: [15],
    });
    assert.deepEqual(choice, { offsets: [15] });
    const { choices } = await answer<ChoicesAnswer>('get', '/api/me/sessions');
    assert.deepEqual(choices, { [seriesId(1)]: choice });
    const path = `/api/occurrences/${occurrenceId(seriesId(1), '2026-12-01')}/coming`;
    const given = await answer<ComingAnswer>('put', path, { answer: 'notComing' });
    assert.deepEqual([given.counts.notComing, given.mine], [1, 'notComing']);
    assert.deepEqual(await answer<ComingAnswer>('get', path), given);
  });

  describe('stop', () => {
    const add = async (more?: Readonly<Record<string, unknown>>) =>
      world.bigRoom.contacts.add(coordinator, contactForm(more));
    const isGiven = async (id: ContactId): Promise<boolean> =>
      (await world.bigRoom.contacts.get(coordinator, id)).consent.given;
    const page = async (path: string, init: RequestInit = {}): Promise<string> => {
      const response = await fetch(world.url + path, init);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
      return response.text();
    };
    const form = (body: string, type = 'application/x-www-form-urlencoded'): RequestInit => ({
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });

    it('asks in the contact’s language, and a look alone stops nothing', async () => {
      const contact = await add({ language: 'sv' });
      const html = await page(`/stop/${contact.stopKey}`, { headers: { 'accept-language': 'fi' } });
      assert.match(html, /<html lang="sv">/);
      assert.match(html, /Vill du avsluta inbjudningar och påminnelser\?/);
      assert.match(html, /adressen o…@jarjesto\.example\./);
      assert.match(html, /Testhelheten/);
      assert.doesNotMatch(html, /outi|ollila/i);
      assert.equal(await isGiven(contact.id), true);
    });

    it('stops by the button, and takes it back', async () => {
      const contact = await add();
      const { stopKey } = contact;
      const done = await page(`/stop/${stopKey}`, form(''));
      assert.match(done, /Et saa enää kutsuja etkä muistutuksia/);
      assert.equal(await isGiven(contact.id), false);
      assert.equal(await page(`/stop/${stopKey}`), done);
      const action = /action="([^"]+)"/.exec(done)?.[1] ?? '';
      assert.match(await page(action, form('')), /kuten ennenkin/);
      assert.equal(await isGiven(contact.id), true);
    });

    const chosen = (fields: Readonly<Record<string, string>>) => form(new URLSearchParams(fields).toString());
    const radio = seriesId(1);

    it('keeps what one chooses, in the language that one chooses, and says what happens', async () => {
      const contact = await add();
      const { stopKey } = contact;
      const path = `/stop/${stopKey}`;
      assert.match(await page(path), /name="series" value="0+1" checked/);
      const action = /action="([^"]+choices)"/.exec(await page(path))?.[1] ?? '';
      const less = await page(
        action,
        chosen({ shown: radio, series: radio, what: 'reminders', language: 'sv' }),
      );
      assert.match(less, /<html lang="sv">/);
      assert.match(less, /role="status">Dina val har sparats\. Du får ett meddelande/);
      const stored = () => world.bigRoom.contacts.get(coordinator, contact.id);
      assert.deepEqual([(await stored()).wants, (await stored()).language], ['reminders', 'sv']);
      const more = await page(action, chosen({ shown: radio, series: radio, what: 'both', language: 'sv' }));
      assert.match(more, /Kalenderinbjudan kommer/);
      assert.equal((await stored()).wants, undefined);
      await page(action, chosen({ shown: radio, what: 'both', language: 'fi' }));
      assert.deepEqual((await stored()).subscriptions, []);
      const { lines } = await world.bigRoom.contacts.audit(coordinator, contact.id);
      const own = lines.filter(({ event, by }) => event.action === 'choose' && by === undefined);
      assert.equal(own.length, 3, 'by nobody: by their link');
    });

    it('leaves alone what the page did not show, and changes nothing for what is no such form', async () => {
      const contact = await add();
      const path = `/stop/${contact.stopKey}/choices`;
      const other = seriesId(7);
      for (const init of [
        chosen({ what: 'both', language: 'fi' }),
        chosen({ what: 'both', language: 'fi', shown: other, series: other }),
        chosen({ shown: radio, what: 'everything', language: 'fi' }),
        chosen({ shown: radio }),
        form('{"shown":[]}', 'application/json'),
        { method: 'POST' },
      ]) {
        assert.match(await page(path, init), /Valitse, mitä lähetämme sinulle/);
        assert.deepEqual((await world.bigRoom.contacts.get(coordinator, contact.id)).subscriptions, [radio]);
      }
    });

    it('clears the calendar where one chooses so, and else offers the file that does', async () => {
      const contacts = contactStore(readablePartition(world.rows, programmePartition));
      const invited = async (address: string) => {
        const contact = await add({ address });
        const claim = { version: '0', by: 'welcome 1', at: '2026-11-23T08:00:00Z' };
        await contacts.claimVersion(contact.id, radio, claim, () => true);
        return contact;
      };
      const one = await invited('a@jarjesto.example');
      assert.match(
        await page(`/stop/${one.stopKey}`, form('calendar=on')),
        /viimeisen viestin, joka poistaa/,
      );
      const other = await invited('b@jarjesto.example');
      const done = await page(`/stop/${other.stopKey}`, form(''));
      const file = /href="(\/stop\/[^"]+\.ics)"/.exec(done)?.[1] ?? '';
      const response = await fetch(world.url + file);
      assert.match(response.headers.get('content-type') ?? '', /method=CANCEL/);
      const calendar = readCalendar(await response.text());
      checkItip(calendar);
      assert.match(String(calendar), /b@jarjesto\.example/);
      const stranger = file.replace(/\/stop\/[^/]+/, `/stop/${'0'.repeat(40)}`);
      assert.equal((await fetch(world.url + stranger)).status, 404);
    });

    it('goes on to an address that shows what a press did, but answers one click of a mail program at once', async () => {
      const { stopKey } = await add();
      const path = `/stop/${stopKey}`;
      const went = async (to: string, init: RequestInit) => {
        const answer = await fetch(world.url + to, { ...init, redirect: 'manual' });
        return [answer.status, answer.headers.get('location')];
      };
      const less = chosen({ shown: radio, series: radio, what: 'reminders', language: 'fi' });
      assert.deepEqual(await went(`${path}/choices`, less), [303, `${path}?said=savedLess`]);
      assert.match(await page(`${path}?said=savedLess`), /role="status">Valintasi on tallennettu/);
      assert.doesNotMatch(await page(`${path}?said=nonsense`), /role="status"/);
      const own = /name="from" value="([^"]+)"/.exec(await page(path))?.[1] ?? '';
      assert.deepEqual(await went(path, form(`from=${own}`)), [303, path]);
      assert.match(await page(path), /Et saa enää kutsuja/);
      assert.deepEqual(await went(`${path}/back`, form('')), [303, `${path}?said=isBack`]);
      assert.deepEqual(await went(path, form('List-Unsubscribe=One-Click')), [200, null]);
    });

    it('stops by one click of a mail program, whatever it posts', async () => {
      for (const [index, init] of [
        form('List-Unsubscribe=One-Click'),
        form(
          '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
          'multipart/form-data; boundary=x',
        ),
        { method: 'POST' },
        form('{', 'text/plain'),
      ].entries()) {
        const contact = await add({ address: `o${index}@jarjesto.example` });
        await page(`/stop/${contact.stopKey}`, init);
        assert.equal(await isGiven(contact.id), false, JSON.stringify(init));
      }
    });

    it('takes it back after the contact was removed too, and says what that means', async () => {
      const contact = await add({ language: 'sv' });
      await page(`/stop/${contact.stopKey}`, form(''));
      await world.bigRoom.contacts.remove(coordinator, contact.id);
      assert.match(await page(`/stop/${contact.stopKey}`), /Tryckte du av misstag\?/);
      assert.match(await page(`/stop/${contact.stopKey}/back`, form('')), /Du kan få inbjudningar igen/);
      assert.match(await page(`/stop/${contact.stopKey}`), /Tämä linkki ei ole enää käytössä/);
      assert.equal((await add()).consent.given, true);
    });

    it('of a link that was renewed is nobody’s', async () => {
      const contact = await add();
      await answer('post', `/api/contacts/${contact.id}/stop-key`, {});
      assert.match(await page(`/stop/${contact.stopKey}`, form('')), /Tämä linkki ei ole enää käytössä/);
      assert.equal(await isGiven(contact.id), true);
    });

    it('reveals nothing about anybody: a key of nobody, of one erased and of one who withdrew get the same answer', async () => {
      const erased = await add({ address: 'a@x.example' });
      await world.bigRoom.contacts.remove(coordinator, erased.id);
      const withdrawn = await add({ address: 'b@x.example', consent: { given: false } });
      const pages = await Promise.all(
        ['0'.repeat(40), 'nonsense', "'%20or%201", erased.stopKey, withdrawn.stopKey].flatMap((key) => [
          page(`/stop/${key}`),
          page(`/stop/${key}`, form('')),
          page(`/stop/${key}/back`, form('')),
        ]),
      );
      assert.equal(new Set(pages).size, 1);
      assert.match(pages[0] ?? '', /Tämä linkki ei ole enää käytössä/);
    });
  });
});
