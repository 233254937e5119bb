import assert from 'node:assert/strict';
import type { Problem } from '../../src/http/problem.js';
import type { Route } from '../../src/http/route.js';
import type { AgendaAnswer, OccurrenceAnswer, SeriesAnswer } from '../../src/shared/answers/sessions.js';
import type { ContactAnswer } from '../../src/shared/answers/contacts.js';
import type { IssueAnswer } from '../../src/shared/answers/newsletter.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { NewsItemAnswer } from '../../src/shared/answers/news.js';
import { seenAfter, type Fields } from '../../src/shared/merge.js';
import type { Role } from '../../src/platform/actor.js';
import { actor, coordinator, programme, submission, worker } from '../make.js';
import type { ProjectId } from '../../src/platform/ids.js';
import { seriesForm } from '../make-sessions.js';
import { contactForm } from '../unit/sessions/reminders/reminders-world.js';
import { httpWorld, type HttpWorld } from './world.js';

/** Routes whose body has a version of its own, by the field without which they refuse it. */
const ownVersions: Readonly<Record<string, string>> = {
  'put /api/news/:id/texts/:language': 'basedOn',
  'post /api/news/:id/texts/:language/ready': 'seen',
  'put /api/releases/:id/texts/:language': 'replaces',
  'post /api/releases/:id/texts/:language/use-item-text': 'replaces',
  'post /api/newsletter/:id/approve': 'seen',
  'put /api/newsletter/:id/stories/:story/words/:language': 'replaces',
  'del /api/newsletter/:id/stories/:story/words/:language': 'replaces',
  'put /api/occurrences/:id/notes': 'basedOn',
  'post /api/occurrences/:id/swap': 'seen',
  'post /api/occurrences/:id/thanks': 'round',
};

const undo = 'takes back the action with a number, while nothing else has happened since';
const move = 'the table of moves says from which state it goes';
const key = 'gives a new key, whatever the one before was';
const form = 'adds something, once for each form';
const own = 'is of the person who sends it, and of nobody else';

