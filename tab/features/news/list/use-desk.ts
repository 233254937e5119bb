import { useEffect, useRef, useState } from 'react';
import type { Presence, RecentChange } from '../../../../src/news/presence.js';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { useShell } from '../../../shared/context.js';
import type { DeskAnswer } from '../../../../src/shared/answers/news.js';
import { getDesk, notePresent } from '../api.js';

/** Half of what others may take to see a change: saying that one is here and asking who is take turns. */
const everyMs = 5000;
/** Not before the page itself has come. */
const firstMs = 1000;
/** Whoever typed so long ago is no longer typing. */
const typingMs = 15_000;

/** Whoever comes back after this long begins another visit: what moved meanwhile is new to them. */
const visitMs = 30 * 60_000;

/** Since when things are new to somebody, of what is known from when they were here last. */
export function newSince(me: DeskAnswer['me'], now: number): string | undefined {
  if (me === undefined) return undefined;
  return now - Date.parse(me.at) > visitMs ? me.at : me.since;
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
  useEffect(() => {
    latest.current = { openId, onChange };
  });

  useEffect(() => {
    if (!isReviewer) return undefined;
    let isOver = false;
    let turn = 0;
    let known: readonly RecentChange[] | undefined;
    let typedAt = -Infinity;
    /** What others were told that one has open. */
    let noted = '';
    let visitSince: string | undefined;
    let timer: number | undefined;
    const onInput = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest('article') !== null) typedAt = Date.now();
    };
    /** What one has open, and in which of its texts one is. */
    const here = () => {
      const { openId: newsId } = latest.current;
      const column = document.activeElement?.closest<HTMLElement>('article [data-language]');
      const language = publicLanguages.find((each) => each === column?.dataset.language);
      return {
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
    const step = async (): Promise<void> => {
      const open = here();
      turn += 1;
      if (document.visibilityState !== 'visible') return;
      if (turn % 2 === 1) await look();
      else {
        noted = JSON.stringify(open);
        const isTyping = Date.now() - typedAt < typingMs;
        await notePresent(api, {
          isTyping,
          ...open,
          ...(visitSince !== undefined && { since: visitSince }),
        });
      }
    };
    const go = (): void => {
      // What fails now is asked for again soon.
      void step()
        .catch(() => undefined)
        .then(() => {
          if (isOver) return;
          // What was just opened is said soon, so that the others see it with their next question.
          const isNews = turn % 2 === 1 && JSON.stringify(here()) !== noted;
          timer = window.setTimeout(go, isNews ? firstMs : everyMs);
        });
    };
    document.addEventListener('input', onInput);
    timer = window.setTimeout(go, firstMs);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
      document.removeEventListener('input', onInput);
    };
  }, [api, isReviewer, session.person.id]);

  return {
    presentAt: (id) => present.filter(({ newsId }) => newsId === id),
    changedAt: (id) => changed.get(id),
    since,
  };
}
