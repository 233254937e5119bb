import assert from 'node:assert/strict';
import type { IssueId, MessageId, NewsId, PersonId, ReleaseId } from '../../src/platform/ids.js';
import type { Message } from '../../src/delivery/outbox/message.js';
import { handleMessage } from '../../src/delivery/outbox/kind.js';
import type { NewsNotice } from '../../src/news/notices.js';
import { submission } from '../make.js';
import type { TeamsFault } from '../world/teams/connector.js';
import {
  type BotWorld,
  botWorld,
  buttonOf,
  buttonsOf,
  cardOf,
  textOf,
  typed,
  valuesOf,
} from './bot-world.js';

describe('bot: notices', () => {
  let world: BotWorld;
  let newsId: NewsId;
  beforeEach(async () => {
    world = await botWorld();
    await world.talker('vilma').says('moi');
    world.teams.sent.length = 0;
    const vilma = await world.bigRoom.people.get('vilma' as PersonId);
    newsId = (await world.bigRoom.news.submit(vilma, submission())).item.id;
  });
  afterEach(() => world.stop());

  const kaisa = () => world.bigRoom.people.get('kaisa' as PersonId);

  function message(notice: NewsNotice, to = 'vilma'): Message {
    return {
      id: 'message1' as MessageId,
      dueAt: world.clock.iso(),
      body: { kind: 'notice', to, notice },
      state: { status: 'pending', attempts: 0 },
    };
  }
  const notify = (notice: NewsNotice, to?: string) => handleMessage(world.notice, message(notice, to));
  /** True of an item in whatever state it is. */
  const noteAbout = (id: NewsId): NewsNotice => ({
    about: 'newsNote',
    newsId: id,
    note: 'Hei',
    from: 'Kaisa',
  });

  it('notifies the author in their chat, in their language', async () => {
    await world.bigRoom.news.accept(await kaisa(), newsId);
    assert.deepEqual(await notify({ about: 'newsAccepted', newsId }), { result: 'sent' });
    const [sent] = world.teams.sent;
    assert.equal(sent?.conversationId, 'a:vilma');
    assert.match(
      textOf(cardOf(sent)),
      /Uutisesi on hyväksytty[^]*Elma neuvoo elintavoissa[^]*Hyväksytty[^]*Kiitos, Vilma/,
    );
    assert.match(String(sent.activity.summary), /Uutisesi on hyväksytty/);
  });

  it('speaks the language in which the item was written, unless its author chose another, and goes on in it', async () => {
    const swedish = await world.submitted('Mottagningen', { language: 'sv' });
    await world.bigRoom.news.requestChanges(await kaisa(), swedish, 'Var?');
    const about = { about: 'changesRequested', newsId: swedish, note: 'Var?' } as const;
    await notify(about);
    const card = cardOf(world.teams.sent[0]);
    assert.deepEqual([card.lang, textOf(card).includes('Din nyhet')], ['sv', true]);
    const edit = await world.talker('vilma').presses(card, 'news.edit');
    assert.equal(edit.lang, 'sv');
    await world.talker('vilma').execute('language.set', { language: 'fi' });
    world.teams.sent.length = 0;
    await notify(about);
    assert.equal(cardOf(world.teams.sent[0]).lang, 'fi');
  });

  it('asks for changes with the note and an Edit button that works', async () => {
    await world.bigRoom.news.requestChanges(await kaisa(), newsId, 'Kertoisitko vielä missä?');
    await notify({ about: 'changesRequested', newsId, note: 'Kertoisitko vielä missä?' });
    const card = cardOf(world.teams.sent[0]);
    assert.match(textOf(card), /Kertoisitko vielä missä\?/);
    assert.equal(buttonsOf(card)[0]?.verb, 'news.edit');
    const vilma = world.talker('vilma');
    const edit = await vilma.presses(card, 'news.edit');
    assert.match(textOf(edit), /Kertoisitko vielä missä\?/);
    const values = { ...valuesOf(edit), body: typed.body };
    const again = await vilma.presses(edit, 'news.save', values);
    assert.match(textOf(again), /Kiitos täydennyksestä, Vilma/);
  });

  it('shows a rejection with its reason, a note, a place, and what was published with links', async () => {
    const urls = { fi: 'https://example.org/fi', sv: 'https://example.org/sv', bad: 'javascript:alert(1)' };
    const [reason, coordinator, at] = ['Tämä kuuluu toiselle hankkeelle.', await kaisa(), world.clock.iso()];
    const { news, outbox } = world.bigRoom;
    await news.reject(coordinator, newsId, reason);
    await notify({ about: 'newsRejected', newsId, reason });
    await notify({ about: 'newsNote', newsId, note: 'Hieno kuva.', from: 'Kaisa Koordinaattori' });
    await news.reopen(coordinator, newsId);
    const issue = { in: 'newsletter', id: 'issue7' as IssueId, number: 7, at } as const;
    const used = await news.use(coordinator, newsId, issue);
    await outbox.commit(used.changes, used.messages);
    await notify({ about: 'newsPlaced', newsId, issueNumber: 7 });
    const release = { in: 'release', id: 'release1' as ReleaseId, channel: 'intranet', at } as const;
    const released = await news.use(coordinator, newsId, release);
    await outbox.commit(released.changes, released.messages);
    const out = await news.markOut(newsId, release, { at, urls });
    await outbox.commit(out.changes, out.messages);
    await notify({ about: 'newsPublished', newsId, urls });
    const [rejected, noted, placed, published] = world.teams.sent.map(cardOf);
    assert.ok(rejected && noted && placed && published);
    assert.match(textOf(rejected), /Perustelu\nTämä kuuluu/);
    assert.match(textOf(noted), /Kaisa Koordinaattori kirjoitti:\nHieno kuva/);
    assert.match(textOf(placed), /numeroon 7/);
    const links = (published.actions as { type: string; url?: string }[]).filter(
      ({ url }) => url !== undefined,
    );
    assert.deepEqual(
      links.map(({ url }) => url),
      [urls.fi, urls.sv],
    );
    assert.equal(buttonOf(published, 'news.open').data.id, newsId);
  });

  it('waits for people whom it has never met, and gives up where nobody or nothing is left', async () => {
    const sofia = await world.bigRoom.people.get('sofia' as PersonId);
    const { item } = await world.bigRoom.news.submit(sofia, submission({ formId: 'form-sofia' }));
    assert.deepEqual(await notify(noteAbout(item.id), 'sofia'), {
      result: 'waits',
      personId: 'sofia',
      reason: 'noChat',
      subject: `news:${item.id}`,
    });
    assert.deepEqual(await notify(noteAbout(newsId), 'nobody'), {
      result: 'undeliverable',
      reason: 'noPerson',
    });
    const outcome = await notify(noteAbout('missing' as NewsId));
    assert.deepEqual(outcome, { result: 'undeliverable', reason: 'superseded' });
  });

  describe('to somebody who has spoken among others only', () => {
    let sofiaNews: NewsId;
    beforeEach(async () => {
      const where = { conversationType: 'channel', conversationId: '19:channel' } as const;
      await world.talker('sofia', where).says('hjälp');
      world.teams.sent.length = 0;
      const sofia = await world.bigRoom.people.get('sofia' as PersonId);
      sofiaNews = (await world.bigRoom.news.submit(sofia, submission({ formId: 'form-sofia' }))).item.id;
    });
    const notifySofia = () =>
      notify({ about: 'newsNote', newsId: sofiaNews, note: 'Hej', from: 'Kaisa' }, 'sofia');

    it('opens a conversation of two, once, and says it there', async () => {
      assert.deepEqual(await notifySofia(), { result: 'sent' });
      assert.deepEqual(
        world.teams.opened.map(({ asked }) => asked),
        [
          {
            isGroup: false,
            bot: { id: '28:bot', name: 'Big Room' },
            members: [{ id: '29:sofia', name: '' }],
            tenantId: 'tenant',
            channelData: { tenant: { id: 'tenant' } },
          },
        ],
      );
      assert.deepEqual(await notifySofia(), { result: 'sent' });
      assert.equal(world.teams.opened.length, 1);
      const places = world.teams.sent.map(({ conversationId }) => conversationId);
      assert.deepEqual(places, ['a:opened-29:sofia', 'a:opened-29:sofia']);
    });

    it('still says it where the conversation cannot be kept', async () => {
      world.teams.afterOpening = () => {
        world.setDown(true);
      };
      assert.deepEqual(await notifySofia(), { result: 'sent' });
      assert.equal(world.teams.sent.length, 1);
    });

    const openings: readonly [TeamsFault, string][] = [
      [{ status: 403, code: 'BotNotInConversationRoster' }, 'waits'],
      [{ status: 403, code: 'ForbiddenOperationException' }, 'waits'],
      [{ status: 403, code: 'SomethingElse' }, 'failed'],
      [{ status: 400, code: 'BadArgument' }, 'failed'],
      [{ status: 429 }, 'retry'],
      [{ status: 503 }, 'retry'],
      [{ status: 500 }, 'retry'],
      [{ status: 0, hangsUp: true }, 'retry'],
    ];
    for (const [fault, result] of openings) {
      it(`${String(fault.status)} ${fault.code ?? ''} to the opening is ${result}, after one attempt`, async () => {
        world.teams.failsWith(fault);
        const outcome = await notifySofia();
        assert.equal(outcome.result, result, JSON.stringify(outcome));
        if (outcome.result === 'waits') assert.match(outcome.reason, new RegExp(fault.code ?? ''));
        assert.deepEqual([world.teams.opened.length, world.teams.sent.length], [0, 0]);
      });
    }
  });

  it('leaves it to a person whether a notice arrived when an instance died while sending it', () => {
    assert.equal(world.notice.afterCrash, 'ask');
  });

  const faults: readonly [TeamsFault, string, number?][] = [
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'waits'],
    [{ status: 403, code: 'ConversationBlockedByUser' }, 'waits'],
    [{ status: 403, code: 'BotDisabledByAdmin' }, 'waits'],
    [{ status: 403, code: 'ForbiddenOperationException' }, 'waits'],
    [{ status: 403, code: 'Forbidden', subCode: 'MessageWritesBlocked' }, 'waits'],
    [{ status: 403, code: 'SomethingElse' }, 'failed'],
    [{ status: 400, code: 'BadSyntax' }, 'failed'],
    [{ status: 401 }, 'failed'],
    [{ status: 413, code: 'MessageSizeTooBig' }, 'failed'],
    [{ status: 412, code: 'PreconditionFailed' }, 'retry'],
    [{ status: 429, headers: { 'retry-after': '7' } }, 'retry', 7],
    [{ status: 502 }, 'retry'],
    [{ status: 503 }, 'retry'],
    [{ status: 504 }, 'retry'],
    [{ status: 500 }, 'uncertain'],
    [{ status: 0, hangsUp: true }, 'uncertain'],
  ];
  for (const [fault, result, afterSeconds] of faults) {
    it(`${fault.hangsUp === true ? 'a broken connection' : `${String(fault.status)} ${fault.subCode ?? fault.code ?? ''}`} is ${result}, after one attempt`, async () => {
      world.teams.failsWith(fault);
      const outcome = await notify(noteAbout(newsId));
      assert.equal(outcome.result, result, JSON.stringify(outcome));
      if (outcome.result === 'retry') assert.equal(outcome.afterSeconds, afterSeconds);
      if (outcome.result === 'waits')
        assert.match(outcome.reason, new RegExp(fault.subCode ?? fault.code ?? ''));
      assert.equal(world.teams.sent.length, 0);
    });
  }

  it('goes to a conversation opened anew where Teams does not know the old one, and to that one from then on', async () => {
    const note = noteAbout(newsId);
    const [asked] = world.teams.sent;
    assert.equal(asked, undefined);
    world.teams.failsWith({ status: 404, code: 'ConversationNotFound' });
    assert.deepEqual(await notify(note), { result: 'sent' });
    assert.deepEqual(await notify(note), { result: 'sent' });
    assert.equal(world.teams.opened.length, 1);
    const [opened] = world.teams.opened;
    assert.deepEqual(
      world.teams.sent.map(({ conversationId }) => conversationId),
      [opened?.conversationId, opened?.conversationId],
    );
  });

  it('a connector that cannot be reached at all is tried again', async () => {
    await world.teams.stop();
    assert.equal((await notify(noteAbout(newsId))).result, 'retry');
    await world.teams.start();
  });
});

describe('bot: answering while Teams stumbles', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  it('repeats an answer that Teams asks to repeat', async () => {
    world.teams.failsWith({ status: 429, headers: { 'retry-after': '1' } }, { status: 503 });
    assert.match(textOf(await world.talker('vilma').says('apua')), /Hei Vilma/);
  });

  it('answers with a new card where the old one was deleted', async () => {
    const vilma = world.talker('vilma');
    await vilma.says('apua');
    world.teams.failsWith({ status: 404, code: 'ActivityNotFound' });
    const { sent } = await vilma.submit('news.mine', {});
    assert.deepEqual(
      sent.map(({ how }) => how),
      ['sent'],
    );
  });

  it('sends the receipt although the card could not be changed', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    world.teams.failsWith({ status: 500 });
    assert.match(textOf(await vilma.presses(form, 'news.submit', typed)), /Kiitos uutisesta/);
  });
});
