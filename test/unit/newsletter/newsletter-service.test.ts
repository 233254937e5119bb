import assert from 'node:assert/strict';
import type { IssueId, NewsId, StoryId } from '../../../src/platform/ids.js';
import { moves } from '../../../src/newsletter/workflow.js';
import type { IssueView } from '../../../src/newsletter/view.js';
import { coordinator, otherCoordinator, submission, swedishText, worker } from '../../make.js';
import { newsletterWorld, type NewsletterWorld } from '../../make-newsletter.js';
import { fails } from '../../world/fails.js';
import { bodyOf } from '../../world/outbox.js';

describe('newsletter service', () => {
  let world: NewsletterWorld;
  let id: IssueId;
  let elma: StoryId;

  const notices = () => world.messages().filter(({ body }) => body.kind === 'notice');
  const placedNotices = () =>
    notices().filter((message) => {
      const body = bodyOf(message);
      return body.kind === 'notice' && body.notice.about === 'newsPlaced';
    });
  const view = (): Promise<IssueView> => world.newsletter.issue(coordinator, id);
  const itemOf = async (story: StoryId) => {
    const { newsId } = await world.newsletter.story(coordinator, id, story);
    return world.news.get(coordinator, newsId);
  };

  beforeEach(async () => {
    world = newsletterWorld();
    const placed = await world.newsletter.place(coordinator, await world.accepted('Elma'));
    id = placed.issueId;
    elma = placed.storyId ?? assert.fail('no story');
  });

  const placeMore = async (name: string, more = {}): Promise<StoryId> => {
    world.clock.forward({ minutes: 1 });
    const placed = await world.newsletter.place(coordinator, await world.accepted(name, more));
    return placed.storyId ?? assert.fail('no story');
  };
  const approve = (waivers: readonly unknown[] = []) =>
    world.newsletter.approve(coordinator, id, { waivers });
  const ownWords = (title: string, replaces: string | null = null) => ({
    words: { title, lead: 'oma ingressi', body: '' },
    replaces,
  });

  describe('placing', () => {
    it('opens the first issue with a working day about four weeks ahead, and notifies the author later', async () => {
      const issue = await view();
      assert.deepEqual([issue.number, issue.status, issue.deadline], [1, 'collecting', '2026-12-23']);
      assert.equal(issue.lead?.id, elma);
      const [notice] = placedNotices();
      assert.deepEqual(notice?.body, {
        kind: 'notice',
        to: worker.id,
        notice: { about: 'newsPlaced', newsId: issue.lead.newsId, issueNumber: 1 },
      });
      assert.equal(notice.dueAt, world.clock.iso({ seconds: 10 }));
    });

    it('relates the item to the issue in the same transaction', async () => {
      const [use] = (await itemOf(elma)).uses;
      assert.deepEqual(use && { in: use.in, id: use.id }, { in: 'newsletter', id });
    });

    it('shows in the search which items are in it', async () => {
      const isUsed = async () => {
        await world.index();
        return (await world.news.search(coordinator, 'elma', {})).lines.map(({ used }) => used);
      };
      assert.deepEqual(await isUsed(), [true]);
      const { undo = 0 } = await world.newsletter.remove(coordinator, id, elma);
      assert.deepEqual(await isUsed(), [false]);
      await world.newsletter.undo(coordinator, id, undo);
      assert.deepEqual(await isUsed(), [true]);
    });

    it('says that an item is placed already, and accepts one that waits for a decision on the way', async () => {
      await fails(world.newsletter.place(coordinator, (await itemOf(elma)).id), 'newsletter.alreadyPlaced');
      const waiting = await world.accepted('Vielä');
      await world.news.reopen(coordinator, waiting);
      await world.newsletter.place(coordinator, waiting);
      assert.equal((await world.news.get(coordinator, waiting)).state.status, 'accepted');
      assert.equal((await view()).storyCount, 2);
      const asked = await world.accepted('Kysytty');
      await world.news.reopen(coordinator, asked);
      await world.news.requestChanges(coordinator, asked, 'Lisää');
      await fails(world.newsletter.place(coordinator, asked), 'news.notAccepted');
      assert.equal((await view()).storyCount, 2);
    });

    it('refuses an item that somebody else is in the middle of writing, unless one says so', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-typing' }));
      await world.news.edit(otherCoordinator, item.id, 'fi', { title: 'Kesken', lead: '', body: 'Lau' }, 1);
      await fails(world.newsletter.place(coordinator, item.id), 'text.beingWritten');
      assert.equal((await view()).storyCount, 1);
      await world.newsletter.place(coordinator, item.id, { although: true });
      assert.equal((await view()).storyCount, 2);
    });

    it('opens one issue when two items are placed at once', async () => {
      const fresh = newsletterWorld();
      const items = await Promise.all(['Yksi', 'Kaksi', 'Kolme'].map((name) => fresh.accepted(name)));
      const placed = await Promise.all(
        items.map((item, index) =>
          fresh.newsletter.place(index === 0 ? otherCoordinator : coordinator, item),
        ),
      );
      assert.equal(new Set(placed.map(({ issueId }) => issueId)).size, 1);
      assert.deepEqual(
        (await fresh.newsletter.issues(coordinator)).map(({ number, storyCount }) => [number, storyCount]),
        [[1, 3]],
      );
    });

    it('is for coordinators', async () => {
      await fails(world.newsletter.place(worker, (await itemOf(elma)).id), 'permission.denied');
      await fails(world.newsletter.remove(worker, id, elma), 'permission.denied');
      assert.equal((await world.newsletter.issues(worker)).length, 1);
    });

    it('frees the item when the story is taken out, and cancels the notice to its author', async () => {
      const item = await itemOf(elma);
      await world.newsletter.remove(coordinator, id, elma);
      assert.deepEqual((await world.news.get(coordinator, item.id)).uses, []);
      assert.equal((await view()).storyCount, 0);
      assert.deepEqual(placedNotices(), []);
    });

    it('costs four trips: the list, the issue, the item and the commit', async () => {
      const newsId = await world.accepted('Mitattu');
      const before = world.trips();
      await world.newsletter.place(coordinator, newsId);
      assert.equal(world.trips() - before, 4);
    });
  });

  describe('undo', () => {
    it('undoes a placing: no story, no use, no notice to the author', async () => {
      const other = await world.accepted('Toinen');
      const { undo = 0 } = await world.newsletter.place(coordinator, other);
      await world.newsletter.undo(coordinator, id, undo);
      assert.deepEqual((await world.news.get(coordinator, other)).uses, []);
      assert.equal((await view()).storyCount, 1);
      assert.equal(placedNotices().length, 1);
    });

    it('undoes the acceptance that came with a placing too, and neither notifies the author', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-on-the-way' }));
      await world.news.edit(worker, item.id, 'fi', { title: 'Uusi', lead: '', body: 'Näin kävi.' }, 1);
      world.clock.forward({ minutes: 1 });
      const before = await world.news.get(coordinator, item.id);
      const notified = notices().length;
      const { undo = 0 } = await world.newsletter.place(coordinator, item.id);
      assert.equal((await world.news.get(coordinator, item.id)).state.status, 'accepted');
      await world.newsletter.undo(coordinator, id, undo);
      const { state, texts, uses } = await world.news.get(coordinator, item.id);
      assert.deepEqual({ state, texts, uses }, { state: before.state, texts: before.texts, uses: [] });
      assert.equal(notices().length, notified);
    });

    it('leaves a decision alone that was made before the placing, though by the same person at the same moment', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-decided' }));
      await world.news.accept(coordinator, item.id);
      const { undo = 0 } = await world.newsletter.place(coordinator, item.id);
      await world.newsletter.undo(coordinator, id, undo);
      assert.equal((await world.news.get(coordinator, item.id)).state.status, 'accepted');
    });

    it('is too late for a placing that accepted, once something has happened to the item or its author knows', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-touched' }));
      const placed = await world.newsletter.place(coordinator, item.id);
      await world.news.assign(coordinator, item.id, coordinator.id);
      await fails(world.newsletter.undo(coordinator, id, placed.undo ?? 0), 'undo.tooLate');
      assert.equal((await view()).storyCount, 2);
      const other = (await world.news.submit(worker, submission({ formId: 'form-known' }))).item.id;
      const late = await world.newsletter.place(coordinator, other);
      world.clock.forward({ seconds: 11 });
      await fails(world.newsletter.undo(coordinator, id, late.undo ?? 0), 'undo.tooLate');
      assert.equal((await world.news.get(coordinator, other)).state.status, 'accepted');
    });

    it('puts a removed story back with its text and weight, and notifies the author once', async () => {
      await world.newsletter.setWeight(coordinator, id, elma, { weight: 3 });
      await world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('Oma'));
      const { undo = 0 } = await world.newsletter.remove(coordinator, id, elma);
      await world.newsletter.undo(coordinator, id, undo);
      const { lead } = await view();
      assert.deepEqual([lead?.weight, lead?.titles.fi, lead?.languages.fi.own], [3, 'Oma', true]);
      assert.equal((await itemOf(elma)).uses.length, 1);
      assert.equal(placedNotices().length, 1);
    });

    it('brings back the order, the lead, the weight, the texts and the deadline', async () => {
      const other = await placeMore('Toinen');
      const before = await view();
      const steps = [
        () => world.newsletter.chooseLead(coordinator, id, other),
        () =>
          world.newsletter.arrange(coordinator, id, {
            projects: ['elma'],
            stories: [other, elma],
            lead: other,
          }),
        () => world.newsletter.setWeight(coordinator, id, other, { weight: 1 }),
        () => world.newsletter.editText(coordinator, id, other, 'sv', ownWords('Egen')),
        () => world.newsletter.setDeadline(coordinator, id, { deadline: '2027-01-29' }),
      ];
      for (const step of steps) {
        const { undo = 0 } = await step();
        assert.notDeepEqual(await view(), before);
        await world.newsletter.undo(coordinator, id, undo);
        assert.deepEqual(await view(), before);
      }
    });

    it('is too late once something else has happened, and after itself', async () => {
      const first = await world.newsletter.setWeight(coordinator, id, elma, { weight: 3 });
      const second = await world.newsletter.setWeight(coordinator, id, elma, { weight: 1 });
      await fails(world.newsletter.undo(coordinator, id, first.undo ?? 0), 'undo.tooLate');
      await world.newsletter.undo(coordinator, id, second.undo ?? 0);
      await fails(world.newsletter.undo(coordinator, id, (second.undo ?? 0) + 1), 'undo.tooLate');
    });

    it('takes back only what oneself did', async () => {
      const { undo = 0 } = await world.newsletter.setWeight(coordinator, id, elma, { weight: 3 });
      await fails(world.newsletter.undo(otherCoordinator, id, undo), 'undo.tooLate');
      assert.equal((await view()).lead?.weight, 3);
      await world.newsletter.undo(coordinator, id, undo);
      assert.equal((await view()).lead?.weight, 2);
    });

    it('keeps a placing once its author has been notified, though the story can be taken out', async () => {
      const other = await world.accepted('Toinen');
      const { undo = 0, storyId } = await world.newsletter.place(coordinator, other);
      world.clock.forward({ seconds: 11 });
      await fails(world.newsletter.undo(coordinator, id, undo), 'undo.tooLate');
      assert.equal((await view()).storyCount, 2);
      const taken = await world.newsletter.remove(coordinator, id, storyId ?? assert.fail('no story'));
      await world.newsletter.undo(coordinator, id, taken.undo ?? 0);
      assert.equal((await view()).storyCount, 2);
      assert.equal(placedNotices().length, 2);
    });

    it('gives an approval back only while the texts are those that were approved', async () => {
      await approve();
      const same = await world.newsletter.setWeight(coordinator, id, elma, { weight: 3 });
      await world.newsletter.undo(coordinator, id, same.undo ?? 0);
      assert.equal((await view()).status, 'approved');
      const weighed = await world.newsletter.setWeight(coordinator, id, elma, { weight: 3 });
      await world.news.edit(coordinator, (await itemOf(elma)).id, 'sv', { ...swedishText, lead: 'Ny' }, 1);
      await world.newsletter.undo(coordinator, id, weighed.undo ?? 0);
      assert.equal((await view()).status, 'drafting');
    });
  });

  describe('placing several', () => {
    const waiting = async (name: string) =>
      (await world.news.submit(worker, submission({ formId: `form-several-${name}` }))).item.id;
    const statusOf = async (newsId: NewsId) => (await world.news.get(coordinator, newsId)).state.status;

    it('is one entry and one undo, which takes back all of it with the acceptances', async () => {
      const items = [await waiting('one'), await world.accepted('Toinen'), await waiting('three')];
      const before = await view();
      const notified = notices().length;
      const {
        placed,
        undo = 0,
        failed,
      } = await world.newsletter.placeSeveral(
        coordinator,
        items.map((newsId) => ({ newsId })),
      );
      assert.deepEqual([placed, failed], [items, []]);
      assert.equal((await view()).storyCount, 4);
      const { lines } = await world.newsletter.audit(coordinator, id);
      assert.deepEqual(
        lines.map(({ event }) => event.action),
        ['place', 'place'],
      );
      await world.newsletter.undo(coordinator, id, undo);
      assert.deepEqual(await view(), before);
      assert.deepEqual(await Promise.all(items.map(statusOf)), ['submitted', 'accepted', 'submitted']);
      assert.equal(notices().length, notified);
      await fails(world.newsletter.undo(coordinator, id, undo), 'undo.tooLate');
      // What was taken back can be placed again.
      const again = await world.newsletter.placeSeveral(
        coordinator,
        items.map((newsId) => ({ newsId })),
      );
      assert.deepEqual(again.placed, items);
    });

    it('names what could not be placed, and takes back the others', async () => {
      const [fine, changed, rejected] = [
        await waiting('fine'),
        await waiting('changed'),
        await waiting('no'),
      ];
      await world.news.edit(worker, changed, 'fi', { title: 'Uusi', lead: '', body: 'Uutta.' }, 1);
      await world.news.reject(coordinator, rejected, 'Ei nyt.');
      const seen = { fi: 1 };
      const { placed, undo, failed } = await world.newsletter.placeSeveral(coordinator, [
        { newsId: changed, seen },
        { newsId: fine, seen },
        { newsId: rejected, seen },
        { newsId: (await itemOf(elma)).id },
      ]);
      assert.deepEqual(placed, [fine]);
      assert.deepEqual(
        failed.map(({ newsId, error }) => [newsId, error.code]),
        [
          [changed, 'text.conflict'],
          [rejected, 'news.notAccepted'],
          [(await itemOf(elma)).id, 'newsletter.alreadyPlaced'],
        ],
      );
      assert.equal(await statusOf(changed), 'submitted');
      await world.newsletter.undo(coordinator, id, undo ?? assert.fail('no undo'));
      assert.equal((await view()).storyCount, 1);
      assert.equal(await statusOf(fine), 'submitted');
    });

    it('takes back all of it or nothing', async () => {
      const items = [await waiting('first'), await waiting('second')];
      const { undo = 0 } = await world.newsletter.placeSeveral(
        coordinator,
        items.map((newsId) => ({ newsId })),
      );
      await world.news.assign(coordinator, items[1] ?? assert.fail(), coordinator.id);
      await fails(world.newsletter.undo(coordinator, id, undo), 'undo.tooLate');
      assert.equal((await view()).storyCount, 3);
      assert.deepEqual(await Promise.all(items.map(statusOf)), ['accepted', 'accepted']);
    });

    it('opens the first issue, and is for coordinators', async () => {
      const fresh = newsletterWorld();
      const items = [await fresh.accepted('Yksi'), await fresh.accepted('Kaksi')].map((newsId) => ({
        newsId,
      }));
      await fails(fresh.newsletter.placeSeveral(worker, items), 'permission.denied');
      const { undo = 0, issueId = id } = await fresh.newsletter.placeSeveral(coordinator, items);
      assert.equal((await fresh.newsletter.issue(coordinator, issueId)).storyCount, 2);
      await fresh.newsletter.undo(coordinator, issueId, undo);
      assert.equal((await fresh.newsletter.issue(coordinator, issueId)).storyCount, 0);
    });
  });

  /** As somebody does who has the newest before them. */
  const useItemText = async () => {
    const { own } = await world.newsletter.story(coordinator, id, elma);
    return world.newsletter.useItemText(coordinator, id, elma, 'fi', own.fi?.at ?? null);
  };

  describe('own texts', () => {
    it('change the issue and not the item', async () => {
      await world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('Vain tässä'));
      assert.equal((await itemOf(elma)).texts.fi?.title, 'Elma suomeksi');
      assert.match((await world.newsletter.mail(coordinator, id, 'fi')).html, /Vain tässä/);
      await useItemText();
      assert.equal((await view()).lead?.titles.fi, 'Elma suomeksi');
    });

    it('are behind once the text of the item is ready anew, until somebody saves them again', async () => {
      await world.newsletter.editText(coordinator, id, elma, 'sv', ownWords('Egen'));
      const { id: newsId } = await itemOf(elma);
      await world.news.edit(coordinator, newsId, 'sv', { ...swedishText, lead: 'Ny' }, 1);
      const status = async () => (await view()).lead?.languages.sv.status;
      // Until the item's text is ready, nobody has to compare it.
      assert.equal(await status(), 'ready');
      await world.news.ready(coordinator, newsId, 'sv');
      assert.equal(await status(), 'behind');
      const { own } = await world.newsletter.story(coordinator, id, elma);
      await world.newsletter.editText(coordinator, id, elma, 'sv', ownWords('Egen', own.sv?.at ?? null));
      assert.equal(await status(), 'ready');
    });

    it('saved many times in a row are one entry of the audit trail, which an undo takes back as a whole', async () => {
      let replaces: string | null = null;
      let undo: number | undefined;
      for (const title of ['O', 'Oma', 'Oma otsikko']) {
        world.clock.forward({ seconds: 2 });
        const answer = await world.newsletter.editText(
          coordinator,
          id,
          elma,
          'fi',
          ownWords(title, replaces),
        );
        ({ undo } = answer);
        replaces = (await world.newsletter.story(coordinator, id, elma)).own.fi?.at ?? null;
      }
      const { lines } = await world.newsletter.audit(coordinator, id);
      assert.equal(lines.filter(({ event }) => event.action === 'editText').length, 1);
      await world.newsletter.undo(coordinator, id, undo ?? 0);
      assert.deepEqual((await world.newsletter.story(coordinator, id, elma)).own, {});
    });

    it('refuse the second of two editors, who sees the text of the first', async () => {
      await world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('Ensin'));
      const late = world.newsletter.editText(otherCoordinator, id, elma, 'fi', ownWords('Myöhässä'));
      const { details } = await fails(late, 'text.conflict');
      assert.equal((details.theirs as { title: string }).title, 'Ensin');
    });

    it('are checked as any text', async () => {
      const empty = await fails(
        world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('')),
        'input.invalid',
      );
      assert.deepEqual(empty.details.fields, [{ field: 'words.title', code: 'required' }]);
      const personal = ownWords('Soita 131052-308T');
      const stopped = world.newsletter.editText(coordinator, id, elma, 'fi', personal);
      const { details } = await fails(stopped, 'text.personalData');
      assert.deepEqual(details.fields, [{ field: 'words.title', code: 'personalId' }]);
      await fails(world.newsletter.editText(coordinator, id, elma, 'en', ownWords('x')), 'input.invalid');
    });
  });

  describe('a deviation', () => {
    const headline = (title: string, replaces: string | null = null) => ({ words: { title }, replaces });

    it('says one part otherwise, and follows the item in the others', async () => {
      await world.newsletter.editText(coordinator, id, elma, 'fi', headline('Lyhyesti'));
      const item = await itemOf(elma);
      const { html } = await world.newsletter.mail(coordinator, id, 'fi');
      assert.match(html, /Lyhyesti/u);
      assert.match(html, /Elma: miksi/u);
      const newLead = { title: 'Elma suomeksi', lead: 'Toinen ingressi', body: 'Elma: mitä' };
      await world.news.edit(coordinator, item.id, 'fi', newLead, 1);
      const { html: meanwhile } = await world.newsletter.mail(coordinator, id, 'fi');
      assert.match(meanwhile, /Elma: miksi/u, 'what nobody said is ready is not shown');
      await world.news.ready(coordinator, item.id, 'fi');
      const { html: after } = await world.newsletter.mail(coordinator, id, 'fi');
      assert.match(after, /Lyhyesti[\s\S]*Toinen ingressi/u);
      assert.doesNotMatch(after, /Elma suomeksi/u);
    });

    it('is as far as the item where it says only a part otherwise', async () => {
      const half = await placeMore('Puolikas', { onlyFinnish: true });
      const statusOf = async () => {
        const { languages } = await world.newsletter.story(coordinator, id, half);
        return languages.sv.status;
      };
      await world.newsletter.editText(coordinator, id, half, 'sv', headline('Kort'));
      assert.equal(await statusOf(), 'missing');
      const item = await itemOf(half);
      await world.news.edit(coordinator, item.id, 'sv', swedishText, 0);
      assert.equal(await statusOf(), 'inProgress');
      await world.news.ready(coordinator, item.id, 'sv');
      assert.equal(await statusOf(), 'behind');
      const { own } = await world.newsletter.story(coordinator, id, half);
      await world.newsletter.editText(coordinator, id, half, 'sv', headline('Kort', own.sv?.at ?? null));
      assert.equal(await statusOf(), 'ready');
    });

    it('goes only as its reader saw it, and whoever saw none takes none away', async () => {
      const go = (replaces: string | null) =>
        world.newsletter.useItemText(coordinator, id, elma, 'fi', replaces);
      assert.equal((await go(null)).undo, undefined, 'there is none to take away');
      await world.newsletter.editText(coordinator, id, elma, 'fi', headline('Lyhyesti'));
      const seen = (await world.newsletter.story(coordinator, id, elma)).own.fi?.at ?? null;
      await fails(go(null), 'text.conflict');
      world.clock.forward({ minutes: 1 });
      await world.newsletter.editText(otherCoordinator, id, elma, 'fi', headline('Toisin', seen));
      const { details } = await fails(go(seen), 'text.conflict');
      assert.equal((details.theirs as { readonly title: string }).title, 'Toisin');
    });

    it('has at least one part', async () => {
      const nothing = { words: {}, replaces: null };
      const { details } = await fails(
        world.newsletter.editText(coordinator, id, elma, 'fi', nothing),
        'input.invalid',
      );
      assert.deepEqual(details.fields, [{ field: 'words.title', code: 'required' }]);
    });

    it('that changes is not what was approved, and one seen before it is no approval', async () => {
      const { stamp } = await view();
      await world.newsletter.editText(coordinator, id, elma, 'fi', headline('Lyhyesti'));
      const approval = { waivers: [], seen: stamp };
      await fails(world.newsletter.approve(coordinator, id, approval), 'text.conflict');
      await approve();
      // What is left of the item's text is pinned with it.
      assert.equal((await view()).status, 'approved');
      const before = await world.newsletter.mail(coordinator, id, 'fi');
      world.users.length = 0;
      const item = await itemOf(elma);
      const oinvigd = { title: 'Muu', lead: 'Muu', body: 'Muu' };
      await world.news.edit(coordinator, item.id, 'fi', oinvigd, 1);
      assert.equal((await world.newsletter.mail(coordinator, id, 'fi')).html, before.html);
    });
  });

  describe('approval', () => {
    it('wants every story in both languages, or a reason for each that is not', async () => {
      const half = await placeMore('Puolikas', { onlyFinnish: true });
      const { details } = await fails(approve(), 'newsletter.languagesMissing');
      assert.deepEqual(details.missing, [{ storyId: half, language: 'sv', status: 'missing' }]);
      await fails(approve([{ storyId: half, language: 'sv', reason: ' ' }]), 'input.invalid');
      const personal = [{ storyId: half, language: 'sv', reason: 'Hän on 131052-308T' }];
      const stopped = await fails(approve(personal), 'text.personalData');
      assert.deepEqual(stopped.details.fields, [{ field: 'waivers.0.reason', code: 'personalId' }]);
      await approve([
        { storyId: half, language: 'sv', reason: 'Koskee vain suomenkielistä ryhmää.' },
        { storyId: elma, language: 'sv', reason: 'Turha' },
      ]);
      const { status: state, approved } = await view();
      assert.equal(state, 'approved');
      assert.deepEqual(
        approved?.waivers.map(({ storyId }) => storyId),
        [half],
      );
      const { html } = await world.newsletter.mail(coordinator, id, 'sv');
      assert.match(html, /Den här artikeln finns bara på finska\./);
    });

    it('wants at least one story', async () => {
      await world.newsletter.remove(coordinator, id, elma);
      await fails(approve(), 'newsletter.empty');
    });

    it('is harmless to repeat, and can be taken back', async () => {
      await approve();
      assert.equal((await approve()).undo, undefined);
      await world.newsletter.unapprove(coordinator, id);
      assert.equal((await view()).status, 'drafting');
    });

    it('falls when a text of the issue is edited or its link changes, in the same transaction', async () => {
      await approve();
      const item = await itemOf(elma);
      await world.news.edit(coordinator, item.id, 'sv', { ...swedishText, lead: 'Ny' }, 1);
      assert.equal((await view()).status, 'drafting');
      await fails(approve(), 'newsletter.languagesMissing');
      await world.news.ready(coordinator, item.id, 'sv');
      await world.news.ready(coordinator, item.id, 'fi');
      await approve();
      const { projectId, audiences, wishedChannels } = item;
      const link = 'https://example.org/uusi';
      await world.news.editDetails(coordinator, item.id, { projectId, audiences, wishedChannels, link });
      assert.equal((await view()).status, 'drafting');
    });

    for (const [detail, value, status] of [
      ['link', 'https://example.org/uusi', 'drafting'],
      ['projectId', 'digi', 'drafting'],
      ['audiences', ['ministry'], 'approved'],
      ['wishedChannels', ['web'], 'approved'],
      ['earliestDate', '2026-12-24', 'approved'],
    ] as const)
      it(`${status === 'approved' ? 'stands' : 'falls'} when the ${detail} of an item changes`, async () => {
        await approve();
        const { id: newsId, projectId, audiences, wishedChannels } = await itemOf(elma);
        const details = { projectId, audiences, wishedChannels, [detail]: value };
        await world.news.editDetails(coordinator, newsId, details);
        assert.equal((await view()).status, status);
      });

    it('falls with every change of the issue, its deadline too', async () => {
      const changes = [
        () => world.newsletter.setWeight(coordinator, id, elma, { weight: 3 }),
        () => world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('Oma')),
        useItemText,
        () => world.newsletter.arrange(coordinator, id, { projects: [], stories: [elma] }),
        () => world.newsletter.arrangeAgain(coordinator, id),
        () => placeMore('Lisää'),
        () => world.newsletter.setDeadline(coordinator, id, { deadline: '2027-01-29' }),
      ];
      for (const change of changes) {
        await approve();
        await change();
        assert.equal((await view()).status, 'drafting');
      }
    });

    it('is of what was seen: not of a text edited, a story placed or a text written since', async () => {
      const seeing = async (change: () => Promise<unknown>): Promise<void> => {
        const { stamp } = await view();
        await change();
        const approval = { waivers: [], seen: stamp };
        const { details } = await fails(world.newsletter.approve(coordinator, id, approval), 'text.conflict');
        assert.notEqual((await view()).status, 'approved');
        assert.equal(details.stamp, (await view()).stamp);
      };
      const item = await itemOf(elma);
      await seeing(async () => {
        await world.news.edit(coordinator, item.id, 'sv', { ...swedishText, lead: 'Ny' }, 1);
        await world.news.ready(coordinator, item.id, 'sv');
        await world.news.ready(coordinator, item.id, 'fi');
      });
      await seeing(() => placeMore('Lisää'));
      await seeing(() => world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('Oma')));
      const { stamp } = await view();
      await world.newsletter.chooseLead(coordinator, id, elma);
      await world.newsletter.approve(coordinator, id, { waivers: [], seen: stamp });
      assert.equal((await view()).status, 'approved');
    });

    it('is of all that was seen: whatever changes a mail since makes it another approval', async () => {
      const more = await placeMore('Kotisairaala');
      const last = await placeMore('Päivystys');
      const own = { fi: 'Lyhyesti', sv: 'I korthet' };
      const letter = { subject: '', preheader: '', greeting: '', signOff: '' };
      const section = (heading: object, ...stories: readonly StoryId[]) => ({
        sections: [{ id: 'own-1', heading, stories }],
      });
      const { projectId } = await itemOf(elma);
      const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
        ...Object.keys(letter).map((part) => {
          const texts = { ...letter, [part]: `Uusi ${part}` };
          return [part, () => world.newsletter.setLetter(coordinator, id, 'fi', texts)] as const;
        }),
        ['lead', () => world.newsletter.chooseLead(coordinator, id, more)],
        ['order', () => world.newsletter.arrange(coordinator, id, { projects: [], stories: [last, elma] })],
        ['own heading', () => world.newsletter.arrange(coordinator, id, section({ own }, elma))],
        [
          'words of a heading',
          () => world.newsletter.arrange(coordinator, id, section({ own: { ...own, fi: 'Lyhyet' } }, elma)),
        ],
        ['project', () => world.newsletter.arrange(coordinator, id, section({ projectId }, elma))],
        ['own text', () => world.newsletter.editText(coordinator, id, elma, 'fi', ownWords('Oma'))],
        ['length', () => world.newsletter.setWeight(coordinator, id, elma, { weight: 3 })],
        ['deadline', () => world.newsletter.setDeadline(coordinator, id, { deadline: '2027-01-29' })],
        ['story', () => placeMore('Lisää')],
        ['removal', () => world.newsletter.remove(coordinator, id, more)],
      ];
      const mail = async () => {
        const { subject, html, text } = await world.newsletter.mail(coordinator, id, 'fi');
        return { subject, html, text };
      };
      let before = await mail();
      for (const [what, change] of changes) {
        const { stamp: seen } = await view();
        await change();
        const now = await mail();
        // A length is seen once the story has a page of its own, where the rest can be read.
        if (what !== 'length') assert.notDeepEqual(now, before, `${what} changes the mail`);
        before = now;
        await fails(world.newsletter.approve(coordinator, id, { waivers: [], seen }), 'text.conflict');
        assert.notEqual((await view()).status, 'approved', what);
      }
    });

    it('with a reason never pins half a sentence: readers get what was last said to be ready', async () => {
      const item = await itemOf(elma);
      const half = { ...swedishText, title: 'Ny rubrik', body: 'Det här är bara halv' };
      await world.news.edit(coordinator, item.id, 'sv', half, 1);
      const { stamp } = await view();
      const preview = await world.newsletter.mail(coordinator, id, 'sv');
      assert.doesNotMatch(preview.html, /bara halv|Ny rubrik/u, 'the preview is what would go out');
      const waivers = [{ storyId: elma, language: 'sv', reason: 'Översättningen blir klar i nästa nummer.' }];
      await world.newsletter.approve(coordinator, id, { waivers, seen: stamp, although: true });
      const mail = await world.newsletter.mail(coordinator, id, 'sv');
      assert.doesNotMatch(mail.html, /bara halv|Ny rubrik/u);
      assert.match(mail.html, /Elma på svenska/u);
    });

    it('shows the other language where nobody has said yet that a text is ready', async () => {
      const half = await placeMore('Puolikas', { onlyFinnish: true });
      const { id: newsId } = await itemOf(half);
      await world.news.edit(coordinator, newsId, 'sv', { ...swedishText, title: 'Halv' }, 0);
      const waivers = [{ storyId: half, language: 'sv', reason: 'Översättningen dröjer.' }];
      await world.newsletter.approve(coordinator, id, { waivers, although: true });
      const { html } = await world.newsletter.mail(coordinator, id, 'sv');
      assert.doesNotMatch(html, /Halv/u);
      assert.match(html, /Puolikas suomeksi/u);
    });

    it('never pins a text that was edited during the approval', async () => {
      const item = await itemOf(elma);
      const results = await Promise.allSettled([
        approve(),
        world.news.edit(coordinator, item.id, 'sv', { ...swedishText, lead: 'Samtidigt' }, 1),
      ]);
      assert.equal(results[1].status, 'fulfilled');
      assert.equal((await view()).status === 'approved', false);
    });

    it('shows the pinned text even if the text is edited later', async () => {
      await approve();
      const before = await world.newsletter.mail(coordinator, id, 'sv');
      // As if by a change that does not notify the newsletter.
      world.users.length = 0;
      const item = await itemOf(elma);
      await world.news.edit(coordinator, item.id, 'sv', { ...swedishText, title: 'Oinvigd' }, 1);
      assert.equal((await world.newsletter.mail(coordinator, id, 'sv')).html, before.html);
    });
  });

  describe('what is on its way', () => {
    it('cannot be changed, and the next placing opens the next issue', async () => {
      const found = (await world.store.find(id)) ?? assert.fail();
      const sent = {
        status: 'sent',
        at: world.clock.iso(),
        approvedAt: world.clock.iso(),
        approvedBy: coordinator,
        pins: {},
        waivers: [],
      } as const;
      await world.commit(world.store.write(found, { ...found.value, state: sent }, []));
      await fails(world.newsletter.setWeight(coordinator, id, elma, { weight: 3 }), 'newsletter.notEditable');
      await fails(world.newsletter.remove(coordinator, id, elma), 'newsletter.notEditable');
      await fails(approve(), 'newsletter.notEditable');
      await fails(world.newsletter.unapprove(coordinator, id), 'newsletter.notEditable');
      await fails(
        world.newsletter.setDeadline(coordinator, id, { deadline: '2027-01-29' }),
        'newsletter.notEditable',
      );
      const next = await world.newsletter.place(coordinator, await world.accepted('Seuraava'));
      assert.equal(next.number, 2);
      assert.deepEqual(
        (await world.newsletter.issues(coordinator)).map(({ number, status }) => [number, status]),
        [
          [2, 'collecting'],
          [1, 'sent'],
        ],
      );
    });
  });

  it('reports the open issue to the overview', async () => {
    await placeMore('Puolikas', { onlyFinnish: true });
    const line = await world.newsletter.overviewLine(coordinator);
    assert.deepEqual(line, {
      id,
      number: 1,
      status: 'collecting',
      deadline: '2026-12-23',
      storyCount: 2,
      notReady: { fi: 0, sv: 1 },
    });
    assert.equal(await newsletterWorld().newsletter.overviewLine(coordinator), undefined);
  });

  it('opens an issue by itself once', async () => {
    const fresh = newsletterWorld();
    const first = await fresh.newsletter.open(coordinator);
    assert.deepEqual(await fresh.newsletter.open(coordinator), { issueId: first.issueId, number: 1 });
  });

  it('names the fault of a deadline', async () => {
    for (const [deadline, code] of [
      ['2026-02-30', 'notADate'],
      ['huomenna', 'notADate'],
      ['2026-01-01', 'datePast'],
    ] as const) {
      const error = await fails(world.newsletter.setDeadline(coordinator, id, { deadline }), 'input.invalid');
      assert.deepEqual(error.details.fields, [{ field: 'deadline', code }]);
    }
  });
});

describe('newsletter moves', () => {
  it('lead from collecting to sent, and back only from an approval', () => {
    assert.deepEqual(
      Object.entries(moves).map(([name, { from, to }]) => [name, from.join(' '), to]),
      [
        ['shape', 'collecting drafting approved', 'drafting'],
        ['approveFirst', 'collecting drafting', 'drafting'],
        ['approve', 'collecting drafting', 'approved'],
        ['sendBack', 'collecting drafting approved', 'drafting'],
        ['unapprove', 'approved', 'drafting'],
        ['send', 'approved', 'sending'],
        ['finish', 'sending', 'sent'],
        ['sentOtherwise', 'approved', 'sent'],
      ],
    );
  });
});
