import assert from 'node:assert/strict';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { outboxStore } from '../../src/delivery/outbox/store.js';
import { newsStore } from '../../src/news/store.js';
import { newsletterStore } from '../../src/newsletter/store.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { OccurrenceAnswer, SeriesAnswer, TopicAnswer } from '../../src/shared/answers/sessions.js';
import type { IssueId, NewsId, ReleaseId } from '../../src/platform/ids.js';
import { releaseStore } from '../../src/releases/store.js';
import { calendarStateStore } from '../../src/sessions/calendar/sync.js';
import { occurrenceStore } from '../../src/sessions/occurrences/store.js';
import { planStore } from '../../src/sessions/planning/store.js';
import { topicStore } from '../../src/sessions/topics/store.js';
import type { Language } from '../../src/shared/languages.js';
import {
  addressToday,
  calendarFacts,
  factsOf,
  historyPath,
  missingFacts,
  wordsGone,
  openBefore,
  ordersGone,
  readExpected,
  wordToday,
  type DataBefore,
  type ExpectedBefore,
  type OpenedBefore,
} from '../world/data-before.js';

const aino = demoPeopleByKey.aino.id;

/** A fan-out, its recipients and how far they had come, in the shapes of the code of before. */
interface HeaderBefore {
  readonly id: string;
  readonly is: { readonly state: string };
  readonly content: { readonly contactId?: string };
  readonly expansion: string;
  readonly chunks: readonly { readonly way: string }[];
}
interface RecipientBefore {
  readonly key: string;
  readonly way: string;
  readonly chat?: { readonly userId: string; readonly conversationId?: string };
}

/** The recipients of a fan-out with the letter of each: `o` is open, `u` is uncertain. */
function recipientsOf({ rows }: DataBefore, { id, expansion }: HeaderBefore) {
  const own = rows.filter(({ partition }) => partition === `send-${id}`);
  const of = (kind: string) =>
    own.filter(({ key }) => key.startsWith(`${kind}|${expansion}|`)).map(({ value }) => value);
  const letters = of('progress').map((value) => (value as { states: string }).states);
  return (of('to') as RecipientBefore[][]).flatMap((chunk, number) =>
    chunk.map((recipient, index) => ({ recipient, letter: letters[number]?.charAt(index) })),
  );
}

function headersOf({ rows }: DataBefore): HeaderBefore[] {
  return rows.filter(({ key }) => key.startsWith('send|')).map(({ value }) => value as HeaderBefore);
}

/** Where a recipient is reached: the conversation, or the mail address. */
function placeOf({ rows }: DataBefore, { key, chat }: RecipientBefore): string | undefined {
  if (chat !== undefined) return chat.conversationId ?? `a:opened-${chat.userId}`;
  const contact = rows.find((row) => row.key === key.replace('contact:', 'contact|'));
  return (contact?.value as { address?: string } | undefined)?.address;
}

/** How often each address was sent to, as `address: times`. */
function counted(places: readonly string[]): string[] {
  const times = (place: string) => places.filter((one) => one === place).length;
  return [...new Set(places)].sort().map((place) => `${place}: ${times(place)}`);
}

/** The places of those recipients of a fan-out who have one of these letters. */
function placesOf(data: DataBefore, id: string, letters: string): string[] {
  const header = headersOf(data).find((each) => each.id === id);
  assert.ok(header, id);
  const meant = recipientsOf(data, header).filter(({ letter = '' }) => letters.includes(letter));
  return meant.map(({ recipient }) => placeOf(data, recipient)).filter((place) => place !== undefined);
}

/** How often each place was sent to so far. */
const reached = ({ teams, mails }: OpenedBefore): string[] =>
  counted([...teams.sent.map(({ conversationId }) => conversationId), ...mails.map(({ to }) => to.address)]);

/** The state of a message of the outbox as it is stored, by the code of before or by today's. */
async function messageState({ rows }: OpenedBefore, id: string): Promise<string | undefined> {
  const row = await rows.get<{ state?: { status: string; waitsFor?: unknown }; is?: { state: string } }>(
    'programme',
    `outbox|${id}`,
  );
  // What reached nobody waits until they turn up; it was given up before.
  if (row?.value.state?.waitsFor !== undefined) return 'gone';
  return row?.value.state?.status ?? row?.value.is?.state;
}

