import type { Actor } from '../platform/actor.js';
import { Temporal } from 'temporal-polyfill';
import { today } from '../platform/clock.js';
import { AppError } from '../platform/errors.js';
import { holidaysBetween } from '../platform/holidays.js';
import type { ReleaseId } from '../platform/ids.js';
import { publicLanguages } from '../shared/languages.js';
import type { NewsItem } from '../news/news.js';
import { requirePermission, may } from '../people/permissions.js';
import type { Text } from '../content/text.js';
import { find, type ReleaseDeps } from './changing.js';
import { sourceOf } from './editing.js';
import { openMoves } from './workflow.js';
import type { Release, ReleaseLine } from './release.js';
import type { ReleaseMonth, ReleaseOverview, ReleaseService, ReleaseView } from './service.js';

const queuePageSize = 50;
const archivePageSize = 30;
const historyPageSize = 20;
const maxCounted = 100;

/** The item's texts that are newer than those last taken from it. */
function newerTexts(release: Release, item: NewsItem | undefined): ReleaseView['newer'] {
  const taken = release.source?.revisions ?? {};
  return Object.fromEntries(
    publicLanguages.flatMap((language): [string, Text][] => {
      const text = item?.texts[language];
      return text !== undefined && text.revision > (taken[language] ?? 0) ? [[language, text]] : [];
    }),
  );
}

async function view(deps: ReleaseDeps, actor: Actor, id: ReleaseId): Promise<ReleaseView> {
  const { value: release } = await find(deps.store, id);
  const [audit, item] = await Promise.all([deps.store.audit(id), sourceOf(deps, release)]);
  return {
    release,
    moves: may(actor.role, 'release:edit') ? openMoves(release) : [],
    audit,
    newer: newerTexts(release, item),
    ...(item?.earliestDate !== undefined && { earliestDate: item.earliestDate }),
  };
}

/** The days on a month's page of a calendar: whole weeks, Monday first. */
export function monthPage(month: Temporal.PlainYearMonth): Pick<ReleaseMonth, 'first' | 'last'> {
  const start = month.toPlainDate({ day: 1 });
  const end = month.toPlainDate({ day: month.daysInMonth });
  return {
    first: start.subtract({ days: start.dayOfWeek - 1 }).toString(),
    last: end.add({ days: 7 - end.dayOfWeek }).toString(),
  };
}

function parseMonth(month: string): Temporal.PlainYearMonth {
  try {
    if (/^\d{4}-\d{2}$/.test(month)) return Temporal.PlainYearMonth.from(month);
  } catch {
    // It has the shape of a month but is none, such as 2026-13.
  }
  throw new AppError('input.invalid', { fields: [{ field: 'month', code: 'notADate' }] });
}

async function overview({ store, clock }: ReleaseDeps): Promise<ReleaseOverview> {
  const date = today(clock).toString();
  const [ofToday, needingAttention] = await Promise.all([
    store.days(date, date),
    store.needingAttention(maxCounted),
  ]);
  const count = (fits: (line: ReleaseLine) => boolean) => needingAttention.lines.filter(fits).length;
  return {
    // What is out already waits for nobody.
    today: ofToday.filter(({ status }) => status !== 'published'),
    overdue: count((line) => line.overdue === true),
    failed: count((line) => line.status === 'failed'),
    uncertain: count((line) => line.status === 'uncertain'),
    more: needingAttention.next !== undefined,
  };
}

type Reading = 'get' | 'queue' | 'archive' | 'month' | 'overviewLine' | 'history';

export function reading(deps: ReleaseDeps): Pick<ReleaseService, Reading> {
  const { store } = deps;
  return {
    get: async (actor, id) => {
      requirePermission(actor, 'release:see');
      return view(deps, actor, id);
    },
    queue: async (actor, after) => {
      requirePermission(actor, 'release:see');
      return store.queue(queuePageSize, after);
    },
    archive: async (actor, after) => {
      requirePermission(actor, 'release:see');
      return store.archive(archivePageSize, after);
    },
    month: async (actor, month) => {
      requirePermission(actor, 'release:see');
      const page = monthPage(parseMonth(month));
      const [lines, holidays] = await Promise.all([
        store.days(page.first, page.last),
        holidaysBetween(page.first, page.last),
      ]);
      return { month, ...page, lines, holidays };
    },
    overviewLine: async (actor) => {
      requirePermission(actor, 'release:see');
      return overview(deps);
    },
    history: async (actor, id, language, after) => {
      requirePermission(actor, 'release:see');
      await find(store, id);
      return store.revisions(id, language, historyPageSize, after);
    },
  };
}
