import { useEffect, useRef, useState } from 'react';
import type { Presence, RecentChange } from '../../../../src/news/presence.js';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { useShell } from '../../../shared/context.js';
import type { DeskAnswer } from '../../../../src/shared/answers/news.js';
import { getDesk, notePresent } from '../api.js';

/** How often each of the two is asked or said. With `soonMs` it is within the ten seconds in which people see each other. */
const everyMs = 7000;
/** How soon after it began it is said what one has open, so that going from one item to the next says it once. */
const soonMs = 1000;
/** Whoever typed so long ago is no longer typing. */
const typingMs = 15_000;

/** Whoever comes back after this long begins another visit: what moved meanwhile is new to them. */
const visitMs = 30 * 60_000;

/** Since when things are new to somebody, of what is known from when they were here last. */
export function newSince(me: DeskAnswer['me'], now: number): string | undefined {
  if (me === undefined) return undefined;
  return now - Date.parse(me.at) > visitMs ? me.at : me.since;
}

/** When others were looked at and notified last, and since when there is something of which they were not; in milliseconds. */
interface Exchange {
  readonly lookedAt: number;
  readonly notedAt: number;
  readonly newsAt?: number | undefined;
}

/** What comes next, and when: a look at what others do, or a note of what one does. */
export function nextStep({ lookedAt, notedAt, newsAt }: Exchange): { what: 'look' | 'note'; at: number } {
  const look = lookedAt + everyMs;
  const note = Math.min(notedAt + everyMs, newsAt === undefined ? Infinity : newsAt + soonMs);
  return note < look ? { what: 'note', at: note } : { what: 'look', at: look };
}

/** What others do at the desk now. */
export interface Desk {
  /** Others who have an item open, by its id. */
  readonly presentAt: (id: string) => readonly Presence[];
  /** When an item changed last, as far as that was seen since the page was opened. */
  readonly changedAt: (id: string) => string | undefined;
  /** What moved after this is new to the person; undefined where nothing is known. */
  readonly since: string | undefined;
}

/** The items that changed between two polls. */
export function changedSince(
  before: readonly RecentChange[] | undefined,
  now: readonly RecentChange[],
): readonly RecentChange[] {
  if (before === undefined) return [];
  const known = new Map(before.map(({ id, at }) => [id, at]));
  // What stands behind the oldest that was known had left that list before.
  const oldest = before.at(-1)?.at;
  return now.filter(
    ({ id, at }) => known.get(id) !== at && (oldest === undefined || Date.parse(at) >= Date.parse(oldest)),
  );
}

/**
 * Asks again and again what others do, and says what one has open, while the page is looked at: one request at a time, and
 * each costs the storage one round trip.
 * @param onChange something in the list changed
 */
export function useDesk(isReviewer: boolean, openId: string | undefined, onChange: () => void): Desk {
  const { api, session } = useShell();
  const [present, setPresent] = useState<readonly Presence[]>([]);
  const [since, setSince] = useState<string>();
  const [changed, setChanged] = useState<ReadonlyMap<string, string>>(new Map());
  const latest = useRef({ openId, onChange });
  /** To be called when something else is open. */
  const moved = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = { openId, onChange };
  });
  useEffect(() => moved.current(), [openId]);

  useEffect(() => {
    if (!isReviewer) return undefined;
    let isOver = false;
    let isAsking = false;
    const begin = Date.now() - everyMs;
    // Not before the page itself has come.
    let last: Exchange = { lookedAt: begin + soonMs, notedAt: begin + 2 * soonMs };
    let known: readonly RecentChange[] | undefined;
    let typedAt = -Infinity;
    /** Of what others were notified. */
    let noted = '';
    let visitSince: string | undefined;
    let timer: number | undefined;
    /** What one has open, in which of its texts one is, and whether one types there. */
    const here = () => {
      const { openId: newsId } = latest.current;
      const column = document.activeElement?.closest<HTMLElement>('article [data-language]');
      const language = publicLanguages.find((each) => each === column?.dataset.language);
      return {
        isTyping: Date.now() - typedAt < typingMs,
        ...(newsId !== undefined && { newsId }),
        ...(newsId !== undefined && language !== undefined && { language }),
      };
    };
    const look = async (): Promise<void> => {
      const desk = await getDesk(api);
      if (isOver) return;
      if (known === undefined) {
        visitSince = newSince(desk.me, Date.now());
        setSince(visitSince);
      }
      setPresent(desk.present.filter(({ person }) => person.id !== session.person.id));
      const news = changedSince(known, desk.changes);
      known = desk.changes;
      if (news.length === 0) return;
      setChanged((before) => new Map([...before, ...news.map(({ id, at }) => [id, at] as const)]));
      latest.current.onChange();
    };
    const note = async (): Promise<void> => {
      const open = here();
      noted = JSON.stringify(open);
      await notePresent(api, { ...open, ...(visitSince !== undefined && { since: visitSince }) });
    };
    /** Sets the clock for what comes next. */
    const wait = (): void => {
      if (isOver || isAsking) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void go(), Math.max(0, nextStep(last).at - Date.now()));
    };
    const go = async (): Promise<void> => {
      const { what } = nextStep(last);
      const now = Date.now();
      last = what === 'look' ? { ...last, lookedAt: now } : { lookedAt: last.lookedAt, notedAt: now };
      isAsking = true;
      // What fails now is asked for again soon.
      if (document.visibilityState === 'visible')
        await (what === 'look' ? look() : note()).catch(() => undefined);
      isAsking = false;
      notice();
      wait();
    };
    /** Notifies others soon of what they do not know yet. */
    const notice = (): void => {
      if (last.newsAt !== undefined || JSON.stringify(here()) === noted) return;
      last = { ...last, newsAt: Date.now() };
      wait();
    };
    const onInput = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest('article') !== null) typedAt = Date.now();
      notice();
    };
    document.addEventListener('input', onInput);
    document.addEventListener('focusin', notice);
    moved.current = notice;
    wait();
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      document.removeEventListener('input', onInput);
      document.removeEventListener('focusin', notice);
      moved.current = () => undefined;
    };
  }, [api, isReviewer, session.person.id]);

  return {
    presentAt: (id) => present.filter(({ newsId }) => newsId === id),
    changedAt: (id) => changed.get(id),
    since,
  };
}
