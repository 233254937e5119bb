import assert from 'node:assert/strict';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { installationOf, type Installation } from '../../src/installation.js';
import { instanceOf } from '../../src/instance.js';
import { AppError } from '../../src/platform/errors.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Person } from '../../src/people/person.js';
import type { ProjectsAnswer } from '../../src/shared/answers/set-up.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import {
  buttonOf,
  buttonsOf,
  cardOf,
  invokedCard,
  Talker,
  textOf,
  typed,
  type BotAnswer,
} from '../bot/bot-world.js';
import { programme, submission } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { handClock, type HandClock } from '../world/clock.js';
import { Connector } from '../world/teams/connector.js';
import { listen, type Listening } from './listen.js';

const person = (id: string, role: Person['role'], language: Person['language'] = 'fi'): Person => ({
  id: id as PersonId,
  name: `Demo ${id}`,
  role,
  language,
  projects: [],
});
const [admin, worker] = [person('admin', 'admin'), person('worker', 'worker')];
const names = { fi: 'Lännen hankkeet', sv: 'Västra projekten', en: 'Western projects' };

/** Rows of a storage that can be away. */
class AwayRows extends MemoryRows {
  isAway = false;

  override get<Value>(...of: Parameters<MemoryRows['get']>) {
    if (this.isAway) return Promise.reject(new AppError('storage.unavailable'));
    return super.get<Value>(...of);
  }
}

