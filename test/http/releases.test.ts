import assert from 'node:assert/strict';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { ReleaseId } from '../../src/platform/ids.js';
import { coordinator, submission, swedishText, worker } from '../make.js';
import { httpWorld, type HttpWorld } from './world.js';

describe('releases over http', () => {
  let world: HttpWorld;
  let path: string;
  let seen: { readonly fi: number; readonly sv: number };

  const send = async (move: string, body?: object): Promise<ReleaseAnswer> => {
    const response = await world.ask('post', `${path}/${move}`, 'coordinator', body);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as ReleaseAnswer;
  };
  /** Lets the time for an undo go by, and what is due go out. */
  const goOut = async (): Promise<ReleaseAnswer> => {
    await world.pass({ minutes: 1 });
    const response = await world.ask('get', path, 'coordinator');
    return (await response.json()) as ReleaseAnswer;
  };

  /** A release that has come out, with both its texts. */
  beforeEach(async () => {
    world = await httpWorld();
    const { news } = world.bigRoom;
    const { item } = await news.submit(worker, submission());
    await news.startReview(coordinator, item.id);
    await news.edit(coordinator, item.id, 'sv', swedishText, 0);
    await news.accept(coordinator, item.id);
    await news.ready(coordinator, item.id, 'sv');
    const made = await world.ask('post', '/api/releases', 'coordinator', { newsId: item.id });
    const { release } = (await made.json()) as ReleaseAnswer;
    path = `/api/releases/${release.id satisfies ReleaseId}`;
    const { texts } = await news.get(coordinator, item.id);
    seen = { fi: texts.fi?.revision ?? 0, sv: texts.sv?.revision ?? 0 };
    await send('publish', { seen });
    assert.equal((await goOut()).status, 'published');
  });

  afterEach(() => world.stop());

  it('takes a correction with a note to its readers, and one without', async () => {
    await send('correct', { seen });
    assert.deepEqual((await goOut()).release.out?.corrections, []);
    await send('correct', { seen, note: { fi: 'Päivä oli väärä.', sv: '' } });
    const { release } = await goOut();
    assert.deepEqual(
      release.out?.corrections.map(({ note }) => note),
      [{ fi: 'Päivä oli väärä.' }],
    );
  });

  it('takes down and puts back', async () => {
    await send('take-down');
    assert.equal((await goOut()).status, 'takenDown');
    await send('put-back', { seen });
    assert.equal((await goOut()).status, 'published');
  });

  for (const [what, move, body] of [
    ['a note that is no text', 'correct', { note: 5 }],
    ['a note in a language that nobody reads there', 'correct', { note: { en: 'Wrong day.' } }],
    ['revisions that are no numbers', 'correct', { seen: { fi: 'x' } }],
    ['a part that nobody knows', 'put-back', { soon: true }],
  ] as const)
    it(`says which part is wrong: ${what}`, async () => {
      const response = await world.ask('post', `${path}/${move}`, 'coordinator', body);
      assert.equal(response.status, 400);
      assert.equal(((await response.json()) as { code: string }).code, 'input.invalid');
    });
});
