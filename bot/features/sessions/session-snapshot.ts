import { z } from 'zod';
import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { occurrenceStates, type OccurrenceLine } from '../../../src/sessions/occurrences/occurrence.js';
import type { Notice } from '../../cards/parts.js';
import { momentText } from '../../../src/shared/dates.js';
import { shownText } from './session-parts.js';

/** How a session stood when a card was drawn; travels in the card, so that an old card can tell what has changed. */
export const seenSessionSchema = z.object({
  start: z.iso.datetime(),
  state: z.enum(occurrenceStates),
});
export type SeenSession = z.infer<typeof seenSessionSchema>;

export function seenSession({ start, state }: Pick<OccurrenceLine, 'start' | 'state'>): SeenSession {
  return { start, state: state.status };
}

/** That it is cancelled or over, whatever the card knew; and that it was moved or brought back since. */
export function sessionChanges(
  seen: SeenSession | undefined,
  { state, start }: OccurrenceLine,
  language: Language,
): Notice[] {
  const when = momentText(language, start);
  if (state.status === 'cancelled') {
    const text = say(language, 'chat.session.isCancelled', { name: state.by.name });
    const reason =
      state.reason === undefined ? [] : [{ style: 'emphasis' as const, text: shownText(state.reason) }];
    return [{ style: 'warning', text }, ...reason];
  }
  const isMoved = seen !== undefined && seen.start !== start;
  const moved: Notice[] = isMoved
    ? [
        {
          style: 'warning',
          text: say(language, 'chat.session.isMoved', { was: momentText(language, seen.start), when }),
        },
      ]
    : [];
  if (state.status === 'held') {
    return [
      ...moved,
      ...(seen?.state === 'held'
        ? []
        : [{ style: 'accent' as const, text: say(language, 'chat.session.isHeld') }]),
    ];
  }
  const isBack = seen?.state === 'cancelled';
  const back: Notice[] = isBack ? [{ style: 'good', text: say(language, 'chat.session.isBack') }] : [];
  return [...back, ...moved];
}
