import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../platform/clock.js';
import type { ReleaseId } from '../platform/ids.js';
import { publicLanguages } from '../shared/languages.js';
import { carryOut, type DeliveryKind } from '../delivery/outbox/kind.js';
import { releaseMessage, revisionKey } from '../releases/change.js';
import type { Release } from '../releases/types.js';
import type { ReleaseService } from '../releases/service.js';
import type { PastClock } from './past-clock.js';
import { demoPeopleByKey } from './people.js';
import { idOfNews, type NewsIds } from './seed-news.js';
import { hoursBefore, type Happening } from './timeline.js';
import type { DemoRelease } from './uses.js';

/** What telling the releases needs. `publisher` carries out a release's message, as the outbox would. */
export interface ReleaseTelling {
  readonly releases: Pick<ReleaseService, 'create' | 'get' | 'edit' | 'approve' | 'schedule' | 'publishNow'>;
  readonly publisher: DeliveryKind;
  readonly clock: PastClock;
  readonly newsIds: NewsIds;
  readonly start: Temporal.Instant;
}

async function create(telling: ReleaseTelling, { key, by, from }: DemoRelease): Promise<ReleaseId> {
  const { releases, newsIds } = telling;
  const actor = demoPeopleByKey[by];
  const origin =
    'news' in from ? { newsId: idOfNews(newsIds, from.news) } : { formId: `demo-release-${key}` };
  const { release } = await releases.create(actor, origin);
  if (!('words' in from)) return release.id;
  for (const language of publicLanguages) {
    if (release.texts[language] === undefined) {
      await releases.edit(actor, release.id, language, from.words[language], 0);
    }
  }
  return release.id;
}

/** Carries out the message with which the release goes out, once it is due. */
async function publish({ publisher, clock }: ReleaseTelling, { id, state }: Release): Promise<void> {
  if (state.status !== 'scheduled' && state.status !== 'publishing') return;
  clock.set(Temporal.Instant.from(state.due));
  const revision = revisionKey(state.approval.revisions);
  const outcome = await carryOut(publisher, {
    id: state.message,
    dueAt: state.due,
    body: releaseMessage.body({ releaseId: id, revision }),
    state: { status: 'pending', attempts: 0 },
  });
  if (outcome.result !== 'sent') throw new Error(`The demo could not publish ${id}: ${outcome.reason}`);
}

async function end(telling: ReleaseTelling, id: ReleaseId, { by, end: wanted }: DemoRelease): Promise<void> {
  const { releases, start } = telling;
  const actor = demoPeopleByKey[by];
  let { release } = await releases.get(actor, id);
  if (wanted.is === 'draft' || release.state.status === wanted.is) return;
  if (release.state.status === 'draft') ({ release } = await releases.approve(actor, id));
  if (wanted.is === 'scheduled') {
    const date = start.toZonedDateTimeISO(homeZone).toPlainDate().add({ days: wanted.inDays });
    await releases.schedule(actor, id, { date: date.toString(), time: wanted.time });
  }
  if (wanted.is !== 'published') return;
  if (release.state.status === 'approved') ({ release } = await releases.publishNow(actor, id));
  await publish(telling, release);
}

/** Making one release, and what became of it, as happenings. */
export function releaseHappenings(telling: ReleaseTelling, release: DemoRelease): Happening[] {
  const { start } = telling;
  let id: ReleaseId | undefined;
  const made: Happening = {
    at: hoursBefore(start, release.hoursAgo),
    run: async () => {
      id = await create(telling, release);
    },
  };
  if (release.end.is === 'draft') return [made];
  const ended: Happening = {
    at: hoursBefore(start, release.end.hoursAgo),
    run: async () => {
      if (id !== undefined) await end(telling, id, release);
    },
  };
  return [made, ended];
}
