import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { SeenRevisions } from '../../../../src/content/edits.js';
import { currentRevisions } from '../../../../src/content/text.js';
import type { NewsItem } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';

/** The item that is on the screen. */
export interface Shown {
  /** Shows what the server answered. */
  readonly onAnswer: (answer: NewsItemAnswer) => void;
  /** The revisions of its texts: what somebody has before them who approves them, with what they have just written themselves. */
  readonly seen: () => SeenRevisions;
}

/** @param onAnswer must not change while the item stays. */
export function useShown(item: NewsItem, onAnswer: Shown['onAnswer']): Shown {
  const latest = useRef(item);
  useEffect(() => {
    latest.current = item;
  }, [item]);
  const show = useCallback<Shown['onAnswer']>(
    (answer) => {
      // At once: what was just stored may be acted on before it is drawn.
      latest.current = answer.item;
      onAnswer(answer);
    },
    [onAnswer],
  );
  return useMemo(() => ({ onAnswer: show, seen: () => currentRevisions(latest.current.texts) }), [show]);
}
