import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../../src/launcher/build.js';
import type { NewsItemAnswer } from '../../src/shared/answers/news.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import { buttonOf, cardOf, invokedCard, Talker, textOf, typed, type BotAnswer } from '../bot/bot-world.js';
import { dataFolder } from '../world/installation.js';
import { startCloud, tenant, type CloudProcess, type Tenant } from '../world/tenant.js';

const [adminId, vilmaId, kaisaId] = [1, 2, 3].map(
  (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
) as [string, string, string];

const firstProgramme = {
  id: 'pohjoinen',
  names: { fi: 'Pohjoisen hankkeet', sv: 'Nordliga projekt', en: 'Northern projects' },
  languages: ['fi', 'sv'],
  projects: [{ id: 'elma', names: { fi: 'Elma', sv: 'Elma', en: 'Elma' } }],
};

describe('an installation in a tenant', function () {
  this.timeout(180_000);
  let county: Tenant;
  let running: CloudProcess;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let settings: Record<string, string>;

  before(async () => {
    await build();
    folder = await dataFolder();
    const file = join(folder.path, 'programme.json');
    await writeFile(file, JSON.stringify(firstProgramme));
    county = await tenant();
    settings = await county.settings({
      ADMINS: adminId,
      PROGRAMME_FILE: file,
      SITE_ID: county.graph.site.id,
      APP_CATALOG_ID: county.graph.apps.catalogId,
      ORGANISER: county.graph.organiser,
    });
    running = startCloud(settings);
    await running.ready();
  });

  after(async () => {
    await running.stop();
    await county.stop();
    await folder.remove();
    assert.deepEqual(county.graph.faulty, []);
  });

  async function ask(method: string, path: string, who?: object, body?: unknown): Promise<Response> {
    const authorization = who && `Bearer ${await county.entra.signTab({ ...who })}`;
    return fetch(running.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-language': 'fi',
        ...(authorization !== undefined && { authorization }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async function ok<Answer>(method: string, path: string, who: object, body?: unknown): Promise<Answer> {
    const answer = await ask(method, path, who, body);
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${String(answer.status)} ${text}`);
    return JSON.parse(text) as Answer;
  }

  async function post(body: string): Promise<BotAnswer> {
    const { teams, entra } = county;
    const before = teams.sent.length;
    const answer = await fetch(`${running.url}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await entra.signBot({ serviceurl: teams.url })}`,
      },
      body,
    });
    const text = await answer.text();
    const sent = teams.sent.slice(before).filter(({ activity }) => activity.type !== 'typing');
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), sent };
  }

  /** Vilma, whom the roster of the chat knows as a member of the tenant. */
  function vilma(): Talker {
    const { teams, entra } = county;
    const { tenantId } = entra;
    teams.members.set('29:vilma', { id: '29:vilma', aadObjectId: vilmaId, name: 'Vilma Virtanen', tenantId });
    const own = new Talker({ post, teams }, 'vilma', {});
    const activity = own.activity.bind(own);
    own.activity = (more) =>
      activity({
        from: { id: '29:vilma', name: 'Vilma Virtanen', aadObjectId: vilmaId },
        recipient: { id: `28:${entra.botId}`, name: 'Big Room' },
        conversation: { id: 'a:vilma', conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
        ...more,
      });
    return own;
  }

  const kaisa = { oid: kaisaId, name: 'Kaisa Koordinaattori', roles: ['Coordinator'] };
  const until = async <Value>(
    read: () => Promise<Value>,
    isSo: (value: Value) => boolean,
  ): Promise<Value> => {
    for (;;) {
      const value = await read();
      if (isSo(value)) return value;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };

  it('begins with the programme of its file, and knows who may what', async () => {
    const first = await ok<SessionAnswer>('GET', '/api/session', { oid: adminId, name: 'Aatu Ylläpito' });
    assert.deepEqual(first.programme.names, firstProgramme.names);
    assert.deepEqual([first.person.role, first.mode, first.isNew], ['admin', 'entra', undefined]);
    const second = await ok<SessionAnswer>('GET', '/api/session', kaisa);
    assert.equal(second.person.role, 'coordinator');
    const plain = await ok<SessionAnswer>('GET', '/api/session', { oid: vilmaId, name: 'Vilma Virtanen' });
    assert.deepEqual([plain.person.role, plain.person.name], ['worker', 'Vilma Virtanen']);
  });

  it('shows its page with what signing in needs, and lets nobody in without it', async () => {
    const page = await fetch(running.url);
    const html = await page.text();
    assert.match(
      html,
      new RegExp(`<html data-sign-in="entra" [^>]*data-client-id="${county.entra.clientId}"`),
    );
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.ok(policy.includes(`connect-src 'self' ${new URL(county.entra.loginUrl).origin}`));
    for (const path of ['/api/session', '/api/intranet'])
      assert.deepEqual(
        [(await ask('GET', path)).status, (await ask('GET', path)).headers.get('www-authenticate')],
        [401, 'Bearer'],
      );
    assert.equal((await ask('GET', '/api/people')).status, 404);
    const picked = await fetch(`${running.url}/api/session`, {
      headers: { authorization: `Trial ${adminId}` },
    });
    assert.equal(picked.status, 401);
  });

  it('takes news from the chat to the county’s intranet, in both languages, and says so to its author', async () => {
    const own = vilma();
    const form = cardOf((await own.sends({ text: 'uutinen' })).sent[0]);
    const { data } = buttonOf(form, 'news.submit');
    const receipt = invokedCard(await own.execute('news.submit', { ...data, ...typed, earliestDate: '' }));
    const id = String(buttonOf(receipt, 'news.edit').data.id);
    assert.equal(county.teams.unauthorized, 0);

    const sv = {
      title: 'Elma ger råd',
      lead: 'Råd utan kö.',
      body: 'Elma används i tre kommuner.',
      basedOn: 0,
    };
    await ok('PUT', `/api/news/${id}/texts/sv`, kaisa, sv);
    const { item } = await ok<NewsItemAnswer>('GET', `/api/news/${id}`, kaisa);
    const seen = { fi: item.texts.fi?.revision, sv: item.texts.sv?.revision };
    for (const language of ['fi', 'sv'])
      await ok('POST', `/api/news/${id}/texts/${language}/ready`, kaisa, { seen });
    await ok('POST', `/api/news/${id}/accept`, kaisa, {});
    const { release } = await ok<ReleaseAnswer>('POST', '/api/releases', kaisa, { newsId: id });
    await ok('POST', `/api/releases/${release.id}/publish`, kaisa, { seen });
    const read = () => ok<ReleaseAnswer>('GET', `/api/releases/${release.id}`, kaisa);
    const { release: out } = await until(read, (answer) => answer.release.state.status === 'published');
    assert.ok(out.state.status === 'published');
    const pages = county.graph.site.read;
    assert.deepEqual(pages.map(({ title }) => title).sort(), ['Elma ger råd', 'Elma neuvoo elintavoissa']);
    assert.deepEqual(Object.values(out.state.urls).sort(), pages.map(({ url }) => url).sort());
    const answered = await until(
      () => Promise.resolve(county.teams.sent.filter(({ conversationId }) => conversationId === 'a:vilma')),
      (sent) => /julkaistu/i.test(textOf(cardOf(sent.at(-1)))),
    );
    assert.ok(answered.length > 0);
  });

  it('brings the app to who is added, and notifies who wants that in their activity feed', async () => {
    const admin = { oid: adminId, name: 'Aatu Ylläpito' };
    const added = { id: kaisaId.replace(/3$/, '4'), name: 'Uusi Ihminen', language: 'fi', role: 'worker' };
    await ok('POST', '/api/people-and-roles', admin, { ...added, projects: [] });
    await until(
      () => Promise.resolve(county.graph.apps.has(added.id)),
      (isThere) => isThere,
    );
    county.graph.apps.give(vilmaId);
    const own = { oid: vilmaId, name: 'Vilma Virtanen' };
    const { notify } = await ok<SessionAnswer>('PUT', '/api/session/notify-by', own, { by: 'feed' });
    assert.deepEqual(notify, { by: 'feed', hasFeed: true });
    const form = cardOf((await vilma().sends({ text: 'uutinen' })).sent[0]);
    const { data } = buttonOf(form, 'news.submit');
    const receipt = invokedCard(await vilma().execute('news.submit', { ...data, ...typed }));
    const id = String(buttonOf(receipt, 'news.edit').data.id);
    await ok('POST', `/api/news/${id}/request-changes`, kaisa, { note: 'Milloin?' });
    const [shown] = await until(
      () => Promise.resolve(county.graph.apps.shown),
      (all) => all.length > 0,
    );
    assert.deepEqual([shown?.user, shown?.type], [vilmaId, 'answerWanted']);
    assert.ok(shown?.webUrl.includes(`news%2F${id}`), shown?.webUrl);
  });

  it('knows everybody again after it was started anew, and ends when it is asked to', async () => {
    assert.equal(await running.stop(), 0);
    running = startCloud(settings);
    await running.ready();
    const own = await ok<SessionAnswer>('GET', '/api/session', { oid: vilmaId, name: 'Vilma Virtanen' });
    assert.equal(own.person.role, 'worker');
    for (const secret of ['tab-secret', 'bot-secret', 'AccountKey'])
      assert.ok(!running.log().includes(secret));
  });
});

describe('an installation that is set up by half', function () {
  this.timeout(60_000);

  it('names at once all that is missing, in one message, and ends', async () => {
    const child = startCloud({ BOT_ID: adminId, PORT: '1' });
    await assert.rejects(child.ready(), (error: Error) => {
      for (const name of [
        'TENANT_ID',
        'CLIENT_ID',
        'PUBLIC_URL',
        'STORAGE_CONNECTION_STRING',
        'BOT_PASSWORD',
      ])
        assert.ok(error.message.includes(`${name} wants`), `${name}: ${error.message}`);
      // For whoever reads the log of a host: what is wrong, and not where in our code that was found.
      assert.doesNotMatch(error.message, /^ +at /m);
      return true;
    });
  });

  it('names what is wrong with the file of its programme', async () => {
    const folder = await dataFolder();
    const file = join(folder.path, 'programme.json');
    const elma = { id: 'elma', names: { fi: 'Elma', sv: 'Elma', en: 'Elma' } };
    await writeFile(file, JSON.stringify({ ...firstProgramme, projects: [elma, { ...elma, id: 'elma-2' }] }));
    const county = await tenant();
    const child = startCloud(await county.settings({ PROGRAMME_FILE: file }));
    await assert.rejects(child.ready(), /PROGRAMME_FILE .*two projects are called "elma"/);
    await county.stop();
    await folder.remove();
  });
});
