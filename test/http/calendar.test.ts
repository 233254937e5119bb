import assert from 'node:assert/strict';
import type { Role } from '../../src/platform/actor.js';
import { partitionOf } from '../../src/platform/partition.js';
import { prepareNewsDays } from '../../src/news/days.js';
import { newsStore } from '../../src/news/store.js';
import { programmePartition } from '../../src/compose.js';
import type { CalendarAnswer } from '../../src/shared/answers/calendar.js';
import type { IssueAnswer } from '../../src/shared/answers/newsletter.js';
import type { ReleaseAnswer, ReleaseCreatedAnswer } from '../../src/shared/answers/releases.js';
import type { SeriesAnswer } from '../../src/shared/answers/sessions.js';
import { actor, programme, submission } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { keptLog } from '../world/outbox.js';
import { httpWorld, type HttpWorld } from './world.js';

const december = '/api/calendar?from=2026-12-01&to=2026-12-31';

describe('the editorial calendar over HTTP', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });

  afterEach(() => world.stop());

  async function asked<Answer>(method: string, path: string, body?: unknown, who: Role = 'coordinator') {
    const response = await world.ask(method, path, who, body);
    assert.ok(response.ok, `${method} ${path}: ${String(response.status)} ${await response.clone().text()}`);
    return (await response.json()) as Answer;
  }

  const seenBy = (who: Role): Promise<CalendarAnswer> =>
    asked<CalendarAnswer>('get', december, undefined, who);
  const [project] = programme.projects;

  /** An item of a worker that must wait for a day. */
  async function submit(by: string, formId: string, earliestDate: string) {
    const author = actor(by);
    const { item } = await world.bigRoom.news.submit(author, {
      ...submission({ formId, projectId: project?.id, earliestDate }),
    });
    return item;
  }

  it('shows deadlines, releases, embargoes, sessions and holidays of whole weeks', async () => {
    const item = await submit('vilma', 'form-0001', '2026-12-10');
    const { issue } = await asked<IssueAnswer>('post', '/api/newsletter');
    await asked('put', `/api/newsletter/${issue.id}/deadline`, {
      deadline: '2026-12-18',
      seen: { deadline: issue.deadline },
    });
    await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    const answer = await seenBy('coordinator');
    assert.deepEqual([answer.first, answer.last], ['2026-11-30', '2027-01-03']);
    assert.deepEqual(
      answer.embargoes.map(({ id, date, titles }) => [id, date, titles.fi]),
      [[item.id, '2026-12-10', 'Elma neuvoo elintavoissa']],
    );
    assert.deepEqual(
      answer.issues.map(({ number, deadline }) => [number, deadline]),
      [[1, '2026-12-18']],
    );
    assert.ok(answer.sessions.some(({ date }) => date === '2026-12-01'));
    assert.ok(answer.holidays.some(({ date }) => date === '2026-12-25'));
  });

  it('says of a release from which day on its item may be published, also where that is later than the weeks on view', async () => {
    const item = await submit('vilma', 'form-0001', '2026-12-02');
    await asked('post', `/api/news/${item.id}/accept`, {});
    const { release } = await asked<ReleaseCreatedAnswer>('post', '/api/releases', { newsId: item.id });
    await asked<ReleaseAnswer>('post', `/api/releases/${release.id}/schedule`, {
      date: '2026-12-03',
      time: '09:00',
      waiver: 'Kieli tulee myöhemmin.',
      seen: { due: null },
    });
    const { texts: _texts, ...details } = item;
    await asked('put', `/api/news/${item.id}/details`, {
      projectId: details.projectId,
      audiences: details.audiences,
      wishedChannels: details.wishedChannels,
      earliestDate: '2027-02-01',
      seen: {
        projectId: details.projectId,
        audiences: details.audiences,
        wishedChannels: details.wishedChannels,
        link: null,
        earliestDate: '2026-12-02',
      },
    });
    const answer = await seenBy('coordinator');
    assert.deepEqual(
      answer.releases.map(({ id, earliestDate }) => [id, earliestDate]),
      [[release.id, '2027-02-01']],
    );
    assert.deepEqual(answer.embargoes, [], 'the day itself is not on view');
    const [seenByWorker] = (await seenBy('worker')).releases;
    assert.equal(seenByWorker?.earliestDate, undefined, 'what others asked for is not for a worker');
  });

  it('shows a worker their own embargoes alone', async () => {
    await submit('worker', 'form-0001', '2026-12-10');
    await submit('vilma', 'form-0002', '2026-12-11');
    assert.deepEqual(
      (await seenBy('worker')).embargoes.map(({ date }) => date),
      ['2026-12-10'],
    );
    assert.equal((await seenBy('coordinator')).embargoes.length, 2);
  });

  it('takes an item off its day once its date is another one, or nothing will come of it', async () => {
    const item = await submit('worker', 'form-0001', '2026-12-10');
    await asked('post', `/api/news/${item.id}/withdraw`, {}, 'worker');
    assert.deepEqual((await seenBy('worker')).embargoes, []);
  });

  it('finds the items of before, once, and asks one row after that', async () => {
    const item = await submit('vilma', 'form-0001', '2026-12-10');
    const partition = partitionOf(world.rows, programmePartition, keptLog());
    await partition.commit([{ op: 'delete', key: `news-day|2026-12-10|${item.id}` }]);
    assert.deepEqual((await seenBy('coordinator')).embargoes, []);
    const prepare = () => prepareNewsDays(partition, newsStore(partition));
    await prepare();
    assert.equal((await seenBy('coordinator')).embargoes.length, 1);
    const before = world.trips();
    await prepare();
    assert.equal(world.trips() - before, 1);
  });

  it('costs the same round trips whatever else there is', async () => {
    const tripsOf = async (): Promise<number> => {
      const before = world.trips();
      await seenBy('coordinator');
      return world.trips() - before;
    };
    // The programme, with its own days off, is read once a minute.
    await tripsOf();
    const few = await tripsOf();
    for (let number = 0; number < 20; number++)
      await submit('vilma', `form-1${String(number)}00`, '2026-12-10');
    assert.equal(await tripsOf(), few);
  });

  it('answers the five weeks from the current one where nobody says which', async () => {
    const { first, last } = await asked<CalendarAnswer>('get', '/api/calendar');
    assert.deepEqual([first, last], ['2026-11-23', '2026-12-27']);
  });

  it('refuses what are no dates, in the wrong order or too many, and says where', async () => {
    const faults = async (query: string): Promise<unknown> => {
      const response = await world.ask('get', `/api/calendar${query}`, 'coordinator');
      assert.equal(response.status, 400, query);
      const { fields } = (await response.json()) as { fields: { field: string; code: string }[] };
      return fields.map(({ field, code }) => [field, code]);
    };
    assert.deepEqual(await faults('?from=2026-12-31&to=2026-12-01'), [['to', 'endBeforeStart']]);
    assert.deepEqual(await faults('?from=2026-12-01&to=2027-12-31'), [['to', 'dateTooFar']]);
    assert.deepEqual(await faults('?from=soon&to=2026-12-01'), [['from', 'notADate']]);
    await faults('?from=2026-12-01');
    await faults('?from=%2B275760-09-13&to=%2B275760-09-13');
  });
});
