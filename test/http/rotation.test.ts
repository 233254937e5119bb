import assert from 'node:assert/strict';
import type { OccurrenceAuditAnswer, RotationAnswer, SlotAnswer } from '../../src/shared/answers/sessions.js';
import type { QuestionsAnswer, TopicAnswer } from '../../src/shared/answers/sessions.js';
import { actor } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { httpWorld, type HttpWorld } from './world.js';

describe('slots, topics and follow-up over HTTP', () => {
  let world: HttpWorld;
  let seriesId: string;
  let path: string;

  before(async () => {
    world = await httpWorld();
    const form = seriesForm('hankeradio');
    const { series } = await world.bigRoom.series.create(actor('coordinator', 'coordinator'), form);
    seriesId = series.id;
    const rotation = (await (
      await world.ask('get', `/api/series/${seriesId}/rotation`, 'worker')
    ).json()) as RotationAnswer;
    assert.equal(rotation.slots.length, 12);
    path = `/api/occurrences/${String(rotation.slots[0]?.occurrence.id)}`;
  });

  after(() => world.stop());

  const code = async (answer: Promise<Response>): Promise<string> => {
    const { status, ...rest } = await answer.then(async (response) => ({
      status: response.status,
      ...((await response.json()) as { code?: string }),
    }));
    return `${String(status)} ${rest.code ?? ''}`.trim();
  };

  it("gives a slot, refuses another project's, and answers with the whole occurrence", async () => {
    const given = await world.ask('put', `${path}/turn`, 'coordinator', {
      projectId: 'digi',
      seen: { projectId: 'elma' },
    });
    const { occurrence, undo } = (await given.json()) as SlotAnswer;
    assert.equal(occurrence.slot?.how, 'chosen');
    assert.equal(undo, 1);
    const audit = await world.ask('get', `${path}/audit`, 'coordinator');
    assert.equal(((await audit.json()) as OccurrenceAuditAnswer).lines.length, 1);
    assert.equal(
      await code(world.ask('post', `${path}/volunteer`, 'worker', { projectId: 'elma' })),
      '403 presenter.notYours',
    );
    assert.equal(
      await code(world.ask('post', `${path}/volunteer`, 'coordinator', { projectId: 'elma' })),
      '409 presenter.taken',
    );
    assert.equal(
      await code(world.ask('post', `${path}/swap`, 'coordinator', { with: 'nothing', seen: 'digi' })),
      '404 occurrence.notFound',
    );
    assert.equal(
      await code(world.ask('post', `${path}/swap/answer`, 'coordinator', { isAccepted: true })),
      '400 input.invalid',
    );
    const answer = { with: path.split('/').at(-1), isAccepted: true };
    assert.equal(
      await code(world.ask('post', `${path}/swap/answer`, 'coordinator', answer)),
      '409 swap.notPossible',
    );
    const seen = { topic: null, speaker: null, language: null, material: null };
    const talk = { topic: 'Aihe', speaker: 'Puhuja', language: 'fi', seen };
    assert.equal(await code(world.ask('put', `${path}/talk`, 'coordinator', talk)), '200');
  });

  it('takes a topic from proposal to agenda', async () => {
    const form = { seriesId, text: 'Selkeä kieli', language: 'fi', formId: 'topic-form' };
    const { topic } = (await (await world.ask('post', '/api/topics', 'worker', form)).json()) as TopicAnswer;
    const vote = await world.ask('post', `/api/topics/${topic.id}/vote`, 'admin', { isFor: true });
    assert.equal(((await vote.json()) as TopicAnswer).topic.votes, 1);
    const occurrenceId = path.split('/').at(-1);
    assert.equal(
      await code(
        world.ask('post', `/api/topics/${topic.id}/settle`, 'coordinator', {
          occurrenceId,
          seen: { state: topic.state },
        }),
      ),
      '200',
    );
    const agenda = (await (await world.ask('get', `${path}/agenda`, 'worker')).json()) as {
      items: unknown[];
    };
    assert.deepEqual(agenda.items, [{ id: topic.id, title: { fi: 'Selkeä kieli' } }]);
  });

  it('takes a question and its answer', async () => {
    const form = { text: 'Milloin?', formId: 'question-form' };
    assert.equal(await code(world.ask('post', `${path}/questions`, 'worker', form)), '200');
    const { questions } = (await (
      await world.ask('get', `${path}/questions`, 'worker')
    ).json()) as QuestionsAnswer;
    const answer = `${path}/questions/${String(questions[0]?.id)}/answer`;
    const sent = (text: string, seen: string | null) => ({ answer: text, seen: { answer: seen } });
    assert.equal(await code(world.ask('put', answer, 'worker', sent('x', null))), '403 presenter.notYours');
    assert.equal(await code(world.ask('put', answer, 'coordinator', sent('Pian', null))), '200');
    assert.equal(await code(world.ask('put', answer, 'admin', sent('Ei', null))), '409 edit.conflict');
    assert.equal(
      await code(world.ask('put', answer, 'admin', sent('Ei', 'Pian'))),
      '409 question.moveNotAllowed',
    );
  });

  it("keeps what was written down, and says what it can't do", async () => {
    assert.equal(
      await code(world.ask('put', `${path}/notes`, 'coordinator', { text: 'Yksi', basedOn: 0 })),
      '200',
    );
    assert.equal(
      await code(world.ask('put', `${path}/notes`, 'admin', { text: 'Kaksi', basedOn: 0 })),
      '409 text.conflict',
    );
    world.clock.forward({ days: 10 });
    assert.equal(
      await code(world.ask('post', `${path}/attendance/fetch`, 'coordinator', { seen: { count: null } })),
      '409 attendance.noSource',
    );
    assert.equal(await code(world.ask('put', `${path}/pulse`, 'worker', { useful: 4 })), '200');
    assert.equal(await code(world.ask('post', `${path}/thanks`, 'coordinator', { round: 1 })), '200');
    assert.equal(await code(world.ask('get', `${path}/news-draft`, 'worker')), '200');
  });
});
