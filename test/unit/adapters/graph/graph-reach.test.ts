import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { graphReach } from '../../../../src/adapters/graph/graph-reach.js';
import { activityTypes, type FeedActivity } from '../../../../src/delivery/reach/teams-reach.js';
import type { PersonId } from '../../../../src/platform/ids.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const anna = 'a11a0000-0000-4000-8000-000000000001' as PersonId;
const activity: FeedActivity = {
  type: 'newsDecided',
  parameters: { title: 'Elma on käytössä' },
  preview: 'Hyväksyttiin.',
  topic: 'Uutisesi on hyväksytty',
  subPage: 'news/4f2a',
};

describe('people in Teams, through Graph', () => {
  let world: GraphWorld;
  const reach = (catalogId = world.graph.apps.catalogId) =>
    graphReach({
      client: world.client,
      graphUrl: world.graph.url,
      catalogId,
      publicUrl: 'https://bigroom.example',
    });

  beforeEach(async () => {
    world = await graphWorld();
  });
  afterEach(() => world.close());

  it('declares the activities as the app package does', () => {
    const { activities } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as {
      activities: { activityTypes: { type: string; templateText: string }[] };
    };
    assert.deepEqual(
      Object.fromEntries(
        activities.activityTypes.map(({ type, templateText }) => [
          type,
          [...templateText.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        ]),
      ),
      activityTypes,
    );
  });

  it('installs the app once, with what it asks for agreed to', async () => {
    assert.deepEqual(await reach().install(anna), { result: 'installed' });
    assert.ok(world.graph.apps.has(anna));
    await reach().notify(anna, activity);
    assert.equal(world.graph.apps.shown.length, 1);
  });

  it('reads the conversation where the app is there already', async () => {
    const { chatId } = world.graph.apps.give(anna);
    assert.deepEqual(await reach().install(anna), { result: 'hadIt', conversationId: chatId });
  });

  it('distinguishes what is not allowed, not known and only not now', async () => {
    const { apps } = world.graph;
    apps.mayInstall = false;
    assert.deepEqual(await reach().install(anna), { result: 'refused', reason: '403 Forbidden' });
    apps.mayInstall = true;
    apps.forbidden.add(anna);
    assert.deepEqual(await reach().install(anna), { result: 'refused', reason: '403 Forbidden' });
    apps.users = new Set();
    assert.deepEqual(await reach().install(anna), { result: 'notFound', reason: '404 NotFound' });
    assert.deepEqual(await reach('another').install(anna), { result: 'notFound', reason: '404 NotFound' });
    world.graph.fails({ status: 429, code: 'TooManyRequests', headers: { 'Retry-After': '7' } });
    assert.deepEqual(await reach().install(anna), {
      result: 'retry',
      reason: '429 TooManyRequests',
      afterSeconds: 7,
    });
    for (const failure of [{ status: 503 }, { status: 502 }, { drops: 'before' }] as const) {
      world.graph.fails(failure);
      assert.equal((await reach().install(anna)).result, 'retry');
    }
    world.graph.signInFails({ status: 401, code: 'invalid_client' });
    world.graph.expireTokens();
    assert.equal((await reach().install(anna)).result, 'retry');
  });

  it('installs once where the answer was lost: it is asked again, and finds what it did', async () => {
    world.graph.fails({ drops: 'after' });
    assert.equal((await reach().install(anna)).result, 'retry');
    assert.equal((await reach().install(anna)).result, 'hadIt');
  });

  it('notifies in the activity feed, with a link to the very place in the tab', async () => {
    world.graph.apps.give(anna);
    assert.deepEqual(await reach().notify(anna, activity), { result: 'sent' });
    assert.deepEqual(await reach().notify(anna, { ...activity, subPage: 'p/lansi/sessions/5-20261201' }), {
      result: 'sent',
    });
    const [first, second] = world.graph.apps.shown;
    assert.deepEqual(
      { ...first, webUrl: '' },
      {
        user: anna,
        type: 'newsDecided',
        parameters: { title: 'Elma on käytössä' },
        topic: 'Uutisesi on hyväksytty',
        preview: 'Hyväksyttiin.',
        webUrl: '',
      },
    );
    const link = new URL(first?.webUrl ?? '');
    assert.equal(link.pathname, `/l/entity/${world.graph.apps.catalogId}/big-room`);
    assert.deepEqual(JSON.parse(link.searchParams.get('context') ?? ''), { subEntityId: 'news/4f2a' });
    assert.equal(link.searchParams.get('webUrl'), 'https://bigroom.example/#/news/4f2a');
    assert.equal(
      new URL(second?.webUrl ?? '').searchParams.get('webUrl'),
      'https://bigroom.example/p/lansi/#/sessions/5-20261201',
    );
  });

  it('says what came of a notification: refused, only not now, or unknown', async () => {
    const { apps } = world.graph;
    const refused = { result: 'undeliverable', reason: '403 Forbidden' };
    assert.deepEqual(await reach().notify(anna, activity), refused);
    apps.give(anna, []);
    assert.deepEqual(await reach().notify(anna, activity), refused);
    apps.users = new Set();
    assert.equal((await reach().notify(anna, activity)).result, 'undeliverable');
    apps.users = undefined;
    apps.give(anna);
    assert.equal((await reach().notify(anna, { ...activity, parameters: {} })).result, 'failed');
    world.graph.fails({ status: 429, headers: { 'Retry-After': '3' } });
    assert.deepEqual(await reach().notify(anna, activity), {
      result: 'retry',
      reason: 'Status429',
      afterSeconds: 3,
    });
    for (const failure of [{ status: 500 }, { drops: 'after' }, { status: 504 }] as const) {
      world.graph.fails(failure);
      assert.equal((await reach().notify(anna, activity)).result, 'uncertain');
    }
  });
});
