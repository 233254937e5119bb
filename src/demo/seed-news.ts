import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../platform/actor.js';
import { homeZone } from '../platform/clock.js';
import type { NewsId, ReleaseId } from '../platform/ids.js';
import type { NewsItem, NewsStateName } from '../news/types.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { handleMessage } from '../delivery/outbox/kind.js';
import { releaseMessage, revisionKey } from '../releases/change.js';
import type { Release } from '../releases/types.js';
import type { DemoNews, DemoStep } from './item.js';
import { demoPeopleByKey } from './people.js';
import { hoursBefore, type SeedContext, type SeedEvent } from './timeline.js';
import { demoIssue, type DemoStory, type DemoRelease } from './uses.js';

/** @throws Error when the demo names an item that is not seeded yet: a fault of the demo. */
function idOfNews(ids: SeedContext['newsIds'], key: string): NewsId {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demo has not seeded ${key}`);
  return id;
}

const ends: Partial<Record<DemoStep['does'], NewsStateName>> = {
  accept: 'accepted',
  requestChanges: 'changesRequested',
  reject: 'rejected',
  withdraw: 'withdrawn',
};

/** Says that a text is ready where nobody has: a seeding that goes on must not say it once more of a text that fell behind. */
async function sayReady(
  news: SeedContext['news'],
  actor: Actor,
  { id, texts }: NewsItem,
  language: PublicLanguage,
): Promise<void> {
  const text = texts[language];
  if (text?.ready !== text?.revision) await news.ready(actor, id, language);
}

async function step(news: SeedContext['news'], id: NewsId, does: DemoStep): Promise<void> {
  const actor = demoPeopleByKey[does.by];
  const item = await news.get(actor, id);
  if (item.state.status === ends[does.does]) return;
  switch (does.does) {
    case 'edit': {
      const { language, words } = does;
      const edited = await news.edit(actor, id, language, words, item.texts[language]?.revision ?? 0);
      if (does.unfinished !== true) await sayReady(news, actor, edited.item, language);
      return;
    }
    case 'accept':
    case 'withdraw':
      await news[does.does](actor, id);
      return;
    default:
      await news[does.does](actor, id, does.say);
  }
}

/** One item as it was sent in, and what happened to it since. Its id goes into `newsIds`. */
export function newsEvents(
  { news, newsIds, start }: SeedContext,
  { key, author, hoursAgo, submission, earliestInDays, then }: DemoNews,
): SeedEvent[] {
  const today = start.toZonedDateTimeISO(homeZone).toPlainDate();
  const earliest = earliestInDays === undefined ? undefined : today.add({ days: earliestInDays }).toString();
  const submit = async (): Promise<void> => {
    const { item } = await news.submit(demoPeopleByKey[author], {
      ...submission,
      formId: `demo-${key}`,
      ...(earliest !== undefined && { earliestDate: earliest }),
    });
    newsIds.set(key, item.id);
  };
  return [
    { at: hoursBefore(start, hoursAgo), run: submit },
    ...then.map((does) => ({
      at: hoursBefore(start, hoursAgo - does.hoursLater),
      run: () => step(news, idOfNews(newsIds, key), does),
    })),
  ];
}

async function open({ newsletter, start }: SeedContext): Promise<void> {
  const actor = demoPeopleByKey[demoIssue.openedBy];
  const deadline = start.toZonedDateTimeISO(homeZone).toPlainDate().add({ days: demoIssue.deadlineInDays });
  const { issueId } = await newsletter.open(actor);
  for (const language of publicLanguages)
    await newsletter.setLetter(actor, issueId, language, demoIssue.letter[language]);
  await newsletter.setDeadline(actor, issueId, { deadline: deadline.toString() });
}

async function place({ newsletter, newsIds }: SeedContext, { news, by, weight }: DemoStory): Promise<void> {
  const actor = demoPeopleByKey[by];
  const newsId = idOfNews(newsIds, news);
  await newsletter.place(actor, newsId);
  if (weight === undefined) return;
  const issue = await newsletter.issue(actor, (await newsletter.open(actor)).issueId);
  const stories = [issue.lead, ...issue.sections.flatMap((section) => section.stories)];
  const story = stories.find((candidate) => candidate?.newsId === newsId);
  if (story === undefined || story.weight === weight) return;
  await newsletter.setWeight(actor, issue.id, story.id, { weight });
}

/** The issue as it was opened, and its stories as they were placed. */
export function issueEvents(context: SeedContext): SeedEvent[] {
  const { start } = context;
  return [
    { at: hoursBefore(start, demoIssue.openedHoursAgo), run: () => open(context) },
    ...demoIssue.stories.map((story: DemoStory) => ({
      at: hoursBefore(start, story.hoursAgo),
      run: () => place(context, story),
    })),
  ];
}

async function create(context: SeedContext, { key, by, from }: DemoRelease): Promise<ReleaseId> {
  const { news, releases, newsIds } = context;
  const actor = demoPeopleByKey[by];
  const origin =
    'news' in from ? { newsId: idOfNews(newsIds, from.news) } : { formId: `demo-release-${key}` };
  const { release } = await releases.create(actor, origin);
  if (!('words' in from)) return release.id;
  const { newsId } = release;
  newsIds.set(`release-${key}`, newsId);
  for (const language of publicLanguages) {
    let item = await news.get(actor, newsId);
    if (item.texts[language] === undefined)
      ({ item } = await news.edit(actor, newsId, language, from.words[language], 0));
    await sayReady(news, actor, item, language);
  }
  return release.id;
}

/** Handles the message that publishes the release, once it is due. */
async function publish({ publisher, clock }: SeedContext, { id, state }: Release): Promise<void> {
  if (state.status !== 'scheduled' && state.status !== 'publishing') return;
  clock.set(Temporal.Instant.from(state.due));
  const revision = revisionKey(state.approval.revisions);
  const outcome = await handleMessage(publisher, {
    id: state.message,
    dueAt: state.due,
    body: releaseMessage.body({ releaseId: id, revision }),
    state: { status: 'pending', attempts: 0 },
  });
  if (outcome.result !== 'sent') throw new Error(`The demo could not publish ${id}: ${outcome.reason}`);
}

async function end(context: SeedContext, id: ReleaseId, { by, end: wanted }: DemoRelease): Promise<void> {
  const { releases, start } = context;
  const actor = demoPeopleByKey[by];
  let { release } = await releases.get(actor, id);
  if (wanted.is === 'draft' || release.state.status === wanted.is) return;
  if (wanted.is === 'scheduled') {
    const date = start.toZonedDateTimeISO(homeZone).toPlainDate().add({ days: wanted.inDays });
    await releases.schedule(actor, id, { date: date.toString(), time: wanted.time });
  }
  if (wanted.is !== 'published') return;
  if (release.state.status === 'draft') ({ release } = await releases.publishNow(actor, id));
  await publish(context, release);
}

/** One release as it was made, and what became of it. */
export function releaseEvents(context: SeedContext, release: DemoRelease): SeedEvent[] {
  const { start } = context;
  let id: ReleaseId | undefined;
  const made: SeedEvent = {
    at: hoursBefore(start, release.hoursAgo),
    run: async () => {
      id = await create(context, release);
    },
  };
  if (release.end.is === 'draft') return [made];
  const ended: SeedEvent = {
    at: hoursBefore(start, release.end.hoursAgo),
    run: async () => {
      if (id !== undefined) await end(context, id, release);
    },
  };
  return [made, ended];
}
