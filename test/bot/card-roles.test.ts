import assert from 'node:assert/strict';
import { botFeatures } from '../../bot/index.js';
import { t } from '../../src/i18n/messages.js';
import { type Role, roles } from '../../src/platform/actor.js';
import type { PersonId } from '../../src/platform/ids.js';
import { programme } from '../make.js';
import { botWorld, type BotWorld } from './bot-world.js';

/** Who may press which button, written down a second time and by hand: a verb that changes hands must be changed here too. */
const everybody = roles;
const coordinators: readonly Role[] = ['coordinator', 'admin'];
const policy: Readonly<Record<string, readonly Role[]>> = {
  'newsletter.next': everybody,
  'substitute.open': everybody,
  'substitute.save': everybody,
  'substitute.end': everybody,
  'session.makeNews': everybody,
  'form.open': everybody,
  'form.propose': everybody,
  'news.submit': everybody,
  'news.edit': everybody,
  'news.save': everybody,
  'news.open': everybody,
  'news.askWithdraw': everybody,
  'news.withdraw': everybody,
  'news.undo': everybody,
  'news.waits': everybody,
  'news.status': everybody,
  'news.takeBack': everybody,
  'news.mine': everybody,
  'reply.which': everybody,
  'reply.send': everybody,
  'reply.open': everybody,
  'reply.askRemoval': everybody,
  'reply.asNews': everybody,
  'sessions.open': everybody,
  'session.next': everybody,
  'session.open': everybody,
  'session.cannot': everybody,
  'session.come': everybody,
  'channel.open': coordinators,
  'channel.set': coordinators,
  'session.ask': everybody,
  'question.send': everybody,
  'question.answer': everybody,
  'session.volunteer': everybody,
  'presenter.open': everybody,
  'presenter.send': everybody,
  'presenter.askGiveUp': everybody,
  'presenter.giveUp': everybody,
  'slots.open': everybody,
  'swap.withdraw': everybody,
  'presenter.askSwap': everybody,
  'presenter.swap': everybody,
  'swap.answer': everybody,
  'topic.form': everybody,
  'topic.send': everybody,
  'topics.open': everybody,
  'topic.vote': everybody,
  'reminders.stop': everybody,
  'reminders.start': everybody,
  'reminders.restore': everybody,
  'reminders.later': everybody,
  'reminders.notLater': everybody,
  'reminders.open': everybody,
  'reminders.edit': everybody,
  'reminders.save': everybody,
  'reminders.off': everybody,
  'pulse.send': everybody,
  'session.join': everybody,
  'session.presenter': everybody,
  'session.past': everybody,
  'session.calendar': everybody,
  'session.question': everybody,
  'session.absent': everybody,
  'session.attend': everybody,
  'session.recordings': everybody,
  'slot.mine': everybody,
  'slot.topic': everybody,
  'slot.swap': everybody,
  'slot.giveUp': everybody,
  'slot.volunteer': everybody,
  'digest.settings': coordinators,
  'digest.save': coordinators,
  'language.open': everybody,
  'language.set': everybody,
  'notify.open': everybody,
  'notify.set': everybody,
  'programme.open': everybody,
  'programme.choose': everybody,
};

describe('card actions and roles', () => {
  let world: BotWorld;
  let verbs: readonly string[];

  before(async () => {
    world = await botWorld();
    await world.bigRoom.people.add(
      programme,
      roles.map((role) => ({
        id: `role-${role}` as PersonId,
        name: `Demo ${role}`,
        role,
        language: 'fi',
        projects: [],
      })),
    );
    verbs = botFeatures({ ...world.bigRoom, clock: world.clock, publicUrl: 'http://127.0.0.1' })
      .flatMap(({ cardActions = [] }) => cardActions)
      .map(({ verb }) => verb);
  });

  after(() => world.stop());

  it('names every verb once in the policy', () => {
    assert.deepEqual([...verbs].sort(), Object.keys(policy).sort());
  });

  it('answer just those who may, each role at each verb', async () => {
    const denied = t('fi', 'error.permission.denied');
    for (const verb of verbs) {
      for (const role of roles) {
        const { status, body } = await world.talker(`role-${role}`).execute(verb, {});
        assert.equal(status, 200, `${verb} for ${role}`);
        const isDenied = JSON.stringify(body).includes(denied);
        assert.equal(isDenied, !(policy[verb] ?? []).includes(role), `${verb} for ${role}`);
      }
    }
  });

  it('answer a worker who acts for somebody as that somebody, an admin’s substitute as a coordinator', async () => {
    const denied = t('fi', 'error.permission.denied');
    const { substitutions } = world.bigRoom;
    for (const role of roles.filter((each) => each !== 'worker')) {
      const absent = await world.person(`role-${role}`);
      const { id } = await substitutions.set(absent, {
        formId: `form-${role}`,
        absent: absent.id,
        substitute: 'role-worker' as PersonId,
        from: '2026-11-03',
        to: '2026-11-03',
      });
      for (const verb of verbs) {
        const { body } = await world.talker('role-worker').execute(verb, {});
        const may = (policy[verb] ?? []).includes(role === 'admin' ? 'coordinator' : role);
        assert.equal(JSON.stringify(body).includes(denied), !may, `${verb} for ${role}`);
      }
      await substitutions.end(absent, absent.id, id);
    }
  });

  it('answer somebody who was removed from the programme with that, whatever they press', async () => {
    const [admin, gone] = [await world.person('role-admin'), await world.person('role-translator')];
    await world.bigRoom.members.remove(admin, gone.id);
    const left = t('fi', 'error.person.left');
    for (const verb of verbs) {
      const { status, body } = await world.talker('role-translator').execute(verb, {});
      assert.equal(status, 200, verb);
      assert.ok(JSON.stringify(body).includes(left), `${verb}: ${JSON.stringify(body)}`);
    }
    await world.bigRoom.members.add(admin, gone);
    assert.equal((await world.person('role-translator')).role, 'translator');
  });
});
