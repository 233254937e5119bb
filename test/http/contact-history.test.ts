import assert from 'node:assert/strict';
import type { Problem } from '../../src/http/problem.js';
import type { ContactAnswer, ContactRepliesAnswer } from '../../src/shared/answers/contacts.js';
import { programmePartition } from '../../src/compose.js';
import { keyedHash } from '../../src/platform/keyed-hash.js';
import { publicAddresses, publicSignatures } from '../../src/sessions/coming/links.js';
import { occurrenceId } from '../../src/sessions/occurrences/occurrence.js';
import type { Series } from '../../src/sessions/series/series.js';
import type { Contact } from '../../src/audience/contact.js';
import { coordinator } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { contactForm } from '../unit/sessions/reminders/reminders-world.js';
import { readablePartition } from '../world/partition.js';
import { httpWorld, type HttpWorld } from './world.js';

const start = '2026-12-01T07:00:00Z';

describe('what is known of a contact', () => {
  let world: HttpWorld;
  let series: Series;

  beforeEach(async () => {
    world = await httpWorld();
    series = (await world.bigRoom.series.create(coordinator, seriesForm('hankeradio'))).series;
  });

  afterEach(() => world.stop());

  const add = (more: object = {}): Promise<Contact> =>
    world.bigRoom.contacts.add(coordinator, contactForm({ series: [series.id], ...more }));
  const view = async (id: string): Promise<ContactAnswer['contact']> =>
    ((await (await world.ask('get', `/api/contacts/${id}`, 'coordinator')).json()) as ContactAnswer).contact;
  const page = (path: string, method = 'GET', body?: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(world.url + path, { method, ...(body && { body: new URLSearchParams(body) }) });

  describe('their answers', () => {
    const session = () => occurrenceId(series.id, '2026-12-01');
    const replies = async (id: string): Promise<ContactRepliesAnswer> => {
      const response = await world.ask('get', `/api/contacts/${id}/replies`, 'coordinator');
      assert.equal(response.status, 200);
      return (await response.json()) as ContactRepliesAnswer;
    };
    async function answering(contact: Contact): Promise<(answer: string) => Promise<Response>> {
      const signatures = publicSignatures(keyedHash(readablePartition(world.rows, programmePartition)));
      const { ofAnswer } = publicAddresses({ signatures, publicUrl: '' });
      const link = await ofAnswer(session(), contact, 'coming');
      assert.equal((await page(link)).status, 200);
      return (answer) => page(link, 'POST', { answer, start });
    }

    it('are those that they gave by a press, each change of mind, newest first', async () => {
      const contact = await add();
      const answer = await answering(contact);
      assert.deepEqual(await replies(contact.id), { lines: [] });
      assert.equal((await answer('coming')).status, 200);
      await answer('coming');
      await world.pass({ minutes: 5 });
      await answer('notComing');
      const event = { way: 'mail', subscription: series.id, start };
      assert.deepEqual(await replies(contact.id), {
        lines: [
          { at: '2026-11-23T08:05:00Z', event: { ...event, answer: 'notComing' } },
          { at: '2026-11-23T08:00:00Z', event: { ...event, answer: 'coming' } },
        ],
      });
    });

    it('are those of their calendar too, to one session or to the whole series', async () => {
      const contact = await add();
      const reply = {
        address: contact.address,
        uid: `${series.id}-1@bigroom.example`,
        status: 'accepted',
      } as const;
      await world.bigRoom.coming.recordReply({ ...reply, at: '2026-11-23T08:01:00Z' });
      await world.bigRoom.coming.recordReply({
        ...reply,
        status: 'declined',
        date: '2026-12-01',
        at: '2026-11-23T08:02:00Z',
      });
      const { lines } = await replies(contact.id);
      assert.deepEqual(
        lines.map(({ event }) => [event.answer, event.way, event.start]),
        [
          ['notComing', 'calendar', start],
          ['coming', 'calendar', undefined],
        ],
      );
    });

    it('go when the contact is removed, and are for coordinators alone', async () => {
      const contact = await add();
      await (
        await answering(contact)
      )('coming');
      const denied = await world.ask('get', `/api/contacts/${contact.id}/replies`, 'worker');
      assert.equal(denied.status, 403);
      assert.equal((await world.ask('del', `/api/contacts/${contact.id}`, 'coordinator')).status, 200);
      const range = { from: 'contact-reply|', to: 'contact-reply}', limit: 10 };
      assert.deepEqual((await world.rows.range(programmePartition, range)).rows, []);
      const missing = await world.ask('get', `/api/contacts/${contact.id}/replies`, 'coordinator');
      assert.equal(((await missing.json()) as Problem).code, 'contact.notFound');
    });
  });

  describe('their consent', () => {
    const notAsked = { consent: { given: false } };
    async function asked(more: object = {}): Promise<Contact> {
      const contact = await add({ ...notAsked, ...more });
      assert.equal((await world.ask('post', `/api/contacts/${contact.id}/ask`, 'coordinator')).status, 200);
      return contact;
    }

    it('is asked in words that are kept, and given by a press of the page, not by a look', async () => {
      const { id, stopKey } = await asked({ language: 'sv' });
      const before = (await view(id)).consent;
      assert.ok(!before.given && before.why === 'notAsked');
      assert.match(before.asked?.wording ?? '', /^Demo coordinator föreslog/);
      const path = `/agree/${stopKey}`;
      for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await page(path, method)).status, 200);
      assert.deepEqual((await view(id)).consent, before);
      const shown = await (await page(path)).text();
      assert.match(shown, /<html lang="sv"/);
      assert.match(await (await page(path, 'POST')).text(), /Tack/);
      const { consent } = await view(id);
      assert.ok(consent.given);
      const [question = '', ...rest] = (consent.wording ?? '').split('? ');
      assert.ok(shown.includes(`${question}?`) && rest.length > 0, consent.wording);
      assert.equal((await page(path, 'POST')).status, 200);
      assert.deepEqual((await view(id)).consent, consent);
    });

    it('is given by nobody else’s link, nor by one who was not asked or has stopped', async () => {
      const never = await add(notAsked);
      const stopped = await asked({ address: 'bo@jarjesto.example' });
      assert.equal((await page(`/stop/${stopped.stopKey}`, 'POST')).status, 200);
      const pages = await Promise.all(
        [never.stopKey, stopped.stopKey, '0'.repeat(40), 'x', '%00', '..%2f'].map(async (key) => {
          const response = await page(`/agree/${key}`, 'POST', { answer: 'yes' });
          return [response.status, (await response.text()).includes('<form')];
        }),
      );
      assert.deepEqual([...new Set(pages.map((each) => each.join()))], ['200,false']);
      assert.ok(!(await view(never.id)).consent.given);
      const { consent } = await view(stopped.id);
      assert.deepEqual([consent.given, !consent.given && consent.why], [false, 'withdrawn']);
      const again = await world.ask('post', `/api/contacts/${stopped.id}/ask`, 'coordinator');
      assert.equal(((await again.json()) as Problem).code, 'contact.notToAsk');
    });

    it('of a sign-up has the words of the box that was ticked', async () => {
      await world.bigRoom.contacts.signUp(
        { name: 'Outi Ollila', address: 'outi@jarjesto.example', language: 'fi' },
        { subscription: series.id, how: 'Sivulla', wording: 'Minulle saa lähettää sähköpostia.' },
        () => [],
      );
      const { lines } = (await (await world.ask('get', '/api/contacts?text=outi', 'coordinator')).json()) as {
        lines: ContactAnswer['contact'][];
      };
      const consent = lines[0]?.consent;
      assert.ok(consent?.given === true && consent.wording === 'Minulle saa lähettää sähköpostia.');
    });
  });

  describe('their export', () => {
    const get = (query = '', who: 'coordinator' | 'worker' = 'coordinator') =>
      world.ask('get', `/api/contacts/export${query}`, who);

    it('is a file for spreadsheets, of those that a filter wants', async () => {
      await add({ name: '=cmd()', organisation: 'Järjestö; ry' });
      await add({ name: 'Sven', address: 'sven@by.example', language: 'sv', series: [] });
      const response = await get();
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^text\/csv/);
      assert.match(response.headers.get('content-disposition') ?? '', /attachment; filename="?contacts\.csv/);
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
      const lines = bytes.toString().trimEnd().split('\r\n');
      assert.equal(lines.length, 3);
      assert.match(lines[1] ?? '', /^"?'=cmd\(\)"?;"Järjestö; ry";outi@jarjesto\.example;Suomi;Hankeradio;/);
      const swedish = (await (await get('?language=sv')).text()).trimEnd().split('\r\n');
      assert.deepEqual([swedish.length, swedish[1]?.startsWith('Sven;')], [2, true]);
    });

    it('is for coordinators, and refuses a filter that it does not know', async () => {
      assert.equal((await get('', 'worker')).status, 403);
      for (const query of ['?consent=maybe', '?language=de', '?nonsense=1', `?text=${'x'.repeat(300)}`])
        assert.equal((await get(query)).status, 400, query);
    });
  });
});
