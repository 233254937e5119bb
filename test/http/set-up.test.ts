import assert from 'node:assert/strict';
import { makeBigRoom, type Adapters } from '../../src/compose.js';
import { graphEdges } from '../../src/adapters/graph/graph-edges.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Person } from '../../src/people/person.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { Role } from '../../src/platform/actor.js';
import { AppError } from '../../src/platform/errors.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Rows } from '../../src/platform/rows.js';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type {
  ChecklistAnswer,
  ChecksAnswer,
  DirectoryAnswer,
  Finding,
  FindingAnswer,
  ProgrammeAnswer,
  ProgrammeAuditAnswer,
  ProjectsAnswer,
} from '../../src/shared/answers/set-up.js';
import { programme, submission } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { graphWorld, type GraphWorld } from '../world/graph/world.js';
import { seriesForm } from '../make-sessions.js';
import { serve, type Listening } from './listen.js';
import { httpWorld, type HttpWorld } from './world.js';

const names = { fi: 'Pohjoisen hankkeet', sv: 'Nordliga projekt', en: 'Northern projects' };
const project = (fi: string, sv = fi, en = fi) => ({ names: { fi, sv, en } });

interface Refusal {
  readonly code?: string;
  readonly fields?: readonly { readonly field: string; readonly code: string; readonly text: string }[];
}

async function refusalOf(answer: Response): Promise<string> {
  const { code, fields = [] } = (await answer.json()) as Refusal;
  for (const { text } of fields) assert.notEqual(text, '');
  return [String(answer.status), code, ...fields.map((fault) => `${fault.field}:${fault.code}`)].join(' ');
}

