import assert from 'node:assert/strict';
import { textStatus } from '../../../src/content/text.js';
import { newsletterService, type NewsletterService } from '../../../src/newsletter/service.js';
import { newsletterStore } from '../../../src/newsletter/store.js';
import type { IssueId, NewsId, ReleaseId, StoryId } from '../../../src/platform/ids.js';
import { publicLanguages } from '../../../src/shared/languages.js';
import { coordinator, otherCoordinator, programme, submission, swedishText, worker } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { rejectsWith } from '../../world/outbox.js';
import { readablePartition } from '../../world/partition.js';

describe('one text in several places', () => {
  let world: ReleaseWorld;
  let newsletter: NewsletterService;
  let newsId: NewsId;
  let issueId: IssueId;
  let storyId: StoryId;
  let id: ReleaseId;

  beforeEach(async () => {
    world = releaseWorld();
    newsletter = newsletterService({
      store: newsletterStore(readablePartition(world.rows)),
      news: world.news,
      outbox: world.outbox,
      clock: world.clock,
      programme: () => Promise.resolve(programme),
      undoSeconds: 10,
    });
    world.users.push(newsletter);
    ({ id: newsId } = (await world.news.submit(worker, submission())).item);
    const placed = await newsletter.place(coordinator, newsId);
    issueId = placed.issueId;
    storyId = placed.storyId ?? assert.fail('no story');
    id = (await world.releases.create(coordinator, { newsId })).release.id;
  });

  const edit = async (language: 'fi' | 'sv', text: typeof swedishText) => {
    const { texts } = await world.news.get(coordinator, newsId);
    return world.news.edit(coordinator, newsId, language, text, texts[language]?.revision ?? 0);
  };
  const ready = (language: 'fi' | 'sv') => world.news.ready(coordinator, newsId, language);
  const approve = () => newsletter.approve(coordinator, issueId, { waivers: [] });
  const issueStatus = async () => (await newsletter.issue(coordinator, issueId)).status;

  /** How far each language is in the item, in the newsletter and in the release. */
  async function everywhere(): Promise<string[]> {
    const { texts } = await world.news.get(coordinator, newsId);
    const story = (await newsletter.story(coordinator, issueId, storyId)).languages;
    const release = (await world.releases.get(coordinator, id)).languages;
    return publicLanguages.map((language) =>
      [textStatus(texts, language), story[language].status, release[language].status].join(' '),
    );
  }

  it('is accepted on the way by whoever places it, of which its author learns once', async () => {
    assert.equal((await world.news.get(coordinator, newsId)).state.status, 'accepted');
    await world.pass({ seconds: 11 });
    assert.equal(world.notices.filter(({ about }) => about === 'newsAccepted').length, 1);
  });

  it('is as far in each of them, whoever writes it and wherever it is said to be ready', async () => {
    assert.deepEqual(await everywhere(), ['ready ready ready', 'missing missing missing']);
    await edit('sv', swedishText);
    assert.deepEqual(await everywhere(), ['ready ready ready', 'inProgress inProgress inProgress']);
    await ready('sv');
    assert.deepEqual(await everywhere(), ['ready ready ready', 'ready ready ready']);
    await edit('fi', { title: 'Elma laajenee', lead: '', body: 'Vaasaan' });
    await ready('fi');
    assert.deepEqual(await everywhere(), ['ready ready ready', 'behind behind behind']);
  });

  it('is written in Swedish once, and said to be ready once, for the newsletter and the release', async () => {
    await rejectsWith(approve(), 'newsletter.languagesMissing');
    await rejectsWith(world.releases.publishNow(coordinator, id), 'release.languagesMissing');
    await edit('sv', swedishText);
    await ready('sv');
    await approve();
    await world.releases.publishNow(coordinator, id);
    await world.pass({ seconds: 11 });
    assert.equal((await world.stateOf(id)).status, 'published');
    assert.equal((await world.pages.pages(id)).sv?.page.title, swedishText.title);
    assert.match((await newsletter.mail(coordinator, issueId, 'sv')).html, /Elma ger råd/u);
    // What is out takes no approval back.
    assert.equal(await issueStatus(), 'approved');
  });

  it('that is edited takes the approval of the issue back, holds the planned release, and offers a correction of what is out', async () => {
    await edit('sv', swedishText);
    await ready('sv');
    const board = (await world.releases.create(coordinator, { formId: 'other', words: swedishText })).release;
    assert.notEqual(board.newsId, newsId);
    await approve();
    await world.releases.schedule(coordinator, id, { date: '2026-11-24', time: '09:00' });
    await edit('fi', { title: 'Elma laajenee', lead: '', body: 'Kesken' });
    assert.equal(await issueStatus(), 'drafting');
    await world.pass({ hours: 23 });
    const state = await world.stateOf(id);
    assert.ok(state.status === 'approved');
    assert.equal(state.overdue?.because, 'text');
    assert.deepEqual(await world.pages.pages(id), {});
    for (const language of publicLanguages) await ready(language);
    await approve();
    await world.releases.publishNow(coordinator, id);
    await world.pass({ seconds: 11 });
    assert.equal((await world.releases.get(coordinator, id)).movedOn, false);
    await edit('fi', { title: 'Elma laajenee', lead: '', body: 'Korjattu' });
    assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
    assert.equal((await world.pages.pages(id)).fi?.page.body, 'Kesken');
  });

  it('that is only said to be ready leaves an approved issue approved', async () => {
    await newsletter.approve(coordinator, issueId, {
      waivers: [{ storyId, language: 'sv', reason: 'Vain suomeksi' }],
    });
    const { item } = await edit('sv', swedishText);
    assert.equal(item.texts.sv?.revision, 1);
    assert.equal(await issueStatus(), 'drafting');
    await newsletter.approve(coordinator, issueId, {
      waivers: [{ storyId, language: 'sv', reason: 'Vain suomeksi' }],
    });
    await ready('sv');
    assert.equal(await issueStatus(), 'approved');
  });

  it('is said otherwise in one place without the others', async () => {
    await edit('sv', swedishText);
    await ready('sv');
    await newsletter.editText(coordinator, issueId, storyId, 'fi', {
      words: { lead: 'Lyhyt' },
      replaces: null,
    });
    await world.releases.editText(coordinator, id, 'fi', { words: { title: 'Verkossa' }, replaces: null });
    const [story, release, item] = await Promise.all([
      newsletter.story(coordinator, issueId, storyId),
      world.releases.get(coordinator, id),
      world.news.get(coordinator, newsId),
    ]);
    assert.deepEqual([story.own.fi?.lead, story.own.fi?.title], ['Lyhyt', undefined]);
    assert.deepEqual([release.release.own.fi?.title, release.release.own.fi?.lead], ['Verkossa', undefined]);
    assert.equal(item.texts.fi?.title, 'Elma neuvoo elintavoissa');
    // Both show when the item has moved on.
    await edit('fi', { title: 'Elma laajenee', lead: 'Miksi', body: 'Vaasaan' });
    for (const language of publicLanguages) await ready(language);
    assert.deepEqual(await everywhere(), ['ready behind behind', 'ready ready ready']);
  });

  it('that comes late after its approval is kept beside it and takes nothing back', async () => {
    await edit('sv', swedishText);
    await ready('sv');
    await approve();
    await world.releases.schedule(coordinator, id, { date: '2026-11-24', time: '09:00' });
    const late = world.news.edit(otherCoordinator, newsId, 'sv', { ...swedishText, title: 'För sent' }, 0);
    await rejectsWith(late, 'text.conflict');
    assert.equal(await issueStatus(), 'approved');
    const { lines } = await world.news.history(coordinator, newsId, 'sv');
    assert.ok(lines.some(({ title, parked }) => parked === true && title === 'För sent'));
    await world.pass({ hours: 23 });
    assert.equal((await world.pages.pages(id)).sv?.page.title, swedishText.title);
  });

  it('is approved as it was or not at all, when it is edited while it is said to be ready and placed', async () => {
    for (let first = 0; first < 3; first += 1) {
      const { item } = await world.news.submit(worker, submission({ formId: `form-race-${String(first)}` }));
      const text = { title: 'Samaan aikaan', lead: '', body: `Uusi ${String(first)}` };
      const acts = [
        () => world.news.edit(otherCoordinator, item.id, 'fi', text, 1),
        () => world.news.accept(coordinator, item.id, { seen: { fi: 1 } }),
        () => world.releases.create(coordinator, { newsId: item.id }),
      ];
      const order = [...acts.slice(first), ...acts.slice(0, first)];
      await Promise.allSettled(order.map((act) => act()));
      const { texts } = await world.news.get(coordinator, item.id);
      // Nobody has said of the new revision that it is ready.
      if (texts.fi?.revision === 2) assert.equal(textStatus(texts, 'fi'), 'inProgress');
      else assert.equal(textStatus(texts, 'fi'), 'ready');
    }
  });
});