describe('several programmes in one installation', () => {
  let rows: AwayRows;
  let teams: Connector;
  let installation: Installation;
  let server: Listening;
  let end: () => Promise<void>;
  let clock: HandClock;

  before(async () => {
    teams = new Connector();
    await teams.start();
  });
  after(() => teams.stop());

  beforeEach(async () => {
    clock = handClock('2026-11-23T08:00:00Z');
    const queues = () => ({
      queue: new MemoryQueue(clock),
      fanOutQueue: new MemoryQueue(clock),
      mark: new MemoryMark(),
      prepare: () => Promise.resolve(),
    });
    rows = new AwayRows();
    const adapters = testAdapters({
      rows,
      clock,
      undoSeconds: 0,
      queuesOf: queues,
      firstStart: ({ people }) => people.add(programme, [admin, worker]),
    });
    installation = installationOf(adapters);
    const instance = instanceOf(installation, undefined);
    await instance.begin();
    server = await listen(instance.server);
    end = async () => {
      await server.stop();
      await instance.stop();
    };
  });
  afterEach(() => end());

  const ask = (path: string, who?: string, body?: unknown): Promise<Response> =>
    fetch(server.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        ...(who !== undefined && { authorization: `Trial ${who}` }),
        'content-type': 'application/json',
        'accept-language': 'fi',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  const addWest = (who = 'admin', name = 'lansi') => ask('/api/programmes', who, { name, names });
  const sessionOf = async (path: string, who: string): Promise<SessionAnswer> =>
    (await (await ask(`${path}/api/session`, who)).json()) as SessionAnswer;

  async function west() {
    assert.equal((await addWest()).status, 201);
    const found = await installation.find('lansi');
    assert.ok(found);
    return found.bigRoom;
  }

  /** Its projects are those of the first programme, so that a form of one fits the other. */
  async function alikeWest() {
    const bigRoom = await west();
    await bigRoom.people.changeProgramme(admin, (there) => ({
      programme: { ...there, projects: programme.projects },
    }));
    return bigRoom;
  }

  it('is one programme until an admin makes another, and shows nobody a choice before', async () => {
    assert.equal((await sessionOf('', 'admin')).programmes, undefined);
    assert.equal((await addWest('worker')).status, 403);
    assert.equal((await addWest()).status, 201);
    const { programmes, programme: here } = await sessionOf('', 'admin');
    assert.deepEqual(here.names, programme.names);
    assert.deepEqual(
      programmes?.map(({ name, isThis }) => [name, isThis]),
      [
        ['', true],
        ['lansi', false],
      ],
    );
    assert.equal((await sessionOf('', 'worker')).programmes, undefined);
    const there = await sessionOf('/p/lansi', 'admin');
    assert.deepEqual([there.programme.names, there.person.role], [names, 'admin']);
  });

  it('refuses a name that is in use or can’t be part of an address, at its field', async () => {
    await addWest();
    const { people } = installation.first.bigRoom;
    await people.add(programme, [person('other', 'admin')]);
    for (const [who, name, code] of [
      ['other', 'lansi', 'taken'],
      ['admin', 'lansi', 'taken'],
      ['admin', 'Länsi', 'notAnAddressPart'],
      ['admin', '../x', 'notAnAddressPart'],
      ['admin', 'a', 'notAnAddressPart'],
      // No queue can be called so, and the programme could never begin.
      ['admin', 'lansi--ita', 'notAnAddressPart'],
    ] as const) {
      const answer = await addWest(who, name);
      assert.equal(answer.status, 400, name);
      const { fields } = (await answer.json()) as { fields: { field: string; code: string; text: string }[] };
      assert.deepEqual(
        fields.map(({ field, code: found }) => [field, found]),
        [['name', code]],
        name,
      );
      assert.ok((fields[0]?.text ?? '') !== '');
    }
    assert.equal((await ask('/p/lansi/api/programmes', 'admin', { name: 'ita', names })).status, 403);
  });

  it('allows a project of the name of one in another programme, and says in which', async () => {
    await west();
    const projects = '/p/lansi/api/programme/projects';
    const add = async (formId: string, fi: string): Promise<ProjectsAnswer> => {
      const answer = await ask(projects, 'admin', {
        formId,
        names: { fi, sv: `${fi} på svenska`, en: '' },
      });
      assert.equal(answer.status, 200, await answer.clone().text());
      return (await answer.json()) as ProjectsAnswer;
    };
    await add('form-0001', 'lännen oma');
    const { projects: made, namesakes } = await add('form-0002', 'hanke ELMA');
    assert.deepEqual(namesakes, [{ projectId: made.at(-1)?.id, programme: programme.names }]);
    assert.equal((await ask(projects, 'worker')).status, 401);
  });

  it('keeps people, news and rights of the programmes apart', async () => {
    const bigRoom = await west();
    await bigRoom.people.add(programme, [person('lauri', 'worker')]);
    const { item } = await installation.first.bigRoom.news.submit(worker, submission());
    for (const path of ['/api/session', '/api/news/mine', `/api/news/${item.id}`]) {
      assert.equal((await ask(`/p/lansi${path}`, 'worker')).status, 401, path);
      assert.equal((await ask(path, 'lauri')).status, 401, path);
      assert.equal((await ask(`/p/lansi${path}`)).status, 401, path);
    }
    assert.equal((await ask(`/p/lansi/api/news/${item.id}`, 'lauri')).status, 404);
    assert.equal((await ask(`/api/news/${item.id}`, 'worker')).status, 200);
    assert.deepEqual((await bigRoom.news.mine(worker)).lines, []);
  });

  it('gives who makes it nothing there that is of the first one', async () => {
    const { people } = installation.first.bigRoom;
    const busy = { ...person('busy', 'admin'), projects: programme.projects.map(({ id }) => id).slice(0, 1) };
    await people.add(programme, [busy]);
    assert.equal((await addWest('busy')).status, 201);
    const found = await installation.find('lansi');
    assert.deepEqual(await found?.bigRoom.people.get(busy.id), { ...busy, projects: [] });
  });

  it('keeps the rows of two imports apart that one person began with the same form', async () => {
    const there = await west();
    const kinds = ['name', 'address'];
    const rooms = [installation.first.bigRoom, there];
    const shown = [];
    for (const [index, { imports }] of rooms.entries()) {
      const { id } = await imports.create(admin, {
        formId: 'form-of-both',
        name: 'Lista',
        columns: kinds,
        sizes: [1],
        series: [],
        consent: { given: true, how: 'Messut', on: '2026-11-02' },
      });
      await imports.addChunk(admin, id, 0, { rows: [[`Olli ${String(index)}`, 'olli@x.example']] });
      shown.push((await imports.rows(admin, id, 0)).map(({ cells }) => cells[0]));
    }
    assert.deepEqual(shown, [['Olli 0'], ['Olli 1']]);
  });

  it('takes nobody in by their being new, but in the first programme', async () => {
    const bigRoom = await west();
    const stranger = { aadObjectId: 'stranger', id: '29:stranger', name: 'Siv Exempel' };
    await assert.rejects(bigRoom.people.byTeamsUser(stranger), { code: 'signIn.notMember' });
    assert.equal((await installation.first.bigRoom.people.byTeamsUser(stranger)).role, 'worker');
  });

  it('leads to each programme, its files and its pages, and nowhere for another name', async () => {
    await west();
    const { headers, status } = await ask('/p/lansi?x=1');
    assert.deepEqual([status, headers.get('location')], [308, '/p/lansi/?x=1']);
    for (const path of ['/p/ita/api/session', '/p/ita/privacy', '/p/LANSI/api/session', '/p//api/session'])
      assert.equal((await ask(path, 'admin')).status, 404, path);
    const page = await (await ask('/p/lansi/privacy')).text();
    assert.match(page, /href="\/p\/lansi\/privacy\?language=sv"/);
    assert.match(page, /Lännen hankkeet/);
    assert.doesNotMatch(page, / href="\/(?!p\/lansi\/)/);
    assert.match(await (await ask('/privacy')).text(), /href="\/privacy\?language=sv"/);
  });

  it('is found by other instances, and begun where they made it', async () => {
    await west();
    const other = installationOf(installation.first.adapters);
    assert.deepEqual(
      (await other.all()).map(({ place }) => place.name),
      ['', 'lansi'],
    );
  });

  describe('in the chat', () => {
    async function post(body: string): Promise<BotAnswer> {
      const before = teams.sent.length;
      const answer = await fetch(`${server.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await answer.text();
      const sent = teams.sent.slice(before).filter(({ activity }) => activity.type !== 'typing');
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), sent };
    }
    const talker = (name: string) => new Talker({ post, teams }, name, {});

    it('talks for the programme of who writes, and cards lead back to theirs', async () => {
      const bigRoom = await alikeWest();
      await bigRoom.people.add(programme, [person('lauri', 'worker')]);
      const lauri = talker('lauri');
      const form = cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]);
      const { data } = buttonOf(form, 'news.submit');
      assert.equal(data.programme, 'lansi');
      // Somebody who is in both talks in the first one, but what a card asks for goes where the card is from.
      await installation.first.bigRoom.people.add(programme, [person('lauri', 'worker')]);
      const own = buttonOf(cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]), 'news.submit');
      assert.equal(own.data.programme, undefined);
      const receipt = invokedCard(await lauri.execute('news.submit', { ...data, ...typed }));
      assert.equal(buttonOf(receipt, 'news.edit').data.programme, 'lansi');
      const lauriHere = person('lauri', 'worker');
      assert.equal((await installation.first.bigRoom.news.mine(lauriHere)).lines.length, 0);
      assert.equal((await bigRoom.news.mine(lauriHere)).lines.length, 1);
    });

    it('takes a card of the first programme to the first one, also from who was removed there and is in another', async () => {
      const bigRoom = await alikeWest();
      const lauri = talker('lauri');
      await installation.first.bigRoom.people.add(programme, [person('lauri', 'worker')]);
      const { data } = buttonOf(cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]), 'news.submit');
      await bigRoom.people.add(programme, [person('lauri', 'worker')]);
      await installation.first.bigRoom.members.remove(admin, 'lauri' as PersonId);
      const answer = invokedCard(await lauri.execute('news.submit', { ...data, ...typed }));
      assert.doesNotMatch(textOf(answer), /Kiitos/);
      const lauriThere = person('lauri', 'worker');
      assert.deepEqual((await bigRoom.news.mine(lauriThere)).lines, []);
      assert.deepEqual((await installation.first.bigRoom.news.mine(lauriThere)).lines, []);
    });

    it('puts nothing elsewhere where a card names a programme that is not known', async () => {
      await alikeWest();
      const of = talker('worker');
      const { data } = buttonOf(cardOf((await of.sends({ text: 'uutinen' })).sent[0]), 'news.submit');
      const answer = await of.execute('news.submit', { ...data, ...typed, programme: 'ita' });
      assert.equal(buttonOf(invokedCard(answer), 'news.submit').data.programme, 'ita');
      assert.deepEqual((await installation.first.bigRoom.news.mine(worker)).lines, []);
    });

    for (const others of [0, 1])
      it(`answers while the storage is away, and draws the form of its programme again (${String(others)} others)`, async () => {
        const lauri = talker('lauri');
        const home = others === 1 ? await alikeWest() : installation.first.bigRoom;
        await home.people.add(programme, [person('lauri', 'worker')]);
        const { data } = buttonOf(cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]), 'news.submit');
        const filled = { ...data, ...typed };
        rows.isAway = true;
        clock.forward({ minutes: 5 });
        const refused = invokedCard(await lauri.execute('news.submit', filled));
        assert.match(textOf(refused), /Yritä/);
        assert.equal(buttonOf(refused, 'news.submit').data.programme, others === 1 ? 'lansi' : undefined);
        const { status, sent } = await lauri.sends({ text: 'omat' });
        assert.equal(status, 200);
        assert.equal(sent.length, 1);
        rows.isAway = false;
        assert.ok(buttonOf(invokedCard(await lauri.execute('news.submit', filled)), 'news.edit'));
        assert.equal((await home.news.mine(person('lauri', 'worker'))).lines.length, 1);
      });

    async function inBoth() {
      const bigRoom = await alikeWest();
      await bigRoom.people.add(programme, [person('lauri', 'worker')]);
      await installation.first.bigRoom.people.add(programme, [person('lauri', 'worker')]);
      return { west: bigRoom, lauri: talker('lauri') };
    }

    it('talks with the programme that somebody chooses who is in several, and names it on their cards', async () => {
      const { lauri } = await inBoth();
      const help = cardOf((await lauri.sends({ text: 'apua' })).sent[0]);
      assert.ok(textOf(help).includes(`${programme.names.fi} · Big Room`), textOf(help));
      assert.ok(buttonOf(help, 'programme.open'));
      for (const text of ['ohjelma', 'Hankekokonaisuus', 'projekthelhet', 'programme']) {
        const asked = cardOf((await lauri.sends({ text })).sent[0]);
        assert.equal(
          buttonsOf(asked).filter(({ verb }) => verb === 'programme.choose').length,
          2,
          `${text}: ${textOf(asked)}`,
        );
      }
      const chosen = invokedCard(await lauri.execute('programme.choose', { name: 'lansi' }));
      assert.match(textOf(chosen), /Nyt puhumme hankekokonaisuudesta Lännen hankkeet/);
      assert.equal(buttonOf(chosen, 'help.open').data.programme, 'lansi');
      const form = cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]);
      assert.equal(buttonOf(form, 'news.submit').data.programme, 'lansi');
      assert.match(textOf(form), /Lännen hankkeet · Uusi uutinen/);
    });

    it('keeps buttons with their card’s programme, whatever was chosen since, and leads back', async () => {
      const { west: bigRoom, lauri } = await inBoth();
      const { data } = buttonOf(cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]), 'news.submit');
      await lauri.execute('programme.choose', { name: 'lansi' });
      await lauri.execute('news.submit', { ...data, ...typed });
      const here = person('lauri', 'worker');
      assert.equal((await installation.first.bigRoom.news.mine(here)).lines.length, 1);
      assert.equal((await bigRoom.news.mine(here)).lines.length, 0);
      const back = invokedCard(await lauri.execute('programme.choose', { programme: 'lansi', name: '' }));
      assert.equal(buttonOf(back, 'help.open').data.programme, undefined);
      const form = cardOf((await lauri.sends({ text: 'uutinen' })).sent[0]);
      assert.equal(buttonOf(form, 'news.submit').data.programme, undefined);
    });

    it('offers no choice to who is in one, and lets nobody choose where they are not', async () => {
      await alikeWest();
      const worker = talker('worker');
      const help = cardOf((await worker.sends({ text: 'apua' })).sent[0]);
      assert.ok(!buttonsOf(help).some(({ verb }) => verb === 'programme.open'));
      assert.ok(!textOf(help).includes(' · Big Room'));
      const asked = cardOf((await worker.sends({ text: 'ohjelma' })).sent[0]);
      assert.match(textOf(asked), /Kuulut yhteen hankekokonaisuuteen/);
      const refused = invokedCard(await worker.execute('programme.choose', { name: 'lansi' }));
      assert.match(textOf(refused), /Et kuulu tähän hankekokonaisuuteen/);
      const form = cardOf((await worker.sends({ text: 'uutinen' })).sent[0]);
      assert.equal(buttonOf(form, 'news.submit').data.programme, undefined);
    });

    it('is met by all of their programmes at once, since Teams has one chat of them and the bot', async () => {
      const { west: bigRoom, lauri } = await inBoth();
      await lauri.sends({ text: 'apua' });
      assert.ok((await bigRoom.people.get('lauri' as PersonId)).chat?.conversationId);
    });

    it('says to who presses a card of a programme in which they are not that they are not', async () => {
      const bigRoom = await alikeWest();
      await bigRoom.people.add(programme, [person('lauri', 'worker')]);
      const { data } = buttonOf(
        cardOf((await talker('lauri').sends({ text: 'uutinen' })).sent[0]),
        'news.submit',
      );
      const answer = invokedCard(await talker('worker').execute('news.submit', { ...data, ...typed }));
      assert.match(textOf(answer), /Et kuulu tähän hankekokonaisuuteen/);
      assert.deepEqual((await bigRoom.news.mine(worker)).lines, []);
    });
  });
});