/** Routes that write over nothing that somebody else wrote, each with the reason. */
const exempt: Readonly<Record<string, string>> = {
  'post /api/releases/:id/approve': 'does only what was approved first, while that is as it was',
  'post /api/newsletter/:id/send-back': 'takes approvals back, whatever was approved',
  'post /api/releases/:id/send-back': 'takes approvals back, whatever was approved',
  'post /api/programmes': 'adds one that is not there',
  'post /api/substitutes': 'adds one that is not there; days that are taken are refused',
  'post /api/substitutes/:person/:id/end': 'ends what has not ended; again is the same',
  'post /api/substitutes/:person/:id/restore': 'takes an end back, where the days are free still',
  'post /api/people-and-roles': 'adds somebody who is not there',
  'del /api/people-and-roles/:id': 'takes somebody away, whatever their role is by now',
  'put /api/session/language': own,
  'put /api/session/notify-by': own,
  'put /api/me/sessions/:id': own,
  'put /api/occurrences/:id/coming': own,
  'put /api/occurrences/:id/pulse': own,
  'post /api/topics/:id/vote': own,
  'post /stop/:key': own,
  'post /stop/:key/choices': 'changes what the page showed alone',
  'post /api/series/:id/meeting': 'changes nothing of ours: it asks Graph again',
  'post /open/:key/sign-up': own,
  'post /api/days-off': form,
  'del /api/days-off/:id': 'takes away what nobody can change',
  'post /open/:key/topic': form,
  'post /open/:key/:date/question': form,
  'post /open/:key/:date/pulse': own,
  'post /sign-up/:token': own,
  'post /coming/:occurrence/:contact/:signature': own,
  'post /stop/:key/back': own,
  'post /api/news/:id/undo': undo,
  'post /api/newsletter/:id/undo': undo,
  'post /api/releases/:id/undo': undo,
  'post /api/series/:id/undo': undo,
  'post /api/occurrences/:id/undo': undo,
  'post /api/news/:id/start-review': move,
  'post /api/news/:id/accept': move,
  'post /api/news/:id/reopen': move,
  'post /api/news/:id/request-changes': move,
  'post /api/news/:id/reject': move,
  'post /api/news/:id/withdraw': move,
  'post /api/news/:id/resubmit': move,
  'post /api/newsletter/:id/unapprove': move,
  'post /api/newsletter/:id/sent': move,
  'post /api/newsletter/:id/test-mail': 'sends a mail to whoever asks',
  'post /api/releases/:id/cancel': move,
  'post /api/releases/:id/publish': move,
  'post /api/releases/:id/restore': move,
  'post /api/releases/:id/retry': move,
  'post /api/releases/:id/correct': move,
  'post /api/releases/:id/take-down': move,
  'post /api/releases/:id/put-back': move,
  'post /api/releases/:id/unschedule': move,
  'post /api/releases/:id/withdraw': move,
  'post /api/releases/:id/give-up': move,
  'post /api/outbox/:id/resolve': move,
  'post /api/outbox/resolve-restored': move,
  'post /api/sends/:id/pause': move,
  'post /api/sends/:id/resume': move,
  'post /api/sends/:id/cancel': move,
  'post /api/sends/:id/again': move,
  'post /api/occurrences/:id/cancel': move,
  'post /api/occurrences/:id/restore': move,
  'post /api/occurrences/:id/keep': move,
  'post /api/occurrences/:id/confirm': move,
  'post /api/occurrences/:id/questions/:question/carry-over': move,
  'post /api/occurrences/:id/volunteer': 'takes a slot only where nobody has it',
  'post /api/occurrences/:id/ask-volunteers': 'asks for a slot only while nobody has it, once',
  'post /api/occurrences/:id/give-up': 'opens a slot only while it is of a project of the one who sends it',
  'post /api/occurrences/:id/swap/answer': 'answers the question that it names, while that is asked',
  'post /api/news/:id/note': 'adds a note',
  'post /api/news': form,
  'put /api/inbox/present': own,
  'post /api/news/:id/assign': 'gives the item to somebody, whoever had it; the trail says who did so',
  'post /api/news/:id/messages': 'adds a message',
  'post /api/news/:id/messages/settle': 'says that the newest message needs no reply',
  'post /api/newsletter': 'opens an issue where none is open',
  'post /api/newsletter/stories': 'adds an item that is not there yet',
  'post /api/newsletter/stories/several': 'adds items that are not there yet; each names what was seen of it',
  'del /api/newsletter/:id/stories/:story': 'takes out a story, whatever it says',
  'post /api/releases': form,
  'post /api/series': form,
  'post /api/series/:id/feed-key': key,
  'post /api/intranet/feed-key': key,
  'post /api/contacts/:id/stop-key': key,
  'post /api/series/preview': 'changes nothing',
  'post /api/occurrences/:id/preview': 'changes nothing',
  'post /api/series/:id/change-from/preview': 'changes nothing',
  'post /api/series/:id/end/preview': 'changes nothing',
  'post /api/programme': 'makes what is not there yet',
  'post /api/programme/projects': form,
  'post /api/programme/projects/:id/archive': move,
  'post /api/programme/projects/:id/restore': move,
  'put /api/programme/checklist': 'shows or hides a list',
  'post /api/checks/:id': 'changes nothing',
  'post /api/topics': form,
  'post /api/occurrences/:id/questions': form,
  'post /api/occurrences/:id/questions/:question/vote': own,
  'put /api/occurrences/:id/news/:news': 'adds a link',
  'post /api/contacts': 'adds somebody whose address is not there yet',
  'post /api/contacts/bulk': form,
  'post /api/contacts/bulk/:id/undo': undo,
  'post /api/contacts/:id/ask': 'asks where nobody has asked or answered yet',
  'post /agree/:key': own,
  'post /api/contacts/imports': form,
  'post /api/contacts/imports/:id/rows/:chunk': 'adds rows that are not there yet',
  'del /api/contacts/imports/:id': move,
  'post /api/contacts/imports/:id/start': move,
  'post /api/contacts/imports/:id/undo': move,
  'post /api/contacts/imports/:id/stop-send': move,
  'post /api/contacts/imports/:id/send': move,
  'post /api/contacts/several': 'adds those whose address is not there yet',
  'del /api/series/:id': 'takes a draft away, whatever is in it; anything that was published is refused',
  'del /api/contacts/:id': 'erases the data of a person, whatever they are',
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

describe('what the writer saw', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });

  afterEach(() => world.stop());

  async function send<Answer>(method: string, path: string, body?: unknown, who: Role = 'coordinator') {
    const response = await world.ask(method, path, who, body);
    return { status: response.status, answer: (await response.json()) as Answer & Problem };
  }
  const get = async <Answer>(path: string): Promise<Answer> => (await send<Answer>('get', path)).answer;
  const faults = ({ fields = [] }: Problem): string[] => fields.map(({ field, code }) => `${field} ${code}`);

  /** Ids with which each kind of route finds what it changes. */
  async function paths(): Promise<(route: Route) => string> {
    const { series } = await world.bigRoom.series.create(coordinator, seriesForm('hankeradio'));
    const occurrence = (
      await get<{ slots: { occurrence: { id: string } }[] }>(`/api/series/${series.id}/rotation`)
    ).slots[0]?.occurrence.id;
    const { item } = await world.bigRoom.news.submit(worker, submission());
    await world.bigRoom.news.accept(coordinator, item.id);
    const { issueId, storyId } = await world.bigRoom.newsletter.place(coordinator, item.id);
    const { release } = await world.bigRoom.releases.create(coordinator, { newsId: item.id });
    const contact = await world.bigRoom.contacts.add(coordinator, contactForm({ series: [] }));
    const ids: readonly [start: string, id: string | undefined][] = [
      ['/api/series/', series.id],
      ['/api/occurrences/', occurrence],
      ['/api/newsletter/', issueId],
      ['/api/releases/', release.id],
      ['/api/contacts/', contact.id],
      ['/api/news/', item.id],
    ];
    return ({ path }) =>
      path
        .replace(':id', ids.find(([start]) => path.startsWith(start))?.[1] ?? 'a'.repeat(26))
        .replace(':story', String(storyId))
        .replace(':language', 'fi')
        .replace(/:\w+/, 'b'.repeat(26));
  }

  it('is asked for by every route that writes over something', async () => {
    const pathOf = await paths();
    const writing = world.bigRoom.routes.filter(({ method }) => method !== 'get');
    const names = writing.map(nameOf);
    const known = [...Object.keys(ownVersions), ...Object.keys(exempt)];
    assert.deepEqual(
      known.filter((name) => !names.includes(name)),
      [],
      'routes that are no more',
    );
    for (const route of writing) {
      const name = nameOf(route);
      if (name in exempt) continue;
      const field = ownVersions[name] ?? 'seen';
      const { status, answer } = await send(route.method, pathOf(route), {}, 'admin');
      assert.equal(
        status,
        400,
        `${name}: give it a version (http/route.ts, overwrite), or a reason in this test`,
      );
      assert.ok(faults(answer).includes(`${field} required`), `${name}: ${faults(answer).join(', ')}`);
    }
  });

  it('has every field of the change', async () => {
    const { series } = await world.bigRoom.series.create(coordinator, seriesForm('hankeradio'));
    const body = { joinUrl: 'https://meet.example/1', pausedMonths: [7], seen: { pausedMonths: [] } };
    const { status, answer } = await send('put', `/api/series/${series.id}`, body);
    assert.deepEqual([status, faults(answer)], [400, ['seen.joinUrl required']]);
  });

  describe('of a series', () => {
    let path: string;
    let before: SeriesAnswer['series'];

    beforeEach(async () => {
      const { series } = await world.bigRoom.series.create(coordinator, seriesForm('hankeradio'));
      path = `/api/series/${series.id}`;
      before = (await get<SeriesAnswer>(path)).series;
    });

    it('keeps the Finnish and the Swedish description of two who save at once', async () => {
      const seen = { descriptions: before.descriptions };
      const write = (descriptions: object, who: Role) => send('put', path, { descriptions, seen }, who);
      const sent = await Promise.all([
        write({ fi: 'Hankkeet kertovat.' }, 'coordinator'),
        write({ sv: 'Projekten berättar.' }, 'admin'),
      ]);
      assert.deepEqual(
        sent.map(({ status }) => status),
        [200, 200],
      );
      const { series } = await get<SeriesAnswer>(path);
      assert.deepEqual(series.descriptions, { fi: 'Hankkeet kertovat.', sv: 'Projekten berättar.' });
    });

    it('names the field that both changed and what is there now; sent again over that, it replaces it and no more', async () => {
      const seen: Fields = { descriptions: {}, pausedMonths: before.pausedMonths };
      const mine = { descriptions: { fi: 'Minun teksti.' }, pausedMonths: before.pausedMonths };
      const theirs = { descriptions: { fi: 'Toisen teksti.', sv: 'En annans text.' }, pausedMonths: [7] };
      await send('put', path, { ...theirs, seen }, 'admin');
      const { status, answer } = await send('put', path, { ...mine, seen });
      assert.deepEqual([status, answer.code], [409, 'edit.conflict']);
      assert.deepEqual(answer.fields, [
        {
          field: 'descriptions.fi',
          code: 'changedMeanwhile',
          values: { now: 'text', theirs: 'Toisen teksti.' },
          text: 'Joku muu muutti tätä sillä välin. Nyt tässä on: ”Toisen teksti.” Jos tallennat uudelleen, muutoksesi korvaa sen.',
        },
      ]);
      assert.deepEqual(answer.details, { theirs: { 'descriptions.fi': 'Toisen teksti.' } });
      assert.deepEqual((await get<SeriesAnswer>(path)).series.descriptions, theirs.descriptions);
      const again = { ...mine, seen: seenAfter(seen, answer.details.theirs) };
      assert.equal((await send('put', path, again)).status, 200);
      const { series } = await get<SeriesAnswer>(path);
      assert.deepEqual(series.descriptions, { fi: 'Minun teksti.', sv: 'En annans text.' });
      assert.deepEqual(series.pausedMonths, [7]);
    });

    it('says what is wrong with two changes together that were right each by itself', async () => {
      const { rotation } = before;
      const seen = { rotation };
      await send('put', path, { rotation: { ...rotation, deadlineDays: 14 }, seen });
      const { status, answer } = await send('put', path, { rotation: { ...rotation, askDays: 10 }, seen });
      assert.deepEqual([status, faults(answer)], [400, ['rotation.deadlineDays notInRange']]);
    });

    it('refuses another rule, or an end, over a rule that was not seen', async () => {
      const seen = { segments: before.segments };
      const changed = await send('post', `${path}/change-from`, { from: '2027-01-01', time: '10:00', seen });
      assert.equal(changed.status, 200);
      for (const [name, body] of [
        ['change-from', { from: '2027-01-01', time: '11:00', seen }],
        ['end', { last: '2027-06-01', seen }],
      ] as const) {
        const { status, answer } = await send('post', `${path}/${name}`, body);
        assert.deepEqual([status, faults(answer)], [409, ['segments changedMeanwhile']], name);
      }
    });
  });

  describe('of an occurrence', () => {
    let path: string;
    let before: OccurrenceAnswer['occurrence'];

    beforeEach(async () => {
      const { series } = await world.bigRoom.series.create(coordinator, seriesForm('hankeradio'));
      const [line] = await world.bigRoom.series.upcoming(coordinator, 1, series.id);
      path = `/api/occurrences/${String(line?.id)}`;
      before = (await get<OccurrenceAnswer>(path)).occurrence;
    });

    it('puts two agendas together item by item and by language, whatever else happens', async () => {
      const opening = { id: 'opening', title: { fi: 'Avaus' }, minutes: 5 };
      const plan = { id: 'plan', title: { fi: 'Suunnitelma' } };
      await send('put', `${path}/agenda`, { items: [opening, plan], seen: { items: [] } });
      const seen = await get<AgendaAnswer>(`${path}/agenda`);
      const swedish = { ...opening, title: { fi: 'Avaus', sv: 'Öppning' } };
      const longer = { ...plan, title: { fi: 'Viestintäsuunnitelma' }, minutes: 20 };
      await send('put', `${path}/coming`, { answer: 'notComing' }, 'worker');
      const theirs = await send('put', `${path}/agenda`, { items: [swedish, plan], seen }, 'admin');
      const mine = await send('put', `${path}/agenda`, { items: [opening, longer], seen });
      assert.deepEqual([theirs.status, mine.status], [200, 200]);
      assert.deepEqual((await get<AgendaAnswer>(`${path}/agenda`)).items, [swedish, longer]);
      const last = { ...plan, title: { fi: 'Vuosisuunnitelma' } };
      const { status, answer } = await send('put', `${path}/agenda`, { items: [opening, last], seen });
      assert.deepEqual(
        [status, answer.fields?.map(({ field, values }) => [field, values?.theirs])],
        [409, [['items.plan.title.fi', 'Viestintäsuunnitelma']]],
      );
    });

    it('keeps a topic on the agenda that was put there meanwhile', async () => {
      const topicForm = {
        seriesId: before.seriesId,
        text: 'Selkeä kieli',
        language: 'fi',
        formId: 'topic-form',
      };
      const { answer } = await send<{ topic: { id: string; state: object } }>(
        'post',
        '/api/topics',
        topicForm,
        'worker',
      );
      const settled = { occurrenceId: before.id, seen: { state: answer.topic.state } };
      await send('post', `/api/topics/${answer.topic.id}/settle`, settled);
      const opening = { id: 'opening', title: { fi: 'Avaus' } };
      const { status } = await send('put', `${path}/agenda`, { items: [opening], seen: { items: [] } });
      assert.equal(status, 200);
      const { items } = await get<AgendaAnswer>(`${path}/agenda`);
      assert.deepEqual(items, [opening, { id: answer.topic.id, title: { fi: 'Selkeä kieli' } }]);
      const late = await send('post', `/api/topics/${answer.topic.id}/settle`, {
        as: 'declined',
        seen: { state: { status: 'proposed' } },
      });
      assert.deepEqual([late.status, faults(late.answer)], [409, ['state changedMeanwhile']]);
    });

    it('refuses a second move, name, slot, talk, number and set of links over ones that were not seen', async () => {
      const time = { start: before.start, end: before.end };
      const noTalk = { topic: null, speaker: null, material: null, language: null };
      const talk = { topic: 'Aihe', speaker: 'Puhuja', language: 'fi' };
      const link = (recordingUrl: string) => ({ recordingUrl, seen: { recordingUrl: null } });
      const cases: readonly [
        method: string,
        name: string,
        first: object,
        second: object,
        faults: string[],
      ][] = [
        [
          'post',
          'move',
          { date: '2026-12-02', time: '09:00', seen: time },
          { date: '2026-12-03', time: '09:00', seen: time },
          ['start', 'end'],
        ],
        [
          'put',
          '',
          { joinUrl: 'https://a.example/', seen: { joinUrl: null } },
          { joinUrl: 'https://b.example/', seen: { joinUrl: null } },
          ['joinUrl'],
        ],
        [
          'put',
          'turn',
          { projectId: 'digi', seen: { projectId: 'elma' } },
          { projectId: 'lahella', seen: { projectId: 'elma' } },
          ['projectId'],
        ],
        ['put', 'talk', { ...talk, seen: noTalk }, { ...talk, topic: 'Toinen', seen: noTalk }, ['topic']],
        ['put', 'materials', link('https://a.example/'), link('https://b.example/'), ['recordingUrl']],
      ];
      for (const [method, name, first, second, fields] of cases) {
        const address = name === '' ? path : `${path}/${name}`;
        const done = await send(method, address, first, 'admin');
        assert.equal(done.status, 200, `${name} ${JSON.stringify(done.answer)}`);
        const { status, answer } = await send(method, address, second);
        assert.deepEqual([status, answer.code], [409, 'edit.conflict'], name);
        assert.deepEqual(
          answer.fields?.map(({ field }) => field),
          fields,
        );
        // The same change made by both is none.
        assert.equal((await send(method, address, first)).status, 200, name);
      }
      world.clock.forward({ days: 20 });
      const count = (number: number) => ({ count: number, seen: { count: null } });
      assert.equal((await send('put', `${path}/attendance`, count(31))).status, 200);
      assert.deepEqual(faults((await send('put', `${path}/attendance`, count(30))).answer), [
        'count changedMeanwhile',
      ]);
    });

    it('puts a corrected topic and an added link of one talk together', async () => {
      const talk = { topic: 'Aihe', speaker: 'Puhuja', language: 'fi', material: null };
      await send('put', `${path}/talk`, {
        ...talk,
        seen: { topic: null, speaker: null, language: null, material: null },
      });
      const material = 'https://kalvot.example/1';
      await send('put', `${path}/talk`, { ...talk, material, seen: talk }, 'admin');
      await send('put', `${path}/talk`, { ...talk, topic: 'Parempi aihe', seen: talk });
      const { topic, material: kept } = (await get<OccurrenceAnswer>(path)).occurrence.talk ?? {};
      assert.deepEqual([topic, kept], ['Parempi aihe', material]);
    });

    it('puts a corrected topic and its translation by another together, and refuses a second translation', async () => {
      const talk = { topic: 'Aihe', speaker: 'Puhuja', language: 'fi', material: null };
      const seen = { topic: null, speaker: null, language: null, material: null, translations: {} };
      await send('put', `${path}/talk`, { ...talk, seen });
      const translated = (topic: string) => ({
        ...talk,
        translations: { sv: { topic } },
        seen: { ...talk, translations: {} },
      });
      assert.equal((await send('put', `${path}/talk`, translated('Ämne'), 'admin')).status, 200);
      const corrected = { ...talk, topic: 'Parempi aihe', translations: {} };
      const sent = await send('put', `${path}/talk`, { ...corrected, seen: { ...talk, translations: {} } });
      assert.equal(sent.status, 200);
      const { topic, translations } = (await get<OccurrenceAnswer>(path)).occurrence.talk ?? {};
      assert.deepEqual([topic, translations], ['Parempi aihe', { sv: { topic: 'Ämne' } }]);
      const { status, answer } = await send('put', `${path}/talk`, translated('Annat ämne'));
      assert.deepEqual([status, answer.code], [409, 'edit.conflict']);
      assert.deepEqual(answer.details, { theirs: { 'translations.sv.topic': 'Ämne' } });
    });

    it('gives a slot to somebody of its project over nobody whom another coordinator chose', async () => {
      const valle = actor('valle');
      const projects = ['elma' as ProjectId];
      await world.bigRoom.people.add(programme, [{ ...valle, language: 'fi', projects }]);
      const saw = { projectId: 'elma', personId: null };
      const chosen = { projectId: 'elma', personId: valle.id };
      assert.equal((await send('put', `${path}/turn`, { ...chosen, seen: saw }, 'admin')).status, 200);
      const over = await send('put', `${path}/turn`, { projectId: 'digi', personId: null, seen: saw });
      assert.deepEqual([over.status, over.answer.code], [409, 'edit.conflict']);
      assert.deepEqual(over.answer.details, { theirs: { personId: valle.id } });
      const stranger = { projectId: 'digi', personId: valle.id, seen: chosen };
      const { status, answer } = await send('put', `${path}/turn`, stranger);
      assert.deepEqual([status, faults(answer)], [400, ['personId unknownChoice']]);
    });

    it('gives a slot that was only proposed, whatever the proposal is by now', async () => {
      const { status } = await send('put', `${path}/turn`, {
        projectId: 'digi',
        seen: { projectId: 'lahella' },
      });
      assert.equal(status, 200);
    });
  });

  it('keeps what two changed of one contact, and knows who unsubscribed meanwhile', async () => {
    const { id, stopKey } = await world.bigRoom.contacts.add(coordinator, contactForm({ series: [] }));
    const path = `/api/contacts/${id}`;
    const { contact } = await get<ContactAnswer>(path);
    const { name, organisation = null, address, language, series, consent } = contact;
    const seen = { name, organisation, address, language, series, consent };
    const sent = { name, organisation, address, language, series };
    await send('put', path, { ...sent, organisation: 'Kunta', seen }, 'admin');
    const { answer } = await send<ContactAnswer>('put', path, { ...sent, name: 'Outi Uusi', seen });
    assert.deepEqual([answer.contact.name, answer.contact.organisation], ['Outi Uusi', 'Kunta']);
    const other = await send('put', path, { ...sent, name: 'Outi Toinen', seen });
    assert.deepEqual([other.status, faults(other.answer)], [409, ['name changedMeanwhile']]);
    await world.bigRoom.contacts.stop(stopKey);
    const late = await send('put', path, { ...sent, consent: { given: false }, seen });
    assert.deepEqual([late.status, faults(late.answer)], [409, ['consent changedMeanwhile']]);
  });

  it('keeps what two changed of the background of one item', async () => {
    const { item } = await world.bigRoom.news.submit(worker, submission());
    const path = `/api/news/${item.id}`;
    const { projectId, audiences, wishedChannels } = item;
    const seen = { projectId, audiences, wishedChannels, link: null, earliestDate: null };
    await send('put', `${path}/details`, { ...seen, link: 'https://elma.example/', seen }, 'admin');
    await send('put', `${path}/details`, { ...seen, earliestDate: '2026-12-01', seen });
    const { item: after } = await get<NewsItemAnswer>(path);
    assert.deepEqual([after.link, after.earliestDate], ['https://elma.example/', '2026-12-01']);
    const { status, answer } = await send('put', `${path}/details`, {
      ...seen,
      earliestDate: '2026-12-24',
      seen,
    });
    assert.deepEqual(
      [status, answer.fields?.map(({ text }) => text)],
      [
        409,
        [
          'Joku muu muutti tätä sillä välin. Nyt tässä on: ”1.12.2026”. Jos tallennat uudelleen, muutoksesi korvaa sen.',
        ],
      ],
    );
  });

  it('is compared with the newsletter: deadline, weight, lead, order, and the texts that are approved or dropped', async () => {
    for (const formId of ['form-0001', 'form-0002', 'form-0003']) {
      const { item } = await world.bigRoom.news.submit(worker, submission({ formId }));
      await world.bigRoom.news.accept(coordinator, item.id);
      await world.bigRoom.newsletter.place(coordinator, item.id);
    }
    const [{ id } = { id: '' }] = await world.bigRoom.newsletter.issues(coordinator);
    const path = `/api/newsletter/${id}`;
    const { issue } = await get<IssueAnswer>(path);
    const projects = issue.sections.map((section) => section.id);
    const stories = issue.sections.flatMap((section) => section.stories.map((story) => story.id));
    const [one = '', other = ''] = stories;
    const order = { projects, stories };
    const isRefused = async (method: string, name: string, body: object, field: string): Promise<void> => {
      const { status, answer } = await send(method, `${path}/${name}`, body);
      assert.deepEqual([status, faults(answer)], [409, [`${field} changedMeanwhile`]], name);
    };
    const isDone = async (method: string, name: string, body: object): Promise<void> => {
      const { status, answer } = await send(method, `${path}/${name}`, body, 'admin');
      assert.equal(status, 200, `${name} ${JSON.stringify(answer)}`);
    };
    const { deadline } = issue;
    await isDone('put', 'deadline', { deadline: '2026-12-31', seen: { deadline } });
    await isRefused('put', 'deadline', { deadline: '2026-12-30', seen: { deadline } }, 'deadline');
    await isDone('put', `stories/${one}/weight`, { weight: 1, seen: { weight: 2 } });
    await isRefused('put', `stories/${one}/weight`, { weight: 3, seen: { weight: 2 } }, 'weight');
    await isDone('put', 'order', { projects, stories: [other, one], seen: order });
    await isRefused('put', 'order', { ...order, seen: { projects, stories: [one, other] } }, 'order');
    await isRefused('post', 'arrange', { seen: { projects, stories: [one, other] } }, 'order');
    await isDone('post', 'arrange', { seen: { projects, stories: [other, one] } });
    await isDone('put', 'lead', { story: other, seen: { lead: null } });
    await isRefused('put', 'lead', { story: one, seen: { lead: null } }, 'lead');
    const words = { title: 'Kirjeen otsikko', lead: '', body: '' };
    await isDone('put', `stories/${one}/words/fi`, { words, replaces: null });
    const drop = await send('del', `${path}/stories/${one}/words/fi`, { replaces: '2026-01-01T00:00:00Z' });
    assert.deepEqual([drop.status, drop.answer.code], [409, 'text.conflict']);
  });

  it('is compared with what a release says otherwise, and with whom readers may ask', async () => {
    const { item } = await world.bigRoom.news.submit(worker, submission());
    await world.bigRoom.news.accept(coordinator, item.id);
    const { release } = await world.bigRoom.releases.create(coordinator, { newsId: item.id });
    const path = `/api/releases/${release.id}`;
    const own = { words: { title: 'Lyhyesti' }, replaces: null };
    assert.equal((await send('put', `${path}/texts/fi`, own)).status, 200);
    const view = await get<Pick<ReleaseAnswer, 'release'>>(path);
    const { at: savedAt } = view.release.own.fi ?? assert.fail('nothing was saved');
    const late = await send(
      'put',
      `${path}/texts/fi`,
      { words: { title: 'Toisin' }, replaces: null },
      'admin',
    );
    assert.deepEqual([late.status, late.answer.code], [409, 'text.conflict']);
    const theirs = late.answer.details?.theirs as { title?: string } | undefined;
    assert.equal(theirs?.title, 'Lyhyesti');
    const back = (replaces: string | null) => send('post', `${path}/texts/fi/use-item-text`, { replaces });
    assert.equal((await back(null)).status, 409);
    assert.equal((await back(savedAt)).status, 200);
    const contact = (name: string, who: Role) =>
      send('put', `${path}/contact`, { contact: name, seen: { contact: null } }, who);
    assert.equal((await contact('Kaisa', 'coordinator')).status, 200);
    assert.equal((await contact('Aada', 'admin')).status, 409);
  });

  it('is compared with a text that is said to be ready, and with an item that is accepted', async () => {
    const { item } = await world.bigRoom.news.submit(worker, submission());
    const path = `/api/news/${item.id}`;
    await send('put', `${path}/texts/fi`, { title: 'Elma', lead: '', body: 'Vaasassa', basedOn: 1 }, 'admin');
    for (const [change, body] of [
      ['texts/fi/ready', { seen: { fi: 1 } }],
      ['accept', { seen: { fi: 1 } }],
    ] as const) {
      const { status, answer } = await send('post', `${path}/${change}`, body);
      assert.deepEqual([status, answer.code], [409, 'text.conflict']);
      assert.deepEqual(answer.details?.revisions, { fi: 2, sv: 0, en: 0 });
    }
    const writing = await send('post', `${path}/accept`, { seen: { fi: 2 } });
    assert.deepEqual([writing.status, writing.answer.code], [409, 'text.beingWritten']);
    assert.equal(typeof writing.answer.details?.who, 'string');
    const although = await send<NewsItemAnswer>('post', `${path}/accept`, {
      seen: { fi: 2 },
      although: true,
    });
    assert.equal(although.status, 200);
  });

  it('is compared with a release: its time, and the revisions that were looked at', async () => {
    const { item } = await world.bigRoom.news.submit(worker, submission());
    await world.bigRoom.news.accept(coordinator, item.id);
    const { release } = await world.bigRoom.releases.create(coordinator, { newsId: item.id });
    const path = `/api/releases/${release.id}`;
    const waiver = 'Vain suomeksi.';
    const at = (time: string, fi = 1) => ({
      date: '2026-12-01',
      time,
      waiver,
      seen: { due: null },
      texts: { fi },
    });
    for (const [move, body] of [
      ['schedule', at('09:00', 7)],
      ['publish', { waiver, seen: { fi: 7 } }],
    ] as const) {
      const unseen = await send('post', `${path}/${move}`, body);
      assert.deepEqual([unseen.status, unseen.answer.code], [409, 'text.conflict']);
    }
    assert.equal((await send('post', `${path}/schedule`, at('09:00'), 'admin')).status, 200);
    const { status, answer } = await send('post', `${path}/schedule`, at('10:00'));
    assert.deepEqual(
      [status, answer.fields?.map(({ text }) => text)],
      [
        409,
        [
          'Joku muu muutti tätä sillä välin. Nyt tässä on: ”ti 1.12. klo 9.00”. Jos tallennat uudelleen, muutoksesi korvaa sen.',
        ],
      ],
    );
  });
});