describe('a programme that is set up', () => {
  let server: Listening;
  let people: ReturnType<typeof makeBigRoom>['people'];
  const admin: Person = {
    id: 'admin' as PersonId,
    name: 'Aatu Ylläpito',
    role: 'worker',
    language: 'fi',
    projects: [],
  };

  beforeEach(async () => {
    const signsIn: Adapters['signIn'] = (own) => ({
      mode: 'entra',
      challenge: 'Bearer',
      whoIs: ({ authorization = '' }) =>
        own.byTeamsUser({ id: authorization, aadObjectId: authorization, name: `Demo ${authorization}` }),
    });
    const adapters = testAdapters({
      rows: new MemoryRows(),
      signIn: signsIn,
      loopbackOnly: false,
      admins: [admin.id],
    });
    const bigRoom = makeBigRoom(adapters);
    ({ people } = bigRoom);
    server = await serve(bigRoom, adapters);
  });
  afterEach(() => server.stop());

  const ask = (method: string, path: string, who: string, body?: unknown): Promise<Response> =>
    fetch(server.url + path, {
      method,
      headers: { authorization: who, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const begin = (body: object, who = 'admin') => ask('POST', '/api/programme', who, body);
  const session = async (who: string): Promise<SessionAnswer> =>
    (await (await ask('GET', '/api/session', who)).json()) as SessionAnswer;

  it('is not there first: whoever comes learns who makes it', async () => {
    const before = await session('vilma');
    assert.deepEqual([before.isNew, before.admins], [true, []]);
    const own = await session('admin');
    assert.deepEqual([own.isNew, own.person.role], [true, 'admin']);
    assert.deepEqual((await session('vilma')).admins, ['Demo admin']);
    assert.equal((await begin({ names, languages: ['fi', 'sv'], projects: [] }, 'vilma')).status, 403);
  });

  it('has the names, languages and projects that its admin gives, and begins once', async () => {
    const whole = { names, languages: ['sv', 'fi'], projects: [project('Elma'), project('', '', '')] };
    assert.equal((await begin(whole)).status, 201);
    const after = await session('admin');
    assert.deepEqual([after.isNew, after.admins], [undefined, undefined]);
    assert.deepEqual(after.programme.names, names);
    assert.deepEqual(after.programme.languages, ['sv', 'fi']);
    assert.deepEqual(
      after.programme.projects.map((each) => each.names),
      [project('Elma').names],
    );
    assert.equal(await refusalOf(await begin(whole)), '409 programme.standsAlready');
    assert.equal((await people.get(admin.id)).role, 'admin');
  });

  it('takes the name of its first language where nobody needs another', async () => {
    const only = {
      names: { fi: 'Hankkeet', sv: '', en: '' },
      languages: ['fi'],
      projects: [project('Elma', '', '')],
    };
    assert.equal((await begin(only)).status, 201);
    const { programme: made } = await session('admin');
    assert.deepEqual(made.names, { fi: 'Hankkeet', sv: 'Hankkeet', en: 'Hankkeet' });
    assert.deepEqual(made.projects[0]?.names, project('Elma').names);
  });

  it('names each fault at its field, and makes nothing', async () => {
    for (const [wrong, faults] of [
      [{ names: { ...names, sv: ' ' } }, 'names.sv:required'],
      [{ languages: [] }, 'languages:tooShort'],
      [{ languages: ['en'] }, 'languages.0:unknownChoice'],
      [{ names: { ...names, fi: 'x'.repeat(81) } }, 'names.fi:tooLong'],
      [{ projects: [project('Elma'), project('', 'Elva')] }, 'projects.1.names.fi:required'],
      [
        { projects: [project('Elma'), project('ELMA', 'Annan', 'Other')] },
        'projects.1.names.fi:nameOfProject',
      ],
      [{ projects: 'Elma' }, 'projects:wrongType'],
    ] as const) {
      const body = { names, languages: ['fi', 'sv'], projects: [], ...wrong };
      assert.equal(await refusalOf(await begin(body)), `400 input.invalid ${faults}`);
    }
    assert.equal((await session('admin')).isNew, true);
    const code = { names: { ...names, fi: '010190-123M' }, languages: ['fi', 'sv'], projects: [] };
    assert.match(await refusalOf(await begin(code)), /^400 \S+ names\.fi:personalId/);
  });
});

describe('names, languages and projects', () => {
  let world: HttpWorld;
  beforeEach(async () => {
    world = await httpWorld();
  });
  afterEach(() => world.stop());

  async function ok<Answer>(
    method: string,
    path: string,
    body?: unknown,
    who: Role = 'admin',
  ): Promise<Answer> {
    const answer = await world.ask(method, path, who, body);
    assert.ok(
      answer.status < 300,
      `${method} ${path} ${String(answer.status)} ${await answer.clone().text()}`,
    );
    return (await answer.json()) as Answer;
  }
  const refused = async (method: string, path: string, body?: unknown): Promise<string> =>
    refusalOf(await world.ask(method, path, 'admin', body));
  const projectsPath = '/api/programme/projects';
  const add = (fi: string, formId = `form-${fi}-0001`) =>
    ok<ProjectsAnswer>('post', projectsPath, { formId, ...project(fi) });

  it('change for everybody at once, and say who changed them', async () => {
    const seen = { names: programme.names, languages: ['fi', 'sv'] };
    const wish = { names, languages: ['fi'] };
    const { programme: after } = await ok<ProgrammeAnswer>('put', '/api/programme', { ...wish, seen });
    assert.deepEqual(after, wish);
    const session = await ok<SessionAnswer>('get', '/api/session', undefined, 'worker');
    assert.deepEqual([session.programme.names, session.programme.languages], [names, ['fi']]);
    const { lines } = await ok<ProgrammeAuditAnswer>('get', '/api/programme/audit');
    assert.deepEqual(
      lines.map(({ by, event }) => [by?.name, event]),
      [['Demo admin', { action: 'setProgramme', to: wish, from: seen }]],
    );
  });

  it('are not written over by somebody who saw others', async () => {
    const seen = { names: programme.names, languages: ['fi', 'sv'] };
    await ok('put', '/api/programme', { names, languages: ['fi', 'sv'], seen });
    const mine = { names: { ...names, fi: 'Toiset' }, languages: ['fi', 'sv'], seen };
    assert.match(await refused('put', '/api/programme', mine), /^409 edit\.conflict names/);
    // Who changed the languages alone is not kept by a new name.
    const { programme: after } = await ok<ProgrammeAnswer>('put', '/api/programme', {
      names: programme.names,
      languages: ['fi'],
      seen,
    });
    assert.deepEqual(after, { names, languages: ['fi'] });
  });

  it('take a project in once for each form, and offer it to who writes', async () => {
    const { projects } = await add('Hyte');
    assert.equal((await add('Hyte')).projects.length, projects.length);
    const own = projects.at(-1);
    const { item } = await world.bigRoom.news.submit(
      { id: 'worker' as PersonId, name: 'Demo worker', role: 'worker' },
      submission({ projectId: own?.id }),
    );
    assert.equal(item.projectId, own?.id);
  });

  it('refuse a second project of one name, by name, archived ones too', async () => {
    const [elma] = (await ok<ProjectsAnswer>('get', projectsPath)).projects;
    const same = { formId: 'form-same-1', names: { fi: 'HANKE ELMA', sv: 'Annat', en: 'Other' } };
    assert.equal(await refused('post', projectsPath, same), '400 input.invalid names.fi:nameOfProject');
    await ok('post', `${projectsPath}/${elma?.id ?? ''}/archive`);
    const answer = await world.ask('post', projectsPath, 'admin', same);
    const { fields } = (await answer.json()) as Refusal;
    assert.equal(fields?.[0]?.code, 'nameOfArchived');
    assert.match(fields[0].text, /Hanke elma/);
  });

  it('rename a project, merged with what others changed', async () => {
    const [elma] = (await ok<ProjectsAnswer>('get', projectsPath)).projects;
    assert.ok(elma);
    const path = `${projectsPath}/${elma.id}`;
    const first = { ...elma.names, sv: 'Elma, nytt' };
    await ok('put', path, { names: first, seen: { names: elma.names } });
    const second = { ...elma.names, fi: 'Uusi Elma' };
    const { projects } = await ok<ProjectsAnswer>('put', path, {
      names: second,
      seen: { names: elma.names },
    });
    assert.deepEqual(projects[0]?.names, { ...first, fi: 'Uusi Elma' });
    assert.match(
      await refused('put', path, { names: { ...second, fi: 'Kolmas' }, seen: { names: elma.names } }),
      /^409 edit\.conflict names\.fi/,
    );
    assert.equal(
      await refused('put', `${projectsPath}/nowhere`, { names, seen: { names } }),
      '404 project.notFound',
    );
    assert.match(await refused('put', path, { names }), /^400 input\.invalid seen/);
  });

  it('archive a project: nobody can write for it any more, and what is of it keeps its name', async () => {
    const worker = { id: 'worker' as PersonId, name: 'Demo worker', role: 'worker' } as const;
    const { item } = await world.bigRoom.news.submit(worker, submission());
    await ok('post', `${projectsPath}/elma/archive`);
    await ok('post', `${projectsPath}/elma/archive`);
    await assert.rejects(
      world.bigRoom.news.submit(worker, submission({ formId: 'form-0002' })),
      (error: unknown) => error instanceof AppError && error.code === 'input.invalid',
    );
    const session = await ok<SessionAnswer>('get', '/api/session', undefined, 'worker');
    const own = session.programme.projects.find(({ id }) => id === item.projectId);
    assert.deepEqual([own?.isArchived, own?.names.fi], [true, 'Hanke elma']);
    const { projects } = await ok<ProjectsAnswer>('post', `${projectsPath}/elma/restore`);
    assert.equal(projects[0]?.isArchived, undefined);
    await world.bigRoom.news.submit(worker, submission({ formId: 'form-0003' }));
    const { lines } = await ok<ProgrammeAuditAnswer>('get', `${projectsPath}/audit`);
    assert.deepEqual(lines.map(({ event }) => event.action).sort(), ['archiveProject', 'restoreProject']);
  });
});

describe('the checklist', () => {
  it('goes by what is so, and comes back when it is not', async () => {
    const world = await httpWorld();
    const read = async () =>
      (await (await world.ask('get', '/api/programme/checklist', 'admin')).json()) as ChecklistAnswer;
    const missing = async () => (await read()).steps.filter(({ isDone }) => !isDone).map(({ id }) => id);
    assert.deepEqual(await missing(), [
      'secondAdmin',
      'bot',
      'organiser',
      'mail',
      'helper',
      'series',
      'daysOff',
    ]);
    const { bigRoom } = world;
    const kaisa = await bigRoom.people.get('coordinator' as PersonId);
    await bigRoom.people.rememberChat(kaisa.id, chat);
    await bigRoom.series.create(kaisa, seriesForm('hankeradio'));
    assert.deepEqual(await missing(), ['secondAdmin', 'organiser', 'mail', 'helper', 'daysOff']);
    await bigRoom.people.noteRefusal(kaisa.id);
    assert.ok((await missing()).includes('bot'));
    const put = await world.ask('put', '/api/programme/checklist', 'admin', { isDismissed: true });
    assert.equal(((await put.json()) as ChecklistAnswer).isDismissed, true);
    assert.equal((await read()).isDismissed, true);
    await world.stop();
  });
});

const chat: ChatAddress = {
  tenantId: 'tenant-1',
  userId: '29:admin',
  conversationId: 'a:admin',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  channelId: 'msteams',
  botId: '28:bot',
};

describe('trying what is outside', () => {
  let graph: GraphWorld;
  let world: HttpWorld;

  beforeEach(async () => {
    graph = await graphWorld();
    const { organiser, site } = graph.graph;
    world = await httpWorld({
      ...graphEdges(graph.client, { organiser, siteId: site.id }, graph.clock),
      loopbackOnly: false,
    });
  });
  afterEach(async () => {
    await world.stop();
    await graph.close();
  });

  async function attempt(id: string, body: object = {}): Promise<Finding> {
    const answer = await world.ask('post', `/api/checks/${id}`, 'admin', body);
    assert.equal(answer.status, 200, await answer.clone().text());
    return ((await answer.json()) as FindingAnswer).finding;
  }
  const code = async (id: string, body?: object): Promise<string> => {
    const found = await attempt(id, body);
    return `${found.result} ${found.code}`;
  };
  const mail = { address: 'aatu@example.org' };

  it('lists each as it is set, with nothing secret', async () => {
    const answer = await world.ask('get', '/api/checks', 'admin');
    const text = await answer.text();
    const { checks } = JSON.parse(text) as ChecksAnswer;
    assert.deepEqual(
      checks.map(({ id, state, value, canTry }) => [id, state, value, canTry]),
      [
        ['storage', 'set', undefined, true],
        ['bot', 'set', undefined, true],
        ['intranet', 'set', graph.graph.site.id, true],
        ['organiser', 'set', graph.graph.organiser, true],
        ['mail', 'set', graph.graph.organiser, true],
        ['directory', 'set', undefined, true],
      ],
    );
    assert.ok(!text.includes(graph.graph.app.clientSecret));
  });

  it('works where all is as it should be', async () => {
    graph.graph.directory.all.push({ id: 'admin', displayName: 'Demo admin', mail: null });
    assert.deepEqual(
      [
        await code('storage'),
        await code('intranet'),
        await code('organiser'),
        await code('mail', mail),
        await code('directory'),
      ],
      ['works storageWorks', 'works siteRead', 'works calendarRead', 'works mailSent', 'works personFound'],
    );
    assert.deepEqual(
      graph.graph.mailed.map(({ read }) => read.to?.[0]?.address),
      ['aatu@example.org'],
    );
    assert.deepEqual(await attempt('mail', { address: '' }), { result: 'fails', code: 'addressWanted' });
    assert.deepEqual(await attempt('mail', { address: 'aatu' }), { result: 'fails', code: 'addressWrong' });
  });

  for (const [fault, expected] of [
    [{ status: 403, code: 'accessDenied' }, 'fails rightMissing'],
    [{ status: 429, headers: { 'Retry-After': '40' } }, 'fails throttled'],
    [{ status: 503, headers: { 'Retry-After': '40' } }, 'fails throttled'],
    [{ status: 500 }, 'fails away'],
  ] as const)
    it(`says what to do where Graph answers ${String(fault.status)}`, async () => {
      for (const id of ['intranet', 'organiser', 'directory']) {
        graph.graph.fails(fault);
        assert.equal(await code(id), expected, id);
      }
    });

  it('names the right that is missing, and for what', async () => {
    graph.graph.fails({ status: 403, code: 'ErrorAccessDenied' });
    assert.deepEqual(await attempt('organiser'), {
      result: 'fails',
      code: 'rightMissing',
      values: { right: 'Calendars.ReadWrite', value: graph.graph.organiser },
    });
    graph.graph.fails({ status: 403, code: 'ErrorAccessDenied' });
    assert.deepEqual(await attempt('mail', mail), {
      result: 'fails',
      code: 'rightMissing',
      values: { right: 'Mail.Send', value: graph.graph.organiser },
    });
    graph.graph.site.grants = false;
    assert.equal((await attempt('intranet')).values?.right, 'Sites.Selected');
  });

  it('says which name is wrong', async () => {
    graph.graph.site.exists = false;
    assert.equal(await code('intranet'), 'fails siteMissing');
    graph.graph.organiserLeaves();
    assert.equal(await code('organiser'), 'fails mailboxMissing');
    assert.equal(await code('mail', mail), 'fails mailboxMissing');
  });

  it('says that the secret is refused, or that nobody answers', async () => {
    graph.graph.signInFails({ status: 401, code: 'invalid_client' });
    assert.deepEqual(await attempt('intranet'), {
      result: 'fails',
      code: 'signInRefused',
      values: { reason: 'invalid_client' },
    });
    graph.graph.signInFails(undefined);
    graph.graph.fails({ drops: 'before' }, { drops: 'before' });
    assert.equal(await code('organiser'), 'fails away');
  });

  it('finds people by the beginning of a word of their name, and says who is here already', async () => {
    const listed = (id: string, displayName: string) => ({ id, displayName, mail: `${id}@example.org` });
    graph.graph.directory.all.push(listed('worker', 'Vilma Virtanen'), listed('x1', 'Kaisa Virta'), {
      ...listed('x2', 'Gunnar Virtanen'),
      userType: 'Guest',
    });
    const find = async (text: string): Promise<DirectoryAnswer> =>
      (await (
        await world.ask('get', `/api/directory?text=${encodeURIComponent(text)}`, 'admin')
      ).json()) as DirectoryAnswer;
    assert.deepEqual(await find('virt'), {
      people: [
        { id: 'worker', name: 'Vilma Virtanen', mail: 'worker@example.org', isHere: true },
        { id: 'x1', name: 'Kaisa Virta', mail: 'x1@example.org', isHere: false },
      ],
      hasMore: false,
    });
    assert.deepEqual(await find('" OR "mail:x'), { people: [], hasMore: false });
    graph.graph.directory.grants = false;
    assert.deepEqual(await find('virt'), {
      finding: { result: 'fails', code: 'rightMissing', values: { right: 'User.Read.All', value: 'none' } },
    });
    assert.match(await refusalOf(await world.ask('get', '/api/directory?text=v', 'admin')), /text:tooShort/);
  });

  it('knows nothing by another name', async () => {
    assert.equal((await world.ask('post', '/api/checks/moon', 'admin', {})).status, 404);
    assert.equal((await world.ask('post', '/api/checks/storage', 'admin', { address: 7 })).status, 400);
    assert.equal((await world.ask('post', '/api/checks/storage', 'coordinator', {})).status, 403);
  });
});

describe('trying the bot', () => {
  const outcomes: readonly (readonly [Outcome, string])[] = [
    [{ result: 'sent' }, 'works cardSent'],
    [{ result: 'undeliverable', reason: 'blocked' }, 'fails botRefused'],
    [{ result: 'uncertain', reason: 'timeout' }, 'fails uncertain'],
    [{ result: 'retry', reason: 'busy' }, 'fails away'],
  ];

  it('writes to who has met it, and says what came of it', async () => {
    const rows: Rows = new MemoryRows();
    const adapters = testAdapters({ rows });
    const bigRoom = makeBigRoom(adapters);
    const admin: Person = {
      id: 'admin' as PersonId,
      name: 'Aatu',
      role: 'admin',
      language: 'fi',
      projects: [],
    };
    await bigRoom.people.add(programme, [admin]);
    let next: Outcome = { result: 'sent' };
    const shown: unknown[] = [];
    bigRoom.worker((person, notice) => {
      shown.push([person.id, notice]);
      return Promise.resolve(next);
    });
    const server = await serve(bigRoom, adapters);
    const attempt = async (): Promise<string> => {
      const answer = await fetch(`${server.url}/api/checks/bot`, {
        method: 'POST',
        headers: { authorization: 'Trial admin', 'content-type': 'application/json' },
        body: '{}',
      });
      const { finding } = (await answer.json()) as FindingAnswer;
      return `${finding.result} ${finding.code}`;
    };
    assert.equal(await attempt(), 'fails botNotMet');
    assert.deepEqual(shown, []);
    await bigRoom.people.rememberChat(admin.id, chat);
    for (const [outcome, expected] of outcomes) {
      next = outcome;
      assert.equal(await attempt(), expected);
    }
    assert.deepEqual(shown[0], ['admin', { about: 'tried' }]);
    await server.stop();
  });
});
