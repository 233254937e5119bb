import type { Temporal } from 'temporal-polyfill';
import { homeZone } from '../platform/clock.js';
import { isAppError } from '../platform/errors.js';
import type { NewsletterService } from '../newsletter/service.js';
import { demoPeopleByKey } from './people.js';
import { idOfNews, type NewsIds } from './seed-news.js';
import { hoursBefore, type Happening } from './timeline.js';
import { demoIssue, type DemoStory } from './uses.js';

/** What telling the newsletter needs. */
export interface IssueTelling {
  readonly newsletter: Pick<NewsletterService, 'open' | 'issue' | 'place' | 'setWeight' | 'setDeadline'>;
  readonly newsIds: NewsIds;
  readonly start: Temporal.Instant;
}

async function open({ newsletter, start }: IssueTelling): Promise<void> {
  const actor = demoPeopleByKey[demoIssue.openedBy];
  const deadline = start.toZonedDateTimeISO(homeZone).toPlainDate().add({ days: demoIssue.deadlineInDays });
  const { issueId } = await newsletter.open(actor);
  const issue = await newsletter.issue(actor, issueId);
  if (issue.deadline === deadline.toString()) return;
  await newsletter.setDeadline(actor, issueId, { deadline: deadline.toString() });
}

async function place({ newsletter, newsIds }: IssueTelling, { news, by, weight }: DemoStory): Promise<void> {
  const actor = demoPeopleByKey[by];
  const newsId = idOfNews(newsIds, news);
  try {
    await newsletter.place(actor, newsId);
  } catch (error) {
    if (!isAppError(error, 'newsletter.alreadyPlaced')) throw error;
  }
  if (weight === undefined) return;
  const issue = await newsletter.issue(actor, (await newsletter.open(actor)).issueId);
  const stories = [issue.lead, ...issue.sections.flatMap((section) => section.stories)];
  const story = stories.find((candidate) => candidate?.newsId === newsId);
  if (story === undefined || story.weight === weight) return;
  await newsletter.setWeight(actor, issue.id, story.id, { weight });
}

/** Opening the issue and placing its stories, as happenings. */
export function issueHappenings(telling: IssueTelling): Happening[] {
  const { start } = telling;
  return [
    { at: hoursBefore(start, demoIssue.openedHoursAgo), run: () => open(telling) },
    ...demoIssue.stories.map((story: DemoStory) => ({
      at: hoursBefore(start, story.hoursAgo),
      run: () => place(telling, story),
    })),
  ];
}
