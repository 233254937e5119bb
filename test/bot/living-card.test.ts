import assert from 'node:assert/strict';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { IssueId, NewsId } from '../../src/platform/ids.js';
import { submission } from '../make.js';
import type { Sent } from '../world/teams/connector.js';
import {
  type BotWorld,
  type Talker,
  botWorld,
  buttonOf,
  buttonsOf,
  cardOf,
  invokedCard,
  textOf,
  typed,
  valuesOf,
} from './bot-world.js';

const undoSeconds = 10;

describe('bot: the card that follows an item', () => {
  let world: BotWorld;
  let worker: OutboxWorker;
  beforeEach(async () => {
    world = await botWorld({ undoSeconds });
    worker = world.bigRoom.worker(world.bot.showNotice);
  });
  afterEach(() => world.stop());

  const kaisa = () => world.person('kaisa');
  const news = () => world.bigRoom.news;

  async function workAll(): Promise<void> {
    for (let count = 1; count > 0;) count = (await worker.work()) + (await worker.sweep());
  }

  /** What Teams got while this was done and the time for an undo went by. */
  async function afterwards(work: () => Promise<unknown>): Promise<readonly Sent[]> {
    const before = world.teams.sent.length;
    await work();
    world.clock.forward({ seconds: undoSeconds });
    await workAll();
    return world.teams.sent.slice(before);
  }

  function forward(by: { readonly seconds: number }): Promise<void> {
    world.clock.forward(by);
    return Promise.resolve();
  }

  const briefly = (sent: readonly Sent[]): string[] =>
    sent.map(({ how, activityId }) => (how === 'updated' ? `${how} ${activityId}` : how));

  /** Vilma sends news; the message with her form becomes the receipt. */
  async function vilmaSubmits() {
    const submitted = await world.vilmaSubmits('form-card');
    await workAll();
    return submitted;
  }

  const issue = { in: 'newsletter', id: 'issue1' as IssueId, number: 4, at: '2026-11-03T08:00:00Z' } as const;
  async function place(id: NewsId): Promise<void> {
    const { changes, messages } = await news().use(await kaisa(), id, issue);
    await world.bigRoom.outbox.commit(changes, messages);
  }

  it('becomes what the item is, quietly: accepted and placed within the undo time are one change and no message', async () => {
    const { id } = await vilmaSubmits();
    const sent = await afterwards(async () => {
      await news().accept(await kaisa(), id);
      world.clock.forward({ seconds: 4 });
      await place(id);
    });
    world.clock.forward({ seconds: undoSeconds });
    assert.deepEqual(await afterwards(() => Promise.resolve()), []);
    assert.deepEqual(briefly(sent), ['updated form-card']);
    assert.match(
      textOf(cardOf(sent[0])),
      /Hyväksytty[^]*Uutiskirje, numero 4[^]*Kerron, kun uutinen julkaistaan/,
    );
  });

  it('shows nothing of a move that was undone', async () => {
    const { id } = await vilmaSubmits();
    const sent = await afterwards(async () => {
      const { undo } = await news().accept(await kaisa(), id);
      world.clock.forward({ seconds: 5 });
      await news().undo(await kaisa(), id, undo ?? 0);
    });
    assert.deepEqual(briefly([...sent, ...(await afterwards(() => Promise.resolve()))]), []);
  });

  describe('a decision that was taken back, without its undo, before its author was notified', () => {
    const decisions: Readonly<Record<string, (id: NewsId) => Promise<unknown>>> = {
      rejected: async (id) => news().reject(await kaisa(), id, 'Kuuluu toisaalle.'),
      asked: async (id) => news().requestChanges(await kaisa(), id, 'Missä kunnissa?'),
      accepted: async (id) => news().accept(await kaisa(), id),
    };
    for (const [decision, decide] of Object.entries(decisions)) {
      it(`is not announced: ${decision}`, async () => {
        await world.talker('vilma').says('moi');
        const id = await world.submitted('Elma');
        const sent = await afterwards(async () => {
          await decide(id);
          world.clock.forward({ seconds: 5 });
          await news().reopen(await kaisa(), id);
        });
        assert.deepEqual(briefly(sent), []);
      });

      it(`is not announced to an author who turns up later: ${decision}`, async () => {
        const id = await world.submitted('Elma');
        await afterwards(() => decide(id));
        world.clock.forward({ days: 3 });
        await news().reopen(await kaisa(), id);
        await afterwards(async () => world.talker('vilma').says('moi'));
        const about = world.teams.sent.map((each) => textOf(cardOf(each)));
        assert.ok(
          about.every((text) => !text.includes('Elma')),
          about.join('\n'),
        );
      });
    }
  });

  it('a question and a rejection send one short message too, with what was written and the way to answer', async () => {
    const { id, vilma } = await vilmaSubmits();
    const asked = await afterwards(async () => news().requestChanges(await kaisa(), id, 'Missä kunnissa?'));
    assert.deepEqual(briefly(asked).sort(), ['sent', 'updated form-card']);
    const question = asked.find(({ how }) => how === 'sent');
    const [message, at] = [cardOf(question), String(question?.activityId)];
    assert.match(textOf(message), /kaipaa vielä täydennystä\nElma neuvoo[^]*Missä kunnissa\?/);
    assert.ok(!textOf(message).includes(typed.body));
    assert.deepEqual(
      buttonsOf(message).map(({ verb, title }) => [verb, title]),
      [['news.edit', 'Vastaa']],
    );
    const edit = invokedCard(await vilma.execute('news.edit', buttonOf(message, 'news.edit').data, at));
    const answered = await afterwards(async () =>
      vilma.execute(
        'news.save',
        { ...buttonOf(edit, 'news.save').data, ...valuesOf(edit), answer: 'Kaikissa.' },
        at,
      ),
    );
    // The message that was answered, and the card that was there before it.
    assert.deepEqual(briefly(answered), [`updated ${at}`, 'updated form-card']);
    const rejected = await afterwards(async () => news().reject(await kaisa(), id, 'Kuuluu toisaalle.'));
    assert.deepEqual(briefly(rejected).sort(), ['sent', `updated ${at}`, 'updated form-card'].sort());
    assert.match(textOf(cardOf(rejected.find(({ how }) => how === 'sent'))), /Kuuluu toisaalle/);
  });

  describe('with a question', () => {
    async function asked() {
      const { id, vilma } = await vilmaSubmits();
      const sent = await afterwards(async () => news().requestChanges(await kaisa(), id, 'Missä kunnissa?'));
      const question = sent.find(({ how }) => how === 'sent');
      assert.ok(question);
      const at = question.activityId;
      const latest = (later: readonly Sent[]) => {
        assert.ok(
          later.every(({ how }) => how === 'updated'),
          'somebody was notified again',
        );
        return cardOf(later.findLast(({ activityId }) => activityId === at));
      };
      return { id, vilma, at, latest };
    }

    for (const [how, move] of Object.entries({
      answered: async (_id: NewsId, vilma: Talker) => vilma.sends({ text: 'Kaikissa kolmessa' }),
      'reviewed again': async (id: NewsId) => news().reopen(await kaisa(), id),
      accepted: async (id: NewsId) => {
        await news().reopen(await kaisa(), id);
        await news().accept(await kaisa(), id);
      },
      withdrawn: async (id: NewsId) => news().withdraw(await world.person('vilma'), id),
    }))
      it(`stops asking, quietly, once the item is ${how}, and goes on showing what was asked`, async () => {
        const { id, vilma, latest } = await asked();
        const replies = world.teams.sent.length;
        const later = await afterwards(() => move(id, vilma));
        const answered = how === 'answered' ? later.slice(1) : later;
        assert.ok(world.teams.sent.length > replies);
        const card = latest(answered);
        assert.match(textOf(card), /Elma neuvoo elintavoissa[^]*Missä kunnissa\?/);
        assert.doesNotMatch(textOf(card), /kaipaa vielä/);
        assert.deepEqual(
          buttonsOf(card).map(({ verb }) => verb),
          ['news.open'],
        );
      });

    it('and its answer stay readable on each of its cards once it is accepted', async () => {
      const { id, vilma } = await asked();
      await afterwards(() => vilma.sends({ text: 'Kaikissa kolmessa' }));
      const later = await afterwards(async () => news().accept(await kaisa(), id));
      assert.equal(later.length, 3);
      for (const each of later)
        assert.match(textOf(cardOf(each)), /Hyväksytty[^]*Missä kunnissa\?\n.*\nKaikissa kolmessa/);
    });

    it('in a note has a way to answer, whatever became of the item', async () => {
      const { id, vilma } = await vilmaSubmits();
      await afterwards(async () => news().accept(await kaisa(), id));
      const noted = await afterwards(async () => news().note(await kaisa(), id, 'Kuka otti kuvan?'));
      const note = noted.find(({ how }) => how === 'sent');
      const answer = buttonOf(cardOf(note), 'reply.open');
      assert.equal(answer.title, 'Vastaa');
      const form = invokedCard(await vilma.execute('reply.open', answer.data, String(note?.activityId)));
      assert.match(textOf(form), /Elma neuvoo[^]*Kuka otti kuvan\?/);
      const sent = await vilma.presses(form, 'reply.send', { text: 'Pertti' });
      assert.match(textOf(sent), /Pertti/);
      assert.deepEqual(await world.thread(id), [
        ['message', 'Pertti'],
        ['message', 'Kuka otti kuvan?'],
      ]);
      const plain = await afterwards(async () => news().note(await kaisa(), id, 'Kiitos kuvasta.'));
      const thanks = cardOf(plain.find(({ how }) => how === 'sent'));
      assert.ok(!buttonsOf(thanks).some(({ verb }) => verb === 'reply.open'));
    });

    it('is not changed while it asks, nor where its answer is being typed', async () => {
      const { id, vilma, at } = await asked();
      assert.deepEqual(briefly(await afterwards(() => Promise.resolve())), []);
      await vilma.execute('news.edit', { id, seen: { state: 'changesRequested', revisions: {} } }, at);
      const later = await afterwards(async () => news().reopen(await kaisa(), id));
      assert.deepEqual(briefly(later), ['updated form-card']);
    });

    it('the card that confirms an answer follows the item too, until it becomes something else', async () => {
      const { id, vilma } = await asked();
      const [confirmed] = (await vilma.sends({ text: 'Kaikissa kolmessa' })).sent;
      const at = String(confirmed?.activityId);
      const accepted = await afterwards(async () => news().accept(await kaisa(), id));
      assert.ok(briefly(accepted).includes(`updated ${at}`));
      assert.match(textOf(cardOf(accepted.findLast(({ activityId }) => activityId === at))), /Hyväksytty/);
      const asNews = { id, audit: 1, text: 'Kaikissa kolmessa kunnassa on nyt sama palvelu.' };
      await vilma.execute('reply.asNews', asNews, at);
      assert.ok(!briefly(await afterwards(() => place(id))).includes(`updated ${at}`));
    });
  });

  it('is not overwritten where it has become a form in which somebody types', async () => {
    const { id, vilma, receipt } = await vilmaSubmits();
    const form = invokedCard(
      await vilma.execute('news.edit', buttonOf(receipt, 'news.edit').data, 'form-card'),
    );
    const sent = await afterwards(async () => news().startReview(await kaisa(), id));
    assert.deepEqual(briefly(sent), []);
    const { data } = buttonOf(form, 'news.save');
    await vilma.execute('news.save', { ...data, ...valuesOf(form) }, 'form-card');
    const later = await afterwards(async () => news().accept(await kaisa(), id));
    assert.deepEqual(briefly(later), ['updated form-card']);
  });

  it('is a card no more where the message has become a list or another form', async () => {
    const { id, vilma, receipt } = await vilmaSubmits();
    await vilma.execute('news.mine', buttonOf(receipt, 'news.mine').data, 'form-card');
    const sent = await afterwards(async () => news().accept(await kaisa(), id));
    assert.deepEqual(briefly(sent), ['sent'], 'as where no card is known');
  });

  it('where none is known, a message says it, and follows the item from then on', async () => {
    await world.talker('vilma').says('moi');
    const vilma = await world.person('vilma');
    const { item } = await news().submit(vilma, submission());
    const accepted = await afterwards(async () => news().accept(await kaisa(), item.id));
    assert.deepEqual(briefly(accepted), ['sent']);
    assert.match(textOf(cardOf(accepted[0])), /Uutisesi on hyväksytty/);
    const placed = await afterwards(() => place(item.id));
    assert.deepEqual(briefly(placed), [`updated ${String(accepted[0]?.activityId)}`]);
  });

  for (const [status, code] of [
    [404, 'ActivityNotFound'],
    [403, 'MessageNotEditable'],
  ] as const) {
    it(`that is there no more (${String(status)}) is replaced by a new message, once`, async () => {
      const { id } = await vilmaSubmits();
      world.teams.failsWith({ status, code });
      const sent = await afterwards(async () => news().accept(await kaisa(), id));
      assert.deepEqual(briefly(sent), ['sent']);
      assert.match(textOf(cardOf(sent[0])), /Uutisesi tilanne[^]*Hyväksytty/);
      const placed = await afterwards(() => place(id));
      assert.deepEqual(briefly(placed), [`updated ${String(sent[0]?.activityId)}`]);
    });
  }

  for (let trips = 0; trips < 6; trips += 1)
    it(`that is there no more is replaced, once, although the storage was away ${trips} trips after Teams said so`, async () => {
      const { id } = await vilmaSubmits();
      await news().accept(await kaisa(), id);
      world.clock.forward({ seconds: undoSeconds });
      const before = world.teams.sent.length;
      let isFirst = true;
      world.teams.onRequest = ({ method }) => {
        if (method !== 'PUT') return;
        world.teams.failsWith({ status: 404, code: 'ActivityNotFound' });
        if (isFirst) world.goesDownAfter(trips);
        isFirst = false;
      };
      await workAll().catch(() => undefined);
      world.setDown(false);
      for (let tries = 0; tries < 8; tries += 1) await afterwards(() => forward({ seconds: 30 }));
      const sent = world.teams.sent.slice(before);
      // Where the storage was away while the replacement left, nobody knows whether it arrived, and a person is asked.
      const asked = await world.bigRoom.outbox.needingAttention();
      assert.deepEqual(
        [...briefly(sent), ...asked.map(({ state }) => state.status)],
        [asked.length > 0 ? 'uncertain' : 'sent'],
      );
      if (sent[0] !== undefined) assert.match(textOf(cardOf(sent[0])), /Uutisesi tilanne[^]*Hyväksytty/);
    });

  it('is changed again where Teams stumbled, and shows what is true by then', async () => {
    const { id } = await vilmaSubmits();
    world.teams.failsWith({ status: 500 });
    assert.deepEqual(briefly(await afterwards(async () => news().startReview(await kaisa(), id))), []);
    await news().accept(await kaisa(), id);
    const sent: Sent[] = [];
    for (let tries = 0; tries < 3; tries += 1)
      sent.push(...(await afterwards(() => forward({ seconds: 30 }))));
    assert.deepEqual(briefly(sent), ['updated form-card']);
    assert.match(textOf(cardOf(sent[0])), /Hyväksytty/);
  });

  it('an older state never comes to lie over a newer one, whichever answer of Teams is late', async () => {
    const { id } = await vilmaSubmits();
    // The first change is on its way for as long as it takes until the second is stored and handled.
    const other = world.bigRoom.worker(world.bot.showNotice);
    await news().startReview(await kaisa(), id);
    world.clock.forward({ seconds: undoSeconds });
    let second: Promise<unknown> | undefined;
    world.teams.onRequest = (request) => {
      if (request.method !== 'PUT' || second !== undefined) return;
      second = (async () => {
        await news().accept(await kaisa(), id);
        world.clock.forward({ seconds: undoSeconds });
        await other.sweep();
      })();
    };
    world.teams.failsWith({ status: 201, afterMs: 200 });
    const before = world.teams.sent.length;
    await worker.sweep();
    await second;
    for (let tries = 0; tries < 4; tries += 1) {
      world.clock.forward({ seconds: 30 });
      await workAll();
    }
    const states = world.teams.sent.slice(before).map((each) => textOf(cardOf(each)));
    assert.equal(states.length, 2);
    assert.match(states[0] ?? '', /Työn alla/);
    assert.match(states[1] ?? '', /Hyväksytty/);
  });

  it('in a group is nothing: what was pressed there stays, and its author gets a message of their own', async () => {
    await world.talker('vilma').says('moi');
    const where = { conversationType: 'groupChat', conversationId: '19:group' } as const;
    const inGroup = world.talker('vilma', where);
    const data = { formId: 'form-in-group', ...typed };
    const receipt = invokedCard(await inGroup.execute('news.submit', data, 'group-card'));
    const id = String(buttonOf(receipt, 'news.edit').data.id) as NewsId;
    const sent = await afterwards(async () => news().accept(await kaisa(), id));
    assert.deepEqual(
      sent.map(({ how, conversationId }) => [how, conversationId]),
      [['sent', 'a:vilma']],
    );
  });

  it('a dozen items accepted at once wait for the pace, and none of their messages fails for it', async () => {
    await world.talker('vilma').says('moi');
    const vilma = await world.person('vilma');
    const count = 12;
    const before = world.teams.sent.length;
    for (let number = 1; number <= count; number += 1) {
      const form = submission({ formId: `form-burst-${String(number)}` });
      const { item } = await news().submit(vilma, form);
      await news().accept(await kaisa(), item.id);
    }
    for (let rounds = 0; rounds < 40 && world.teams.sent.length - before < count; rounds += 1) {
      world.clock.forward({ seconds: 20 });
      await workAll();
    }
    assert.equal(world.teams.sent.length - before, count);
    assert.ok(
      world.logged.some((line) => line.includes('outbox.retry')),
      'nothing had to wait',
    );
    assert.deepEqual(await world.bigRoom.outbox.needingAttention(), []);
  });
});