describe('a data folder of before', function () {
  this.timeout('120s');
  let expected: ExpectedBefore;
  let world: OpenedBefore;

  before(async () => {
    expected = await readExpected();
  });

  const opens = async () => {
    world = await openBefore();
  };
  const closes = async () => {
    await world.stop();
    assert.deepEqual(
      world.logged.filter((line) => line.includes('row.unreadable')),
      [],
    );
  };
  const act = async (path: string, body: unknown = {}, as: string = aino): Promise<string> => {
    const answer = await world.ask('POST', path, as, body);
    const text = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${text}`);
    return text;
  };

  /** The texts of a release are those of its item, and so is their history. */
  async function pathToday(path: string, as: string | undefined): Promise<string> {
    const [, id, language] = /^\/api\/releases\/(\w+)\/texts\/(\w+)\/history$/u.exec(path) ?? [];
    if (id === undefined || language === undefined) return addressToday(path);
    const { release } = (await (await world.ask('GET', `/api/releases/${id}`, as)).json()) as ReleaseAnswer;
    return `/api/news/${release.newsId}/texts/${language}/history`;
  }

  describe('is shown', () => {
    before(async () => {
      await opens();
      // By this fan-outs of before are found by what they are about.
      await world.sweep();
    });
    after(closes);

    const parts: Readonly<Record<string, RegExp>> = {
      people: /^\/api\/(people|session|me)\b(?!s)/,
      'the overview': /^\/api\/overview/,
      news: /^\/api\/news(\/|\?|$)/,
      'the newsletter': /^\/api\/newsletter/,
      releases: /^\/api\/releases/,
      'the intranet': /^\/intranet/,
      series: /^\/api\/(series|sessions)/,
      occurrences: /^\/api\/occurrences/,
      topics: /^\/api\/topics/,
      contacts: /^\/api\/contacts/,
      'the pages that stop mails': /^\/stop/,
      'calendar files': /^\/calendar/,
      'fan-outs': /^\/api\/sends/,
      'messages that need a person': /^\/api\/outbox/,
    };

    for (const [part, pattern] of Object.entries(parts))
      it(`as it was: ${part}`, async () => {
        const answers = expected.answers.filter(({ path }) => pattern.test(path));
        assert.ok(answers.length > 0);
        const faults: string[] = [];
        for (const { path, as, status, facts } of answers) {
          const answer = await world.ask('GET', await pathToday(path, as), as);
          const text = await answer.text();
          const today = factsOf(answer.headers.get('content-type') ?? '', text);
          const calendar = calendarFacts(path, facts, text);
          const history = historyPath(path);
          const more = history && factsOf('json', await (await world.ask('GET', history, as)).text());
          const values = [...today.values, ...calendar.values, ...(more ? more.values : [])];
          const lost = missingFacts(calendar.before, {
            values: [...values, ...wordsGone(path)],
            orders: [...today.orders, ...ordersGone(path)],
          });
          if (answer.status !== status) faults.push(`${path}: ${answer.status} instead of ${status}`);
          else if (lost.length > 0) faults.push(`${path} no more says ${lost.slice(0, 5).join(', ')}`);
        }
        assert.deepEqual(faults, []);
      });

    it('row by row, also where no answer shows it', async () => {
      const programme = world.partition('programme');
      const keysOf = (kind: string) =>
        world.data.rows.flatMap(({ key }) => (key.startsWith(`${kind}|`) ? [key.split('|')] : []));
      const each = async <Id extends string>(
        kind: string,
        read: (id: Id, language: Language) => Promise<unknown>,
      ): Promise<void> => {
        const places = new Map(keysOf(kind).map((key) => [key.slice(1, 3).join('|'), key]));
        assert.ok(places.size > 0, kind);
        for (const [, id, language] of places.values())
          assert.notEqual(await read(id as Id, language as Language), undefined, `${kind}|${id}`);
      };
      const [news, newsletter, releases] = [
        newsStore(programme),
        newsletterStore(programme),
        releaseStore(programme),
      ];
      const [occurrences, topics, plan] = [
        occurrenceStore(programme),
        topicStore(programme),
        planStore(programme),
      ];
      await each('outbox', outboxStore(programme).find);
      await each('issue-audit', (id: IssueId) => newsletter.audit.page(id, 9));
      await each('news-text', (id: NewsId, language) => news.texts.page(id, language, 100));
      await each('release-text', async (id: ReleaseId) => (await releases.historyBefore(id))[0]);
      await each('series-undo', occurrences.seriesUndo);
      await each('occurrence-undo', occurrences.occurrenceUndo);
      await each('calendar', calendarStateStore(programme).calendarState);
      await each('topic', topics.topic);
      await each('topic-vote', topics.votesOf);
      await each('session-planning', plan.planning);
      await each('session-planned', plan.planned);
    });

    it('altogether', () => {
      const isCovered = ({ path }: { path: string }) => Object.values(parts).some((each) => each.test(path));
      assert.deepEqual(
        expected.answers.filter((answer) => !isCovered(answer)).map(({ path }) => path),
        [],
      );
      assert.deepEqual(world.logged, []);
    });
  });

  describe('goes on', () => {
    beforeEach(opens);
    afterEach(closes);

    it('with what waited in the outbox', async () => {
      for (let minute = 0; minute < 60; minute += 1) {
        await world.deliver();
        world.clock.forward({ minutes: 1 });
      }
      const faults: string[] = [];
      for (const [id, word] of Object.entries(expected.messages)) {
        const state = await messageState(world, id);
        if (state === undefined || wordToday(state) !== wordToday(word))
          faults.push(`${id}: ${String(state)} instead of ${word}`);
      }
      assert.deepEqual(faults, []);

      const { releases } = world.data.named;
      const front = await (await world.ask('GET', '/intranet/fi')).text();
      for (const name of ['soon', 'publishing', 'due']) assert.match(front, new RegExp(`release-${name}\\b`));
      assert.doesNotMatch(front, /release-tomorrow/);
      const tomorrow = await (await world.ask('GET', `/api/releases/${releases.tomorrow}`, aino)).text();
      assert.match(tomorrow, /scheduled/);
    });

    it('with fan-outs under way, resumed and asked for again: exactly those who were open are sent to, once', async () => {
      const { data } = world;
      const { sends } = data.named;
      const resumed = sends['half paused'] ?? '';
      const paused = sends['open paused'] ?? '';
      const [failed = ''] = Object.entries(sends)
        .filter(([name]) => name.startsWith('done '))
        .map(([, id]) => id)
        .filter((id) => placesOf(data, id, 'f').length === 1);
      await act(`/api/sends/${resumed}/resume`);
      await act(`/api/sends/${failed}/again`, { is: 'failed' });

      // A person asked to send again to the uncertain ones just before the folder was kept.
      const asked = sends['done invitation'] ?? '';
      const sending = headersOf(data).filter(({ is }) => is.state === 'sending');
      const open = sending.map(({ id }) => id);
      assert.equal(open.length, 6);
      // A contact's own invitation has the same version of the series as that to all: one of the two leaves.
      const [own = ''] = sending.filter(({ content }) => content.contactId !== undefined).map(({ id }) => id);
      assert.deepEqual(
        placesOf(data, own, 'o').filter(
          (place) => !open.some((id) => id !== own && placesOf(data, id, 'o').includes(place)),
        ),
        [],
      );
      const places = [
        ...open.flatMap((id) => (id === own ? [] : placesOf(data, id, id === asked ? 'ou' : 'o'))),
        ...placesOf(data, resumed, 'o'),
        ...placesOf(data, failed, 'f'),
      ];
      assert.ok(placesOf(data, asked, 'u').length > 0 && placesOf(data, resumed, 'o').length > 0);

      // The claims of workers that died run out within a minute.
      for (let round = 0; round < 4; round += 1) {
        await world.send();
        world.clock.forward({ seconds: 20 });
      }
      assert.deepEqual(reached(world), counted(places));
      const openOf = async (id: string): Promise<number> => {
        const answer = await world.ask('GET', `/api/sends/${id}`, aino);
        return ((await answer.json()) as { counts: { open: number } }).counts.open;
      };
      for (const id of [...open, resumed, failed]) assert.equal(await openOf(id), 0, id);
      assert.ok((await openOf(paused)) > 10);
    });
  });

  describe('can be worked with', () => {
    before(opens);
    after(closes);

    it('the newest actions are undone, and their notices are not sent', async () => {
      const { undos } = world.data.named;
      const places: Readonly<Record<string, string>> = {
        news: 'news',
        assigned: 'occurrences',
        moved: 'occurrences',
        cancelled: 'occurrences',
        series: 'series',
        newsletter: 'newsletter',
        release: 'releases',
      };
      assert.deepEqual(Object.keys(undos).sort(), Object.keys(places).sort());
      for (const [name, [id, audit]] of Object.entries(undos))
        await act(`/api/${places[name]}/${id}/undo`, { audit });
      const undone = [undos.news?.[0], undos.assigned?.[0]];
      const messages = world.data.rows.filter(({ key, value }) => {
        const about = JSON.stringify((value as { body?: { notice?: unknown } }).body?.notice ?? '');
        return key.startsWith('outbox|') && undone.some((id) => about.includes(id ?? '?'));
      });
      assert.equal(messages.length, 2);
      for (const { key } of messages)
        assert.equal(await messageState(world, key.replace('outbox|', '')), 'cancelled');
    });

    it('notes get the language that nobody had said, and then another one beside it', async () => {
      const { key, value } =
        world.data.rows.find(
          ({ key: each, value: row }) =>
            each.startsWith('occurrence|') && (row as { notes?: unknown }).notes !== undefined,
        ) ?? assert.fail('no notes');
      const { id, notes } = value as { id: string; notes: { text: string; revision: number } };
      const put = async (body: unknown) => {
        const answer = await world.ask('PUT', `/api/occurrences/${id}/notes`, aino, body);
        assert.equal(answer.status, 200, `${key}: ${await answer.clone().text()}`);
        return ((await answer.json()) as OccurrenceAnswer).occurrence.record?.notes;
      };
      const named = await put({ text: notes.text, language: 'fi', basedOn: notes.revision });
      assert.deepEqual(
        [named?.text, named?.language, named?.revision],
        [notes.text, 'fi', notes.revision + 1],
      );
      const both = await put({ text: 'Anteckningar', language: 'sv', basedOn: 0 });
      assert.deepEqual([both?.text, both?.translations?.sv?.text], [notes.text, 'Anteckningar']);
    });

    it('a topic that was proposed is put into another language', async () => {
      const { value } =
        world.data.rows.find(({ key }) => key.startsWith('topic|')) ?? assert.fail('no topic');
      const { id, text, language } = value as { id: string; text: string; language: Language };
      const translations = { [language === 'sv' ? 'fi' : 'sv']: { text: 'Toisin sanoen' } };
      const body = { translations, seen: { translations: {} } };
      const answer = await world.ask('PUT', `/api/topics/${id}/translations`, aino, body);
      const { topic } = (await answer.json()) as TopicAnswer;
      assert.deepEqual([topic.text, topic.translations], [text, translations]);
    });

    it('messages that need a person are resolved, but not those of releases', async () => {
      const answer = await world.ask('GET', '/api/outbox', aino);
      const { messages } = (await answer.json()) as {
        messages: { id: string; body: { kind: string } }[];
      };
      const [ofReleases, others] = [
        messages.filter(({ body }) => body.kind === 'release'),
        messages.filter(({ body }) => body.kind !== 'release'),
      ];
      assert.ok(ofReleases.length > 0 && others.length > 10);
      for (const { id } of ofReleases) {
        const refused = await world.ask('POST', `/api/outbox/${id}/resolve`, aino, { as: 'sent' });
        assert.equal(refused.status, 409);
      }
      const choices = ['sent', 'cancelled', 'again'];
      for (const [index, { id }] of others.entries())
        await act(`/api/outbox/${id}/resolve`, { as: choices[index % 3] });
      const left = (await (await world.ask('GET', '/api/outbox', aino)).json()) as { messages: unknown[] };
      assert.equal(left.messages.length, ofReleases.length);
    });

    it('releases that failed or are uncertain go out when they are retried', async () => {
      const { releases } = world.data.named;
      for (const name of ['failed', 'uncertain']) await act(`/api/releases/${releases[name]}/retry`);
      await world.deliver();
      await world.deliver();
      const front = await (await world.ask('GET', '/intranet/sv')).text();
      assert.match(front, /release-failed/);
      assert.match(front, /release-uncertain/);
    });

    it('a link in an old mail stops the mails, and takes that back', async () => {
      const { back, stopped } = world.data.named.stopKeys;
      const page = async (method: string, path: string) => (await world.ask(method, path)).text();
      const title = (html: string) => /<h1>(.*?)<\/h1>/s.exec(html)?.[1];
      const asks = title(await page('GET', `/stop/${back}`));
      const done = title(await page('GET', `/stop/${stopped}`));
      assert.notEqual(asks, done);
      assert.ok(done);
      await page('POST', `/stop/${stopped}/back`);
      assert.match(await page('GET', `/stop/${stopped}`), /<form/);
      await page('POST', `/stop/${stopped}`);
      assert.equal(title(await page('GET', `/stop/${stopped}`)), done);
    });

    it('news of each state moves on', async () => {
      const { news } = world.data.named;
      await act(`/api/news/${news.review}/accept`);
      await act(`/api/news/${news.changes}/resubmit`, {}, demoPeopleByKey.eeva.id);
      await act(`/api/news/${news.rejected}/reopen`);
      await act(`/api/news/${news.resubmitted}/start-review`);
      const found = await world.ask('GET', '/api/news?state=accepted', aino);
      assert.ok((await found.text()).includes(news.review ?? '?'));
    });

    it('a change of this and following is taken further', async () => {
      const { coffee } = world.data.named.series;
      const { series } = (await (
        await world.ask('GET', `/api/series/${coffee}`, aino)
      ).json()) as SeriesAnswer;
      const body = {
        seen: { segments: series.segments },
        from: '2027-02-10',
        rule: { every: 'week', interval: 1, weekdays: [4] },
        time: '10:00',
        minutes: 15,
      };
      const said = await act(`/api/series/${coffee}/change-from`, body);
      assert.match(said, /"weekdays":\[4\]/);
    });
  });
});
